// Debian packages, unpacked into a folder of their own instead of installed.
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** Runs a program to its end; `log` is both streams. */
export function run(program, args, cwd) {
  const env = { ...process.env, LC_ALL: 'C' };
  const done = spawnSync(program, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 28, env });
  if (done.error) throw new Error(`${program} cannot be run: ${done.error.message}`);
  return { status: done.status, out: done.stdout, err: done.stderr, log: done.stdout + done.stderr };
}

/** Unpacks each package into `cache/NAME`, unless it is there. */
export function fetchPackages(cache, names) {
  for (const name of names) {
    if (!existsSync(join(cache, name))) unpack(cache, [name], join(cache, name));
  }
}

/**
 * The headers of the distribution's current kernel, usable from where they are. Answers with the folder that `make -C`
 * takes.
 */
export function fetchHeaders(cache) {
  const tree = join(cache, 'kernel');
  const source = join(tree, 'usr', 'src');
  if (!existsSync(tree)) {
    const names = new Set();
    const kinds = [must('dpkg', ['--print-architecture']).trim(), 'generic'];
    const find = () => kinds.flatMap((kind) => dependencies(`linux-headers-${kind}`));
    let wanted = find();
    if (wanted.length === 0 && isRoot()) {
      // A fresh container has no package lists yet.
      must('apt-get', ['update', '-q']);
      wanted = find();
    }
    while (wanted.length > 0) {
      const name = wanted.pop();
      if (!names.has(name)) wanted.push(...dependencies(name));
      names.add(name);
    }
    if (names.size === 0) throw new Error('apt-cache knows no linux-headers package; run apt-get update first');
    unpack(cache, [...names], tree);
  }
  provideLibraries(tree);
  const folder = readdirSync(source).find((name) => existsSync(join(source, name, 'Module.symvers')));
  if (!folder) throw new Error(`no Module.symvers below ${source}`);
  return join(source, folder);
}

/** The kernel's build tools are programs too: the libraries they are linked with must be there. */
function provideLibraries(tree) {
  const lib = join(tree, 'usr', 'lib');
  const objtool = readdirSync(lib)
    .map((name) => join(lib, name, 'tools', 'objtool', 'objtool'))
    .find((file) => existsSync(file));
  if (!objtool || !/not found/.test(run('ldd', [objtool]).log)) return;
  if (!isRoot()) throw new Error(`${objtool} lacks a library: install libelf1`);
  must('apt-get', ['install', '-q', '-y', '--no-install-recommends', 'libelf1']);
}

function isRoot() {
  return process.getuid?.() === 0;
}

/** Packages of kernel headers that a package depends on; none for a package that there is not. */
function dependencies(name) {
  const { status, out } = run('apt-cache', ['depends', name]);
  if (status !== 0) return [];
  return [...out.matchAll(/Depends: (linux-(?:headers|kbuild)-\S+)/g)].map((match) => match[1]);
}

/** `where` runs apt-get. Half-fetched folders never get the final name, so an interrupted run does no harm to the next. */
export function unpack(cache, names, target, where = run) {
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'fetch-'));
  const tree = join(folder, 'tree');
  must('apt-get', ['download', ...names], folder, where);
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.deb'))) {
    must('dpkg-deb', ['-x', join(folder, file), tree]);
  }
  relocate(join(tree, 'usr', 'src'), join(target, 'usr', 'src'));
  rmSync(target, { recursive: true, force: true });
  renameSync(tree, target);
  rmSync(folder, { recursive: true, force: true });
}

/** Debian's headers include the -common package's Makefile by an absolute path, which is another one here. */
function relocate(folder, target) {
  for (const name of readdirSync(folder)) {
    const file = join(folder, name, 'Makefile');
    if (!name.startsWith('linux-headers-') || !existsSync(file) || lstatSync(file).isSymbolicLink()) continue;
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace(/^include \/usr\/src\//gm, `include ${target}/`));
  }
}

function must(program, args, cwd, where = run) {
  const { status, out, log } = where(program, args, cwd);
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} failed:\n${log}`);
  return out;
}
