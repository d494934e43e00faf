// conformance-slice.mjs DIR [--count 100] [--seed N] [--module PATH]...: some modules of a whole kernel's source against
// what their .ko files really are, chosen by a seed that is printed (or named). DIR holds what the yardstick fetches.
// Exit status 0 if every module is found, and its licenses, namespaces and GPL-only symbols are right but for the
// share that the whole kernel may miss.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { checks, measureNode, random } from './lib/run.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: 'string', default: '100' },
    seed: { type: 'string', default: String(Math.floor(Date.now() / 1000) % 100_000) },
    module: { type: 'string', multiple: true, default: [] },
  },
});
const dir = resolve(positionals[0] ?? '.');
if (!existsSync(join(dir, 'truth.jsonl'))) {
  console.error('usage: conformance-slice.mjs DIR [--count N] [--seed N] [--module PATH]...');
  process.exit(2);
}
const { check, finish } = checks();
const truth = readFileSync(join(dir, 'truth.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));
const named = new Set(options.module);
const next = random(Number(options.seed));
const chosen = named.size > 0 ? truth.filter(({ path }) => named.has(path)) : draw(truth, Number(options.count));
console.log(`kernel ${readFileSync(join(dir, 'VERSION'), 'utf8').trim()}, seed ${options.seed}`);

const run = await measureNode([
  resolve(import.meta.dirname, '../server/bin/untainted.cjs'),
  ...['report', join(dir, 'source'), '--kernel', join(dir, 'headers'), '--exact', '--format', 'json', '--quiet'],
  ...(named.size > 0 ? [] : ['--no-uses']),
  ...chosen.flatMap(({ path }) => ['--module', path]),
]);
if (run.status !== 0) console.log(run.stderr.slice(-2000));
const reported = new Map(JSON.parse(run.stdout || '{"modules":[]}').modules.map((module) => [module.path, module]));

const sum = { right: 0, extra: 0, missed: 0, exact: 0, licenses: 0, namespaces: 0 };
for (const module of chosen) {
  const got = reported.get(module.path);
  if (got === undefined) {
    console.log(`     ${module.path}: not found`);
    continue;
  }
  const symbols = got.symbols.filter(({ gplOnly }) => gplOnly);
  const want = new Set(module.gplOnly);
  const have = new Set(symbols.map(({ name }) => name));
  const extra = symbols.filter(({ name }) => !want.has(name));
  const missed = module.gplOnly.filter((name) => !have.has(name));
  sum.right += want.size - missed.length;
  sum.extra += extra.length;
  sum.missed += missed.length;
  if (extra.length + missed.length === 0) sum.exact++;
  else
    console.log(
      `     ${module.path}:${got.exact ? '' : ' direct uses only:'}${extra.map(({ name }) => ` +${name}`).join('')}${missed.map((name) => ` -${name}`).join('')}`,
    );
  for (const { name, uses = [] } of extra)
    for (const { file, line, through } of uses.slice(0, 2))
      console.log(`       ${name}: ${file}:${line} ${through.join(' > ')}`);
  if (isSame(module.licenses, got.licenses)) sum.licenses++;
  else console.log(`     ${module.path}: licenses ${module.licenses} but ${got.licenses}`);
  if (isSame(module.namespaces, got.namespaces)) sum.namespaces++;
  else console.log(`     ${module.path}: namespaces ${module.namespaces} but ${got.namespaces}`);
}
const doubts = new Map();
for (const { path, notEvaluated = [] } of reported.values())
  for (const cause of notEvaluated) doubts.set(cause, [...(doubts.get(cause) ?? []), path]);
for (const [cause, paths] of [...doubts].sort((a, b) => b[1].length - a[1].length).slice(0, 20))
  console.log(`     not evaluated in ${paths.length}: ${cause} (${paths[0]})`);
const found = chosen.filter(({ path }) => reported.has(path)).length;
const share = (part, whole) => (whole === 0 ? 1 : part / whole);
const precision = share(sum.right, sum.right + sum.extra);
const recall = share(sum.right, sum.right + sum.missed);
console.log(`     ${run.seconds.toFixed(1)} s, peak memory ${run.peakMegabytes.toFixed(0)} MB`);
check(found === chosen.length, `modules: ${found} of ${chosen.length} found`);
check(sum.licenses === chosen.length, `licenses: ${sum.licenses} right`);
check(sum.namespaces === chosen.length, `namespaces: ${sum.namespaces} right`);
// One module in a hundred may be off where the whole kernel is off by three in a thousand.
check(sum.exact >= chosen.length * 0.98, `exact sets: ${sum.exact} of ${chosen.length}`);
check(precision >= 0.998 && recall >= 0.998, `precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)}`);
finish();

function draw(list, count) {
  const left = [...list];
  return Array.from(
    { length: Math.min(count, left.length) },
    () => left.splice(Math.floor(next() * left.length), 1)[0],
  );
}

function isSame(a, b) {
  return JSON.stringify([...new Set(a)].sort()) === JSON.stringify([...new Set(b)].sort());
}
