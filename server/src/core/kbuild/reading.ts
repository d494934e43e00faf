import type { Problem } from '../finding';
import type { Kernel } from '../kernel/kernel';
import { basename, dirname, join } from '../path';
import type { BuildModule, KernelFolderHint, MadeHeader } from './build';
import type { ConfinedFiles } from './files';
import { literal, type Reason, unknownPiece, type Value } from './make/value';
import type { Budget } from './make/variable';
import type { Memory } from './memory';

/** Variables from outside of a makefile: what the makefiles above it export. */
export type Environment = ReadonlyMap<string, Value>;

export const emptyEnvironment: Environment = new Map();

/** A module as one folder names it, with what there is to say about it if it counts. */
export interface FoundModule {
  readonly module: BuildModule;
  /** The folder that `M=` names, or the kernel's: modules of one root are built together. */
  readonly root: string;
  readonly notes: Notes;
}

/** Problems by what they say and where; those about unknown values by the place of the value alone. */
export interface Notes {
  readonly problems: Map<string, Problem>;
  readonly reasons: Map<string, Problem>;
}

export function emptyNotes(): Notes {
  return { problems: new Map(), reasons: new Map() };
}

/** What a part of a reading comes to. */
export interface Found extends Notes {
  /** In the order of reading; one that is read twice comes twice. */
  readonly modules: FoundModule[];
  readonly extraSymvers: Set<string>;
  /** Folders whose Kbuild files were read, or that one says are not built. */
  readonly claimed: Set<string>;
  readonly unbuilt: Set<string>;
  /** By their paths. */
  readonly madeHeaders: Map<string, MadeHeader>;
}

export function nothingFound(): Found {
  return {
    ...emptyNotes(),
    modules: [],
    extraSymvers: new Set(),
    claimed: new Set(),
    unbuilt: new Set(),
    madeHeaders: new Map(),
  };
}

export function foundIn({ problems, reasons, modules, extraSymvers, claimed, unbuilt, madeHeaders }: Found): Found {
  return { problems, reasons, modules, extraSymvers, claimed, unbuilt, madeHeaders };
}

/** Each module once: as it was first read for sure, else as it was first read. */
export function distinctModules(modules: readonly FoundModule[]): FoundModule[] {
  const found = new Map<string, FoundModule>();
  for (const each of modules) {
    const { path, dependsOn } = each.module;
    const known = found.get(path);
    if (!known || (known.module.dependsOn !== undefined && dependsOn === undefined)) found.set(path, each);
  }
  return [...found.values()];
}

export function mergeFound(into: Found, from: Found): void {
  mergeNotes(into, from);
  for (const found of from.modules) into.modules.push(found);
  for (const each of from.extraSymvers) into.extraSymvers.add(each);
  for (const each of from.claimed) into.claimed.add(each);
  for (const each of from.unbuilt) into.unbuilt.add(each);
  for (const [path, header] of from.madeHeaders) into.madeHeaders.set(path, header);
}

/** What one reading of a folder collects. */
export interface Reading extends Found {
  readonly folder: string;
  readonly files: ConfinedFiles;
  readonly kernel: Kernel;
  readonly memory: Memory;
  /** What the top Makefile of the kernel hands down. */
  readonly base: Environment;
  /** Folder with the kernel's sources or shared headers; `undefined` if there is none to look into. */
  readonly srctree: string | undefined;
  readonly kernelFolders: KernelFolderHint[];
  readonly budget: Budget;
}

const maximumProblems = 500;

export function report(notes: Notes, problem: Problem): void {
  const key = `${problem.file ?? ''}\n${problem.span?.start ?? ''}\n${problem.message}`;
  if (notes.problems.size < maximumProblems && !notes.problems.has(key)) notes.problems.set(key, problem);
}

/** Says once for each place what a module depends on that could not be evaluated, at the place that asks for it. */
export function reportReason(notes: Notes, what: string, reason: Reason | undefined): void {
  if (!reason?.at) return;
  const place = `${reason.at.file}:${reason.at.span.start}`;
  if (notes.reasons.has(place) || notes.reasons.size >= maximumProblems) return;
  const message = `'${reason.text}' is not evaluated; ${what} depends on it.`;
  notes.reasons.set(place, { message, file: reason.at.file, span: reason.at.span });
}

/** Adds what one part of a reading has to say to the whole. */
export function mergeNotes(into: Notes, from: Notes): void {
  for (const problem of from.problems.values()) report(into, problem);
  for (const [place, problem] of from.reasons) if (!into.reasons.has(place)) into.reasons.set(place, problem);
}

/** `CONFIG_…` of the kernel's configuration; of one that is not known, every option is unknown. */
export function configured(kernel: Kernel, name: string): Value | undefined {
  if (!name.startsWith('CONFIG_')) return undefined;
  if (!kernel.config.isKnown) return [unknownPiece({ text: name, at: undefined })];
  const value = kernel.config.get(name);
  return value === undefined ? undefined : [literal(value)];
}

/** The option of an architecture, with 64 bits or without where that matters, and what `uname -m` says there. */
const machines: readonly (readonly [option: string, is64: boolean | undefined, machine: string])[] = [
  ['CONFIG_X86_64', undefined, 'x86_64'],
  ['CONFIG_X86_32', undefined, 'i686'],
  ['CONFIG_ARM64', undefined, 'aarch64'],
  ['CONFIG_ARM', undefined, 'armv7l'],
  ['CONFIG_RISCV', true, 'riscv64'],
  ['CONFIG_RISCV', false, 'riscv32'],
  ['CONFIG_PPC', true, 'ppc64'],
  ['CONFIG_PPC', false, 'ppc'],
  ['CONFIG_S390', undefined, 's390x'],
  ['CONFIG_MIPS', true, 'mips64'],
  ['CONFIG_MIPS', false, 'mips'],
  ['CONFIG_LOONGARCH', undefined, 'loongarch64'],
];

/** What `uname -m` says on the machine that the configuration is for. */
export function machineOf({ config }: Kernel): string | undefined {
  const is = (option: string): boolean => config.get(option) === 'y';
  const found = machines.find(
    ([option, is64]) => is(option) && (is64 === undefined || is64 === is('CONFIG_64BIT')),
  )?.[2];
  return found === 'ppc64' && is('CONFIG_CPU_LITTLE_ENDIAN') ? 'ppc64le' : found;
}

/** Folders of the kernel that may be read: its headers, and the shared ones that their Makefile includes. */
export function kernelFolders(kernel: Kernel, read: (path: string) => string | undefined): string[] {
  const folder = kernel.folder;
  if (folder === undefined) return [];
  // Found by whoever opened the kernel, who could follow links.
  const { sourceFolder } = kernel;
  if (sourceFolder !== undefined && read(`${sourceFolder}/Makefile`) !== undefined) return [sourceFolder, folder];
  const makefile = read(`${folder}/Makefile`);
  // A folder that may not be read says nothing by what is not in it.
  if (makefile === undefined) return [];
  const included = makefile.length < 2000 ? /^\s*include\s+(\/\S+)\/Makefile\s*$/m.exec(makefile)?.[1] : undefined;
  if (!included) return [folder];
  const sibling = join(dirname(folder), basename(included));
  const shared = [included, sibling].find((path) => read(`${path}/Makefile`) !== undefined);
  return shared === undefined ? [folder] : [shared, folder];
}
