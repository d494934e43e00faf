import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { readProjectFile, untrustedProblems, withProject } from '../../server/src/core/project/file';
import { findRule, rules } from '../../server/src/core/rules/index';
import { severityOf } from '../../server/src/core/rules/severity';
import { defaultSettings, type Settings } from '../../server/src/core/settings';

const root = join(import.meta.dirname, '../..');
const schema = new Ajv().compile(JSON.parse(readFileSync(join(root, 'docs/untainted.schema.json'), 'utf8')));
const file = '/p/untainted.json';

const whole = `{
  // A comment.
  "$schema": "./untainted.schema.json",
  "kernel": "../linux",
  "extraSymvers": ["sub/Module.symvers", "/abs/Module.symvers",],
  "exclude": ["old/**"],
  "rules": { "missing-spdx": "off", "gpl-v2-spelling": "warning" },
  "overrides": [{ "files": ["a/**"], "rules": { "missing-spdx": "error" } }]
}`;

function told(text: string): string[] {
  return readProjectFile(file, text).problems.map(({ message, span }) => {
    const { start, end } = span ?? { start: -1, end: -1 };
    return `${text.slice(start, Math.min(end, start + 40))} | ${message}`;
  });
}

describe('untainted.json', () => {
  it('is read with comments, paths seen from its folder', () => {
    const { choices, problems } = readProjectFile(file, whole);
    expect(problems).toEqual([]);
    expect(choices).toEqual({
      kernel: '/linux',
      extraSymvers: ['/p/sub/Module.symvers', '/abs/Module.symvers'],
      exclude: ['old/**'],
      rules: { 'missing-spdx': 'off', 'gpl-v2-spelling': 'warning' },
      overrides: [{ files: ['a/**'], rules: { 'missing-spdx': 'error' } }],
    });
  });

  it('is the same to the schema and to the reader', () => {
    const fine = [{}, { kernel: '' }, { rules: Object.fromEntries(rules.map(({ id }) => [id, 'hint'])) }];
    const wrong = [
      { kernel: 1 },
      { kernal: '' },
      { rules: { nothing: 'off' } },
      { rules: { 'missing-spdx': 'loud' } },
      { exclude: 'x' },
      { overrides: [{ files: ['x'] }] },
      { overrides: [{ files: ['x'], rules: {}, more: 1 }] },
      [],
    ];
    for (const value of fine) expect([value, schema(value), told(JSON.stringify(value))]).toEqual([value, true, []]);
    for (const value of wrong) {
      expect([value, schema(value), told(JSON.stringify(value)).length]).toEqual([value, false, 1]);
    }
  });

  it('has an example in the documentation that both understand', () => {
    const page = readFileSync(join(root, 'docs/configuration.md'), 'utf8');
    const examples = [...page.matchAll(/^```jsonc\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text);
    expect(examples.length).toBeGreaterThan(0);
    for (const text of examples) {
      expect(told(text)).toEqual([]);
      expect(schema(JSON.parse(text.replace(/^\s*\/\/.*$/gm, '')))).toBe(true);
    }
    const keys = Object.keys(JSON.parse(readFileSync(join(root, 'docs/untainted.schema.json'), 'utf8')).properties);
    for (const key of keys.filter((one) => one !== '$schema')) expect(page).toContain(`\n| \`${key}\` |`);
  });

  it('tells what is wrong at its place, and keeps the rest', () => {
    expect(told('{ "kernal": "x", "rules": { "mising-spdx": "off", "missing-spdx": "loud" }, "exclude": 5 }')).toEqual([
      `"exclude": 5 | 'exclude' must be a list of texts, at most 1000.`,
      `"mising-spdx": "off" | 'rules.mising-spdx' names a rule 'mising-spdx' that does not exist; did you mean 'missing-spdx'?`,
      `"missing-spdx": "loud" | 'rules.missing-spdx' must give 'missing-spdx' one of error, warning, info, hint, off.`,
      `"kernal" | There is no setting 'kernal'; did you mean 'kernel'?`,
    ]);
    const broken = '{ "exclude": ["a"] "rules": { "missing-spdx": off, "gpl-v2-spelling": "info" } ';
    expect(told(broken)).toEqual([
      `"rules" | '"rules"' stands where a ',' must be; the settings round it that can be read are used.`,
      `off | 'off' is not a value: texts stand in double quotes; the settings round it that can be read are used.`,
      ` | The end of the file stands where a '}' must be; the settings round it that can be read are used.`,
    ]);
    expect(readProjectFile(file, broken).choices).toMatchObject({
      exclude: ['a'],
      rules: { 'gpl-v2-spelling': 'info' },
    });
  });

  it('is not overthrown by any text', () => {
    expect(told('[1]').length).toBe(1);
    for (const text of ['', 'x', '{', '"', '/*', '[['.repeat(50_000), `{"a":`.repeat(50_000), 'x'.repeat(2 << 20)]) {
      expect(told(text).length, text.slice(0, 10)).toBeLessThanOrEqual(50);
    }
    expect(told('{"rules":{"__proto__":"off"},"__proto__":{"kernel":"x"}}')).toHaveLength(2);
    const change = fc.record({ at: fc.nat(whole.length), length: fc.nat(20), text: fc.string({ maxLength: 5 }) });
    fc.assert(
      fc.property(change, ({ at, length, text }) => {
        const changed = whole.slice(0, at) + text + whole.slice(at + length);
        for (const { span } of readProjectFile(file, changed).problems) {
          expect(span?.start).toBeLessThanOrEqual(changed.length);
          expect(span?.end).toBeLessThanOrEqual(changed.length);
        }
      }),
    );
  });
});

test('what the user chose counts, then the project', () => {
  const own: Settings = {
    ...defaultSettings,
    extraSymvers: ['/own'],
    rules: { 'gpl-v2-spelling': 'error' },
  };
  const settings = withProject(own, readProjectFile(file, whole));
  expect(settings).toMatchObject({
    kernel: '/linux',
    extraSymvers: ['/own', '/p/sub/Module.symvers', '/abs/Module.symvers'],
    exclude: defaultSettings.exclude,
  });
  expect(withProject({ ...own, kernel: '/k' }, readProjectFile(file, whole)).kernel).toBe('/k');
  expect(severity('gpl-v2-spelling', settings, '/p/a/x.c')).toBe('error');
  expect(severity('missing-spdx', settings, '/p/a/x.c')).toBe('error');
  expect(severity('missing-spdx', settings, '/p/b/x.c')).toBe('off');
  const chosen = withProject({ ...own, rules: { 'missing-spdx': 'info' } }, readProjectFile(file, whole));
  expect(severity('missing-spdx', chosen, '/p/a/x.c')).toBe('info');
});

test('a project that nobody vouches for names no file outside of it', () => {
  const untrusted: Settings = { ...defaultSettings, isUntrusted: true };
  const project = readProjectFile(file, whole);
  expect(withProject(untrusted, project)).toMatchObject({ kernel: '', extraSymvers: [] });
  expect(withProject(untrusted, project).rules).toEqual(project.choices.rules);
  expect(untrustedProblems(project).map(({ span }) => whole.slice(span?.start, span?.end))).toEqual([
    '"kernel": "../linux"',
    '"extraSymvers": ["sub/Module.symvers", "/abs/Module.symvers",]',
  ]);
  const embedded = readProjectFile(file, '{ "kernel": "embedded:6.1-amd64" }');
  expect(withProject(untrusted, embedded).kernel).toBe('embedded:6.1-amd64');
  expect(untrustedProblems(embedded)).toEqual([]);
});

function severity(id: string, settings: Settings, path: string) {
  const rule = findRule(id);
  return rule && severityOf(rule, settings)?.(path);
}
