/**
 * Open brackets as linked frames. A frame is never removed, only left: when `#else` begins an alternative, going back
 * to the frame that was open at `#if` brings back all that was open around it.
 */
export class Frames {
  readonly #parents = new Column(0);
  readonly #kinds = new Column(0);
  readonly #owners = new Column(0);
  readonly #states = new Column(0);
  readonly #scopes = new Column(0);

  /** Opens a frame in `parent` (-1 for the first); `scope` is the number of names declared so far. */
  open(parent: number, kind: number, owner: number, scope: number): number {
    this.#parents.push(parent);
    this.#kinds.push(kind);
    this.#owners.push(owner);
    this.#scopes.push(scope);
    return this.#states.push(0);
  }

  clear(): void {
    for (const column of [this.#parents, this.#kinds, this.#owners, this.#states, this.#scopes]) column.clear();
  }

  parent(frame: number): number {
    return this.#parents.at(frame);
  }

  kind(frame: number): number {
    return this.#kinds.at(frame);
  }

  owner(frame: number): number {
    return this.#owners.at(frame);
  }

  setOwner(frame: number, owner: number): void {
    this.#owners.set(frame, owner);
  }

  scope(frame: number): number {
    return this.#scopes.at(frame);
  }

  /** Bits that tell how far a declaration in this frame has come. */
  state(frame: number): number {
    return this.#states.at(frame);
  }

  setState(frame: number, state: number): void {
    this.#states.set(frame, state);
  }
}

/** A growing column of 32-bit numbers. */
export class Column {
  #data: Int32Array;
  #length: number;

  constructor(capacity: number) {
    this.#data = new Int32Array(Math.max(capacity, 16));
    this.#length = 0;
  }

  get length(): number {
    return this.#length;
  }

  push(value: number): number {
    if (this.#length === this.#data.length) {
      const larger = new Int32Array(this.#length * 2);
      larger.set(this.#data);
      this.#data = larger;
    }
    this.#data[this.#length] = value;
    return this.#length++;
  }

  clear(): void {
    this.#length = 0;
  }

  at(index: number): number {
    return this.#data[index] as number;
  }

  set(index: number, value: number): void {
    this.#data[index] = value;
  }

  values(): Int32Array {
    return this.#data.subarray(0, this.#length);
  }
}
