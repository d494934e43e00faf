import type { Kernel } from '../kernel/kernel';
import { isInside, join } from '../path';
import type { Build, BuildFiles, KernelFolderHint } from './build';
import { type Dkms, dkmsPath, readDkms } from './dkms';
import { type ConfinedFiles, confine } from './files';
import { kbuildFile, readFolder } from './folder';
import { exportsOf, type KbuildCall } from './kbuildscope';
import { evaluateFile, evaluateText } from './make/evaluate';
import { Scope } from './make/scope';
import { clip, knownText, literal, locationOf, type Value } from './make/value';
import { Memory } from './memory';
import { checkNames } from './names';
import { kernelFlags } from './objectflags';
import {
  distinctModules,
  type Environment,
  emptyEnvironment,
  emptyNotes,
  kernelFolders,
  machineOf,
  mergeNotes,
  nothingFound,
  type Reading,
  report,
} from './reading';
import { type MakeCall, makeCalls } from './recipes';
import { calledEnvironment, moduleEnvironment } from './top';
import { isKernelTree, readTree } from './tree';

/** Steps of expansion for one whole reading: a distribution's whole kernel takes 7,000,000, in three seconds. */
const budget = 40_000_000;
const maximumFolders = 50_000;
const maximumDepth = 30;
const makefileNames = ['GNUmakefile', 'makefile', 'Makefile'];
const notBuilding = /clean|install|help|mrproper|check|tags|cscope|sign|depmod|test/;

/** What the Makefiles and Kbuild files of a folder build, against the given kernel. Nothing is run; never throws. */
export function readBuild(folder: string, files: BuildFiles, kernel: Kernel): Build {
  return new BuildReader(folder, kernel).read(files);
}

/** Reads the build of one folder against one kernel, and after a change only what the changed files reach. */
export class BuildReader {
  readonly folder: string;
  readonly kernel: Kernel;
  #memory = new Memory();
  #files: ConfinedFiles | undefined;
  #srctree: string | undefined;

  constructor(folder: string, kernel: Kernel) {
    this.folder = folder;
    this.kernel = kernel;
  }

  /** `changed` names every file that is new, gone or has another text since the last reading; without it all is read. */
  read(files: BuildFiles, changed?: readonly string[]): Build {
    const { folder, kernel } = this;
    if (changed && this.#files) {
      this.#files.refresh(files, changed);
      this.#memory.forget(changed);
    } else {
      const further = kernelFolders(kernel, (path) => files.read(path));
      this.#srctree = further[0];
      this.#files = confine(files, folder, further, kernel);
      this.#memory = new Memory();
    }
    const bare = {
      ...nothingFound(),
      folder,
      files: this.#files,
      kernel,
      memory: this.#memory,
      srctree: this.#srctree,
      kernelFolders: [],
      budget: { steps: budget },
    };
    return assemble({ ...bare, base: moduleEnvironment(bare) });
  }
}

function assemble(reading: Reading): Build {
  const { folder, files } = reading;
  const promised = readFolders(reading);
  const found = distinctModules(reading.modules);
  for (const { notes } of found) if (notes.problems.size + notes.reasons.size > 0) mergeNotes(reading, notes);
  if (promised.length > 0) {
    const names = new Set(found.map(({ module }) => module.name));
    for (const each of promised) if (!names.has(each.name.replaceAll('-', '_'))) report(reading, each.problem);
  }
  checkNames(reading, found);
  return {
    modules: found.map(({ module }) => module),
    problems: [...reading.problems.values(), ...reading.reasons.values()],
    inputs: [...files.inputs],
    buildFiles: [...files.found],
    isKernelTree: isKernelTree(reading, folder),
    kernelFolders: reading.kernelFolders,
    extraSymvers: [...reading.extraSymvers],
    madeHeaders: [...reading.madeHeaders.values()],
    kernelFlags: kernelFlags(reading, rootCall(reading, folder, emptyEnvironment, new Map())).flags,
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

/** What a Makefile's recipes call. */
interface Calls {
  readonly calls: readonly MakeCall[];
  readonly environment: Environment;
  readonly name: string;
}

/** Reads a Makefile as make itself does when called there, for what its recipes call Kbuild with. */
function readMakefile(reading: Reading, folder: string, variables: ReadonlyMap<string, Value>): void {
  if (!isInside(folder, reading.folder)) return;
  const written = [...variables].map(([name, value]) => `${name}=${knownText(value)}`).join('\n');
  const isCurrent = (): boolean => true;
  const found = reading.memory.recall<Calls>(reading.files, `make ${folder}\n${written}`, isCurrent, () => {
    const names = reading.files.list(folder);
    const name = makefileNames.find((each) => names.includes(each)) ?? '';
    if (name === '') return { calls: [], environment: emptyEnvironment, name };
    const scope = plainScope(reading, folder, variables);
    evaluateFile(scope, join(folder, name));
    return { calls: makeCalls(scope, folder), environment: exportsOf(scope, emptyEnvironment), name };
  });
  const read = new Set<string>();
  for (const call of found.calls) {
    if (!call.module) continue;
    // What dkms hands in is the kernel that was chosen already.
    if (variables.size === 0) addHint(reading.kernelFolders, call);
    const isBuilding = call.goals.length === 0 || call.goals.some((goal) => !notBuilding.test(goal));
    // The first call for a folder is what a plain `make` does; later ones are variants (debug, check, signing).
    if (!isBuilding || read.has(call.module.text)) continue;
    read.add(call.module.text);
    readModules(reading, call, found.environment, join(folder, found.name));
  }
}

/** The kernel folder that a recipe calls, as the makefile writes it. */
function addHint(hints: KernelFolderHint[], call: MakeCall): void {
  const word = call.directory;
  if (!word || word.unknown || word.when) return;
  const shown = (word.shown ?? word.text).replace(/`uname -r`|\$\(uname -r\)/g, '$(shell uname -r)');
  const value = shown.startsWith('/') || shown.startsWith('$') ? shown : join(call.cwd, shown);
  const at = locationOf(word);
  if (!at || shown === '' || hints.some((hint) => hint.value === value)) return;
  hints.push({ value, at });
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
    readFolder(reading, rootCall(reading, path, environment, call.variables));
  }
}

/** A folder that nothing calls Kbuild for: read all the same, and silent if it is no Kbuild file after all. */
function readPlain(reading: Reading, folder: string): void {
  const makefile = kbuildFile(reading, folder);
  if (makefile === undefined) return;
  const before = reading.modules.length;
  const notes = emptyNotes();
  const quiet = { ...reading, ...notes };
  readFolder(quiet, rootCall(reading, folder, emptyEnvironment, new Map()));
  const isKbuild =
    reading.modules.length > before || /^\s*(?:obj|subdir)-[\w$({]/m.test(reading.files.read(makefile) ?? '');
  if (isKbuild) mergeNotes(reading, notes);
}

/** Kbuild as it is called for a folder with `M=`. */
function rootCall(
  reading: Reading,
  path: string,
  caller: Environment,
  commandLine: ReadonlyMap<string, Value>,
): KbuildCall {
  const environment = calledEnvironment(reading, caller, commandLine, `called ${path}`);
  const { srctree, kernel } = reading;
  const objtree = kernel.folder;
  return {
    path,
    moduleRoot: path,
    obj: path,
    srctree,
    objtree,
    commandLine,
    environment,
    when: undefined,
    above: [],
  };
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
      includeFolders: [folder],
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
