// check-link-cases.mjs [--gcc 'COMMAND...'] [--update]: compiles every case of test/link with gcc -O2 and compares what nm
// finds undefined with test/link/expected.json, which the tests hold the link walk to. Needs gcc, clang, as and nm. A case
// of a newer standard goes to `--gcc`: 15 or newer, as in `--gcc 'chroot DIR gcc-16'`.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { checks } from './lib/run.mjs';

const folder = resolve(import.meta.dirname, '../test/link');
const scratch = mkdtempSync(join(tmpdir(), 'untainted-'));
const { check, finish } = checks();
const file = join(folder, 'expected.json');
const at = process.argv.indexOf('--gcc');
const newest = (at < 0 ? 'gcc' : (process.argv[at + 1] ?? '')).split(' ');
const update = process.argv.includes('--update');
const known = update ? {} : JSON.parse(readFileSync(file, 'utf8'));
const found = {};
for (const text of readFileSync(join(folder, 'cases.txt'), 'utf8').split(/^=== /m).slice(1)) {
  const end = text.indexOf('\n');
  const title = text.slice(0, end).trim();
  const code = text.slice(end + 1);
  const object = join(scratch, 'case.o');
  const standard = /^\/\/ std=(\w+)$/m.exec(code)?.[1];
  const [command, ...before] = /^\/\/ clang$/m.test(code)
    ? ['clang', '-fno-addrsig']
    : standard === undefined
      ? ['gcc']
      : newest;
  const off = ['PIE', 'stack-protector', 'delete-null-pointer-checks'].map((each) => `-fno-${each}`);
  const flags = [`-std=${standard ?? 'gnu11'}`, '-m64', '-O2', '-w', ...off];
  const assembler = execFileSync(command, [...before, ...flags, '-S', '-x', 'c', '-o', '-', '-'], { input: code });
  execFileSync('as', ['-o', object, '-'], { input: assembler });
  found[title] = execFileSync('nm', ['-u', object], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(' ').at(-1))
    .filter((name) => name)
    .sort();
  check(update || JSON.stringify(found[title]) === JSON.stringify(known[title]), `${title}: ${found[title].join(' ')}`);
}
if (update) writeFileSync(file, `${JSON.stringify(found, undefined, 2)}\n`);
rmSync(scratch, { recursive: true });
finish();
