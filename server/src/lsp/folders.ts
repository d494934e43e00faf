import { dirname, isInside } from '../core/path';
import type { Folder } from './folder';

/** The folders that are open: those the editor named, and one for each folder of files opened without. */
export class Folders {
  readonly #roots = new Map<string, Folder>();
  readonly #singles = new Map<string, Folder>();
  readonly #create: (path: string, isRecursive: boolean) => Folder;

  /** `create` makes a folder and begins to read it. */
  constructor(create: (path: string, isRecursive: boolean) => Folder) {
    this.#create = create;
  }

  all(): Folder[] {
    return [...this.#roots.values(), ...this.#singles.values()];
  }

  roots(): Folder[] {
    return [...this.#roots.values()];
  }

  /** The folder a file belongs to: the innermost of those the editor named. */
  of(file: string): Folder | undefined {
    let found: Folder | undefined;
    for (const folder of this.#roots.values()) {
      if (isInside(file, folder.path) && folder.path.length >= (found?.path.length ?? 0)) found = folder;
    }
    return found ?? this.#singles.get(dirname(file));
  }

  /** As `of`, but a file in no folder gets its own folder read, without what lies below it. */
  home(file: string): Folder {
    const known = this.of(file);
    if (known) return known;
    const folder = this.#create(dirname(file), false);
    this.#singles.set(folder.path, folder);
    return folder;
  }

  add(path: string): void {
    if (!this.#roots.has(path)) this.#roots.set(path, this.#create(path, true));
  }

  /** Forgets a folder and hands it over to be disposed. */
  remove(path: string): Folder | undefined {
    const folder = this.#roots.get(path);
    this.#roots.delete(path);
    return folder;
  }

  /** Forgets the folders of single files that none of the open files needs. */
  prune(open: Iterable<string>): Folder[] {
    const needed = new Set([...open].map((file) => this.of(file)));
    const gone = [...this.#singles.values()].filter((folder) => !needed.has(folder));
    for (const folder of gone) this.#singles.delete(folder.path);
    return gone;
  }
}
