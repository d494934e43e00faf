// check-layouts.mjs [--chroot DIR]... [--update]: asks gcc and clang for the layouts of test/link/layouts.txt, for each
// target whose compiler is here, and compares with test/link/expected-layouts.json, which the tests hold us to.
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { run } from './compilers/ask.mjs';
import { commonBase, targets } from './compilers/targets.mjs';
import { checks } from './lib/run.mjs';

const folder = resolve(import.meta.dirname, '../test/link');
const file = join(folder, 'expected-layouts.json');
const chroots = process.argv.flatMap((word, i) => (process.argv[i - 1] === '--chroot' ? word : []));
const isUpdate = process.argv.includes('--update');
const { check, finish } = checks();
const known = JSON.parse(readFileSync(file, 'utf8'));
/** Answers by title, then by compiler and target. */
const found = {};
const cases = readFileSync(join(folder, 'layouts.txt'), 'utf8').split(/^=== /m).slice(1);

/** The case's code with the answer as an array's length, one more since none has 0. */
function sourceOf(code) {
  const lines = code.trim().split('\n');
  const last = lines.findLastIndex((line) => !line.startsWith('#'));
  if (lines.length === last + 1) return [...lines.slice(0, last), `char answer[(${lines[last]}) + 1];`].join('\n');
  // Branches of an `#if`, each an expression.
  return lines.map((line) => (line.startsWith('#') ? line : `char answer[(${line}) + 1];`)).join('\n');
}

function accepted(compiler, flags) {
  const { stderr } = run(compiler, [...flags, '-dM', '-E', '-x', 'c', '-'], '');
  return flags.filter((flag) => !stderr.includes(`'${flag}'`) && !stderr.includes(`‘${flag}’`));
}

for (const { name, gcc, clang, base } of targets) {
  for (const [family, commands, own] of [
    ['gcc', ['', '-12', '-14', '-15', '-16'].map((suffix) => `${gcc}-gcc${suffix}`), []],
    ['clang', ['clang-19', 'clang-22', 'clang'], [`--target=${clang}`]],
  ]) {
    const all = [undefined, ...chroots].flatMap((root) => commands.map((command) => ({ root, command })));
    const compiler = all.find((one) => run(one, ['--version']).status === 0);
    if (compiler === undefined) {
      console.log(`${family} ${name}: ${commands[0]} is not installed`);
      continue;
    }
    const flags = accepted(compiler, [...own, ...commonBase, ...base]);
    for (const text of cases) {
      const end = text.indexOf('\n');
      const title = text.slice(0, end).trim();
      const list = [...flags, '-w', '-fno-common', '-S', '-o', '-', '-x', 'c', '-'];
      const { stdout, stderr } = run(compiler, list, sourceOf(text.slice(end + 1)));
      const size = /\.size\s+answer,\s*(\d+)/.exec(stdout)?.[1];
      if (size === undefined) throw new Error(`${family} ${name}: ${title}: ${stderr}`);
      found[title] ??= {};
      found[title][`${family} ${name}`] = Number(size) - 1;
      const expected = known[title]?.[`${family} ${name}`] ?? known[title]?.most;
      if (!isUpdate)
        check(expected === Number(size) - 1, `${family} ${name}: ${title}: ${Number(size) - 1}, not ${expected}`);
    }
  }
}
if (isUpdate) {
  const written = Object.fromEntries(Object.entries(found).map(([title, answers]) => [title, briefly(answers)]));
  writeFileSync(file, `${JSON.stringify(written, undefined, 2)}\n`);
}
finish();

/** What most say, and who says otherwise. */
function briefly(answers) {
  const count = (value) => Object.values(answers).filter((one) => one === value).length;
  const most = Object.values(answers).reduce((best, value) => (count(value) > count(best) ? value : best));
  return { most, ...Object.fromEntries(Object.entries(answers).filter(([, value]) => value !== most)) };
}
