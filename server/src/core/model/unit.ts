import type { BuildMember } from '../kbuild/build';
import type { Kernel } from '../kernel/kernel';
import { isInside } from '../path';
import type { FileFacts, FunctionDefinition, MacroDefinition } from '../syntax/facts';
import type { Span } from '../text';
import type { MacroKnowledge } from './conditions';
import { includeCandidates } from './includes';
import { type PresenceMap, presenceOf } from './presence';

/** The facts of the workspace as the model looks at them. */
export interface FactSource {
  get(path: string): FileFacts | undefined;
}

/** A name that a file of the unit defines; `span` is the name's. */
export type Definition = { readonly file: string; readonly span: Span } & (
  | { readonly kind: 'macro'; readonly macro: MacroDefinition }
  | { readonly kind: 'function'; readonly index: number; readonly fn: FunctionDefinition }
  | { readonly kind: 'variable' }
);

/** One translation unit: a member's source with the local files it includes, nothing of the kernel's. */
export interface Unit {
  readonly source: string;
  /** The source first, then what it includes, each once. */
  readonly files: readonly string[];
  /** What decides whether a file is included, for those where that is not known. */
  readonly conditions: ReadonlyMap<string, string>;
  readonly member: BuildMember | undefined;
}

const maximumFiles = 4096;

/** Follows the includes of a source that are compiled, or may be, as far as they lie in the workspace. */
export function buildUnit(
  source: string,
  member: BuildMember | undefined,
  facts: FactSource,
  tables: FileTables,
  root: string,
): Unit {
  const files = [source];
  const conditions = new Map<string, string>();
  const seen = new Set(files);
  const folders = (member?.includes ?? []).filter((folder) => isInside(folder, root));
  const resolve = tables.includes(folders, root);
  for (let i = 0; i < files.length && files.length < maximumFiles; i++) {
    const file = files[i];
    const includes = file === undefined ? [] : (facts.get(file)?.includes ?? []);
    if (file === undefined || includes.length === 0) continue;
    const presence = tables.presence(file, member);
    const resolved = resolve(file);
    for (let index = 0; index < includes.length; index++) {
      const include = includes[index];
      const found = resolved[index];
      if (include === undefined || found === undefined || seen.has(found)) continue;
      const here = presence.at(include.span.start);
      if (here === 'no') continue;
      seen.add(found);
      files.push(found);
      const condition = here === 'maybe' ? presence.unknownAt(include.span.start) : conditions.get(file);
      if (condition !== undefined) conditions.set(found, condition);
    }
  }
  return { source, files, conditions, member };
}

/** What a member's `-D` and `-U` flags and the module build itself say of a name. */
export function commandLine(member: BuildMember | undefined): (name: string) => MacroKnowledge | undefined {
  const defines = member?.defines ?? {};
  return (name) => {
    if (Object.hasOwn(defines, name)) {
      const value = defines[name];
      return value === undefined ? { isDefined: false } : { isDefined: true, value };
    }
    if (name === 'MODULE' || name === '__KERNEL__') return { isDefined: true, value: '1' };
    if (name === '__ASSEMBLY__' || name === '__cplusplus') return { isDefined: false };
    return undefined;
  };
}

/** Definitions by name and compiled parts of files, kept while the facts and the kernel stay the same. */
export class FileTables {
  readonly #facts: FactSource;
  readonly #kernel: Kernel;
  readonly #definitions = new Map<string, ReadonlyMap<string, readonly Definition[]>>();
  readonly #presence = new Map<string, PresenceMap>();
  /** By the folders that are searched, then by file. */
  readonly #includes = new Map<string, Map<string, readonly (string | undefined)[]>>();

  constructor(facts: FactSource, kernel: Kernel) {
    this.#facts = facts;
    this.#kernel = kernel;
  }

  /** Forgets one file whose facts changed. */
  drop(path: string): void {
    this.#definitions.delete(path);
    this.#presence.delete(path);
    for (const known of this.#includes.values()) known.delete(path);
  }

  /** Where the includes of a file lead, in their order. The units of one driver search the same folders. */
  includes(folders: readonly string[], root: string): (file: string) => readonly (string | undefined)[] {
    const key = folders.join('\0');
    const known = this.#includes.get(key) ?? new Map<string, readonly (string | undefined)[]>();
    this.#includes.set(key, known);
    return (file) => {
      const found = known.get(file);
      if (found) return found;
      const resolved = (this.#facts.get(file)?.includes ?? []).map((include) =>
        includeCandidates(file, include, folders, root).find((path) => this.#facts.get(path)),
      );
      known.set(file, resolved);
      return resolved;
    };
  }

  definitions(path: string): ReadonlyMap<string, readonly Definition[]> {
    let table = this.#definitions.get(path);
    if (!table) {
      table = definitionsOf(path, this.#facts.get(path));
      this.#definitions.set(path, table);
    }
    return table;
  }

  /** Flags differ between members only in theory: those of the first member that asks for a file hold. */
  presence(path: string, member: BuildMember | undefined): PresenceMap {
    let map = this.#presence.get(path);
    if (!map) {
      const facts = this.#facts.get(path);
      map = facts
        ? presenceOf(facts, this.#kernel, commandLine(member))
        : { at: () => 'yes', unknownAt: () => undefined };
      this.#presence.set(path, map);
    }
    return map;
  }
}

function definitionsOf(path: string, facts: FileFacts | undefined): Map<string, Definition[]> {
  const table = new Map<string, Definition[]>();
  const add = (name: string, definition: Definition) => {
    const list = table.get(name);
    if (list) list.push(definition);
    else table.set(name, [definition]);
  };
  for (const macro of facts?.macros ?? []) {
    if (!macro.isUndef) add(macro.name, { kind: 'macro', file: path, span: macro.nameSpan, macro });
  }
  facts?.functions.forEach((fn, index) => {
    add(fn.name, { kind: 'function', file: path, span: fn.nameSpan, index, fn });
  });
  for (const variable of facts?.variables ?? []) {
    add(variable.name, { kind: 'variable', file: path, span: variable.nameSpan });
  }
  return table;
}

/** Every definition of a name in a unit, in the order of its files. */
export function lookup(unit: Unit, tables: FileTables, name: string): Definition[] {
  const found: Definition[] = [];
  for (const file of unit.files) {
    const definitions = tables.definitions(file).get(name);
    if (definitions) found.push(...definitions);
  }
  return found;
}
