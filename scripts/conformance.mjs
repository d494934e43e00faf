// conformance.mjs DIR [FLAVOUR]: a whole kernel source against what its .ko files really are.
// DIR holds what the yardstick fetches (source/, headers/, truth.jsonl); what is missing is fetched (about 230 MB).
// Exit status 0 if every bar is reached.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { checks, importTypeScript, measureNode } from './lib/run.mjs';

const [folder, flavour = 'amd64'] = process.argv.slice(2);
if (!folder) {
  console.error('usage: conformance.mjs DIR [amd64|cloud-amd64|rt-amd64]');
  process.exit(2);
}
const dir = resolve(folder);
const project = resolve(import.meta.dirname, '..');
const yardstick = resolve(project, '../shared/truth/kernel_truth.py');
const { check, finish } = checks();

if (!existsSync(join(dir, 'truth.jsonl'))) {
  execFileSync('python3', [yardstick, 'fetch', dir, flavour], { stdio: 'inherit' });
  execFileSync('python3', [yardstick, 'truth', dir], { stdio: 'inherit' });
}

console.log(`kernel ${readFileSync(join(dir, 'VERSION'), 'utf8').trim()}`);
const truth = readFileSync(join(dir, 'truth.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));

const run = await measureNode([
  join(project, 'server/bin/untainted.cjs'),
  ...['report', join(dir, 'source'), '--kernel', join(dir, 'headers'), '--format', 'json'],
]);
check(run.status === 0, `report: exit status ${run.status}${run.status === 0 ? '' : `\n${run.stderr.slice(-2000)}`}`);
console.log(
  `     report: ${run.seconds.toFixed(1)} s, CPU ${run.cpuSeconds.toFixed(1)} s, peak memory ${run.peakMegabytes.toFixed(0)} MB`,
);
writeFileSync(join(dir, 'report.json'), run.stdout);

const reported = new Map(JSON.parse(run.stdout).modules.map((module) => [module.path, module]));
const common = truth.filter((module) => reported.has(module.path));
const known = new Set(truth.map((module) => module.path));
const extra = [...reported.keys()].filter((path) => !known.has(path));
check(common.length >= truth.length * 0.999, `modules: ${common.length} of ${truth.length} found`);
check(extra.length === 0, `modules: ${extra.length} reported that do not exist ${extra.slice(0, 5).join(' ')}`);

const sameSet = (a, b) => JSON.stringify([...new Set(a)].sort()) === JSON.stringify([...new Set(b)].sort());
const count = (key) => {
  const wrong = common.filter((module) => !sameSet(module[key], reported.get(module.path)[key]));
  for (const { path, [key]: want } of wrong.slice(0, 10))
    console.log(`     ${path}: ${want} but ${reported.get(path)[key]}`);
  return common.length - wrong.length;
};
const licenses = count('licenses');
// A regular expression over the sources finds 4,020 of 4,023.
check(licenses / truth.length > 4020 / 4023, `licenses: ${licenses} of ${truth.length} right`);
const namespaces = count('namespaces');
check(namespaces / truth.length >= 0.999, `namespaces: ${namespaces} of ${truth.length} right`);
console.log(
  execFileSync('python3', [yardstick, 'score', join(dir, 'truth.jsonl'), join(dir, 'report.json')], {
    encoding: 'utf8',
  })
    .split('\n')
    .filter((line) => !line.startsWith('most'))
    .map((line) => `     ${line}`)
    .join('\n'),
);

const { countExports } = await importTypeScript(join(project, 'test/conformance/exports.ts'));
const exports = countExports(join(dir, 'source'));
console.log(
  `     facts of ${exports.files} files (${(exports.bytes / 1e6).toFixed(0)} MB): ${exports.seconds.toFixed(1)} s on one core`,
);
for (const line of exports.missed.slice(0, 10)) console.log(`     missed: ${line}`);
check(exports.missed.length === 0, `exports: ${exports.found} of ${exports.lines} lines found`);
finish();
