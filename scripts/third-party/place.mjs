// Where builds and Untainted run: this machine, or a folder made by debootstrap, as another distribution's user sees it.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fetchHeaders, fetchPackages, run, unpack } from './debian.mjs';
import { buildVariables } from './modules.mjs';

/** This machine: nothing is installed, headers and packages are unpacked into `cache`. */
export function here(cache, project) {
  const cli = join(project, 'server', 'bin', 'untainted.cjs');
  const headers = fetchHeaders(cache);
  return {
    inside: (path) => path,
    headers,
    promised(folder) {
      const dkms = readFileSync(join(folder, 'dkms.conf'), 'utf8');
      const packageName = /^PACKAGE_NAME="?([^"\n]+)/m.exec(dkms)?.[1] ?? '';
      const names = [...dkms.matchAll(/^BUILT_MODULE_NAME\[\d+\]="?([^"\n]+)/gm)];
      return names.map(([, value]) => value.replace(/\$\{?PACKAGE_NAME\}?/, packageName));
    },
    build(folder) {
      const variables = buildVariables(readFileSync(join(folder, 'dkms.conf'), 'utf8'));
      // Old sources warn with new compilers; only what modpost says counts here.
      return run('make', ['-C', headers, `M=${folder}`, ...variables, ...compiler(headers), 'KCFLAGS=-w', 'modules']);
    },
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
    const tools = ['build-essential', 'kmod', 'bc', 'linux-headers-amd64'];
    must('apt-get', 'install', '-q', '-y', '--no-install-recommends', ...tools);
  }
  const program = join(root, 'opt', 'untainted');
  mkdirSync(program, { recursive: true });
  cpSync(process.execPath, join(program, 'node'));
  for (const part of ['dist', 'server/bin']) cpSync(join(project, part), join(program, part), { recursive: true });
  cpSync(join(project, 'scripts/third-party/dkms.sh'), join(program, 'dkms.sh'));
  const release = find().replace('linux-headers-', '');
  const headers = join(root, 'lib', 'modules', release, 'build');
  const dkms = (step, folder) =>
    enter('env', ['KCFLAGS=-w', 'bash', join(program, 'dkms.sh'), step, folder, headers, release]);
  return {
    inside,
    headers,
    prepare: (folder) => dkms('prepare', folder),
    promised: (folder) => dkms('names', folder).out.split('\n').filter(Boolean),
    build: (folder) => dkms('make', folder),
    fetch(names) {
      for (const name of names) {
        if (!existsSync(join(cache, name))) unpack(cache, [name], join(cache, name), enter);
      }
    },
    untainted: (args) => enter(join(program, 'node'), [join(program, 'server/bin/untainted.cjs'), ...args]),
  };
}

/** The headers name the compiler the kernel was built with; another one does for reading modpost's answer. */
function compiler(headers) {
  const file = join(headers, '.kernelvariables');
  const named = existsSync(file) && /\bgcc-\d+/.exec(readFileSync(file, 'utf8'))?.[0];
  return named && run('sh', ['-c', `command -v ${named}`]).status !== 0 ? ['CC=gcc'] : [];
}
