// conformance-kbuild.mjs DIR [--flags | --bench]: the modules and members of a whole kernel source as the product reads
// them, beside what GNU make evaluates from the same files and what the distribution's kernel really has. DIR is a
// kernel as conformance.mjs leaves it (source/, headers/, truth.jsonl). Needs make and a C compiler.
// --flags builds third-party packages and folders of the kernel (below DIR/built) and compares the compiler's flags;
// --bench times the reading. Exit status 0 if all agree.
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { cpus } from 'node:os';
import { join, posix, resolve } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { bench } from './kbuild/bench.mjs';
import { compareFlags } from './kbuild/flags.mjs';
import { checks, importTypeScript } from './lib/run.mjs';

const { positionals, values: options } = parseArgs({
  allowPositionals: true,
  options: { flags: { type: 'boolean' }, bench: { type: 'boolean' } },
});
const [folder] = positionals;
if (!folder || !existsSync(join(folder, 'source/Kbuild'))) {
  console.error('usage: conformance-kbuild.mjs DIR [--flags | --bench], DIR a kernel fetched by conformance.mjs');
  process.exit(2);
}
const dir = resolve(folder);
const project = resolve(import.meta.dirname, '..');
const source = realpathSync(join(dir, 'source'));
const headers = realpathSync(join(dir, 'headers'));
const { check, finish } = checks();

console.log(`kernel ${readFileSync(join(dir, 'VERSION'), 'utf8').trim()}`);
const tree = await importTypeScript(join(project, 'test/conformance/kbuild/tree.ts'));
if (options.flags) await compareFlags(dir, tree, check);
else if (options.bench) await bench(source, headers, tree, () => askMake(1));
else await compareModules();
finish();

async function compareModules() {
  const read = new Map(Object.entries(await tree.readTree(source, headers)));
  const { modules: made, folders } = await askMake();

  const paths = [...made.keys()];
  const missing = paths.filter((path) => !read.has(path));
  const extra = [...read.keys()].filter((path) => !made.has(path));
  check(
    paths.length > 0 && missing.length === 0,
    `modules: ${paths.length - missing.length} of ${paths.length} of make's${some(missing)}`,
  );
  check(extra.length === 0, `modules: ${extra.length} that make does not have${some(extra)}`);
  const different = paths.filter((path) => read.has(path) && read.get(path).join(' ') !== made.get(path).join(' '));
  for (const path of different.slice(0, 5)) {
    console.log(`     ${path}: ${read.get(path).join(' ')}\n     but make ${made.get(path).join(' ')}`);
  }
  const members = paths.reduce((sum, path) => sum + made.get(path).length, 0);
  check(
    different.length === 0,
    `members: ${paths.length - missing.length - different.length} of ${paths.length} modules have the same objects in the same order (${members} objects, ${folders} folders)`,
  );
  compareTruth(read);
}

/** Asks make about each folder, from the top down, as it names them itself; some at a time. */
async function askMake(parallel = cpus().length) {
  const modules = new Map();
  const seen = new Set(['.']);
  const queue = ['.'];
  const read = async (path) => {
    for (const line of (await askFolder(path)).split('\n')) {
      const [kind, name, ...objects] = line.split(' ').filter(Boolean);
      const here = name === undefined ? '' : posix.normalize(posix.join(path, name)).replace(/\/$/, '');
      if (kind === 'module') {
        const list = objects.map((object) => posix.normalize(posix.join(path, object)));
        modules.set(here.replace(/\.o$/, ''), [...new Set(list)]);
      } else if (kind === 'folder' && !seen.has(here)) {
        seen.add(here);
        queue.push(here);
      }
    }
  };
  while (queue.length > 0) await Promise.all(queue.splice(0, parallel).map(read));
  return { modules, folders: seen.size };
}

async function askFolder(path) {
  const names = [`obj=${path}`, `AUTO_CONF=${join(headers, 'include/config/auto.conf')}`, 'SRCARCH=x86', 'ARCH=x86'];
  const more = ['BITS=64', 'CC=gcc', 'LD=ld', 'KERNELRELEASE=0', 'CONFIG_SHELL=sh', 'UTS_MACHINE=x86_64'];
  const makefile = join(project, 'test/conformance/kbuild/folder.mk');
  const { stdout } = await promisify(execFile)('make', ['-srR', '-f', makefile, ...names, ...more], {
    cwd: source,
    maxBuffer: 1 << 26,
  });
  return stdout;
}

/** The modules that the distribution ships: none missing, none too many. */
function compareTruth(read) {
  const file = join(dir, 'truth.jsonl');
  if (!existsSync(file)) return;
  const shipped = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).path);
  const known = new Set(shipped);
  const absent = shipped.filter((path) => !read.has(path));
  const more = [...read.keys()].filter((path) => !known.has(path));
  check(
    absent.length === 0,
    `shipped: ${shipped.length - absent.length} of ${shipped.length} modules found${some(absent)}`,
  );
  check(more.length === 0, `shipped: ${more.length} modules found that are not shipped${some(more)}`);
}

function some(list) {
  return list.length === 0 ? '' : `: ${list.slice(0, 8).join(' ')}${list.length > 8 ? ' …' : ''}`;
}
