import type { Build, BuildMember, BuildModule } from '../kbuild/build';
import { basename, dirname, isInside } from '../path';
import type { FileFacts } from '../syntax/facts';
import type { Module } from './module';
import type { FactSource, Unit } from './unit';

/** A module with its translation units, and what the rules see of it once somebody asked. */
export interface Entry {
  readonly build: BuildModule;
  units: readonly Unit[];
  module: Module | undefined;
  /** Files of sibling modules whose exports the module's symbols were resolved to. */
  readonly providers: Set<string>;
}

/** Which files make up which module. Follows a change of one file without being built anew. */
export class Graph {
  readonly #facts: FactSource & Iterable<readonly [string, FileFacts]>;
  readonly #folder: string;
  readonly #build: Build;
  readonly #makeUnit: (source: string, member: BuildMember) => Unit;
  readonly #byFile = new Map<string, Set<Entry>>();
  /** Sources that the build names. */
  readonly #members: ReadonlySet<string>;
  /** Folders with a build file. */
  readonly #builtFolders: ReadonlySet<string>;
  readonly #lone: ReadonlySet<string>;
  readonly #pending: BuildModule[];
  readonly #entries: Entry[] = [];

  constructor(
    folder: string,
    facts: FactSource & Iterable<readonly [string, FileFacts]>,
    build: Build,
    makeUnit: (source: string, member: BuildMember) => Unit,
  ) {
    this.#folder = folder;
    this.#facts = facts;
    this.#build = build;
    this.#makeUnit = makeUnit;
    this.#members = new Set(build.modules.flatMap(({ members }) => members.flatMap(({ source }) => source ?? [])));
    this.#builtFolders = new Set(build.buildFiles.filter((path) => !path.endsWith('dkms.conf')).map(dirname));
    const lone = this.#loneModules();
    this.#lone = new Set(lone.map(({ path }) => `${path}.c`));
    this.#pending = [...build.modules, ...lone].reverse();
  }

  /** Builds the next module's units; false when all are built. Lets a large graph be built in steps. */
  step(): boolean {
    const build = this.#pending.pop();
    if (!build) return false;
    const entry: Entry = { build, units: this.#units(build), module: undefined, providers: new Set() };
    this.#entries.push(entry);
    this.#link(entry);
    return true;
  }

  entries(): readonly Entry[] {
    while (this.step());
    return this.#entries;
  }

  /** Modules that a file is a member, a local header or the Makefile of. */
  byFile(path: string): readonly Entry[] {
    this.entries();
    return [...(this.#byFile.get(path) ?? [])];
  }

  /**
   * Builds anew the units of modules that a changed file belongs to, and gives these modules; `undefined` if the
   * modules themselves may be others now.
   */
  update(path: string, after: FileFacts): readonly Entry[] | undefined {
    if (this.#lone.has(path) !== this.#isLone(path, after)) return undefined;
    const entries = this.byFile(path);
    for (const entry of entries) {
      for (const file of linked(entry)) this.#byFile.get(file)?.delete(entry);
      entry.units = this.#units(entry.build);
      this.#link(entry);
    }
    return entries;
  }

  #units(build: BuildModule): Unit[] {
    return build.members.flatMap((member) => {
      const isRead = member.source !== undefined && this.#facts.get(member.source);
      return isRead && member.source !== undefined ? [this.#makeUnit(member.source, member)] : [];
    });
  }

  #link(entry: Entry): void {
    for (const file of linked(entry)) {
      const entries = this.#byFile.get(file);
      if (entries) entries.add(entry);
      else this.#byFile.set(file, new Set([entry]));
    }
  }

  /** Sources with a license in folders that no build file speaks of are modules of their own. */
  #loneModules(): BuildModule[] {
    if (this.#build.isKernelTree) return [];
    const lone: BuildModule[] = [];
    for (const [path, facts] of this.#facts) {
      if (!this.#isLone(path, facts)) continue;
      lone.push(loneModule(path));
    }
    return lone;
  }

  #isLone(path: string, facts: FileFacts): boolean {
    if (this.#build.isKernelTree || !path.endsWith('.c')) return false;
    if (!facts.invocations.some((invocation) => invocation.name === 'MODULE_LICENSE')) return false;
    return !this.#members.has(path) && !this.#isBelow(path, this.#builtFolders);
  }

  /** Whether a folder of the set lies on the way from the opened folder to a file. */
  #isBelow(path: string, folders: ReadonlySet<string>): boolean {
    for (let folder = dirname(path); isInside(folder, this.#folder); folder = dirname(folder)) {
      if (folders.has(folder)) return true;
      if (folder === dirname(folder)) break;
    }
    return false;
  }
}

/** The module that a source of its own is. */
export function loneModule(source: string): BuildModule {
  const stem = source.slice(0, -2);
  const member: BuildMember = { object: `${stem}.o`, source, defines: {}, includes: [] };
  return { name: moduleName(stem), path: stem, at: undefined, members: [member] };
}

/** Every file of a module once, in the order of its units. */
export function filesOf({ units }: Entry): ReadonlySet<string> {
  return new Set(units.flatMap((unit) => unit.files));
}

function linked(entry: Entry): ReadonlySet<string> {
  const { at } = entry.build;
  return at ? new Set([...filesOf(entry), at.file]) : filesOf(entry);
}

/** Name in the kernel of a module's path. */
export function moduleName(path: string): string {
  return basename(path).replaceAll('-', '_');
}
