import type { Problem } from '../finding';
import type { Kernel } from '../kernel/kernel';
import { isInside, join } from '../path';
import type { Build, BuildFiles } from './build';
import { type Dkms, dkmsPath, readDkms } from './dkms';
import { confine } from './files';
import { exportsOf, kbuildFile, readFolder, readPrelude } from './folder';
import { evaluateFile, evaluateText } from './make/evaluate';
import { Scope, type Variable } from './make/scope';
import { clip, literal, locationOf, type Value } from './make/value';
import { type Environment, emptyEnvironment, kernelFolders, machineOf, type Reading, report } from './reading';
import { type MakeCall, makeCalls } from './recipes';
import { isKernelTree, readTree } from './tree';

/** Steps of expansion for one whole reading; a whole kernel takes less than 200,000. */
const budget = 10_000_000;
const maximumFolders = 50_000;
const maximumDepth = 30;
const makefileNames = ['GNUmakefile', 'makefile', 'Makefile'];
const notBuilding = /clean|install|help|mrproper|check|tags|cscope|sign|depmod|test/;

/** What the Makefiles and Kbuild files of a folder build, against the given kernel. Nothing is run; never throws. */
export function readBuild(folder: string, files: BuildFiles, kernel: Kernel): Build {
  const further = kernelFolders(kernel, (path) => files.read(path));
  const confined = confine(files, folder, further, kernel);
  const bare: Reading = {
    folder,
    files: confined,
    kernel,
    srctree: further[0],
    prelude: new Map<string, Variable>(),
    modules: new Map(),
    problems: new Map(),
    reasons: new Set(),
    kernelFolders: [],
    extraSymvers: new Set(),
    claimed: new Set(),
    unbuilt: new Set(),
    budget: { steps: budget },
  };
  const srctree = bare.srctree;
  const reading = srctree === undefined ? bare : { ...bare, prelude: readPrelude(bare, srctree) };
  const promised = readFolders(reading);
  const names = new Set([...reading.modules.values()].map((module) => module.name));
  for (const each of promised) if (!names.has(each.name.replaceAll('-', '_'))) report(reading, each.problem);
  return {
    modules: [...reading.modules.values()],
    problems: [...reading.problems.values()],
    inputs: [...confined.inputs],
    buildFiles: [...confined.found],
    isKernelTree: isKernelTree(reading, folder),
    kernelFolders: reading.kernelFolders,
    extraSymvers: [...reading.extraSymvers],
  };
}

type Promised = Dkms['promised'][number];

/** Folder by folder from the top, each that no Kbuild file above it has already decided about. */
function readFolders(reading: Reading): Promised[] {
  const promised: Promised[] = [];
  const queue: { path: string; depth: number }[] = [{ path: reading.folder, depth: 0 }];
  for (let at = 0; at < queue.length && at < maximumFolders; at++) {
    const next = queue[at];
    if (!next) break;
    const { path, depth } = next;
    if (isKernelTree(reading, path)) {
      readTree(reading, path);
      continue;
    }
    promised.push(...readRoot(reading, path));
    if (depth >= maximumDepth) continue;
    for (const name of reading.files.list(path)) {
      if (!name.endsWith('/') || name.startsWith('.') || name === 'node_modules/') continue;
      queue.push({ path: join(path, name), depth: depth + 1 });
    }
  }
  return promised;
}

/** One folder that make may be called in: by dkms, by hand with its own recipes, or by Kbuild alone. */
function readRoot(reading: Reading, folder: string): readonly Promised[] {
  const conf = reading.files.read(dkmsPath(folder));
  const dkms = conf === undefined ? undefined : readDkms(dkmsPath(folder), conf, folder, reading.kernel.release);
  for (const call of dkms?.calls ?? []) {
    if (call.module) readModules(reading, call, emptyEnvironment, dkmsPath(folder));
    else readMakefile(reading, call.directory ? join(call.cwd, call.directory.text) : call.cwd, call.variables);
  }
  const isUnbuilt = [...reading.unbuilt].some((each) => isInside(folder, each));
  if (reading.claimed.has(folder) && conf === undefined) return dkms?.promised ?? [];
  if (isUnbuilt) return dkms?.promised ?? [];
  readMakefile(reading, folder, new Map());
  if (!reading.claimed.has(folder)) readPlain(reading, folder);
  return dkms?.promised ?? [];
}

/** Reads a Makefile as make itself does when called there, for what its recipes call Kbuild with. */
function readMakefile(reading: Reading, folder: string, variables: ReadonlyMap<string, Value>): void {
  const names = reading.files.list(folder);
  const name = makefileNames.find((each) => names.includes(each));
  if (name === undefined || !isInside(folder, reading.folder)) return;
  const scope = plainScope(reading, folder, variables);
  evaluateFile(scope, join(folder, name));
  const environment = exportsOf(scope, emptyEnvironment);
  const read = new Set<string>();
  for (const call of makeCalls(scope, folder)) {
    if (!call.module) continue;
    // What dkms hands in is the kernel that was chosen already.
    if (variables.size === 0) addHint(reading, call);
    const isBuilding = call.goals.length === 0 || call.goals.some((goal) => !notBuilding.test(goal));
    // The first call for a folder is what a plain `make` does; later ones are variants (debug, check, signing).
    if (!isBuilding || read.has(call.module.text)) continue;
    read.add(call.module.text);
    readModules(reading, call, environment, join(folder, name));
  }
}

/** The kernel folder that a recipe calls, as the makefile writes it. */
function addHint(reading: Reading, call: MakeCall): void {
  const word = call.directory;
  if (!word || word.unknown || word.when) return;
  const shown = (word.shown ?? word.text).replace(/`uname -r`|\$\(uname -r\)/g, '$(shell uname -r)');
  const value = shown.startsWith('/') || shown.startsWith('$') ? shown : join(call.cwd, shown);
  const at = locationOf(word);
  if (!at || shown === '' || reading.kernelFolders.some((hint) => hint.value === value)) return;
  reading.kernelFolders.push({ value, at });
}

/** What Kbuild builds for one `make -C … M=…`. */
function readModules(reading: Reading, call: MakeCall, environment: Environment, file: string): void {
  const word = call.module;
  if (!word) return;
  const at = locationOf(word);
  const place = at ? { file: at.file, span: at.span } : { file };
  const path = join(call.cwd, word.text);
  if (word.unknown) {
    const why = word.unknown.text;
    report(reading, { message: `The folder of the module is not known here: it depends on '${why}'.`, ...place });
  } else if (!isInside(path, reading.folder)) {
    const message = `The folder of the module, '${clip(word.text, 80)}', lies outside of the opened folder and is not read.`;
    report(reading, { message, ...place });
  } else if (!kbuildFile(reading, path)) {
    const message = `The folder of the module, '${clip(word.text, 80)}', has neither a Kbuild file nor a Makefile.`;
    report(reading, { message, ...place });
  } else {
    readFolder(reading, {
      path,
      moduleRoot: path,
      obj: path,
      srctree: reading.srctree,
      commandLine: call.variables,
      environment,
      flags: [],
      when: undefined,
      above: [],
    });
  }
}

/** A folder that nothing calls Kbuild for: read all the same, and silent if it is no Kbuild file after all. */
function readPlain(reading: Reading, folder: string): void {
  const makefile = kbuildFile(reading, folder);
  if (makefile === undefined) return;
  const before = reading.modules.size;
  const problems = new Map<string, Problem>();
  const quiet: Reading = { ...reading, problems, reasons: new Set() };
  readFolder(quiet, {
    path: folder,
    moduleRoot: folder,
    obj: folder,
    srctree: reading.srctree,
    commandLine: new Map(),
    environment: emptyEnvironment,
    flags: [],
    when: undefined,
    above: [],
  });
  const isKbuild =
    reading.modules.size > before || /^\s*(?:obj|subdir)-[\w$({]/m.test(reading.files.read(makefile) ?? '');
  if (isKbuild) for (const problem of problems.values()) report(reading, problem);
}

function plainScope(reading: Reading, folder: string, variables: ReadonlyMap<string, Value>): Scope {
  const given = new Map<string, Value>([
    ['CURDIR', [literal(folder)]],
    ['PWD', [literal(folder)]],
    ['MAKE', [literal('make')]],
  ]);
  const scope = new Scope(
    {
      files: reading.files,
      cwd: folder,
      home: folder,
      lookup: (name) => given.get(name),
      machine: machineOf(reading.kernel),
      release: reading.kernel.release,
      // What does not concern Kbuild is of no interest; what does is read again as Kbuild does.
      report: () => undefined,
      budget: reading.budget,
    },
    evaluateText,
  );
  for (const [name, value] of variables)
    scope.variables.set(name, { origin: 'command line', pieces: [...value], raw: [] });
  return scope;
}
