import { join } from '../path';
import { Scratch } from '../syntax/lexer';
import { builtinMacro, builtins, type Macro } from './macro';
import { Names } from './names';
import { type FileProvider, SearchFolder, SearchPath } from './search';
import { readSource, type Source } from './source';
import { Spare } from './spare';

/** What a file was when it was read last. */
interface Kept {
  source: Source;
  isStale: boolean;
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
  readonly #free: number[] = [];
  readonly #kept = new Map<string, Kept>();
  readonly #absent = new Set<string>();
  readonly #folders = new Map<string, SearchFolder>();
  readonly #texts = new Map<string, Source>();
  readonly #scratch = new Scratch();
  readonly searchRoot = new SearchPath(undefined, new SearchFolder('\0'), 0);

  constructor(files: FileProvider) {
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
    if (kept !== undefined && !kept.isStale) return kept.source;
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
      kept.source = this.lex(path, text);
      return kept.source;
    }
    const source = this.lex(path, text);
    this.#kept.set(path, { source, isStale: false });
    return source;
  }

  /** Lexes a text that is no header; `release` it when no unit needs it. */
  lex(path: string, text: string, base = 0): Source {
    return readSource(path, text, this.names, this.#scratch, base);
  }

  /** Texts that are no files: predefined macros, command lines. */
  virtual(path: string, text: string): Source {
    const key = `${path}\0${text}`;
    let source = this.#texts.get(key);
    if (source !== undefined) return source;
    if (this.#texts.size >= mostTexts) {
      const [oldest, first] = this.#texts.entries().next().value ?? ['', undefined];
      if (first !== undefined) this.release(first);
      this.#texts.delete(oldest);
    }
    source = this.lex(path, text);
    this.#texts.set(key, source);
    return source;
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

  /** A file has changed, appeared or gone; it is read again when it is needed. */
  drop(path: string): void {
    let isKnown = false;
    for (const [found, kept] of this.#kept) {
      if (found !== path && join('/', found) !== path) continue;
      kept.isStale = true;
      isKnown = true;
    }
    if (!isKnown || !this.exists(path)) this.#clearSearches();
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
    this.#kept.delete(path);
  }

  #clearSearches(): void {
    this.#absent.clear();
    for (const folder of this.#folders.values()) {
      folder.found.clear();
      folder.below.clear();
    }
    this.searchRoot.clear();
  }
}

const mostTexts = 512;
