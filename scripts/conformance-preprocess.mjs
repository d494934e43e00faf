// conformance-preprocess.mjs DIR [--count 200] [--seed N] [--cc COMMAND] [--only TEXT]: the preprocessor beside
// `COMMAND -E -P`, token for token, on units of a kernel's modules drawn at random, with the flags that the product
// reads from the kernel's own Makefiles. DIR holds source/ and headers/. COMMAND is a gcc or clang for the kernel's
// architecture: "aarch64-linux-gnu-gcc", "clang --target=aarch64-linux-gnu"; of flags that it is too old for it is told
// nothing. Exit status 0 if all units are equal.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { importTypeScript, random } from './lib/run.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(Math.floor(Date.now() / 1000) % 100_000) },
    cc: { type: 'string', default: 'gcc' },
    only: { type: 'string', default: '' },
  },
});
const [dir] = positionals;
if (!dir || !existsSync(join(dir, 'source'))) {
  console.error('usage: conformance-preprocess.mjs DIR [--count N] [--seed N] [--cc COMMAND] [--only TEXT]');
  process.exit(2);
}
const {
  compilerCalls,
  compilerFor,
  compilerFrom,
  HeaderCache,
  kinds,
  lex,
  openHeaders,
  preprocess,
  readArguments,
  recycle,
  spelling,
} = await importTypeScript(join(import.meta.dirname, 'lib/preprocess.ts'));

const [source, headers] = ['source', 'headers'].map((name) => realpathSync(join(dir, name)));
const [cc, ...ccFlags] = options.cc.split(' ');
const ask = (...args) => spawnSync(cc, [...ccFlags, ...args], { encoding: 'utf8', cwd: source, maxBuffer: 1 << 28 });
const family = /clang/.test(ask('--version').stdout) ? 'clang' : 'gcc';
const version = ask(family === 'clang' ? '-dumpversion' : '-dumpfullversion').stdout.trim();
const compilers = join(import.meta.dirname, '../server/compilers');
const kernel = await openHeaders(headers);
const choice = { ...compilerFor(kernel), family, version };
console.log(`kernel ${kernel.release}, ${options.cc} ${version}, seed ${options.seed}`);

const next = random(Number(options.seed));
const units = compilerCalls(source, kernel).filter(([path]) => path.includes(options.only));
const cache = new HeaderCache({ read, exists: existsSync });
/** Flags that the compiler does not know. */
const refused = new Set();
const tally = { equal: 0, different: 0, left: 0, tokens: 0 };
const milliseconds = { ours: 0, theirs: 0 };
while (units.length > 0 && tally.equal + tally.different < Number(options.count)) {
  const [[path, all]] = units.splice(Math.floor(next() * units.length), 1);
  const theirs = preprocessed(all);
  if (theirs === undefined) {
    tally.left++;
    continue;
  }
  const list = all.filter((flag) => !refused.has(flag));
  const start = performance.now();
  const compiler = compilerFrom(compilers, choice, list);
  const unit = preprocess({ path, compiler, ...readArguments(list, source) }, cache);
  milliseconds.ours += performance.now() - start;
  tally.tokens += unit.count;
  const found = unit.missingHeaders.length > 0 ? `    missing ${unit.missingHeaders}` : difference(unit, theirs);
  if (found === undefined) tally.equal++;
  else if (tally.different++ < 10) console.log(`${relative(source, path)}: differs\n${found}`);
  recycle(unit, cache);
}
const total = tally.equal + tally.different;
const each = (sum) => (sum / total).toFixed(1);
console.log(
  `${tally.equal} of ${total} units equal, ${tally.left} left out that the compiler refuses; ${tally.tokens} tokens; ` +
    `ours ${each(milliseconds.ours)} ms, the compiler ${each(milliseconds.theirs)} ms a unit`,
);
if (refused.size > 0) console.log(`flags it does not know: ${[...refused].join(' ')}`);
if (total === 0 || tally.different > 0) process.exitCode = 1;

function preprocessed(list) {
  for (let tries = 0; tries < 20; tries++) {
    const start = performance.now();
    const { status, stdout, stderr } = ask('-E', '-P', ...list.filter((flag) => !refused.has(flag)));
    milliseconds.theirs += performance.now() - start;
    if (status === 0) return stdout;
    const unknown = [...stderr.matchAll(/(?:option|argument|ABI|CPU)[^‘'\n]*[‘']([^’'\n]+)[’']/g)].map(
      ([, flag]) => flag,
    );
    const fresh = list.filter(
      (flag) => !refused.has(flag) && unknown.some((each) => flag === each || flag.endsWith(`=${each}`)),
    );
    if (fresh.length === 0) return undefined;
    for (const flag of fresh) refused.add(flag);
  }
  return undefined;
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** The first token in which ours and theirs differ, with what is around; `undefined` if none does. */
function difference(unit, text) {
  const theirs = lex(text);
  let i = 0;
  let j = 0;
  const around = (at, spell) => Array.from({ length: 24 }, (_, k) => spell(at - 12 + k)).join(' ');
  const context = () => {
    const ours = around(i, (k) => unit.names.text(unit.name[k] ?? 0));
    const wanted = around(j, (k) => (k >= 0 && k < theirs.count ? spelling(theirs, k) : ''));
    return `    ours     ${ours}\n    compiler ${wanted}`;
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
