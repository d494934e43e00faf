import { dirname } from '../path';
import type { ConfinedFiles } from './files';
import type { Piece, Value } from './make/value';
import type { Environment } from './reading';

interface Entry {
  value: unknown;
  isStale: boolean;
  /** Results that were made from this one. */
  readonly users: Set<Entry>;
}

/** Results of parts of a reading, by what they depend on, so that a change of one file costs what depends on it. */
export class Memory {
  readonly #entries = new Map<string, Entry>();
  /** By path, or by folder with a `/` behind it for who looked at its list. */
  readonly #usersOf = new Map<string, Set<Entry>>();
  readonly #environments = new Map<string, Environment>();
  readonly #open: Entry[] = [];

  /**
   * The result under `key`, computed again if a file it depends on has changed or `isCurrent` says no. `before` is the
   * last one, whatever has changed since.
   */
  recall<T>(
    files: ConfinedFiles,
    key: string,
    isCurrent: (value: T) => boolean,
    compute: (before: T | undefined) => T,
  ): T {
    const known = this.#entries.get(key);
    const entry = known ?? { value: undefined, isStale: true, users: new Set() };
    const outer = this.#open.at(-1);
    if (outer) entry.users.add(outer);
    // Whoever knows the key knows the type: each kind of result has keys of its own.
    const before = entry.value as T | undefined;
    if (before !== undefined && !entry.isStale && isCurrent(before)) return before;
    this.#entries.set(key, entry);
    this.#open.push(entry);
    entry.isStale = false;
    try {
      const { value, paths } = files.track(() => compute(before));
      entry.value = value;
      for (const path of paths) this.#uses(path, entry);
      return value;
    } finally {
      this.#open.pop();
    }
  }

  #uses(path: string, entry: Entry): void {
    const users = this.#usersOf.get(path);
    if (users) users.add(entry);
    else this.#usersOf.set(path, new Set([entry]));
  }

  /** Marks what depends on the given paths, or on the lists of the folders they are in. */
  forget(changed: readonly string[]): void {
    const pending: Entry[] = [];
    for (const path of changed) {
      for (const each of [path, `${path}/`, `${dirname(path)}/`]) pending.push(...(this.#usersOf.get(each) ?? []));
    }
    for (let entry = pending.pop(); entry; entry = pending.pop()) {
      if (entry.isStale) continue;
      entry.isStale = true;
      pending.push(...entry.users);
    }
  }

  /** The environment last seen under `key` if it says the same: what was computed from that is still right. */
  environment(key: string, fresh: Environment): Environment {
    const known = this.#environments.get(key);
    if (known && isSameEnvironment(known, fresh)) return known;
    this.#environments.set(key, fresh);
    return fresh;
  }
}

export function isSameEnvironment(a: Environment, b: Environment): boolean {
  if (a === b) return true;
  if (a.size !== b.size) return false;
  for (const [name, value] of a) {
    const other = b.get(name);
    if (!other || (value !== other && !isSameValue(value, other))) return false;
  }
  return true;
}

function isSameValue(a: Value, b: Value): boolean {
  return a.length === b.length && a.every((piece, at) => isSamePiece(piece, b[at]));
}

/** Equal in text and in where it was written: places go into problems. */
function isSamePiece(a: Piece, b: Piece | undefined): boolean {
  if (a === b) return true;
  return (
    b !== undefined &&
    a.text === b.text &&
    a.when?.text === b.when?.text &&
    a.unknown?.text === b.unknown?.text &&
    a.source?.file === b.source?.file &&
    (a.source?.file === undefined || (a.start === b.start && a.end === b.end))
  );
}
