import type { Build, BuildMember } from '../kbuild/build';
import { hasImage } from '../kernel/exports';
import type { Kernel, KernelExport } from '../kernel/kernel';
import type { LinkFacts } from '../link/facts';
import { relative } from '../path';
import type { FileFacts, Invocation } from '../syntax/facts';
import { type Entry, filesOf, Graph, moduleName } from './graph';
import type { Links } from './links';
import { symbolLookups } from './lookups';
import { missingSymbols } from './missing';
import type { LicenseTag, Module, Provider, SourceFile, SymbolUse, TextTag } from './module';
import { globalNames, moduleSymbols, type SymbolContext } from './symbols';
import { type FileTags, readTags } from './tags';
import { buildUnit, commandLine, FileTables, lookup, type Unit } from './unit';

const spdxLines = 2;

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
  readonly #tables: FileTables;
  readonly #files = new Map<string, SourceFile>();
  readonly #links: Pick<Links, 'get' | 'isWhole'>;
  readonly #expansions = new Map<string, readonly Invocation[]>();
  readonly #graph: Graph;
  readonly #isKernelTree: boolean;
  #siblings: Map<string, SiblingExport> | undefined;

  constructor(
    folder: string,
    facts: ReadonlyMap<string, FileFacts>,
    kernel: Kernel,
    build: Build,
    links: Pick<Links, 'get' | 'isWhole'>,
  ) {
    this.#links = links;
    this.#isKernelTree = build.isKernelTree;
    this.#folder = folder;
    this.#facts = facts;
    this.#kernel = kernel;
    this.#tables = new FileTables(facts, kernel);
    this.#graph = new Graph(folder, facts, build, (source, member) => this.#unit(source, member));
  }

  /** Derives everything that `modules` needs in small steps, so that a caller can do other things between them. */
  *prepare(): Generator<void> {
    while (this.#graph.step()) yield;
    for (const entry of this.#graph.entries()) {
      this.#module(entry);
      yield;
    }
  }

  modules(): readonly Module[] {
    return this.#graph.entries().map((entry) => this.#module(entry));
  }

  modulesOf(path: string): readonly Module[] {
    return this.#graph.byFile(path).map((entry) => this.#module(entry));
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

  /**
   * Follows a change of one known file: derives anew what hangs on it. With the same shape the graph stays as it is.
   * False if the change may reach further.
   */
  update(path: string, before: FileFacts, after: FileFacts): boolean {
    const isSameShape = before.shape === after.shape;
    this.#tables.drop(path);
    const entries = isSameShape ? this.#graph.byFile(path) : this.#graph.update(path, after);
    if (!entries) return false;
    this.#files.delete(path);
    for (const entry of entries) {
      entry.module = undefined;
      // Tags of other files may point into this one (a license in a macro of a header).
      for (const file of filesOf(entry)) this.#files.delete(file);
    }
    const hasOtherExports = !isSameShape && this.#updateSiblings(entries);
    for (const entry of this.#graph.entries()) {
      if (hasOtherExports || entry.providers.has(path)) entry.module = undefined;
    }
    return true;
  }

  /** The links of these sources changed: their modules are derived anew. */
  relink(sources: readonly string[]): void {
    const entries = new Set(sources.flatMap((source) => this.#graph.byFile(source)));
    for (const entry of entries) entry.module = undefined;
    const open = this.#siblings ? [...entries].filter((entry) => this.#hasOpenExports(entry)) : [];
    if (this.#updateSiblings(open)) for (const entry of this.#graph.entries()) entry.module = undefined;
  }

  /** Whether it hangs on its links which exports a module has. */
  #hasOpenExports(entry: Entry): boolean {
    const isOpen = (path: string) => this.file(path)?.exports.some(({ presence }) => presence === 'maybe');
    return [...filesOf(entry)].some(isOpen);
  }

  #unit(source: string, member: BuildMember | undefined): Unit {
    return buildUnit(source, member, this.#facts, this.#tables, this.#folder);
  }

  #sourceFile(path: string, facts: FileFacts): SourceFile {
    const owner = this.#graph.byFile(path)[0]?.units.find((unit) => unit.files.includes(path));
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
      expansions: this.#expansions,
    });
    return {
      path,
      facts,
      spdx: facts.spdx.find((tag) => tag.line < spdxLines),
      ...tags,
      licenses: this.#judge(tags),
      presence: (offset) => presence.at(offset),
    };
  }

  #judge(tags: FileTags): LicenseTag[] {
    const accepted = this.#kernel.compatibleLicenses;
    return tags.licenses.map((tag) => ({
      ...tag,
      isCompatible: tag.value === undefined ? undefined : accepted.has(untilNul(tag.value)),
    }));
  }

  #module(entry: Entry): Module {
    entry.module ??= this.#makeModule(entry);
    return entry.module;
  }

  #makeModule(entry: Entry): Module {
    const { build, units } = entry;
    entry.providers.clear();
    const read = (paths: Iterable<string>) => [...new Set(paths)].flatMap((path) => this.file(path) ?? []);
    const members = read(units.map((unit) => unit.source));
    const files = read(units.flatMap((unit) => unit.files));
    const unreadMembers = build.members
      .filter(({ source }) => source === undefined || !this.#facts.has(source))
      .map(({ object }) => object);
    const licenses = files.flatMap((file) => file.licenses);
    const context: SymbolContext = {
      facts: this.#facts,
      tables: this.#tables,
      findExport: (name) => this.#findExport(name, entry),
      exports: this.#kernel.exports,
      link: (source) => this.#links.get(source),
    };
    const links = units.map(({ source }) => this.#links.get(source));
    const isExact = units.length > 0 && links.every((link) => link !== undefined);
    const isWhole = unreadMembers.length === 0 && isExact && units.every(({ source }) => this.#links.isWhole(source));
    const symbols = once(() => moduleSymbols(units, context));
    return {
      name: build.name,
      path: build.path,
      at: build.at,
      members,
      files,
      unreadMembers,
      prebuilt: build.members.flatMap(({ prebuilt, at }) => (prebuilt === undefined ? [] : [{ path: prebuilt, at }])),
      dependsOn: build.dependsOn,
      licenses,
      descriptions: files.flatMap((file) => file.descriptions),
      imports: files.flatMap((file) => file.imports),
      verdict: verdict(licenses, unreadMembers),
      isExact,
      isWhole,
      notEvaluated: () => [...new Set(links.flatMap((link) => link?.doubts ?? []))],
      isInTree: this.#isKernelTree,
      namespaces: once(() => namespaces(isExact ? links : [], files)),
      symbols,
      missing: once(() => (isWhole && this.#knowsExports() ? missingSymbols(units, context) : undefined)),
      lookups: once(() => symbolLookups(units, context)),
      defines: once(() => (isWhole ? globalNames(units, context) : undefined)),
      findExport: context.findExport,
      provider: (name) => {
        const found = this.#findExport(name, entry);
        const sibling = found && this.#sibling(found, entry);
        return sibling && this.#siblingModule(sibling);
      },
      providers: once(() => this.#providers(symbols(), entry)),
      siblings: () => this.modules(),
    };
  }

  /** Whether a name that is not found is exported by nobody: each symvers file was there and could be read. */
  #knowsExports(): boolean {
    return this.#kernel.problems.length === 0 && hasImage(this.#kernel.exports);
  }

  #findExport(name: string, { build: from, providers }: Entry): KernelExport | undefined {
    this.#siblings ??= this.#siblingExports();
    const sibling = this.#siblings.get(name);
    if (sibling && sibling.path !== from.path) {
      // Looked up anew: the export may have moved in its file since.
      const tag = this.file(sibling.file)?.exports.find((candidate) => candidate.name === name);
      if (tag) {
        providers.add(sibling.file);
        const { isGplOnly, namespace, at } = tag;
        return { name, isGplOnly, namespace, provider: relative(sibling.path, this.#folder), at };
      }
    }
    const found = this.#kernel.exports.get(name);
    // The kernel's module of the same name is an older build of this one: the symbol is its own, perhaps in assembly.
    return found && moduleName(found.provider) === from.name ? undefined : found;
  }

  /** Where a sibling makes the export that was found. */
  #sibling({ name, at }: KernelExport, from: Entry): SiblingExport | undefined {
    const sibling = at && this.#siblings?.get(name);
    return sibling?.file === at?.file && sibling?.path !== from.build.path ? sibling : undefined;
  }

  #siblingModule({ file, path }: SiblingExport): Module | undefined {
    const entry = this.#graph.byFile(file).find(({ build }) => build.path === path);
    return entry && this.#module(entry);
  }

  #providers(symbols: readonly SymbolUse[], from: Entry): Provider[] {
    const found = new Map<string, { sibling: SiblingExport; symbols: SymbolUse[] }>();
    for (const symbol of symbols) {
      const sibling = this.#sibling(symbol.export, from);
      if (!sibling) continue;
      const entry = found.get(sibling.path) ?? { sibling, symbols: [] };
      found.set(sibling.path, entry);
      entry.symbols.push(symbol);
    }
    return [...found].map(([path, entry]) => ({
      path,
      symbols: entry.symbols,
      module: () => this.#siblingModule(entry.sibling),
    }));
  }

  #siblingExports(): Map<string, SiblingExport> {
    const exports = new Map<string, SiblingExport>();
    for (const entry of this.#graph.entries()) this.#addExports(entry, exports);
    return exports;
  }

  /** Whether these modules export other names now. */
  #updateSiblings(entries: readonly Entry[]): boolean {
    if (!this.#siblings || entries.length === 0) return false;
    const paths = new Set(entries.map((entry) => entry.build.path));
    const before = new Set<string>();
    for (const [name, { path }] of this.#siblings) {
      if (!paths.has(path)) continue;
      before.add(name);
      this.#siblings.delete(name);
    }
    const size = this.#siblings.size;
    for (const entry of entries) this.#addExports(entry, this.#siblings);
    const isOneMissing = [...before].some((name) => !this.#siblings?.has(name));
    return isOneMissing || this.#siblings.size - size !== before.size;
  }

  #addExports(entry: Entry, exports: Map<string, SiblingExport>): void {
    for (const file of filesOf(entry)) {
      for (const { name, presence } of this.file(file)?.exports ?? []) {
        const isThere = presence === 'yes' || (presence === 'maybe' && this.#isSure(file, name, entry));
        if (isThere) exports.set(name, { path: entry.build.path, file });
      }
    }
  }

  /**
   * Whether an export that hangs on an `#if` which is not understood is there: its symbol is, as the preprocessor with all
   * headers says, and the branches do not export it in different ways.
   */
  #isSure(file: string, name: string, { units }: Entry): boolean {
    const all = this.file(file)?.exports.filter((tag) => tag.name === name && tag.presence !== 'no') ?? [];
    const isOneWay = all.every((tag) => tag.isGplOnly === all[0]?.isGplOnly && tag.namespace === all[0]?.namespace);
    return isOneWay && units.some(({ source }) => this.#links.get(source)?.defines.includes(name));
  }
}

/** What the objects import, as the preprocessor with all headers says; without that, what the module's files say. */
function namespaces(links: readonly (LinkFacts | undefined)[], files: readonly SourceFile[]): string[] {
  const tags = links.flatMap((link) => link?.info.filter((tag) => tag.startsWith(importTag)) ?? []);
  const own = files.flatMap((file) => file.imports.flatMap(({ value }) => value ?? []));
  const linked = tags.map((tag) => tag.slice(importTag.length));
  // An import that was just written counts before its unit is read again.
  return links.length === 0 ? own : [...linked, ...own.filter((namespace) => !linked.includes(namespace))];
}

const importTag = 'import_ns=';

/** What C's string functions see of a text. */
function untilNul(text: string): string {
  const nul = text.indexOf('\0');
  return nul < 0 ? text : text.slice(0, nul);
}

/** What modpost makes of a module's tags: all of them count. */
export function verdict(
  licenses: readonly (Pick<TextTag, 'presence'> & Pick<LicenseTag, 'isCompatible'>)[],
  unreadMembers: readonly string[],
): Module['verdict'] {
  const sure = licenses.filter((tag) => tag.presence === 'yes');
  if (sure.some((tag) => tag.isCompatible === false)) return 'incompatible';
  if (licenses.length === 0) return unreadMembers.length === 0 ? 'missing' : 'unknown';
  return licenses.every((tag) => tag.isCompatible === true) && sure.length > 0 ? 'compatible' : 'unknown';
}

/** A value that is computed at the first call. */
function once<T>(compute: () => T): () => T {
  let value: { readonly of: T } | undefined;
  return () => {
    value ??= { of: compute() };
    return value.of;
  };
}
