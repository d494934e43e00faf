/** What the names of a unit stand for, by number. A `Map` is one. */
export interface Table<V> {
  get(name: number): V | undefined;
  has(name: number): boolean;
  set(name: number, value: V): unknown;
  forEach(visit: (value: V, name: number) => void): void;
}

/**
 * Notes what is asked for while something is made that will be kept: it is good as long as the answers to these
 * questions stay the same.
 */
export class Watch {
  /** Above 0 while something is made that will be kept. */
  depth = 0;
  /** Names whose meaning what is kept depends on. */
  readonly asked = new Set<number>();
  /** Something was made from what may be another thing in the next unit. */
  isSpoiled = false;
}

/** A table over another one that stays as it is. */
export class Layered<V> implements Table<V> {
  readonly below: ReadonlyMap<number, V>;
  readonly #watch: Watch;
  #own = new Map<number, V>();

  constructor(below: ReadonlyMap<number, V>, watch: Watch) {
    this.below = below;
    this.#watch = watch;
  }

  /** What stands in the upper layer. */
  get own(): ReadonlyMap<number, V> {
    return this.#own;
  }

  get(name: number): V | undefined {
    const own = this.#own.get(name);
    if (this.#watch.depth > 0) this.#note(name, own !== undefined);
    return own ?? this.below.get(name);
  }

  has(name: number): boolean {
    const isOwn = this.#own.has(name);
    if (this.#watch.depth > 0) this.#note(name, isOwn);
    return isOwn || this.below.has(name);
  }

  set(name: number, value: V): void {
    this.#own.set(name, value);
  }

  /** Takes the upper layer away. */
  clear(): void {
    this.#own = new Map();
  }

  /** In the order of a single table: what is changed keeps its place. */
  forEach(visit: (value: V, name: number) => void): void {
    this.below.forEach((value, name) => {
      visit(this.#own.get(name) ?? value, name);
    });
    this.#own.forEach((value, name) => {
      if (!this.below.has(name)) visit(value, name);
    });
  }

  #note(name: number, isOwn: boolean): void {
    if (this.below.has(name)) return;
    if (isOwn) this.#watch.isSpoiled = true;
    else this.#watch.asked.add(name);
  }
}
