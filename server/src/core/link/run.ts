import type { Global } from './globals';
import type { Node } from './node';
import type { Stored } from './stored';
import type { Body, Local } from './tree';
import { copied, fresh, merged, type State, type Value } from './values';
import type { Walk } from './walk';

/** A mention that counts only if the value it belongs to is used: of a symbol, or of a local that holds some. */
export type Pending = { readonly token: number; readonly target: Node | Global | string } | Local;

const none: readonly Pending[] = [];

/** What is known at labels. Few functions have any. */
interface Labels {
  readonly states: Map<number, State>;
  readonly seen: Set<number>;
  /** Those that code behind them jumps back to. */
  readonly loops: Set<number>;
}

/** Where `break` and `continue` lead. */
export interface Jumps {
  breaks: State | undefined;
  continues: State | undefined;
  readonly isLoop: boolean;
}

/** One function in one context (or one initializer) while it is gone through. */
export class Run {
  readonly walk: Walk;
  readonly node: Node;
  readonly body: Body | undefined;
  state: State = fresh();
  /** Takes mentions whose value may turn out to be unused; made when there is one. */
  capture: readonly Pending[] | undefined;
  /** Counts what must happen whatever becomes of a value. */
  effects = 0;
  /** See `storedValue`. */
  stored: Stored | undefined;
  readonly jumps: Jumps[] = [];
  returns: Value | undefined;
  hasReturned = false;
  again = false;
  #labels: Labels | undefined;
  readonly #pending = new Map<Local, Pending[]>();
  readonly #read = new Set<Local>();
  #escaped: Set<Local> | undefined;

  constructor(walk: Walk, node: Node, body: Body | undefined) {
    this.walk = walk;
    this.node = node;
    this.body = body;
  }

  hasRead(local: Local): boolean {
    return this.#read.has(local);
  }

  /** A mention whose value is computed here. */
  emit(pending: Pending): void {
    if (!this.state.live) return;
    if (this.capture === undefined) this.record(pending);
    else if (this.capture === none) this.capture = [pending];
    else (this.capture as Pending[]).push(pending);
  }

  /** A mention that counts. */
  record(pending: Pending): void {
    if (!('kind' in pending && pending.kind === 'local')) {
      const { token, target } = pending as Exclude<Pending, Local>;
      this.walk.mention(this.node, token, target);
      return;
    }
    if (this.#read.has(pending)) return;
    this.#read.add(pending);
    const held = this.#pending.get(pending);
    this.#pending.delete(pending);
    if (held !== undefined) for (const p of held) this.record(p);
  }

  /** A mention that happens now: a call. */
  effect(token: number, target: Node | Global | string): void {
    if (!this.state.live) return;
    this.effects++;
    this.walk.mention(this.node, token, target);
  }

  /** Holds mentions back from now on, until what this gives is handed to `release`. */
  hold(): readonly Pending[] | undefined {
    const outer = this.capture;
    this.capture = none;
    return outer;
  }

  /** The mentions held back. */
  release(outer: readonly Pending[] | undefined): readonly Pending[] {
    const held = this.capture ?? none;
    this.capture = outer;
    return held;
  }

  /** Runs with mentions held back, and returns them. */
  captured<T>(run: () => T): [T, readonly Pending[]] {
    const outer = this.hold();
    const result = run();
    return [result, this.release(outer)];
  }

  emitAll(all: readonly Pending[]): void {
    for (const p of all) this.emit(p);
  }

  /** Runs statements: what they use, they use. */
  uncaptured<T>(run: () => T): T {
    const outer = this.capture;
    this.capture = undefined;
    const result = run();
    this.capture = outer;
    return result;
  }

  /** A local gets a value; the mentions behind it wait until it is read. */
  store(local: Local, value: Value | undefined, mentions: readonly Pending[]): void {
    if (!this.state.live) return;
    if (value === undefined || local.isVolatile || this.#escaped?.has(local)) this.state.values.delete(local);
    else this.state.values.set(local, value);
    this.keep(local, mentions);
  }

  keep(local: Local, mentions: readonly Pending[]): void {
    if (mentions.length === 0) return;
    if (this.#read.has(local)) {
      for (const p of mentions) this.record(p);
      return;
    }
    const held = this.#pending.get(local);
    if (held === undefined) this.#pending.set(local, [...mentions]);
    else held.push(...mentions);
  }

  /** Somebody else may read and write a local from now on. */
  escape(value: Value | undefined): void {
    if (value?.kind !== 'address' || !('assigned' in value.of)) return;
    this.#escaped ??= new Set();
    this.#escaped.add(value.of);
    this.state.values.delete(value.of);
  }

  /** What is known of these locals, and of memory, does not hold each time that control comes here. */
  forget(locals: readonly Local[]): void {
    this.stored = undefined;
    for (const local of locals) this.state.values.delete(local);
  }

  /** Control goes to a label. */
  goto(label: number): void {
    if (!this.state.live) return;
    const { states, seen, loops } = this.#ownLabels();
    if (seen.has(label) && !loops.has(label)) {
      loops.add(label);
      this.again = true;
    }
    states.set(label, merged(states.get(label), copied(this.state)));
  }

  /** Control comes to a label; true if code behind it jumps back to it. */
  enter(label: number): boolean {
    const { states, seen, loops } = this.#ownLabels();
    seen.add(label);
    this.state = merged(this.state, states.get(label));
    return loops.has(label);
  }

  /** The function is gone through once more. */
  restart(): void {
    this.again = false;
    this.#labels?.states.clear();
    this.#labels?.seen.clear();
    this.hasReturned = false;
    this.returns = undefined;
    this.stored = undefined;
    this.state = fresh();
  }

  #ownLabels(): Labels {
    this.#labels ??= { states: new Map(), seen: new Set(), loops: new Set() };
    return this.#labels;
  }
}
