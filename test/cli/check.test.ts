import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { headers, secret } from '../lsp/samples';
import { brokenModule, checkJson, cleanModule, folderWith, project, untainted } from './run';

const example = join(project, 'examples/frost');

describe('the sample driver', () => {
  it('gets what modpost says of it, and what modpost does not', async () => {
    const { status, answer } = await checkJson(example);
    expect(status).toBe(1);
    expect(answer.problems).toEqual([]);
    const named = (rule: string) =>
      answer.findings.filter((finding) => finding.rule === rule).map(({ file, message }) => `${file}: ${message}`);
    expect(named('gpl-only-symbol').sort()).toEqual([
      "frost_capture.c: GPL-incompatible module frost.ko uses GPL-only symbol 'dma_buf_get'",
      "frost_capture.c: GPL-incompatible module frost.ko uses GPL-only symbol 'dma_buf_put'",
      "frost_main.c: GPL-incompatible module frost.ko uses GPL-only symbol 'devm_hwmon_device_register_with_info'",
      "frost_main.c: GPL-incompatible module frost.ko uses GPL-only symbol 'sysfs_emit', reached through frost_show()",
      "frost_sim.c: GPL-incompatible module frost_sim.ko uses GPL-only symbol 'platform_device_add'",
      "frost_sim.c: GPL-incompatible module frost_sim.ko uses GPL-only symbol 'platform_device_alloc'",
      "frost_sim.c: GPL-incompatible module frost_sim.ko uses GPL-only symbol 'platform_device_unregister'",
    ]);
    expect(named('namespace-not-imported')).not.toEqual([]);
    expect(named('unknown-license-string')).toHaveLength(1);
    expect(named('missing-spdx')).toHaveLength(1);
    expect(named('gpl-v2-spelling')).toHaveLength(1);
  });

  it('shows each finding with its line, its causes and its fixes', async () => {
    const { status, out, err } = await untainted([
      'check',
      example,
      '--kernel',
      'embedded',
      '--rule',
      'gpl-only-symbol',
    ]);
    expect(status).toBe(1);
    expect(err).toBe('');
    const lines = out.split('\n');
    const head = lines.findIndex((line) => line.startsWith('error[gpl-only-symbol]') && line.includes("'dma_buf_get'"));
    expect(lines.slice(head + 1, head + 5)).toEqual([
      '  --> examples/frost/frost_capture.c:11:25',
      '   |',
      '11 |         struct dma_buf *ring = dma_buf_get(fd);',
      '   |                                ^^^^^^^^^^^',
    ]);
    expect(out).toContain('= note: ');
    expect(out).toMatch(
      /3 modules, \d+ files, checked against kernel \S+ \(embedded, because the setting names it\)\ndirect uses only: an embedded kernel has no headers\n7 errors\n$/,
    );
  });

  it('is one module short of errors when only its clean file is asked for', async () => {
    const { status, answer } = await checkJson(example, 'frost_led.c');
    expect(status).toBe(0);
    expect(new Set(answer.findings.map((finding) => finding.file))).toEqual(new Set(['frost_led.c']));
  });

  it('follows the headers of the modules that a named file belongs to, and of no others', async () => {
    const folder = folderWith({
      Makefile: 'obj-m := secret.o other.o\n',
      'secret.c': secret,
      'other.c': `#include "gone.h"\n${secret}`,
      ...Object.fromEntries(Object.entries(headers).map(([name, text]) => [`kernel/${name}`, text])),
    });
    const kernel = join(folder, 'kernel');
    const check = async (...files: string[]) => {
      const paths = files.map((file) => join(folder, file));
      const { out } = await untainted(['check', ...paths, '--kernel', kernel, '--format', 'json']);
      const { folders, problems } = JSON.parse(out);
      return [folders[0].modules, folders[0].exactModules, problems.length];
    };
    expect(await check('secret.c')).toEqual([1, 1, 0]);
    expect(await check('secret.c', 'other.c')).toEqual([2, 1, 1]);
  });
});

describe('the JSON form', () => {
  it('is what docs/check.schema.json says', async () => {
    const schema = JSON.parse(readFileSync(join(project, 'docs/check.schema.json'), 'utf8'));
    const validate = new Ajv({ allowUnionTypes: true }).compile(schema);
    for (const folder of [example, folderWith({ 'a.c': cleanModule, Makefile: 'obj-m := a.o $(shell date).o\n' })]) {
      const { answer } = await checkJson(folder);
      validate(answer);
      expect(validate.errors).toBeNull();
    }
  });

  it('counts lines and columns from 1, files from the current folder', async () => {
    const folder = folderWith({ 'sub/a.c': brokenModule });
    const { answer } = await checkJson(folder, 'sub');
    const finding = answer.findings.find(({ rule }) => rule === 'unknown-license-string');
    expect(finding).toMatchObject({ file: 'sub/a.c', line: 4, column: 16, endLine: 4, endColumn: 24 });
  });
});

describe('exit status', () => {
  it('is 0 without errors, also with weaker findings', async () => {
    const folder = folderWith({ 'a.c': cleanModule.replace(/^.*\n/, '') });
    const { status, answer } = await checkJson(folder);
    expect(answer.findings.map(({ rule }) => rule)).toContain('missing-spdx');
    expect(status).toBe(0);
  });

  it('is 1 with an error', async () => {
    const folder = folderWith({ Makefile: 'obj-m := a.o\n', 'a.c': '#include <linux/module.h>\n' });
    const { status, answer } = await checkJson(folder);
    expect(answer.findings.map(({ rule }) => rule)).toContain('missing-module-license');
    expect(status).toBe(1);
  });

  const folderFor = () => folderWith({ 'a.c': cleanModule, 'empty/': '', 'notes.txt': 'no source' });
  it.each([
    ['a path that is not there', ['check', 'nowhere'], /there is no file or folder 'nowhere'/],
    [
      'an unknown rule',
      ['check', '--rule', 'gpl-only-symbl'],
      /no rule 'gpl-only-symbl'.*did you mean 'gpl-only-symbol'/,
    ],
    ['a kernel folder that is not there', ['check', '--kernel', 'nowhere'], /no kernel folder 'nowhere'/],
    [
      'a kernel folder without headers',
      ['check', '--kernel', 'empty'],
      /cannot check against '.*empty' .--kernel.: .* is not a folder of kernel headers/,
    ],
    [
      'an unknown embedded kernel',
      ['check', '--kernel', 'embedded:0.1-vax'],
      /no kernel 'embedded:0.1-vax'.*embedded:/,
    ],
    ['symvers that are not there', ['check', '--extra-symvers', 'nowhere'], /no symvers file 'nowhere'/],
    ['an empty folder', ['check', 'empty'], /nothing to check in 'empty'/],
    [
      'a file that is no source',
      ['check', 'notes.txt'],
      /nothing to check in 'notes.txt'.*\n {2}notes.txt: not checked/,
    ],
    ['an unknown option', ['check', '--colour'], /unknown option '--colour'/],
    ['an unknown command', ['chek'], /unknown command 'chek'/],
    ['an unknown format', ['check', '--format', 'xml'], /Allowed choices are text, json, sarif/],
    ['an unknown rule to explain', ['explain', 'missing-spd'], /did you mean 'missing-spdx'/],
    ['a file where a folder is wanted', ['report', 'a.c'], /'a.c' is not a folder/],
  ])('is 2 for %s, with one clear message', async (_, args, message) => {
    const { status, out, err } = await untainted(args, { cwd: folderFor() });
    expect(err).toMatch(message);
    expect(err).not.toMatch(/\n\s+at /);
    expect(out).toBe('');
    expect(status).toBe(2);
  });
});

describe('the terminal', () => {
  it('gets color only where it is wanted', async () => {
    const folder = folderWith({ 'a.c': brokenModule });
    const args = ['check', '--kernel', 'embedded'];
    const start = '\u001b[';
    expect((await untainted(args, { cwd: folder })).out).not.toContain(start);
    expect((await untainted(args, { cwd: folder, env: { FORCE_COLOR: '1' } })).out).toContain(start);
    expect((await untainted(args, { cwd: folder, env: { FORCE_COLOR: '1', NO_COLOR: '1' } })).out).not.toContain(
      escape,
    );
    const asked = await untainted([...args, '--no-color'], { cwd: folder, env: { FORCE_COLOR: '1' } });
    expect(asked.out).not.toContain(start);
  });

  it('is safe from escape sequences of a source', async () => {
    const folder = folderWith({ 'a.c': 'MODULE_LICENSE("GPL\u001b[2J v3"); /* \u001b]0;title\u0007 */\n' });
    const { out } = await untainted(['check', '--kernel', 'embedded'], { cwd: folder });
    expect(out).toContain('␛[2J');
    expect(out).not.toContain('\u001b');
  });

  it('says nothing when the reader goes away', async () => {
    const files = Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`m${i}.c`, brokenModule]));
    const ended = await untainted(['check', '--kernel', 'embedded'], { cwd: folderWith(files), readAtMost: 1 });
    expect(ended.err).toBe('');
    expect(ended.status).not.toBeNull();
  });

  it('can be left without summary', async () => {
    const folder = folderWith({ 'a.c': cleanModule });
    const { out, status } = await untainted(['check', '--quiet', '--kernel', 'embedded'], { cwd: folder });
    expect({ out, status }).toEqual({ out: '', status: 0 });
  });
});

describe('several paths', () => {
  it('are one answer, each file once', async () => {
    const folder = folderWith({ 'one/a.c': brokenModule, 'two/b.c': brokenModule, 'two/c.c': cleanModule });
    const { answer } = await checkJson(folder, 'one', 'two/b.c', 'one/a.c', 'two');
    expect(answer.findings.map(({ file }) => file)).toEqual(['one/a.c', 'two/b.c']);
  });

  it('leave out what --exclude names', async () => {
    const folder = folderWith({ 'a.c': brokenModule, 'old/b.c': brokenModule });
    const { answer } = await checkJson(folder, '.', '--exclude', 'old/**');
    expect(answer.findings.map(({ file }) => file)).toEqual(['a.c']);
  });

  it('say so of a file that was not read', async () => {
    const folder = folderWith({ 'a.c': cleanModule, 'notes.txt': 'nothing' });
    const { status, answer } = await checkJson(folder, 'a.c', 'notes.txt');
    expect(status).toBe(0);
    expect(answer.problems.map(({ file }) => file)).toContain('notes.txt');
  });
});

it('counts what comments hold back, and not for the exit status', async () => {
  const folder = folderWith({ 'm.c': brokenModule.replace(';\n', '; /* untainted-ignore-line missing-spdx */\n') });
  expect((await checkJson(folder)).status).toBe(1);
  const held = folderWith({
    'm.c': `${brokenModule.trimEnd()} // untainted-ignore-line unknown-license-string: why\n`,
  });
  const { answer, status } = await checkJson(held);
  expect([answer.findings, answer.summary.suppressed, status]).toEqual([[], 1, 0]);
  const { out } = await untainted(['check', '--kernel', 'embedded'], { cwd: held });
  expect(out).toContain('no findings; 1 suppressed');
});
