import type { Global } from './globals';
import type { Body, Local } from './tree';
import { copied, merged, type State, type Value } from './values';
import type { Node, Walk } from './walk';

/** A mention that counts only if the value it belongs to is used: of a symbol, or of a local that holds some. */
export type Pending = { readonly token: number; readonly target: Node | Global | string } | Local;

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
  state: State = { live: true, values: new Map() };
  /** Takes mentions whose value may turn out to be unused. */
  capture: Pending[] | undefined;
  /** Counts what must happen whatever becomes of a value. */
  effects = 0;
  readonly jumps: Jumps[] = [];
  returns: Value | undefined;
  hasReturned = false;
  readonly labels = new Map<number, State>();
  readonly seenLabels = new Set<number>();
  /** Labels that code behind them jumps back to. */
  readonly loopLabels = new Set<number>();
  again = false;
  readonly #pending = new Map<Local, Pending[]>();
  readonly #read = new Set<Local>();
  readonly #escaped = new Set<Local>();

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
    if (this.capture !== undefined) this.capture.push(pending);
    else this.record(pending);
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

  /** Runs with mentions held back, and returns them. */
  captured<T>(run: () => T): [T, Pending[]] {
    const outer = this.capture;
    const own: Pending[] = [];
    this.capture = own;
    const result = run();
    this.capture = outer;
    return [result, own];
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
    if (value === undefined || local.isVolatile || this.#escaped.has(local)) this.state.values.delete(local);
    else this.state.values.set(local, value);
    this.hold(local, mentions);
  }

  hold(local: Local, mentions: readonly Pending[]): void {
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
    this.#escaped.add(value.of);
    this.state.values.delete(value.of);
  }

  forget(locals: readonly Local[]): void {
    for (const local of locals) this.state.values.delete(local);
  }

  /** Control goes to a label. */
  goto(label: number): void {
    if (!this.state.live) return;
    if (this.seenLabels.has(label) && !this.loopLabels.has(label)) {
      this.loopLabels.add(label);
      this.again = true;
    }
    this.labels.set(label, merged(this.labels.get(label), copied(this.state)));
  }
}
