import { basename, isInside, join } from '../path';
import { preprocessorFlags, readFlags } from './flags';
import { evaluateFile, evaluateText } from './make/evaluate';
import { Scope, type Variable } from './make/scope';
import {
  both,
  clip,
  literal,
  locationOf,
  type Piece,
  type Reason,
  unknownPiece,
  type Value,
  withWhen,
  words,
} from './make/value';
import { type KbuildFolder, readMembers } from './members';
import { configured, type Environment, machineOf, type Reading, report, reportReason } from './reading';

/** How Kbuild is called for one folder. */
export interface KbuildCall {
  readonly path: string;
  /** The folder that `M=` names; `undefined` inside of a kernel's own tree. */
  readonly moduleRoot: string | undefined;
  /** The value of `$(obj)` and `$(src)`. */
  readonly obj: string;
  readonly srctree: string | undefined;
  readonly commandLine: ReadonlyMap<string, Value>;
  readonly environment: Environment;
  /** Compiler flags from the folders above. */
  readonly flags: readonly string[];
  /** Why the folder may not be visited at all. */
  readonly when: Reason | undefined;
  /** Folders visited on the way, this one not among them. */
  readonly above: readonly string[];
}

const maximumDepth = 40;
/** Makefiles of modules add their flags to these too, though only Kbuild is meant to. */
const foreignFlags = ['LINUXINCLUDE', 'NOSTDINC_FLAGS', 'KBUILD_CPPFLAGS', 'KBUILD_CFLAGS', 'KBUILD_CFLAGS_MODULE'];
const userFlags = ['KCPPFLAGS', 'KCFLAGS', 'CFLAGS_MODULE'];

/** The file that Kbuild reads in a folder: `Kbuild` comes before `Makefile`. */
export function kbuildFile(reading: Reading, folder: string): string | undefined {
  for (const name of ['Kbuild', 'Makefile']) {
    const path = join(folder, name);
    if (reading.files.exists(path)) return path;
    reading.files.note(path);
  }
  // A package that is not configured yet: what it will be made from says the objects just as well.
  const template = join(folder, 'Makefile.in');
  const isTemplate = reading.files.exists(template) && /^\s*obj-/m.test(reading.files.read(template) ?? '');
  return isTemplate ? template : undefined;
}

/** Reads a folder as Kbuild does and everything it descends into; modules go to `reading`. False if nothing is there. */
export function readFolder(reading: Reading, call: KbuildCall): boolean {
  const makefile = kbuildFile(reading, call.path);
  if (makefile === undefined || call.above.includes(call.path) || call.above.length > maximumDepth) return false;
  reading.claimed.add(call.path);
  const scope = openScope(reading, call);
  if (!evaluateFile(scope, makefile)) return false;
  readExtraSymbols(reading, call, scope);

  const built = words(scope.value('obj-y'));
  const sure = new Set(built.filter((word) => !word.when && !word.unknown).map((word) => word.text));
  const modular = words(scope.value('obj-m')).filter((word) => word.unknown || !sure.has(word.text));
  for (const word of [...words(scope.value('obj-')), ...words(scope.value('obj-n'))]) {
    if (word.text.endsWith('/')) reading.unbuilt.add(join(call.path, word.text));
  }
  const before = reading.modules.size;
  let folder: KbuildFolder | undefined;
  for (const word of modular) {
    if (word.unknown) reportReason(reading, 'what is built as a module', word.unknown);
    else if (word.text.endsWith('.o')) {
      folder ??= kbuildFolder(call, scope, makefile);
      addModule(reading, call, folder, word);
    } else if (!word.text.endsWith('/')) {
      tell(reading, makefile, word, `'${clip(word.text, 60)}' in obj-m is neither an object nor a folder ('name/').`);
    }
  }
  const visited = new Set<string>();
  const environment = exportsOf(scope, call.environment);
  const flags = [...call.flags, ...readFlags(scope.value('subdir-ccflags-y'))];
  const below = [...built, ...modular].filter((word) => !word.unknown && word.text.endsWith('/'));
  for (const word of [...below, ...subfolders(reading, call, scope)]) {
    if (visited.has(word.text)) continue;
    visited.add(word.text);
    descend(reading, { ...call, environment, flags }, makefile, word);
  }
  if (reading.modules.size === before && modular.length === 0) reportUnbuilt(reading, call, scope, makefile);
  return true;
}

/** `subdir-y` and `subdir-m`: from 5.4 on they are visited, and modules there are not built. */
function subfolders(reading: Reading, call: KbuildCall, scope: Scope): Piece[] {
  if (call.moduleRoot === undefined) return [];
  const found = [...words(scope.value('subdir-y')), ...words(scope.value('subdir-m'))].filter((word) => !word.unknown);
  const version = reading.kernel.version;
  const isOld = version !== undefined && (version.major < 5 || (version.major === 5 && version.minor < 4));
  return found.map((word) => {
    const folder = { ...word, text: `${word.text.replace(/\/+$/, '')}/` };
    const reason = { text: `subdir-m, where kernels from 5.4 on build no modules`, at: undefined };
    return isOld ? folder : withWhen(folder, reason);
  });
}

function descend(reading: Reading, call: KbuildCall, makefile: string, word: Piece): void {
  const path = join(call.path, word.text);
  if (!isInside(path, reading.folder)) {
    tell(reading, makefile, word, `'${clip(word.text, 80)}' lies outside of the opened folder and is not read.`);
    return;
  }
  const isRead = readFolder(reading, {
    ...call,
    path,
    obj: call.obj === '.' || call.obj === '' ? word.text.replace(/\/+$/, '') : join(call.obj, word.text),
    when: both(call.when, word.when),
    above: [...call.above, call.path],
  });
  if (isRead || call.above.includes(path) || path === call.path) return;
  if (word.when === undefined)
    tell(reading, makefile, word, `'${clip(word.text, 80)}' has neither a Kbuild file nor a Makefile.`);
}

function addModule(reading: Reading, call: KbuildCall, folder: KbuildFolder, word: Piece): void {
  const stem = word.text.slice(0, -2);
  const path = join(folder.path, stem);
  if (!isInside(path, reading.folder) || stem === '' || stem.endsWith('/')) {
    const message = `'${clip(word.text, 80)}' lies outside of the opened folder and is not read.`;
    tell(reading, folder.makefile, word, message);
    return;
  }
  const when = both(call.when, word.when);
  const known = reading.modules.get(path);
  if (known && (known.dependsOn === undefined || when !== undefined)) return;
  if (when) reportReason(reading, `the module '${clip(stem, 60)}'`, when);
  const members = readMembers(reading, folder, stem, word);
  const at = locationOf(word) ?? { file: folder.makefile, span: { start: 0, end: 0 } };
  const module = { name: basename(stem).replaceAll('-', '_'), path, at, members };
  reading.modules.set(path, when ? { ...module, dependsOn: when.text } : module);
}

function kbuildFolder(call: KbuildCall, scope: Scope, makefile: string): KbuildFolder {
  const isForeign = call.moduleRoot !== undefined;
  const names = ['cppflags-y', 'EXTRA_CPPFLAGS', 'ccflags-y', 'EXTRA_CFLAGS', 'subdir-ccflags-y'];
  const own = names.flatMap((name) => readFlags(scope.value(name)));
  const other = isForeign ? foreignFlags.flatMap((name) => readFlags(scope.value(name))) : [];
  const user = userFlags.flatMap((name) => readFlags(scope.value(name)));
  const flags = [...other, ...call.flags, ...own, ...user];
  const cwd = scope.world.cwd;
  const shared = preprocessorFlags(flags, cwd);
  return { path: call.path, scope, cwd, obj: call.obj, flags, makefile, shared };
}

function openScope(reading: Reading, call: KbuildCall): Scope {
  const { kernel } = reading;
  const given = kbuildVariables(reading, call);
  const scope = new Scope(
    {
      files: reading.files,
      cwd: workingFolder(reading, call),
      home: call.moduleRoot ?? call.path,
      lookup: (name) => given.get(name) ?? call.environment(name) ?? configured(kernel, name),
      machine: machineOf(kernel),
      release: kernel.release,
      report: (problem) => report(reading, problem),
      budget: reading.budget,
    },
    evaluateText,
  );
  for (const [name, variable] of reading.prelude) scope.variables.set(name, copy(variable));
  for (const [name, value] of call.commandLine) {
    scope.variables.set(name, { origin: 'command line', pieces: [...value], raw: [] });
  }
  return scope;
}

export function copy(variable: Variable): Variable {
  return { origin: variable.origin, pieces: variable.pieces && [...variable.pieces], raw: [...variable.raw] };
}

/** Kbuild runs in the kernel's build folder; for modules outside of it, from 6.13 on, in the module's. */
function workingFolder(reading: Reading, call: KbuildCall): string | undefined {
  if (call.moduleRoot === undefined) return call.srctree;
  const { version, folder } = reading.kernel;
  const isInModule = version && (version.major > 6 || (version.major === 6 && version.minor >= 13));
  return isInModule ? call.moduleRoot : folder;
}

function kbuildVariables(reading: Reading, call: KbuildCall): Map<string, Value> {
  const { kernel } = reading;
  const { version } = kernel;
  const text = (value: string): Value => [literal(value)];
  const tree = (value: string | undefined): Value =>
    value === undefined ? [unknownPiece({ text: "the kernel's folder", at: undefined })] : text(value);
  const given = new Map<string, Value>([
    ['src', text(call.obj)],
    ['obj', text(call.obj)],
    ['srctree', tree(call.srctree)],
    ['objtree', tree(call.moduleRoot === undefined ? call.srctree : kernel.folder)],
    ['KERNELRELEASE', text(kernel.release)],
    ['MAKE', text('make')],
    // Of Kbuild's own definitions, those that makefiles use where a character would be taken as syntax.
    ['comma', text(',')],
    ['empty', []],
    ['space', text(' ')],
    ['quote', text('"')],
    ['squote', text("'")],
    ['pound', text('#')],
    ['CURDIR', tree(workingFolder(reading, call))],
    ['PWD', call.moduleRoot === undefined ? tree(call.srctree) : text(call.moduleRoot)],
  ]);
  if (version) {
    given.set('VERSION', text(String(version.major)));
    given.set('PATCHLEVEL', text(String(version.minor)));
    given.set('SUBLEVEL', text(String(version.patch)));
    given.set('KERNELVERSION', text(`${version.major}.${version.minor}.${version.patch}`));
  }
  if (call.moduleRoot !== undefined) {
    given.set('M', text(call.moduleRoot));
    given.set('KBUILD_EXTMOD', text(call.moduleRoot));
  }
  return given;
}

/** What sub-makes get: exported variables, and those from above with the values they have now. */
export function exportsOf(scope: Scope, outer: Environment): Environment {
  if (scope.exported.size === 0 && !scope.isAllExported) return outer;
  const values = new Map<string, Value>();
  return (name) => {
    const variable = scope.variables.get(name);
    const isExported = scope.isAllExported ? /^\w+$/.test(name) : scope.exported.has(name);
    if (!variable || scope.unexported.has(name) || !(isExported || outer(name))) return outer(name);
    let value = values.get(name);
    if (!value) {
      value = scope.value(name);
      values.set(name, value);
    }
    return value;
  };
}

function readExtraSymbols(reading: Reading, call: KbuildCall, scope: Scope): void {
  if (call.moduleRoot === undefined) return;
  for (const word of words(scope.value('KBUILD_EXTRA_SYMBOLS'))) {
    const path = word.unknown || word.when ? undefined : join(scope.world.cwd ?? call.path, word.text);
    if (path !== undefined && reading.files.isAllowed(path)) reading.extraSymvers.add(path);
    else {
      const why = path === undefined ? 'is not known' : 'lies outside of the opened folder and is not read';
      const file = call.path;
      tell(reading, file, word, `The extra symbol file '${clip(word.text, 80)}' ${why}.`);
    }
  }
}

function tell(reading: Reading, makefile: string, word: Piece, message: string): void {
  const at = locationOf(word);
  report(reading, at ? { message, file: at.file, span: at.span } : { message, file: makefile });
}

/** What Kbuild defines before it reads a folder (`cc-option`, `test-ge` and the like), from the kernel's own files. */
export function readPrelude(reading: Reading, folder: string): Map<string, Variable> {
  const { kernel } = reading;
  const scope = new Scope(
    {
      files: reading.files,
      cwd: folder,
      home: folder,
      lookup: (name) => configured(kernel, name),
      machine: machineOf(kernel),
      release: kernel.release,
      report: () => undefined,
      budget: reading.budget,
    },
    evaluateText,
  );
  for (const name of ['Kbuild.include', 'Makefile.compiler']) evaluateFile(scope, join(folder, `scripts/${name}`));
  return scope.variables;
}

/** Says of a folder without any module which objects the configuration leaves out. */
function reportUnbuilt(reading: Reading, call: KbuildCall, scope: Scope, makefile: string): void {
  if (call.moduleRoot !== call.path) return;
  for (const word of words(scope.value('obj-')).slice(0, 20)) {
    if (word.unknown || !word.text.endsWith('.o')) continue;
    const message = `'${clip(word.text, 60)}' is not built: its option is not set in the configuration of ${reading.kernel.release}.`;
    tell(reading, makefile, word, message);
  }
}
