import { join } from '../path';
import { Scratch } from '../syntax/lexer';
import { builtinMacro, builtins, type Macro } from './macro';
import { Names } from './names';
import { Passages } from './passages';
import type { Prefixes } from './prefix';
import { type FileProvider, SearchFolder, SearchPath } from './search';
import { readSource, type Source } from './source';
import { Spare } from './spare';

/** What a file was when it was read last. */
interface Kept {
  source: Source;
  isStale: boolean;
  /** The last unit that asked for it. */
  unit: number;
}

/**
 * Headers lexed once and shared by all units of a process, with the names, macros and searches that they have in
 * common. Not for several `preprocess` calls at once.
 */
export class HeaderCache {
  readonly names = new Names();
  /** Macros by number; 0 stands for none. */
  readonly macros: (Macro | undefined)[] = [undefined];
  readonly builtins = new Map<string, Macro>();
  readonly files: FileProvider;
  readonly spare = new Spare();
  readonly prefixes: Prefixes = new Map();
  readonly passages = new Passages();
  /** How many units were begun. */
  units = 0;
  /** Goes up when a search may find another file than before. */
  generation = 0;
  /** Goes up when a header may be another than before. */
  revision = 0;
  /** Characters of the headers that are kept. */
  #size = 0;
  readonly #free: number[] = [];
  readonly #kept = new Map<string, Kept>();
  /** For each path, the ways in which it was found: with `..` and the like. */
  readonly #spellings = new Map<string, Set<string>>();
  readonly #absent = new Set<string>();
  readonly #folders = new Map<string, SearchFolder>();
  readonly #texts = new Map<string, Source>();
  readonly #scratch = new Scratch();
  readonly searchRoot = new SearchPath(undefined, new SearchFolder('\0'), 0);

  constructor(
    files: FileProvider,
    /** Characters of headers that are kept lexed, at some five bytes each. */
    readonly room = 32 << 20,
  ) {
    this.files = files;
    this.searchRoot.folder.below.set('', false);
    for (const name of builtins) {
      const macro = builtinMacro(this.names.intern(name), name);
      this.register(macro);
      this.builtins.set(name, macro);
    }
  }

  /** The number of a macro that is not in the list yet. */
  register(macro: Macro): number {
    macro.id = this.#free.pop() ?? this.macros.length;
    this.macros[macro.id] = macro;
    macro.source?.macros.push(macro);
    return macro.id;
  }

  /** A header, lexed; `undefined` if it cannot be read. */
  header(path: string): Source | undefined {
    const kept = this.#kept.get(path);
    if (kept !== undefined) kept.unit = this.units;
    if (kept?.isStale === false) return kept.source;
    const text = this.#absent.has(path) ? undefined : this.files.read(join('/', path));
    if (text === undefined) {
      this.#absent.add(path);
      if (kept !== undefined) this.#forget(path, kept);
      return undefined;
    }
    if (kept !== undefined) {
      kept.isStale = false;
      if (kept.source.text === text) return kept.source;
      this.release(kept.source);
      this.#size += text.length - kept.source.text.length;
      kept.source = this.lex(path, text);
      return kept.source;
    }
    const source = this.lex(path, text);
    this.#kept.set(path, { source, isStale: false, unit: this.units });
    this.#size += text.length;
    const full = join('/', path);
    const spellings = this.#spellings.get(full);
    if (spellings === undefined) this.#spellings.set(full, new Set([path]));
    else spellings.add(path);
    return source;
  }

  /** Lexes a text that is no header; `release` it when no unit needs it. */
  lex(path: string, text: string, base = 0, firstLine = 1): Source {
    return readSource(path, text, this.names, this.#scratch, base, firstLine);
  }

  /** Whether this is what reading the source again would give. */
  isCurrent(source: Source): boolean {
    return source.isVirtual ? this.virtual(source.path, source.text) === source : this.header(source.path) === source;
  }

  /** Texts that are no files: predefined macros, command lines. */
  virtual(path: string, text: string): Source {
    const key = `${path}\0${text}`;
    let source = this.#texts.get(key);
    if (source !== undefined) {
      this.#texts.delete(key);
      this.#texts.set(key, source);
      return source;
    }
    source = this.lex(path, text);
    this.#texts.set(key, source);
    return source;
  }

  /** Drops the headers and texts that were not used for long. Between units only: a unit may hold what is dropped. */
  trim(): void {
    if (this.#size > this.room) this.#dropOldest();
    for (const [key, source] of this.#texts) {
      if (this.#texts.size <= mostTexts) return;
      this.release(source);
      this.#texts.delete(key);
    }
  }

  /** Gives the numbers of a source's macros back. */
  release(source: Source): void {
    for (const macro of source.macros) {
      this.macros[macro.id] = undefined;
      this.#free.push(macro.id);
    }
    source.macros.length = 0;
    source.directives.macro.fill(0);
  }

  /**
   * A file has changed, appeared or gone; it is read again when it is needed. What searches found stays good if it is
   * known that the file was there before and still is.
   */
  drop(path: string, wasThere?: boolean): void {
    const spellings = this.#spellings.get(path);
    if (spellings !== undefined) this.revision++;
    const isThere = this.exists(path);
    for (const spelling of spellings ?? []) {
      const kept = this.#kept.get(spelling);
      if (kept === undefined) continue;
      if (isThere) kept.isStale = true;
      else this.#forget(spelling, kept);
    }
    // When it comes back, it is a new file: what looked for it in vain is to look again.
    if (!isThere) this.#spellings.delete(path);
    if (!isThere || !(wasThere ?? spellings !== undefined)) this.#clearSearches();
  }

  exists(path: string): boolean {
    return this.files.exists?.(path) ?? this.files.read(path) !== undefined;
  }

  folder(path: string): SearchFolder {
    let folder = this.#folders.get(path);
    if (folder === undefined) {
      folder = new SearchFolder(path);
      this.#folders.set(path, folder);
    }
    return folder;
  }

  #forget(path: string, kept: Kept): void {
    this.release(kept.source);
    this.#size -= kept.source.text.length;
    this.#kept.delete(path);
  }

  #dropOldest(): void {
    this.revision++;
    for (const [path, kept] of [...this.#kept].sort(([, a], [, b]) => a.unit - b.unit)) {
      if (this.#size <= this.room * 0.75) return;
      this.#forget(path, kept);
    }
  }

  #clearSearches(): void {
    this.generation++;
    this.#absent.clear();
    for (const folder of this.#folders.values()) {
      folder.found.clear();
      folder.below.clear();
    }
    this.searchRoot.clear();
  }
}

const mostTexts = 200;
