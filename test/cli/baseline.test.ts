import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { brokenModule, checkJson, folderWith, untainted } from './run';

const rules = (answer: { findings: readonly { rule: string; file: string }[] }) =>
  answer.findings.map(({ rule, file }) => `${rule} ${file}`);

describe('a baseline', () => {
  it('is written, taken by itself where untainted.json names it, and holds after lines have moved', async () => {
    const folder = folderWith({
      'a/m.c': brokenModule,
      'b/m.c': brokenModule,
      'untainted.json': '{ "baseline": "known.json" }',
    });
    const before = await untainted(['check', '--kernel', 'embedded'], { cwd: folder });
    expect(before.out).toContain("There is no baseline 'known.json'");
    const written = await untainted(['check', '--kernel', 'embedded', '--write-baseline'], { cwd: folder });
    expect([written.status, written.out]).toEqual([0, '2 findings written to known.json\n']);
    const first = readFileSync(join(folder, 'known.json'), 'utf8');
    writeFileSync(join(folder, 'a/m.c'), `${brokenModule.replace('\n', '\n\n\n')}static int more;\n`);
    const { answer, status } = await checkJson(folder);
    expect([rules(answer), answer.summary.baselined, status, answer.problems]).toEqual([[], 2, 0, []]);
    await untainted(['check', '--kernel', 'embedded', '--write-baseline', '--quiet'], { cwd: folder });
    expect(readFileSync(join(folder, 'known.json'), 'utf8')).toBe(first);
  });

  it('lets new findings through and tells of those that are gone', async () => {
    const folder = folderWith({ 'm.c': brokenModule, 'gone.c': brokenModule });
    const written = await untainted(['check', '--kernel', 'embedded', '--write-baseline', 'b.json'], { cwd: folder });
    expect(written.out).toBe(
      '2 findings written to b.json; name it as "baseline" in untainted.json, or with --baseline\n',
    );
    rmSync(join(folder, 'gone.c'));
    writeFileSync(join(folder, 'new.c'), brokenModule);
    const { answer, status } = await checkJson(folder, '--baseline', 'b.json');
    expect([rules(answer), status]).toEqual([['unknown-license-string new.c'], 1]);
    expect(answer.folders).toMatchObject([{ baseline: { file: 'b.json', findings: 1, stale: 1 } }]);
    const { out } = await untainted(['check', '--kernel', 'embedded', '--baseline', 'b.json'], { cwd: folder });
    expect(out).toContain('baseline b.json: 1 finding left out, 1 entry out of date (--write-baseline renews it)');
  });

  it('keeps what it has of files that were not checked', async () => {
    const folder = folderWith({ 'a/m.c': brokenModule, 'b/m.c': brokenModule });
    await untainted(['check', '--kernel', 'embedded', '--write-baseline', 'x.json'], { cwd: folder });
    const part = ['check', 'a', '--kernel', 'embedded', '--write-baseline', 'x.json'];
    expect((await untainted(part, { cwd: folder })).out).toContain('2 findings written');
    expect((await checkJson(folder, '--baseline', 'x.json')).answer.findings).toEqual([]);
  });

  it('that cannot be read or written ends the command', async () => {
    const folder = folderWith({ 'm.c': brokenModule, 'bad.json': '{' });
    for (const [args, told] of [
      [['--baseline', 'none.json'], "There is no baseline 'none.json': `untainted check --write-baseline` writes one"],
      [['--baseline', 'bad.json'], "The baseline 'bad.json' is not JSON"],
      [['--write-baseline', 'no/folder/b.json'], "'no/folder/b.json' cannot be written (ENOENT)"],
      [['--write-baseline', '--rule', 'missing-spdx'], 'leave --rule away'],
    ] as const) {
      const { status, err } = await untainted(['check', '--kernel', 'embedded', ...args], { cwd: folder });
      expect([status, err]).toEqual([2, expect.stringContaining(told)]);
    }
  });

  it('outside of the project is not read for its untainted.json', async () => {
    const folder = folderWith({ 'p/m.c': brokenModule, 'p/untainted.json': '{ "baseline": "../b.json" }' });
    const { out } = await untainted(['check', '--kernel', 'embedded'], { cwd: join(folder, 'p') });
    expect(out).toContain("untainted.json:1:3: 'baseline' must lie in the folder of untainted.json: it is not used.");
  });
});
