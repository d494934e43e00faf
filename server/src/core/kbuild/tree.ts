import { join } from '../path';
import { exportsOf, kbuildFile, readFolder, readPrelude } from './folder';
import { evaluateFile, evaluateText } from './make/evaluate';
import { Scope } from './make/scope';
import { literal, locationOf, unknownPiece, type Value, words } from './make/value';
import { configured, emptyEnvironment, machineOf, type Reading, report } from './reading';

/** Whether a folder is the top of a kernel's whole source: then its own build decides which folders are read. */
export function isKernelTree(reading: Reading, folder: string): boolean {
  const { files } = reading;
  if (!files.list(folder).includes('scripts/')) return false;
  if (!files.exists(join(folder, 'scripts/Kbuild.include')) || !files.exists(join(folder, 'init/Makefile')))
    return false;
  const makefile = files.read(join(folder, 'Makefile')) ?? '';
  return /^VERSION\s*=/m.test(makefile) && /^PATCHLEVEL\s*=/m.test(makefile);
}

/** Reads a kernel's tree as its top Makefile does for `make modules`. */
export function readTree(outer: Reading, folder: string): void {
  const reading = { ...outer, prelude: readPrelude(outer, folder) };
  const arch = architecture(reading, folder);
  const makefile = join(folder, 'Makefile');
  if (arch === undefined) {
    const message = "The kernel's configuration names none of the architectures below 'arch': those are not read.";
    report(reading, { message, file: makefile });
  }
  const arches: Value = [
    arch === undefined ? unknownPiece({ text: 'the architecture', at: undefined }) : literal(arch),
  ];
  const scope = topScope(reading, folder, arches);
  evaluateFile(scope, makefile);
  const environment = exportsOf(scope, emptyEnvironment);
  const given = new Map<string, Value>([
    ['SRCARCH', arches],
    ['ARCH', arches],
  ]);
  // Before 5.19 the top Makefile lists the folders; since then the top Kbuild file does.
  const listed = words(scope.value('vmlinux-dirs'));
  const lists = ['init-', 'core-', 'drivers-', 'net-', 'libs-', 'virt-'];
  const topKbuild = kbuildFile(reading, folder);
  const isListedByKbuild =
    topKbuild?.endsWith('/Kbuild') === true && /^obj-/m.test(reading.files.read(topKbuild) ?? '');
  const all = listed.length > 0 ? listed : lists.flatMap((name) => words(scope.value(`${name}y`)));
  const modular = lists.flatMap((name) => words(scope.value(`${name}m`)));
  const roots = isListedByKbuild ? [literal('.'), ...modular] : [...all, ...modular];
  for (const root of roots) {
    if (root.unknown || (!isListedByKbuild && !root.text.endsWith('/') && listed.length === 0)) continue;
    const path = join(folder, root.text);
    const isRead = readFolder(reading, {
      path,
      moduleRoot: undefined,
      obj: root.text.replace(/\/+$/, ''),
      srctree: folder,
      commandLine: new Map(),
      environment: (name) => given.get(name) ?? environment(name),
      flags: [],
      when: root.when,
      above: [],
    });
    const at = locationOf(root);
    if (!isRead && at) {
      report(reading, {
        message: `'${root.text}' has neither a Kbuild file nor a Makefile.`,
        file: at.file,
        span: at.span,
      });
    }
  }
}

/** The folder below `arch` that the configuration is for: its Kconfig defines an option that is always on there. */
function architecture(reading: Reading, folder: string): string | undefined {
  const { config } = reading.kernel;
  const folders = reading.files.list(join(folder, 'arch')).filter((name) => name.endsWith('/'));
  const names = folders.map((name) => name.slice(0, -1));
  const direct = names.find((name) => config.get(`CONFIG_${name.toUpperCase()}`) === 'y');
  if (direct !== undefined) return direct;
  return names.find((name) => {
    const kconfig = reading.files.read(join(folder, `arch/${name}/Kconfig`)) ?? '';
    const options = kconfig.matchAll(/^config[ \t]+(\w+)\n[ \t]+def_bool[ \t]+y[ \t]*$/gm);
    const [first] = options;
    return first?.[1] !== undefined && config.get(`CONFIG_${first[1]}`) === 'y';
  });
}

function topScope(reading: Reading, folder: string, arches: Value): Scope {
  const { kernel } = reading;
  const fixed: Record<string, string> = {
    srctree: folder,
    objtree: folder,
    abs_srctree: folder,
    abs_objtree: folder,
    sub_make_done: '1',
    MAKECMDGOALS: 'modules',
    MAKE: 'make',
    MAKE_VERSION: '4.3',
    CURDIR: folder,
    KERNELRELEASE: kernel.release,
    KBUILD_EXTMOD: '',
  };
  const scope = new Scope(
    {
      files: reading.files,
      cwd: folder,
      home: folder,
      lookup: (name) => configured(kernel, name),
      machine: machineOf(kernel),
      release: kernel.release,
      // The top Makefile asks for much that has no bearing on modules.
      report: () => undefined,
      budget: reading.budget,
    },
    evaluateText,
  );
  for (const [name, value] of Object.entries(fixed)) {
    scope.variables.set(name, { origin: 'command line', pieces: [literal(value)], raw: [] });
  }
  for (const name of ['ARCH', 'SRCARCH']) {
    scope.variables.set(name, { origin: 'command line', pieces: [...arches], raw: [] });
  }
  return scope;
}
