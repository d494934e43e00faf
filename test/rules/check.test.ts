import { describe, expect, it } from 'vitest';
import type { Finding } from '../../server/src/core/finding';
import type { Kernel } from '../../server/src/core/kernel/kernel';
import type { LicenseTag, Module, SourceFile } from '../../server/src/core/model/module';
import type { Snapshot } from '../../server/src/core/model/snapshot';
import { check, checkAll } from '../../server/src/core/rules/check';
import { defaultSettings, type Settings } from '../../server/src/core/settings';
import type { FileFacts, Invocation, Suppression } from '../../server/src/core/syntax/facts';
import type { Span } from '../../server/src/core/text';
import { caseKernel } from '../harness/kernel';

const facts: FileFacts = {
  depth: 'tokens',
  invocations: [],
  spdx: [],
  notices: [],
  suppressions: [],
  functions: [],
  variables: [],
  macros: [],
  includes: [],
  branches: [],
  uses: {
    names: [],
    name: new Uint32Array(),
    start: new Uint32Array(),
    within: new Int32Array(),
    flags: new Uint8Array(),
  },
  lookups: [],
  problems: [],
  shape: '',
};

function license(file: string, value: string, start: number): LicenseTag {
  const at = { file, span: { start, end: start + value.length + 2 } };
  const piece = { kind: 'string', value, span: at.span } as const;
  const invocation: Invocation = {
    name: 'MODULE_LICENSE',
    nameSpan: at.span,
    span: at.span,
    lines: at.span,
    arguments: [{ pieces: [piece], span: at.span }],
  };
  const isCompatible = ['GPL', 'GPL v2'].includes(value);
  return { value, text: `"${value}"`, at, valueAt: at, call: at, presence: 'yes', invocation, isCompatible };
}

function source(path: string, ...values: string[]): SourceFile {
  const licenses = values.map((value, i) => license(path, value, i * 10));
  return {
    path,
    facts,
    spdx: undefined,
    licenses,
    descriptions: [],
    imports: [],
    exports: [],
    presence: () => 'yes',
  };
}

function module(name: string, ...members: SourceFile[]): Module {
  return {
    name,
    path: `/w/${name}`,
    at: undefined,
    members,
    files: members,
    unreadMembers: [],
    prebuilt: [],
    dependsOn: undefined,
    licenses: members.flatMap((member) => member.licenses),
    descriptions: [license(`/w/${name}.c`, 'Sample', 80)],
    imports: [],
    isExact: false,
    isWhole: false,
    notEvaluated: () => [],
    isInTree: false,
    missing: () => undefined,
    lookups: () => [],
    defines: () => undefined,
    findExport: () => undefined,
    provider: () => undefined,
    providers: () => [],
    siblings: () => [],
    verdict: 'incompatible',
    namespaces: () => [],
    symbols: () => [
      {
        name: 'f',
        export: { name: 'f', isGplOnly: true, namespace: '', provider: 'vmlinux' },
        sites: members.map(({ path }) => ({
          at: { file: path, span: { start: 90, end: 91 } },
          through: [],
          ownSteps: 0,
          presence: 'yes',
          condition: undefined,
        })),
        more: 0,
      },
    ],
  };
}

function snapshot(modules: readonly Module[], kernel: Kernel = caseKernel([])): Snapshot {
  const files = new Map(modules.flatMap((one) => one.files).map((file) => [file.path, file]));
  return {
    revision: 1,
    changes: 1,
    kernel,
    modules,
    problems: [],
    file: (path) => files.get(path),
    modulesOf: (path) => modules.filter((one) => one.files.some((file) => file.path === path)),
    files: () => files.keys(),
  };
}

const withRules = (rules: Settings['rules']): Settings => ({ ...defaultSettings, rules });
const two = snapshot([
  module('b', source('/w/b.c', 'GPL v2', 'GPLv2'), source('/w/a.c')),
  module('a', source('/w/a.c')),
]);

describe('check', () => {
  it('sorts by file, place and rule', () => {
    const places = check(two, defaultSettings).map(({ rule, at }) => `${at.file} ${at.span.start} ${rule}`);
    expect(places).toEqual([
      '/w/a.c 0 missing-spdx',
      '/w/a.c 90 gpl-only-symbol',
      '/w/a.c 90 gpl-only-symbol',
      '/w/b.c 0 missing-spdx',
      '/w/b.c 0 gpl-v2-spelling',
      '/w/b.c 10 unknown-license-string',
      '/w/b.c 90 gpl-only-symbol',
    ]);
  });

  it('says the same of a shared file once', () => {
    const shared = source('/w/a.c', 'GPLv2');
    const found = check(snapshot([module('m', shared), module('m', shared)]), defaultSettings);
    expect(found.filter(({ rule }) => rule === 'gpl-only-symbol')).toHaveLength(1);
  });

  it('asks only for a file or for rules', () => {
    expect(new Set(check(two, defaultSettings, { file: '/w/b.c' }).map(({ at }) => at.file))).toEqual(
      new Set(['/w/b.c']),
    );
    expect(check(two, defaultSettings, { file: '/w/none.c' })).toEqual([]);
    const [, second] = two.modules;
    const ofModule = check(two, defaultSettings, second && { module: second });
    expect(new Set(ofModule.map(({ at }) => at.file))).toEqual(new Set(['/w/a.c']));
    const found = check(two, defaultSettings, { rules: ['gpl-v2-spelling'] });
    expect(found.map(({ rule }) => rule)).toEqual(['gpl-v2-spelling']);
  });

  it('takes the severity of the settings, and keeps a weaker claim weaker', () => {
    const settings = withRules({
      'gpl-v2-spelling': 'warning',
      'missing-spdx': 'off',
      'unknown-license-string': 'info',
    });
    const severities = new Map(check(two, settings).map(({ rule, severity }) => [rule, severity]));
    expect(severities).toEqual(
      new Map([
        ['gpl-only-symbol', 'error'],
        ['gpl-v2-spelling', 'warning'],
        ['unknown-license-string', 'info'],
      ]),
    );
    const weak = snapshot([module('m', source('/w/m.c', 'CDDL'))]);
    const [found] = check(weak, withRules({ 'unknown-license-string': 'error' }), {
      rules: ['unknown-license-string'],
    });
    expect(found?.severity).toBe('warning');
  });

  it('stops with the reason of the signal', () => {
    const controller = new AbortController();
    controller.abort(new Error('enough'));
    expect(() => check(two, defaultSettings, { signal: controller.signal })).toThrow('enough');
  });

  describe('with suppressions', () => {
    const suppression = (rule: string, target: Span, scope: Suppression['scope'] = 'line'): Suppression => {
      const span = { start: target.start, end: target.start };
      return { scope, rules: [{ id: rule, span }], reason: 'so', target, commentSpan: span, removal: span };
    };
    const withComments = (file: SourceFile, ...suppressions: Suppression[]): SourceFile => ({
      ...file,
      facts: { ...file.facts, suppressions },
    });
    const ids = (findings: readonly Finding[]) => findings.map(({ rule }) => rule);
    const rules = ['gpl-v2-spelling', 'unused-suppression'];

    it('holds back what a comment names at its place, and says by which', () => {
      const held = suppression('gpl-v2-spelling', { start: 0, end: 8 });
      const one = snapshot([module('m', withComments(source('/w/m.c', 'GPL v2', 'GPL v2'), held))]);
      const { findings, suppressed } = checkAll(one, defaultSettings, { rules });
      expect(findings.map(({ rule, at }) => [rule, at.span.start])).toEqual([['gpl-v2-spelling', 10]]);
      expect(suppressed.map(({ finding, by }) => [finding.at.span.start, by])).toEqual([[0, held]]);
      expect(check(one, defaultSettings, { rules: ['unused-suppression'] })).toEqual([]);
    });

    it('claims that one is unused only where its rule would have found something', () => {
      const idle = suppression('gpl-only-symbol', { start: 0, end: 8 });
      const exact = (isExact: boolean, unreadMembers: string[] = []) =>
        snapshot([
          {
            ...module('m', withComments(source('/w/m.c'), idle)),
            isExact,
            isWhole: isExact && unreadMembers.length === 0,
          },
        ]);
      const only = { rules: ['unused-suppression'] };
      expect(ids(check(exact(true), defaultSettings, only))).toEqual(['unused-suppression']);
      expect(check(exact(false), defaultSettings, only)).toEqual([]);
      expect(check(exact(true, ['/w/x.o']), defaultSettings, only)).toEqual([]);
      expect(check(exact(true), withRules({ 'gpl-only-symbol': 'off' }), only)).toEqual([]);
      expect(check(exact(true), defaultSettings, { rules: ['gpl-only-symbol'] })).toHaveLength(1);
      expect(check(exact(true), withRules({ 'unused-suppression': 'off' }), only)).toEqual([]);
    });
  });
});
