import { dirname, join } from '../path';
import type { HeaderCache } from './cache';

/** Files for the preprocessor. Paths are absolute, with `/`; a file that cannot be read is `undefined`. */
export interface FileProvider {
  read(path: string): string | undefined;
  /** Whether a file or folder is there; cheaper than reading it. */
  exists?(path: string): boolean;
}

/** One file of the cache; `path` is how it was found, which `__FILE__` shows. */
export interface CachedFile {
  readonly path: string;
  /** `path` without `..`. */
  readonly full: string;
}

/** A folder to search, with what was found in it. */
export class SearchFolder {
  readonly found = new Map<number, string | null>();
  /** Whether folders below this one are there. */
  readonly below = new Map<string, boolean>();

  constructor(readonly path: string) {}

  /** The path of a header in this folder, `null` if it has none. */
  find(header: number, cache: HeaderCache): string | null {
    const known = this.found.get(header);
    if (known !== undefined) return known;
    const text = cache.names.text(header);
    const slash = text.lastIndexOf('/');
    const isThere = slash < 0 ? this.#has('', cache) : this.#has(text.slice(0, slash), cache);
    const path = text.startsWith('/') ? text : `${this.path}/${text}`;
    const answer = isThere && cache.exists(join('/', path)) ? path : null;
    this.found.set(header, answer);
    return answer;
  }

  #has(folder: string, cache: HeaderCache): boolean {
    const known = this.below.get(folder);
    if (known !== undefined) return known;
    const parent = folder === '' ? '' : dirname(`/${folder}`).slice(1);
    const answer =
      (folder === '' || folder === parent || this.#has(parent, cache)) &&
      cache.exists(join('/', folder === '' ? this.path : `${this.path}/${folder}`));
    this.below.set(folder, answer);
    return answer;
  }
}

/**
 * Folders searched one after another, each a step behind the ones before: arguments that begin alike share what was
 * found.
 */
export class SearchPath {
  readonly #children = new Map<string, SearchPath>();
  readonly #found = new Map<number, SearchResult | null>();

  constructor(
    readonly parent: SearchPath | undefined,
    readonly folder: SearchFolder,
    readonly depth: number,
  ) {}

  step(folder: SearchFolder): SearchPath {
    let child = this.#children.get(folder.path);
    if (child === undefined) {
      child = new SearchPath(this, folder, this.depth + 1);
      this.#children.set(folder.path, child);
    }
    return child;
  }

  find(header: number, cache: HeaderCache): SearchResult | null {
    const known = this.#found.get(header);
    if (known !== undefined) return known;
    let answer = this.parent?.find(header, cache) ?? null;
    if (answer === null) {
      const path = this.folder.find(header, cache);
      if (path !== null) answer = { path, depth: this.depth };
    }
    this.#found.set(header, answer);
    return answer;
  }

  /** Like `find`, from the step behind `depth` on: `#include_next`. */
  findAfter(depth: number, header: number, cache: HeaderCache): SearchResult | null {
    if (this.depth <= depth) return null;
    const before = this.parent?.findAfter(depth, header, cache) ?? null;
    if (before !== null) return before;
    const path = this.folder.find(header, cache);
    return path === null ? null : { path, depth: this.depth };
  }

  /** Forgets what was found and what was not. */
  clear(): void {
    this.#found.clear();
    for (const child of this.#children.values()) child.clear();
  }
}

export interface SearchResult {
  readonly path: string;
  /** The step it was found at; -1 beside the including file. */
  readonly depth: number;
}
