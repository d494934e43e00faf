import type { Global } from './globals';
import type { Int } from './integers';
import type { Expr, Local } from './tree';

/** What is known of a value while compiling; undefined for nothing. */
export type Value =
  | Int
  /** The address of a name, never null; `isExact` if it is the very start. */
  | { readonly kind: 'address'; readonly of: Global | Local; readonly isExact: boolean }
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
  return value.kind === 'int' ? value.value !== 0n : true;
}

/** The same value on two ways, or what they have in common. */
export function joined(a: Value | undefined, b: Value | undefined): Value | undefined {
  if (a === b) return a;
  if (a === undefined || b === undefined) return undefined;
  if (a.kind === 'int' && b.kind === 'int' && a.value === b.value && a.size === b.size && a.unsigned === b.unsigned)
    return a;
  if (a.kind === 'address' && b.kind === 'address' && a.of === b.of && a.isExact === b.isExact) return a;
  return truth(a) === true && truth(b) === true ? nonzero : undefined;
}

/** What is known at one point of a function. */
export interface State {
  /** False if control never comes here. */
  live: boolean;
  values: Map<Local, Value>;
}

export function copied(state: State): State {
  return { live: state.live, values: state.values.size === 0 ? new Map() : new Map(state.values) };
}

/** What holds where two ways meet. May give back one of them. */
export function merged(a: State | undefined, b: State | undefined): State {
  if (a === undefined || !a.live) return b ?? a ?? { live: false, values: new Map() };
  if (b === undefined || !b.live) return a;
  const values = new Map<Local, Value>();
  for (const [local, value] of a.values) {
    const common = joined(value, b.values.get(local));
    if (common !== undefined) values.set(local, common);
  }
  return { live: true, values };
}
