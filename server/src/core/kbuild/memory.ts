import { dirname } from '../path';
import type { ConfinedFiles } from './files';
import type { Piece, Value } from './make/value';
import type { Environment } from './reading';

interface Entry {
  readonly value: unknown;
  readonly paths: ReadonlySet<string>;
  isStale: boolean;
}

/** Results of parts of a reading, by what they depend on, so that a change of one file costs what depends on it. */
export class Memory {
  readonly #entries = new Map<string, Entry>();
  readonly #keysOf = new Map<string, Set<string>>();
  readonly #environments = new Map<string, Environment>();

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
    const entry = this.#entries.get(key);
    // Whoever knows the key knows the type: each kind of result has keys of its own.
    const before = entry?.value as T | undefined;
    if (entry && before !== undefined && !entry.isStale && isCurrent(before)) return before;
    const { value, paths } = files.track(() => compute(before));
    this.#entries.set(key, { value, paths, isStale: false });
    for (const path of paths) {
      const keys = this.#keysOf.get(path) ?? new Set();
      keys.add(key);
      this.#keysOf.set(path, keys);
    }
    return value;
  }

  /** Marks what depends on the given paths, or on the lists of the folders they are in. */
  forget(changed: readonly string[]): void {
    for (const path of changed) {
      for (const each of [path, `${path}/`, `${dirname(path)}/`]) {
        for (const key of this.#keysOf.get(each) ?? []) {
          const entry = this.#entries.get(key);
          if (entry) entry.isStale = true;
        }
      }
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
