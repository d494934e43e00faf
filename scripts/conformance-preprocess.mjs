// Compares the preprocessor with `gcc -E -P`, token for token, on translation units drawn at random.
//   conformance-preprocess.mjs DIR [COUNT] [SEED]      DIR has source/, headers/, common/ and truth.jsonl
// Units that gcc itself does not preprocess (flags of their Makefile are missing) are left out and counted.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { importTypeScript } from './lib/run.mjs';

const [dir, count = '20', seed = '1', only = ''] = process.argv.slice(2);
if (!dir) {
  console.error('usage: conformance-preprocess.mjs DIR [COUNT] [SEED]');
  process.exit(2);
}
const { HeaderCache, lex, preprocess, readArguments, gccFrom, spelling, kinds } = await importTypeScript(
  join(import.meta.dirname, 'lib/preprocess.ts'),
);

const [source, headers, shared] = ['source', 'headers', 'common'].map((name) => realpathSync(join(dir, name)));
const below = ['arch/x86/include', 'arch/x86/include/generated', 'include', 'arch/x86/include/uapi'];
below.push('arch/x86/include/generated/uapi', 'include/uapi', 'include/generated/uapi');
const folders = below.flatMap((name) => [source, headers, shared].map((root) => `-I${root}/${name}`));
const fixed = ['-nostdinc', ...folders];
for (const name of ['compiler-version', 'kconfig', 'compiler_types']) {
  fixed.push('-include', `${shared}/include/linux/${name}.h`);
}
fixed.push('-D__KERNEL__', '-DMODULE', '-std=gnu11', '-m64', '-O2', '-mno-sse', '-mno-mmx', '-mno-sse2', '-mno-3dnow');
fixed.push('-mno-avx', '-mno-80387', '-mno-fp-ret-in-387', '-fno-PIE', '-fno-strict-aliasing', '-fshort-wchar');
fixed.push('-mcmodel=kernel', '-fcf-protection=none', '-fstack-protector-strong', '-DCC_USING_FENTRY');

/** A generator of numbers below 1 that a seed decides. */
function random(state) {
  let a = state >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Sources of the folders of modules that were built, in an order that the seed decides. */
function unitsOf() {
  const units = new Map();
  for (const line of readFileSync(join(dir, 'truth.jsonl'), 'utf8').split('\n')) {
    if (line === '') continue;
    const { path, name } = JSON.parse(line);
    const folder = dirname(path);
    const base = path.slice(folder.length + 1);
    const makefile = join(source, folder, 'Makefile');
    const text = existsSync(makefile) ? readFileSync(makefile, 'utf8').replaceAll('\\\n', ' ') : '';
    const members = [base, base.replaceAll('-', '_'), base.replaceAll('_', '-')];
    for (const [, list] of text.matchAll(new RegExp(`^\\s*${base}-(?:y|objs)\\s*[:+]?=(.*)$`, 'gm'))) {
      for (const [, member] of list.matchAll(/([\w./-]+)\.o\b/g)) members.push(member);
    }
    for (const member of members) {
      const file = `${folder}/${member}.c`;
      if (!units.has(file) && existsSync(join(source, file))) units.set(file, name);
    }
  }
  const list = [...units].filter(([file]) => file.includes(only)).sort();
  const next = random(Number(seed));
  for (let i = list.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [list[i], list[j]] = [list[j], list[i]];
  }
  return list;
}

function argumentsOf(file, name) {
  const base = file.replace(/^.*\/|\.c$/g, '').replaceAll('-', '_');
  return [
    ...fixed,
    `-I${dirname(join(source, file))}`,
    `-DKBUILD_MODFILE="${name}"`,
    `-DKBUILD_BASENAME="${base}"`,
    `-DKBUILD_MODNAME="${name}"`,
    `-D__KBUILD_MODNAME=kmod_${name}`,
  ];
}

/** The first token in which ours and gcc's differ, with what is around; `undefined` if none does. */
function difference(unit, text) {
  const theirs = lex(text);
  let i = 0;
  let j = 0;
  const context = () => {
    const ours = Array.from({ length: 24 }, (_, k) => unit.names.text(unit.name[i - 12 + k] ?? 0)).join(' ');
    const wanted = Array.from({ length: 24 }, (_, k) =>
      j - 12 + k >= 0 && j - 12 + k < theirs.count ? spelling(theirs, j - 12 + k) : '',
    ).join(' ');
    return `    ours ${ours}\n    gcc  ${wanted}`;
  };
  for (;;) {
    while (i < unit.count && unit.kind[i] === kinds.directiveEnd) i++;
    while (j < theirs.count && theirs.kind[j] === kinds.directiveEnd) j++;
    if (i >= unit.count || j >= theirs.count) return i >= unit.count && j >= theirs.count ? undefined : context();
    if (unit.names.text(unit.name[i]) !== spelling(theirs, j)) return context();
    i++;
    j++;
  }
}

const compilers = join(import.meta.dirname, '../server/compilers');
const version = spawnSync('gcc', ['-dumpfullversion'], { encoding: 'utf8' }).stdout.trim();
const read = (path) => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};
const cache = new HeaderCache({ read, exists: existsSync });
const tally = { equal: 0, different: 0, left: 0, tokens: 0, missing: 0 };
let oursMs = 0;
let gccMs = 0;
for (const [file, name] of unitsOf()) {
  if (tally.equal + tally.different >= Number(count)) break;
  const path = join(source, file);
  const list = argumentsOf(file, name);
  const begin = performance.now();
  const gcc = spawnSync('gcc', ['-E', '-P', ...list, path], { encoding: 'utf8', cwd: source, maxBuffer: 1 << 28 });
  const middle = performance.now();
  if (gcc.status !== 0) {
    tally.left++;
    continue;
  }
  const start = performance.now();
  const unit = preprocess({ path, compiler: gccFrom(compilers, version, list), ...readArguments(list, source) }, cache);
  oursMs += performance.now() - start;
  gccMs += middle - begin;
  tally.tokens += unit.count;
  const found = difference(unit, gcc.stdout);
  if (found === undefined && unit.missingHeaders.length === 0) tally.equal++;
  else {
    tally.different++;
    console.log(`${file}: differs${unit.missingHeaders.length > 0 ? `, missing ${unit.missingHeaders}` : ''}`);
    if (tally.different < 30) console.log(found);
  }
}
const total = tally.equal + tally.different;
console.log(
  `${tally.equal} of ${total} units equal (${((100 * tally.equal) / total).toFixed(2)} %), ${tally.left} left out that gcc refuses; ` +
    `${tally.tokens} tokens; ours ${(oursMs / total).toFixed(1)} ms, gcc ${(gccMs / total).toFixed(1)} ms a unit`,
);
if (tally.different > 0) process.exitCode = 1;
