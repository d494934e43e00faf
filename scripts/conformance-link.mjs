// conformance-link.mjs DIR [COUNT] [SEED] [--multi] [--cache FOLDER] [--only PATH] [--all]: the link walk against what the
// object files of a kernel's modules really ask for: GPL-only exports, with --all all exports. DIR holds what the yardstick fetches. Needs gcc.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import { importTypeScript } from './lib/run.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    multi: { type: 'boolean' },
    cache: { type: 'string' },
    only: { type: 'string' },
    all: { type: 'boolean' },
    verbose: { type: 'boolean' },
  },
});
const [folder, count = '150', seed = '1'] = positionals;
if (!folder) {
  console.error('usage: conformance-link.mjs DIR [COUNT] [SEED] [--multi] [--cache FOLDER] [--only PATH] [--verbose]');
  process.exit(2);
}
const project = resolve(import.meta.dirname, '..');
const dir = resolve(folder);
const [source, headers, common] = ['source', 'headers', 'common'].map((name) => realpathSync(join(dir, name)));
const cache = options.cache ?? join(dir, 'link-cache');
mkdirSync(cache, { recursive: true });
const engine = await importTypeScript(join(project, 'test/conformance/link.ts'));

const exported = new Set();
for (const line of readFileSync(join(headers, 'Module.symvers'), 'utf8').split('\n')) {
  const [, name, , kind] = line.split('\t');
  if (options.all ? name : kind === 'EXPORT_SYMBOL_GPL') exported.add(name);
}
const truth = new Map(
  readFileSync(join(dir, 'truth.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .map((module) => [module.path, module]),
);

const listed = join(cache, 'modules.json');
if (!existsSync(listed))
  writeFileSync(
    listed,
    execFileSync(
      'node',
      [join(project, 'server/bin/untainted.cjs'), 'modules', source, '--kernel', headers, '--format', 'json'],
      { maxBuffer: 1 << 30 },
    ),
  );
const modules = JSON.parse(readFileSync(listed, 'utf8')).modules.filter(
  (module) =>
    truth.has(module.path) &&
    module.members.length > 0 &&
    module.members.every((member) => member.source?.endsWith('.c')) &&
    (options.only ? module.path === options.only : module.members.length > 1 === (options.multi ?? false)),
);
let state = Number(seed) * 2654435761;
const random = () => {
  state = (Math.imul(state ^ (state >>> 15), 2246822519) + 0x9e3779b9) >>> 0;
  return state / 2 ** 32;
};
for (let i = modules.length - 1; i > 0; i--) {
  const j = Math.floor(random() * (i + 1));
  [modules[i], modules[j]] = [modules[j], modules[i]];
}

const includes = [
  'arch/x86/include',
  'arch/x86/include/generated',
  'include',
  'arch/x86/include/uapi',
  'arch/x86/include/generated/uapi',
  'include/uapi',
  'include/generated/uapi',
].flatMap((path) => [source, headers, common].map((base) => `-I${base}/${path}`));

/** What gcc -E makes of a member; undefined if it fails. */
function preprocess(module, member) {
  const file = member.source;
  const base = file.replace(/^.*\//, '').replace(/\.c$/, '').replaceAll('-', '_');
  const args = ['-E', '-nostdinc', ...includes];
  for (const header of ['compiler-version.h', 'kconfig.h', 'compiler_types.h'])
    args.push('-include', `${common}/include/linux/${header}`);
  args.push(
    ...'-D__KERNEL__ -DMODULE -std=gnu11 -m64 -O2 -mno-sse -mno-mmx -mno-sse2 -mno-3dnow -mno-avx -fno-PIE'.split(' '),
  );
  args.push(...'-mcmodel=kernel -fcf-protection=none -DCC_USING_FENTRY'.split(' '), `-I${dirname(file)}`);
  args.push(`-DKBUILD_MODFILE="${module.path}"`, `-DKBUILD_BASENAME="${base}"`, `-DKBUILD_MODNAME="${module.name}"`);
  args.push(`-D__KBUILD_MODNAME=kmod_${module.name}`);
  for (const path of member.includes) args.push(`-I${path}`);
  for (const [name, value] of Object.entries(member.defines))
    args.push(value === '' ? `-D${name}` : `-D${name}=${value}`);
  args.push(file);
  const key = join(cache, `${createHash('sha1').update(args.join('\0')).digest('hex')}.gz`);
  if (existsSync(key)) {
    const text = gunzipSync(readFileSync(key)).toString();
    return text === '' ? undefined : text;
  }
  const run = spawnSync('gcc', args, { cwd: source, maxBuffer: 1 << 28, encoding: 'utf8' });
  writeFileSync(key, gzipSync(run.status === 0 ? run.stdout : '', { level: 1 }));
  return run.status === 0 ? run.stdout : undefined;
}

const sum = {
  hits: 0,
  extra: 0,
  missed: 0,
  exact: 0,
  verdict: 0,
  modules: 0,
  units: 0,
  tokens: 0,
  milliseconds: 0,
  failed: 0,
};
const extra = new Map();
const missed = new Map();
const note = (counts, name, module) => {
  const seen = counts.get(name) ?? [];
  counts.set(name, seen);
  seen.push(module.path);
};
const doubts = new Map();
for (const module of modules) {
  if (sum.modules === Number(count)) break;
  const texts = module.members.map((member) => preprocess(module, member));
  if (texts.includes(undefined)) {
    sum.failed++;
    continue;
  }
  const facts = texts.map((text, i) => engine.factsOf(text, module.members[i].source));
  const defined = new Set(facts.flatMap(({ facts }) => facts.defines));
  const have = new Set();
  for (const { facts: one, milliseconds, tokens } of facts) {
    sum.units++;
    sum.milliseconds += milliseconds;
    sum.tokens += tokens;
    for (const cause of one.doubts) note(doubts, cause, module);
    for (const symbol of one.symbols)
      if (!symbol.weak && exported.has(symbol.name) && !defined.has(symbol.name)) have.add(symbol.name);
  }
  const { undefined: all, gplOnly: gpl } = truth.get(module.path);
  const want = new Set(options.all ? all.filter((name) => exported.has(name)) : gpl);
  const tooMany = [...have].filter((name) => !want.has(name));
  const tooFew = [...want].filter((name) => !have.has(name));
  sum.modules++;
  sum.hits += want.size - tooFew.length;
  sum.extra += tooMany.length;
  sum.missed += tooFew.length;
  if (tooMany.length + tooFew.length === 0) sum.exact++;
  if (have.size > 0 === want.size > 0) sum.verdict++;
  for (const name of tooMany) note(extra, name, module);
  for (const name of tooFew) note(missed, name, module);
  if (options.only)
    for (const name of tooMany)
      for (const { facts: one } of facts)
        for (const use of one.symbols.find((symbol) => symbol.name === name)?.uses.slice(0, 2) ?? [])
          console.log(
            `${name}:\n${use.map((m) => `    ${one.files[m.file]}:${m.offset} ${m.kind} ${m.name}`).join('\n')}`,
          );
}

const show = (title, counts, most = 40) => {
  const all = [...counts].sort((a, b) => b[1].length - a[1].length);
  for (const [name, paths] of all.slice(0, most))
    console.log(`${title} ${String(paths.length).padStart(3)} ${name}  ${[...new Set(paths)].slice(0, 2).join(' ')}`);
};
show('not evaluated', doubts, 15);
show('extra ', extra);
show('missed', missed);
const percent = (part, whole) => `${((100 * part) / whole).toFixed(3)} %`;
console.log(
  `${sum.modules} modules (${sum.failed} left out), ${sum.units} units: precision ${percent(sum.hits, sum.hits + sum.extra)}, recall ${percent(sum.hits, sum.hits + sum.missed)}, exact ${percent(sum.exact, sum.modules)}, verdict ${percent(sum.verdict, sum.modules)}`,
);
console.log(
  `${(sum.tokens / sum.units).toFixed(0)} tokens and ${(sum.milliseconds / sum.units).toFixed(1)} ms a unit, ${((sum.milliseconds / sum.tokens) * 1e5).toFixed(1)} ms for 100,000 tokens`,
);
