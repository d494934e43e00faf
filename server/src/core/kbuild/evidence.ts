import type { Problem } from '../finding';
import { basename, dirname, isInside, join } from '../path';
import type { BuildMember, Flag } from './build';
import { flagKey, preprocessorFlags, splitWords, viewFlags } from './flags';
import type { KbuildCall } from './kbuildscope';
import { findSource, type KbuildFolder } from './members';
import { kernelFlags } from './objectflags';
import { type FoundModule, type Reading, report } from './reading';

/** What an earlier build left beside the sources: exact, as long as nothing that it was made from has changed since. */
interface Evidence {
  readonly reading: Reading;
  readonly call: KbuildCall;
  readonly folder: KbuildFolder;
  /** When the newest makefile that the folder was read from was written. */
  readonly since: number;
  /** Why files of the build are not used, by the file. */
  readonly refused: Map<string, string>;
}

const maximumObjects = 20_000;
/** So many names are tried before a list is taken for one of another folder. */
const maximumNames = 100;

/**
 * The modules of a folder, corrected by what the last build left there: `foo.mod` has the members, `.foo.o.cmd` and
 * `compile_commands.json` the flags, `modules.order` which modules were built. What is older than the makefiles, was built
 * against another kernel or names files that are gone is not used, and that is said.
 */
export function improve(
  reading: Reading,
  call: KbuildCall,
  folder: KbuildFolder,
  modules: readonly FoundModule[],
): FoundModule[] {
  const isDoubtful = modules.some(({ module }) =>
    [module, ...module.members].some((each) => each.dependsOn !== undefined),
  );
  // A built kernel has tens of thousands of such files: there they are asked where the makefiles leave something open.
  if (modules.length === 0 || (call.moduleRoot === undefined && !isDoubtful)) return [...modules];
  const evidence: Evidence = { reading, call, folder, since: newest(reading, folder), refused: new Map() };
  const order = builtModules(evidence);
  const improved = modules.flatMap((found) => {
    const { module } = found;
    const isBuilt = order?.has(module.path);
    if (module.dependsOn !== undefined && order && !isBuilt) return [];
    const listed = readMod(evidence, found);
    const members = listed ?? module.members;
    const exact = members.map((member) => readCommand(evidence, member));
    const isSame = exact.every((member, at) => member === module.members[at]) && exact.length === module.members.length;
    const isSure = module.dependsOn === undefined || isBuilt || listed !== undefined;
    if (isSame && (module.dependsOn === undefined || !isSure)) return [found];
    const { dependsOn, ...sure } = module;
    const next = { ...sure, members: exact };
    const problems = [...found.notes.problems].filter(([, problem]) => !isAnswered(problem, exact));
    const notes = { problems: new Map(problems), reasons: isSure ? new Map() : found.notes.reasons };
    return [{ ...found, notes, module: isSure || dependsOn === undefined ? next : { ...next, dependsOn } }];
  });
  sayRefused(evidence);
  return improved;
}

/** A member that is said to have no source is no problem any more if the build had none such. */
function isAnswered(problem: Problem, members: readonly BuildMember[]): boolean {
  const name = /^'(.*\.o)' has no source/.exec(problem.message)?.[1];
  return name !== undefined && !members.some((member) => member.object.endsWith(`/${name}`));
}

function newest({ files, folder }: Reading, { scope }: KbuildFolder): number {
  let time = Number.NEGATIVE_INFINITY;
  for (const path of scope.makefiles) {
    if (!isInside(path, folder)) continue;
    time = Math.max(time, files.modified(path) ?? Number.POSITIVE_INFINITY);
  }
  return time;
}

/** The text of a file of the build that is not older than what it was made from. */
function readFresh(evidence: Evidence, path: string): string | undefined {
  const { files } = evidence.reading;
  if (!files.exists(path)) return undefined;
  const time = files.modified(path);
  if (time !== undefined && time >= evidence.since) return files.read(path);
  if (time !== undefined) evidence.refused.set(path, 'is older than the makefile');
  return undefined;
}

/** Paths without suffix of the modules that were built; `undefined` if that is not known. */
function builtModules(evidence: Evidence): Set<string> | undefined {
  const { call } = evidence;
  if (call.moduleRoot === undefined) return undefined;
  const path = join(call.moduleRoot, 'modules.order');
  const lines = readFresh(evidence, path)
    ?.split('\n', maximumObjects)
    .filter((line) => line.trim() !== '');
  if (!lines || lines.length === 0) return undefined;
  const modules = lines.map((line) => place(evidence, line.trim()).replace(/\.k?o$/, ''));
  if (modules.every((module) => isInside(module, call.moduleRoot ?? ''))) return new Set(modules);
  evidence.refused.set(path, 'names modules of another folder');
  return undefined;
}

/** Paths are as make saw them: absolute, from where Kbuild ran (`make M=drivers/hid` there), or from the modules' folder. */
function place({ call, folder }: Evidence, path: string): string {
  if (path.startsWith('/')) return join('/', path);
  const seen = join(folder.scope.world.cwd ?? call.path, path);
  return call.moduleRoot === undefined || isInside(seen, call.moduleRoot) ? seen : join(call.moduleRoot, path);
}

/** The members that `foo.mod` lists. Older kernels write the module's unresolved symbols behind them. */
function readMod(evidence: Evidence, { module }: FoundModule): BuildMember[] | undefined {
  const { reading, folder } = evidence;
  const path = `${module.path}.mod`;
  const text = readFresh(evidence, path);
  if (text === undefined || text.length > 1_000_000) return undefined;
  const objects = [...new Set(text.split(/\s+/).filter((word) => word.endsWith('.o')))].map((word) =>
    place(evidence, word),
  );
  if (objects.length === 0 || objects.length > maximumObjects) return undefined;
  const members: BuildMember[] = [];
  for (const object of objects) {
    const known = module.members.find((member) => member.object === object);
    const source = known?.source ?? (isInside(object, reading.folder) ? findSource(reading, object) : undefined);
    if (source === undefined && !(known && reading.files.exists(object))) {
      evidence.refused.set(path, `names '${basename(object)}', whose source is gone`);
      return undefined;
    }
    const { dependsOn, ...sure } = known ?? { object, source, dependsOn: undefined };
    const word = object.slice(folder.path.length + 1);
    const flags = folder.flags?.of(word, source) ?? { flags: [], names: [], defines: {}, includes: [] };
    members.push(known && dependsOn === undefined ? known : { ...flags, ...sure });
  }
  // Objects that are given to the linker as flags are in no list.
  const flagged = module.members.filter(({ object, prebuilt }) => prebuilt === object && !objects.includes(object));
  return [...members, ...flagged];
}

/** The member with the flags that it was last compiled with. */
function readCommand(evidence: Evidence, member: BuildMember): BuildMember {
  const { object, source } = member;
  if (source === undefined) return member;
  const path = `${dirname(object)}/.${basename(object)}.cmd`;
  const text = readFresh(evidence, path);
  const command = text === undefined ? undefined : commandOf(text);
  const { cwd } = evidence.folder.scope.world;
  if (command !== undefined) return withFlags(evidence, member, path, splitWords(command), cwd);
  const listed = compileCommands(evidence).get(source);
  if (!listed) return member;
  return withFlags(evidence, member, listed.path, listed.words, listed.directory);
}

/** The compiler's call in a `.cmd` file: make's escapes undone, what follows it cut off. */
function commandOf(text: string): string | undefined {
  const line = /^(?:saved)?cmd_[^\n]*? := ([^\n]*)$/m.exec(text)?.[1];
  if (line === undefined || line.length > 100_000) return undefined;
  const end = line.search(/ ; |; \.?\//);
  return (end < 0 ? line : line.slice(0, end)).replaceAll('$(pound)', '#').replaceAll('$$', '$');
}

const nameFlag = /^(?:__)?KBUILD_(?:BASENAME|MODNAME|MODFILE)=/;

function withFlags(
  evidence: Evidence,
  member: BuildMember,
  path: string,
  words: readonly string[],
  cwd: string | undefined,
): BuildMember {
  const { reading, call } = evidence;
  const all = preprocessorFlags(words, cwd, (each) => reading.files.exists(each));
  const own = kernelFlags(reading, call);
  const said = new Set(all.map(flagKey));
  const kernels = member.source?.endsWith('.S') ? own.assemblerFlags : own.flags;
  const headers = kernels.filter((flag) => flag.option === '-include' || flag.option === '-I');
  if (headers.some((flag) => !said.has(flagKey(flag)))) {
    evidence.refused.set(path, `is of a build against another kernel than ${reading.kernel.release}`);
    return member;
  }
  const isName = (flag: Flag): boolean => flag.option === '-D' && nameFlag.test(flag.value);
  const names = all.filter(isName);
  const flags = all
    .filter((flag) => !isName(flag))
    .map((flag) => (own.keys.has(flagKey(flag)) ? { ...flag, isKernels: true } : flag));
  const isSame = isEqual(flags, member.flags ?? []) && isEqual(names, member.names ?? []);
  return isSame ? member : { ...member, flags, names, ...viewFlags(flags) };
}

function isEqual(a: readonly Flag[], b: readonly Flag[]): boolean {
  return a.length === b.length && a.every((flag, at) => b[at] !== undefined && flagKey(flag) === flagKey(b[at]));
}

interface Listed {
  readonly path: string;
  readonly directory: string | undefined;
  readonly words: readonly string[];
}

const nothingListed: ReadonlyMap<string, Listed> = new Map();

/** What `compile_commands.json` on top of the folder says, by source. */
function compileCommands(evidence: Evidence): ReadonlyMap<string, Listed> {
  const { reading, folder } = evidence;
  const path = join(reading.folder, 'compile_commands.json');
  if (!reading.files.exists(path)) return nothingListed;
  if (readFresh(evidence, path) === undefined) return nothingListed;
  const { files, memory } = reading;
  const isCurrent = (): boolean => true;
  const commands = memory.recall<ReadonlyMap<string, Listed>>(files, 'compile_commands', isCurrent, () =>
    parseCommands(files.read(path) ?? '', path, folder.path),
  );
  const sources = [...commands.keys()].slice(0, maximumNames);
  if (sources.every((source) => !files.exists(source))) evidence.refused.set(path, 'names only files that are gone');
  return commands;
}

export function parseCommands(text: string, path: string, cwd: string): ReadonlyMap<string, Listed> {
  const found = new Map<string, Listed>();
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    return found;
  }
  if (!Array.isArray(list)) return found;
  for (const entry of list.slice(0, maximumObjects)) {
    if (typeof entry !== 'object' || entry === null) continue;
    const { directory, file, command, arguments: listed } = entry as Record<string, unknown>;
    const from = typeof directory === 'string' && directory.startsWith('/') ? join('/', directory) : undefined;
    if (typeof file !== 'string') continue;
    const words = Array.isArray(listed)
      ? listed.filter((word): word is string => typeof word === 'string')
      : typeof command === 'string' && command.length < 100_000
        ? splitWords(command)
        : undefined;
    if (words) found.set(join(from ?? cwd, file), { path, directory: from, words });
  }
  return found;
}

/** One problem for a folder, about the first of the files that are not used. */
function sayRefused({ refused, reading, folder }: Evidence): void {
  const [first] = refused;
  if (!first) return;
  const [file, why] = first;
  const more =
    refused.size > 1 ? `, and so ${refused.size === 2 ? 'is one more' : `are ${refused.size - 1} more`}` : '';
  const message = `'${basename(file)}' ${why}: what the last build left in '${folder.path}' is not used${more}. Build again.`;
  report(reading, { message, file });
}
