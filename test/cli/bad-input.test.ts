import { chmodSync, cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { brokenModule, type CheckAnswer, checkJson, cleanModule, folderWith, project, untainted } from './run';

/** Whether the module that was broken on purpose is still found: one bad neighbor must not silence the rest. */
function expectTheRest(answer: CheckAnswer): void {
  expect(answer.findings.filter(({ file }) => file === 'good.c').map(({ rule }) => rule)).toContain(
    'unknown-license-string',
  );
}

const huge = `${brokenModule}${'static int filler_array_element_with_a_name = 0x12345678;\n'.repeat(360_000)}`;

describe('a source that is bad', () => {
  it.each<[string, string | Uint8Array, string[]]>([
    ['empty', '', []],
    ['binary', Uint8Array.from({ length: 4096 }, (_, i) => (i * 7919) & 255), []],
    ['all zeros', new Uint8Array(4096), []],
    ['in Latin-1', Buffer.from(`/* \u00e9\u00fc\u00df */\n${brokenModule}`, 'latin1'), ['unknown-license-string']],
    ['with CRLF', brokenModule.replaceAll('\n', '\r\n'), ['unknown-license-string']],
    ['with a byte order mark', `\ufeff${brokenModule}`, ['unknown-license-string']],
    ['cut off in a string', brokenModule.slice(0, -6), []],
    ['cut off in a comment', `${brokenModule}/* never ends`, ['unknown-license-string']],
    ['cut off in a directive', `${brokenModule}#if defined(`, ['unknown-license-string']],
    ['of nothing but parentheses', '('.repeat(200_000), []],
    ['of nothing but #if', '#if X\n'.repeat(50_000), []],
    ['one line of a megabyte', `int ${'x'.repeat(1_000_000)};`, []],
  ])('%s leaves the rest checked', async (_, content, wanted) => {
    const folder = folderWith({ 'good.c': brokenModule, 'bad.c': content });
    const { status, err, answer } = await checkJson(folder);
    expect(err).toBe('');
    expect(status).toBe(1);
    expectTheRest(answer);
    const found = answer.findings.filter(({ file }) => file === 'bad.c').map(({ rule }) => rule);
    expect(found).toEqual(expect.arrayContaining(wanted));
  });

  it('of 20 MB is read, or said not to be', async () => {
    const folder = folderWith({ 'good.c': brokenModule, 'bad.c': huge });
    const { status, answer } = await checkJson(folder);
    expect(status).toBe(1);
    expectTheRest(answer);
    const isFound = answer.findings.some(({ file }) => file === 'bad.c');
    const isSaid = answer.problems.some(({ file }) => file === 'bad.c');
    expect(isFound || isSaid).toBe(true);
  }, 60_000);

  it('has its place right with CRLF, Latin-1 and wide characters before it', async () => {
    const folder = folderWith({ 'good.c': Buffer.from('/* \u00e9 */\r\n\tMODULE_LICENSE("GPL v3");\r\n', 'latin1') });
    const { answer } = await checkJson(folder);
    const finding = answer.findings.find(({ rule }) => rule === 'unknown-license-string');
    expect(finding).toMatchObject({ line: 2, column: 17, endLine: 2, endColumn: 25 });
  });
});

describe('a kernel that is bad', () => {
  it('with garbage lines in its symvers is used as far as it goes', async () => {
    const symvers = '0x1\tgpl_thing\tvmlinux\tEXPORT_SYMBOL_GPL\t\ngarbage\n\t\t\t\n\u0001\u0002\n0x2\tcut';
    const folder = folderWith({
      'module/good.c': 'MODULE_LICENSE("Proprietary");\nint f(void) { return gpl_thing(); }\n',
      'kernel/Module.symvers': symvers,
      'kernel/Makefile': 'VERSION = 6\nPATCHLEVEL = 1\nSUBLEVEL = 0\n',
      'kernel/include/generated/utsrelease.h': '#define UTS_RELEASE "6.1.0"\n',
      'kernel/include/config/auto.conf': 'CONFIG_MODULES=y\n',
    });
    const args = ['check', 'module', '--kernel', 'kernel', '--format', 'json'];
    const { status, out, err } = await untainted(args, { cwd: folder });
    expect(err).toBe('');
    const answer = JSON.parse(out) as CheckAnswer;
    expect(answer.findings.map(({ rule }) => rule)).toContain('gpl-only-symbol');
    expect(answer.problems.some(({ file }) => file === 'kernel/Module.symvers')).toBe(true);
    expect(status).toBe(1);
  });

  it('or further symvers that are binary are said so', async () => {
    const folder = folderWith({ 'good.c': brokenModule, 'extra.symvers': new Uint8Array(2048).fill(0xfe) });
    const { status, answer } = await checkJson(folder, '--extra-symvers', 'extra.symvers');
    expectTheRest(answer);
    expect(answer.problems.some(({ file }) => file === 'extra.symvers')).toBe(true);
    expect(status).toBe(1);
  });
});

describe('a build that is bad', () => {
  it.each([
    ['including itself', { Makefile: 'include Makefile\nobj-m := good.o\n' }],
    [
      'with a loop of includes',
      { Makefile: 'include a.mk\nobj-m := good.o\n', 'a.mk': 'include b.mk\n', 'b.mk': 'include a.mk\n' },
    ],
    ['with a variable that holds itself', { Makefile: 'A = $(B)\nB = $(A)\nobj-m := good.o $(A)\n' }],
    ['with an endless recursion', { Makefile: 'f = $(call f,$(1)x)\nobj-m := good.o $(call f,x)\n' }],
    [
      'with a binary Makefile beside',
      { 'sub/Makefile': '\u0000\u0001\u0002'.repeat(500), Makefile: 'obj-m := good.o sub/\n' },
    ],
    ['cut off', { Makefile: 'obj-m := good.o\nifeq ($(X' }],
  ])('%s leaves the rest checked', async (_, files) => {
    const { status, err, answer } = await checkJson(folderWith({ 'good.c': brokenModule, ...files }));
    expect(err).toBe('');
    expect(status).toBe(1);
    expectTheRest(answer);
  });
});

describe('a disk that is bad', () => {
  it('with links that lead in circles is read once', async () => {
    const folder = folderWith({ 'good.c': brokenModule, 'sub/': '' });
    symlinkSync('..', join(folder, 'sub/up'), 'junction');
    symlinkSync(folder, join(folder, 'sub/home'), 'junction');
    if (process.platform !== 'win32') {
      symlinkSync('self', join(folder, 'self'));
      symlinkSync('b.c', join(folder, 'a.c'));
      symlinkSync('a.c', join(folder, 'b.c'));
    }
    const { status, answer } = await checkJson(folder);
    expect(status).toBe(1);
    expectTheRest(answer);
    expect(answer.findings.filter(({ rule }) => rule === 'unknown-license-string')).toHaveLength(1);
  });

  it('with a folder and a file that may not be read says so', async () => {
    // Windows has no such rights to take away.
    if (process.platform === 'win32') return;
    const folder = folderWith({ 'good.c': brokenModule, 'closed/a.c': cleanModule, 'closed.c': cleanModule });
    const isRoot = process.getuid?.() === 0;
    const asked = ['check', '--kernel', 'embedded', '--format', 'json'];
    // Nothing is closed to root, so another user asks, who may not see the project's folder either.
    const copy = folderWith({});
    cpSync(join(project, 'dist'), copy, { recursive: true });
    for (const open of [folder, copy]) chmodSync(open, 0o755);
    const as = { cwd: folder, cli: join(copy, 'cli.cjs'), ...(isRoot ? { uid: 65534 } : {}) };
    chmodSync(join(folder, 'closed'), 0);
    chmodSync(join(folder, 'closed.c'), 0);
    const { status, out, err } = await untainted(asked, as);
    const direct = await untainted(['check', 'closed'], as);
    chmodSync(join(folder, 'closed'), 0o755);

    expect(err).toBe('');
    expect(status).toBe(1);
    const answer = JSON.parse(out) as CheckAnswer;
    expectTheRest(answer);
    expect(answer.problems.map(({ file }) => file).sort()).toEqual(['closed', 'closed.c']);
    expect(direct).toMatchObject({ status: 2, out: '', err: expect.stringContaining("'closed' may not be read") });
  });

  it('with a pipe among the sources does not wait for it', async () => {
    if (process.platform === 'win32') return;
    const folder = folderWith({ 'good.c': brokenModule });
    const { execFileSync } = await import('node:child_process');
    execFileSync('mkfifo', [join(folder, 'pipe.c')]);
    mkdirSync(join(folder, 'folder.c'));
    writeFileSync(join(folder, 'folder.c/x.c'), cleanModule);
    const { status, answer } = await checkJson(folder);
    expect(status).toBe(1);
    expectTheRest(answer);
    const direct = await untainted(['check', 'pipe.c'], { cwd: folder });
    expect(direct).toMatchObject({ status: 2, err: expect.stringContaining('neither a folder nor a regular file') });
  });
});
