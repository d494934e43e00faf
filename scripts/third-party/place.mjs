// Where builds and Untainted run: this machine, or a folder made by debootstrap, as another distribution's user sees it.
import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fetchHeaders, fetchPackages, run, unpack } from './debian.mjs';

/** This machine: nothing is installed, headers and packages are unpacked into `cache`. */
export function here(cache, project) {
  const cli = join(project, 'server', 'bin', 'untainted.cjs');
  return {
    run,
    inside: (path) => path,
    headers: fetchHeaders(cache),
    fetch: (names) => fetchPackages(cache, names),
    untainted: (args) => run(process.execPath, [cli, ...args]),
  };
}

/**
 * A folder that `debootstrap` made, entered with `chroot` (so by root alone): the suite's headers, compiler and make are
 * installed there, Untainted and Node are copied there. Paths stay those of this machine and are cut for each command.
 */
export function chrooted(root, cache, project) {
  const inside = (text) => text.replaceAll(`${root}/`, '/');
  const enter = (program, args, cwd = root) => {
    const words = ['DEBIAN_FRONTEND=noninteractive', program, ...args].map(inside);
    return run('chroot', [root, 'env', '-C', inside(`${cwd}/`), ...words]);
  };
  const must = (...words) => {
    const { status, log } = enter(words[0], words.slice(1));
    if (status !== 0) throw new Error(`${words.join(' ')} failed in ${root}:\n${log}`);
  };
  const sources = join(root, 'usr', 'src');
  const find = () => {
    const names = existsSync(sources) ? readdirSync(sources) : [];
    return names.find((name) => existsSync(join(sources, name, 'Module.symvers')));
  };
  // Suites that nobody releases keep no date that holds.
  writeFileSync(join(root, 'etc', 'apt', 'apt.conf.d', '99untainted'), 'Acquire::Check-Valid-Until "false";\n');
  if (!find()) {
    must('apt-get', 'update', '-q');
    const tools = ['build-essential', 'kmod', 'linux-headers-amd64'];
    must('apt-get', 'install', '-q', '-y', '--no-install-recommends', ...tools);
  }
  const program = join(root, 'opt', 'untainted');
  mkdirSync(program, { recursive: true });
  cpSync(process.execPath, join(program, 'node'));
  for (const part of ['dist', 'server/bin']) cpSync(join(project, part), join(program, part), { recursive: true });
  const release = find().replace('linux-headers-', '');
  return {
    run: enter,
    inside,
    headers: join(root, 'lib', 'modules', release, 'build'),
    fetch(names) {
      for (const name of names) {
        if (!existsSync(join(cache, name))) unpack(cache, [name], join(cache, name), enter);
      }
    },
    untainted: (args) => enter(join(program, 'node'), [join(program, 'server/bin/untainted.cjs'), ...args]),
  };
}
