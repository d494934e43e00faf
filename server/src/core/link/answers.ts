import type { Global } from './globals';
import type { Node, Result } from './node';
import type { Local } from './tree';
import { isSameValue } from './values';

/** Something that going through a node has asked the walk for, and what it was told. */
export type Answer =
  | {
      readonly kind: 'function';
      readonly of: Global;
      readonly key: string;
      readonly args: Node['args'];
      readonly node: Node;
    }
  | { readonly kind: 'variable'; readonly of: Global | Local }
  | { readonly kind: 'result'; readonly of: Node; readonly result: Result; readonly state: Node['state'] }
  | { readonly kind: 'canInline' | 'isNeverWritten'; readonly of: Global; readonly is: boolean };

/** What going through a node gave, and all answers it hangs on, in order. */
export interface Found {
  readonly answers: readonly Answer[];
  readonly result: Result;
}

/** Whether two results say the same to a caller. */
export function isSameResult(a: Result, b: Result): boolean {
  if (a === b) return true;
  return a.neverReturns === b.neverReturns && isSameValue(a.value, b.value) && isSameSet(a.reads, b.reads);
}

function isSameSet(a: Result['reads'], b: Result['reads']): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.size === b.size && [...a].every((one) => b.has(one));
}
