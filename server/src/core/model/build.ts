import type { Build, BuildMember, BuildModule } from '../kbuild/build';
import type { Kernel, KernelExport } from '../kernel/kernel';
import { basename, dirname, isInside, relative } from '../path';
import type { FileFacts } from '../syntax/facts';
import type { LicenseTag, Module, SourceFile, SymbolUse, TextTag } from './module';
import { moduleSymbols } from './symbols';
import { type FileTags, readTags } from './tags';
import { buildUnit, commandLine, FileTables, lookup, type Unit } from './unit';

const spdxLines = 2;

interface Entry {
  readonly build: BuildModule;
  readonly units: readonly Unit[];
  module: Module | undefined;
}

/** Where a module of the workspace exports a symbol. */
interface SiblingExport {
  /** Of the module. */
  readonly path: string;
  readonly file: string;
}

/** Derives files and modules from facts, build and kernel; each part at its first use. */
export class ModelBuilder {
  readonly #folder: string;
  readonly #facts: ReadonlyMap<string, FileFacts>;
  readonly #kernel: Kernel;
  readonly #build: Build;
  readonly #tables: FileTables;
  readonly #files = new Map<string, SourceFile>();
  #entries: readonly Entry[] | undefined;
  #entriesByFile: ReadonlyMap<string, readonly Entry[]> | undefined;
  #siblings: ReadonlyMap<string, SiblingExport> | undefined;

  constructor(folder: string, facts: ReadonlyMap<string, FileFacts>, kernel: Kernel, build: Build) {
    this.#folder = folder;
    this.#facts = facts;
    this.#kernel = kernel;
    this.#build = build;
    this.#tables = new FileTables(facts, kernel);
  }

  modules(): readonly Module[] {
    return this.#allEntries().map((entry) => this.#module(entry));
  }

  modulesOf(path: string): readonly Module[] {
    return this.#byFile(path).map((entry) => this.#module(entry));
  }

  file(path: string): SourceFile | undefined {
    const known = this.#files.get(path);
    if (known) return known;
    const facts = this.#facts.get(path);
    if (!facts) return undefined;
    const file = this.#sourceFile(path, facts);
    this.#files.set(path, file);
    return file;
  }

  /** Forgets what hangs on one file's spans and uses; the graph stays. */
  refreshFile(path: string): void {
    this.#tables.drop(path);
    this.#files.delete(path);
    if (!this.#entries) return;
    for (const entry of this.#byFile(path)) {
      entry.module = undefined;
      // Tags of other files may point into this one (a license in a macro of a header).
      for (const unit of entry.units) for (const file of unit.files) this.#files.delete(file);
    }
  }

  #allEntries(): readonly Entry[] {
    this.#entries ??= [...this.#build.modules, ...this.#loneModules()].map((build) => ({
      build,
      units: build.members.flatMap((member) => {
        const isRead = member.source !== undefined && this.#facts.has(member.source);
        return isRead ? [this.#unit(member.source, member)] : [];
      }),
      module: undefined,
    }));
    return this.#entries;
  }

  #unit(source: string, member: BuildMember | undefined): Unit {
    return buildUnit(source, member, this.#facts, this.#tables, this.#folder);
  }

  /** Sources with a license in folders that no build file speaks of are modules of their own. */
  #loneModules(): BuildModule[] {
    if (this.#build.isKernelTree) return [];
    const members = new Set<string>();
    for (const module of this.#build.modules) for (const { source } of module.members) if (source) members.add(source);
    const built = new Set(this.#build.buildFiles.filter((path) => !path.endsWith('dkms.conf')).map(dirname));
    const lone: BuildModule[] = [];
    for (const [path, facts] of this.#facts) {
      if (!path.endsWith('.c') || members.has(path) || this.#isBelow(path, built)) continue;
      if (!facts.invocations.some((invocation) => invocation.name === 'MODULE_LICENSE')) continue;
      const stem = path.slice(0, -2);
      const member: BuildMember = { object: `${stem}.o`, source: path, defines: {}, includes: [] };
      lone.push({ name: moduleName(stem), path: stem, at: undefined, members: [member] });
    }
    return lone;
  }

  /** Whether a folder of the set lies on the way from the opened folder to a file. */
  #isBelow(path: string, folders: ReadonlySet<string>): boolean {
    for (let folder = dirname(path); isInside(folder, this.#folder); folder = dirname(folder)) {
      if (folders.has(folder)) return true;
      if (folder === dirname(folder)) break;
    }
    return false;
  }

  #byFile(path: string): readonly Entry[] {
    if (!this.#entriesByFile) {
      const map = new Map<string, Entry[]>();
      for (const entry of this.#allEntries()) {
        for (const file of new Set(entry.units.flatMap((unit) => unit.files))) {
          const list = map.get(file);
          if (list) list.push(entry);
          else map.set(file, [entry]);
        }
      }
      this.#entriesByFile = map;
    }
    return this.#entriesByFile.get(path) ?? [];
  }

  #sourceFile(path: string, facts: FileFacts): SourceFile {
    const owner = this.#byFile(path)[0]?.units.find((unit) => unit.files.includes(path));
    const unit = owner ?? this.#unit(path, undefined);
    const presence = this.#tables.presence(path, unit.member);
    const tags = readTags(facts.invocations, {
      file: path,
      macros: (name) =>
        lookup(unit, this.#tables, name).flatMap((found) =>
          found.kind === 'macro' && this.#tables.presence(found.file, unit.member).at(found.span.start) !== 'no'
            ? [found]
            : [],
        ),
      commandLine: commandLine(unit.member),
      presence: (offset) => presence.at(offset),
      firstInclude: facts.includes[0]?.span.start ?? Number.POSITIVE_INFINITY,
      version: this.#kernel.version,
    });
    return { path, facts, spdx: facts.spdx.find((tag) => tag.line < spdxLines), ...tags, licenses: this.#judge(tags) };
  }

  #judge(tags: FileTags): LicenseTag[] {
    const accepted = this.#kernel.compatibleLicenses;
    return tags.licenses.map((tag) => ({
      ...tag,
      isCompatible: tag.value === undefined ? undefined : accepted.has(tag.value),
    }));
  }

  #module(entry: Entry): Module {
    entry.module ??= this.#makeModule(entry);
    return entry.module;
  }

  #makeModule({ build, units }: Entry): Module {
    const read = (paths: Iterable<string>) => [...new Set(paths)].flatMap((path) => this.file(path) ?? []);
    const members = read(units.map((unit) => unit.source));
    const files = read(units.flatMap((unit) => unit.files));
    const unreadMembers = build.members
      .filter(({ source }) => source === undefined || !this.#facts.has(source))
      .map(({ object }) => object);
    const licenses = files.flatMap((file) => file.licenses);
    let symbols: readonly SymbolUse[] | undefined;
    return {
      name: build.name,
      path: build.path,
      at: build.at,
      members,
      files,
      unreadMembers,
      dependsOn: build.dependsOn,
      licenses,
      descriptions: files.flatMap((file) => file.descriptions),
      imports: files.flatMap((file) => file.imports),
      verdict: verdict(licenses, unreadMembers),
      symbols: () => {
        symbols ??= moduleSymbols(units, {
          facts: this.#facts,
          tables: this.#tables,
          findExport: (name) => this.#findExport(name, build),
        });
        return symbols;
      },
    };
  }

  #findExport(name: string, from: BuildModule): KernelExport | undefined {
    this.#siblings ??= this.#siblingExports();
    const sibling = this.#siblings.get(name);
    if (sibling && sibling.path !== from.path) {
      // Looked up anew: the export may have moved in its file since.
      const tag = this.file(sibling.file)?.exports.find((candidate) => candidate.name === name);
      if (tag) {
        const { isGplOnly, namespace, at } = tag;
        return { name, isGplOnly, namespace, provider: relative(sibling.path, this.#folder), at };
      }
    }
    const found = this.#kernel.exports.get(name);
    // The kernel's module of the same name is an older build of this one: the symbol is its own, perhaps in assembly.
    return found && moduleName(found.provider) === from.name ? undefined : found;
  }

  #siblingExports(): Map<string, SiblingExport> {
    const exports = new Map<string, SiblingExport>();
    for (const { build, units } of this.#allEntries()) {
      for (const file of new Set(units.flatMap((unit) => unit.files))) {
        for (const { name, presence } of this.file(file)?.exports ?? []) {
          if (presence === 'yes') exports.set(name, { path: build.path, file });
        }
      }
    }
    return exports;
  }
}

/** Name in the kernel of a module's path. */
function moduleName(path: string): string {
  return basename(path).replaceAll('-', '_');
}

/** What modpost makes of a module's tags: all of them count. */
function verdict(licenses: readonly LicenseTag[], unreadMembers: readonly string[]): Module['verdict'] {
  const sure = licenses.filter((tag: TextTag) => tag.presence === 'yes');
  if (sure.some((tag) => tag.isCompatible === false)) return 'incompatible';
  if (licenses.length === 0) return unreadMembers.length === 0 ? 'missing' : 'unknown';
  return licenses.every((tag) => tag.isCompatible === true) && sure.length > 0 ? 'compatible' : 'unknown';
}
