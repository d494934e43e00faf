import { basename, isInside, join } from '../path';
import { improve } from './evidence';
import { exportsOf, type KbuildCall, openScope } from './kbuildscope';
import { madeHeaders } from './madeheaders';
import { evaluateFile } from './make/evaluate';
import type { Scope } from './make/scope';
import { both, clip, knownText, locationOf, type Piece, type Reason, withWhen, words } from './make/value';
import { type KbuildFolder, readMembers } from './members';
import { isSameEnvironment } from './memory';
import { FolderFlags, ownersOf } from './objectflags';
import {
  type Environment,
  emptyNotes,
  type Found,
  type FoundModule,
  foundIn,
  mergeFound,
  mergeNotes,
  type Notes,
  nothingFound,
  type Reading,
  report,
  reportReason,
} from './reading';

const maximumDepth = 40;

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

/** What the Kbuild file of one folder says, folders below aside. */
interface FolderResult extends Found {
  readonly below: readonly Piece[];
  /** What the folders below get. */
  readonly environment: Environment;
  /** What is said of the folder if there is no module below it. */
  readonly leftOut: Notes;
  /** What it was read for. */
  readonly call: KbuildCall;
}

/** What a folder and all below it come to. */
interface Subtree extends Found {
  readonly isRead: boolean;
  readonly call: KbuildCall;
}

/** Reads a folder as Kbuild does and everything it descends into; modules go to `reading`. False if nothing is there. */
export function readFolder(reading: Reading, call: KbuildCall): boolean {
  if (call.above.includes(call.path) || call.above.length > maximumDepth) return false;
  const variables = [...call.commandLine].map(([name, value]) => `${name}=${knownText(value)}`).join('\n');
  const key = `${call.path}\n${call.moduleRoot ?? ''}\n${call.obj}\n${variables}`;
  const isCurrent = ({ call: before }: { readonly call: KbuildCall }): boolean =>
    before.environment === call.environment && isSameReason(before.when, call.when);
  const subtree = reading.memory.recall<Subtree>(reading.files, `below ${key}`, isCurrent, () => {
    const inner = { ...reading, ...nothingFound() };
    const makefile = kbuildFile(inner, call.path);
    if (makefile === undefined) return { ...foundIn(inner), isRead: false, call };
    const result = reading.memory.recall<FolderResult>(
      reading.files,
      `folder ${makefile}\n${key}`,
      isCurrent,
      (before) => evaluateFolder(inner, call, makefile, before),
    );
    inner.claimed.add(call.path);
    mergeFound(inner, result);
    for (const word of result.below) descend(inner, { ...call, environment: result.environment }, makefile, word);
    if (inner.modules.length === 0) mergeNotes(inner, result.leftOut);
    return { ...foundIn(inner), isRead: true, call };
  });
  mergeFound(reading, subtree);
  return subtree.isRead;
}

function isSameReason(a: Reason | undefined, b: Reason | undefined): boolean {
  if (a === b) return true;
  return a?.text === b?.text && a?.at?.file === b?.at?.file && a?.at?.span.start === b?.at?.span.start;
}

function evaluateFolder(
  reading: Reading,
  call: KbuildCall,
  makefile: string,
  before: FolderResult | undefined,
): FolderResult {
  const found = nothingFound();
  const notes: Notes = found;
  const { scope, finish } = openScope(reading, call, notes);
  evaluateFile(scope, makefile);
  for (const path of readExtraSymbols(reading, notes, call, scope)) found.extraSymvers.add(path);

  const built = words(scope.value('obj-y'));
  const sure = new Set(built.filter((word) => !word.when && !word.unknown).map((word) => word.text));
  const modular = words(scope.value('obj-m')).filter((word) => word.unknown || !sure.has(word.text));
  const none = [...words(scope.value('obj-')), ...words(scope.value('obj-n'))];
  for (const word of none) if (word.text.endsWith('/')) found.unbuilt.add(join(call.path, word.text));
  const below = new Map<string, Piece>();
  for (const word of [...built, ...modular, ...subfolders(reading, call, scope)]) {
    if (!word.unknown && word.text.endsWith('/') && !below.has(word.text)) below.set(word.text, word);
  }
  const isEmpty = modular.length === 0;
  const leftOut = isEmpty ? unbuiltObjects(reading, call, scope, makefile) : emptyNotes();
  const objects = [...built, ...modular].filter((word) => word.text.endsWith('.o'));
  const hasFlags = ['subdir-ccflags-y', 'subdir-asflags-y'].some((name) => scope.value(name).length > 0);
  const folder = objectsOf(call, scope, makefile);
  for (const header of madeHeaders(reading, call, scope, makefile)) found.madeHeaders.set(header.path, header);
  if (modular.some((word) => word.text.endsWith('.o')) || (hasFlags && below.size > 0)) finish();
  folder.flags = new FolderFlags(reading, scope, call, ownersOf(scope, objects));
  const modules: FoundModule[] = [];
  for (const word of modular) {
    if (word.unknown) reportReason(notes, 'what is built as a module', word.unknown);
    else if (word.text.endsWith('.o')) {
      const module = readModule(reading, notes, call, folder, word);
      if (module) modules.push(module);
    } else if (!word.text.endsWith('/')) {
      tell(notes, makefile, word, `'${clip(word.text, 60)}' in obj-m is neither an object nor a folder ('name/').`);
    }
  }
  const quiet = { ...reading, ...notes };
  for (const module of improve(quiet, call, folder, modules)) found.modules.push(module);
  const fresh = exportsOf(scope, call.environment);
  const environment = before && isSameEnvironment(before.environment, fresh) ? before.environment : fresh;
  return { ...found, below: [...below.values()], environment, leftOut, call };
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

function readModule(
  reading: Reading,
  outer: Notes,
  call: KbuildCall,
  folder: KbuildFolder,
  word: Piece,
): FoundModule | undefined {
  const stem = word.text.slice(0, -2);
  const path = join(folder.path, stem);
  if (!isInside(path, reading.folder) || stem === '' || stem.endsWith('/')) {
    const message = `'${clip(word.text, 80)}' lies outside of the opened folder and is not read.`;
    tell(outer, folder.makefile, word, message);
    return undefined;
  }
  const notes = emptyNotes();
  const when = both(call.when, word.when);
  if (when) reportReason(notes, `the module '${clip(stem, 60)}'`, when);
  const members = readMembers(reading, notes, folder, stem, word);
  const at = locationOf(word) ?? { file: folder.makefile, span: { start: 0, end: 0 } };
  const sure = { name: basename(stem).replaceAll('-', '_'), path, at, members };
  const module = when ? { ...sure, dependsOn: when.text } : sure;
  return { module, root: call.moduleRoot ?? call.srctree ?? call.path, notes };
}

/** Names what the makefile itself makes before Kbuild's rules, which could make anything, come to it. */
function objectsOf(call: KbuildCall, scope: Scope, makefile: string): KbuildFolder {
  const lists = ['targets', 'clean-files'].flatMap((name) => words(scope.value(name)));
  const targets = [...scope.targets, ...lists].filter((target) => !target.unknown).map((target) => target.text);
  return { path: call.path, scope, obj: call.obj, makefile, targets, flags: undefined };
}

function readExtraSymbols(reading: Reading, notes: Notes, call: KbuildCall, scope: Scope): string[] {
  const found: string[] = [];
  if (call.moduleRoot === undefined) return found;
  for (const word of words(scope.value('KBUILD_EXTRA_SYMBOLS'))) {
    const path = word.unknown || word.when ? undefined : join(scope.world.cwd ?? call.path, word.text);
    if (path !== undefined && reading.files.isAllowed(path)) found.push(path);
    else {
      const why = path === undefined ? 'is not known' : 'lies outside of the opened folder and is not read';
      tell(notes, call.path, word, `The extra symbol file '${clip(word.text, 80)}' ${why}.`);
    }
  }
  return found;
}

function tell(notes: Notes, makefile: string, word: Piece, message: string): void {
  const at = locationOf(word);
  report(notes, at ? { message, file: at.file, span: at.span } : { message, file: makefile });
}

/** Says of a folder without any module which objects the configuration leaves out. */
function unbuiltObjects(reading: Reading, call: KbuildCall, scope: Scope, makefile: string): Notes {
  const notes = emptyNotes();
  if (call.moduleRoot !== call.path) return notes;
  for (const word of words(scope.value('obj-')).slice(0, 20)) {
    if (word.unknown || !word.text.endsWith('.o')) continue;
    const message = `'${clip(word.text, 60)}' is not built: its option is not set in the configuration of ${reading.kernel.release}.`;
    tell(notes, makefile, word, message);
  }
  return notes;
}
