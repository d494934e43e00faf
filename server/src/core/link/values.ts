import type { Global } from './globals';
import type { Int } from './integers';
import type { Expr, Local } from './tree';

/** What is known of a value while compiling; undefined for nothing. */
export type Value =
  | Int
  /** The address of a name; `isExact` if it is the very start. `mayBeNull` if the compiler takes it for possibly null. */
  | { readonly kind: 'address'; readonly of: Global | Local; readonly isExact: boolean; readonly mayBeNull?: true }
  | { readonly kind: 'string'; readonly of: Extract<Expr, { kind: 'string' }> }
  /** Anything but zero. */
  | { readonly kind: 'nonzero' }
  /** A constant that the compiler knows and this walk does not. */
  | { readonly kind: 'some' };

export const nonzero: Value = { kind: 'nonzero' };
export const some: Value = { kind: 'some' };

/** Whether a value counts as true. */
export function truth(value: Value | undefined): boolean | undefined {
  if (value === undefined || value.kind === 'some') return undefined;
  if (value.kind === 'address' && value.mayBeNull) return undefined;
  return value.kind === 'int' ? value.value !== 0n : true;
}

/** Whether two values are known to the same extent, and are the same. */
export function isSameValue(a: Value | undefined, b: Value | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  switch (a.kind) {
    case 'int':
      return b.kind === 'int' && a.value === b.value && a.size === b.size && a.unsigned === b.unsigned;
    case 'address':
      return b.kind === 'address' && a.of === b.of && a.isExact === b.isExact;
    case 'string':
      return b.kind === 'string' && a.of === b.of;
    default:
      return a.kind === b.kind;
  }
}

/** The same value on two ways, or what they have in common. */
export function joined(a: Value | undefined, b: Value | undefined): Value | undefined {
  if (a === b) return a;
  if (a === undefined || b === undefined) return undefined;
  if ((a.kind === 'int' || a.kind === 'address') && isSameValue(a, b)) return a;
  return truth(a) === true && truth(b) === true ? nonzero : undefined;
}

/** What is known of locals. A copy costs nothing until it or the first is changed. */
export class Values {
  #known: Map<Local, Value> | undefined;
  #isShared = false;

  get(local: Local): Value | undefined {
    return this.#known?.get(local);
  }

  set(local: Local, value: Value): void {
    this.#own().set(local, value);
  }

  delete(local: Local): void {
    if (this.#known?.has(local)) this.#own().delete(local);
  }

  copy(): Values {
    const copy = new Values();
    copy.#known = this.#known;
    this.#isShared = true;
    copy.#isShared = true;
    return copy;
  }

  /** What holds in both. */
  common(other: Values): Values {
    if (this.#known === other.#known) return this.copy();
    const common = new Values();
    for (const [local, value] of this.#known ?? []) {
      const both = joined(value, other.get(local));
      if (both !== undefined) common.set(local, both);
    }
    return common;
  }

  #own(): Map<Local, Value> {
    if (this.#isShared || this.#known === undefined) this.#known = new Map(this.#known);
    this.#isShared = false;
    return this.#known;
  }
}

/** What is known at one point of a function. */
export interface State {
  /** False if control never comes here. */
  live: boolean;
  readonly values: Values;
}

/** Nothing is known, and control comes here. */
export function fresh(): State {
  return { live: true, values: new Values() };
}

/** Control never comes here. */
export function dead(): State {
  return { live: false, values: new Values() };
}

export function copied(state: State): State {
  return { live: state.live, values: state.values.copy() };
}

/** What holds where two ways meet. May give back one of them. */
export function merged(a: State | undefined, b: State | undefined): State {
  if (a === undefined || !a.live) return b ?? a ?? dead();
  if (b === undefined || !b.live) return a;
  return { live: true, values: a.values.common(b.values) };
}
