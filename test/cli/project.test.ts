import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { brokenModule, type CheckAnswer, checkJson, folderWith, untainted } from './run';

const bare = brokenModule.replace(/^.*SPDX.*\n/, '');
const rules = ({ findings }: CheckAnswer) => findings.map(({ rule, severity, file }) => `${severity}[${rule}] ${file}`);

describe('untainted.json', () => {
  it('gives severities, also for some files only, and leaves files out', async () => {
    const folder = folderWith({
      'a/m.c': bare,
      'b/m.c': bare,
      'old/m.c': bare,
      'untainted.json': `{
        "exclude": ["old/**"], // gone
        "rules": { "missing-spdx": "off", "unknown-license-string": "warning" },
        "overrides": [{ "files": ["b/**"], "rules": { "missing-spdx": "error" } }]
      }`,
    });
    const { answer, status } = await checkJson(folder);
    expect(rules(answer)).toEqual([
      'warning[unknown-license-string] a/m.c',
      'error[missing-spdx] b/m.c',
      'warning[unknown-license-string] b/m.c',
    ]);
    expect([status, answer.problems]).toEqual([1, []]);
  });

  it('counts below its folder too, up to where the command runs', async () => {
    const settings = '{ "rules": { "unknown-license-string": "hint" }, "exclude": ["sub/old/**"] }';
    const folder = folderWith({ 'sub/m.c': brokenModule, 'sub/old/m.c': brokenModule, 'untainted.json': settings });
    expect(rules((await checkJson(folder, 'sub')).answer)).toEqual(['hint[unknown-license-string] sub/m.c']);
    expect(rules((await checkJson(folder, 'sub/m.c')).answer)).toEqual(['hint[unknown-license-string] sub/m.c']);
    expect(rules((await checkJson(join(folder, 'sub'))).answer)).toEqual([
      'error[unknown-license-string] m.c',
      'error[unknown-license-string] old/m.c',
    ]);
    const named = await checkJson(join(folder, 'sub'), '--config', '../untainted.json');
    expect(rules(named.answer)).toEqual(['hint[unknown-license-string] m.c']);
    const missing = await untainted(['check', '--config', 'none.json'], { cwd: folder });
    expect([missing.status, missing.err]).toEqual([2, expect.stringContaining("there is no file 'none.json'")]);
  });

  it('tells with line and column what is wrong in it, and checks all the same', async () => {
    const folder = folderWith({ 'm.c': brokenModule, 'untainted.json': '{\n  "rulez": {},\n}\n' });
    const { out, status } = await untainted(['check', '--kernel', 'embedded'], { cwd: folder });
    expect(out).toContain("untainted.json:2:3: There is no setting 'rulez'; did you mean 'rules'?");
    expect(status).toBe(1);
  });

  it('names the kernel, and one that is not there is told like one of --kernel', async () => {
    const folder = folderWith({ 'm.c': brokenModule, 'untainted.json': '{ "kernel": "embedded:6.1-amd64" }' });
    const { out } = await untainted(['check'], { cwd: folder });
    expect(out).toContain('(embedded, because the setting names it)');
    const other = folderWith({ 'm.c': brokenModule, 'untainted.json': '{ "kernel": "linux" }' });
    const missing = await untainted(['check'], { cwd: other });
    expect([missing.status, missing.err]).toEqual([
      2,
      expect.stringContaining(`cannot check against '${other}/linux' (untainted.json)`),
    ]);
  });
});
