import type { Found } from './answers';
import type { Global } from './globals';
import type { Local } from './tree';
import type { Value } from './values';

/** A function in one context, a variable's initializer, or assembler text: what mentions symbols. */
export interface Node {
  readonly kind: 'function' | 'variable' | 'assembler';
  /** Token of its name. */
  token: number;
  readonly global: Global | undefined;
  readonly local: Local | undefined;
  /** What is known of the arguments. */
  readonly args: readonly (Value | undefined)[];
  /** What it mentions, with the tokens that do. Names that are not defined here are globals or plain names. */
  readonly mentions: Map<Node | Global | string, Set<number>>;
  lookups: readonly StringLookup[];
  state: 'new' | 'running' | 'done';
  result: Result;
  /** The round of the walk that has come to it. */
  round: number;
  /** What the last round found, if that may be taken over. */
  found: Found | undefined;
  /** What of it could not be evaluated, by cause. */
  doubts: Set<string> | undefined;
}

/** A string that live code gives to a function that looks symbols up. */
export interface StringLookup {
  readonly token: number;
  readonly name: string;
  readonly by: string;
}

/** What a function does to its caller. */
export interface Result {
  readonly value: Value | undefined;
  readonly neverReturns: boolean;
  /** Parameters whose value matters; undefined for all. */
  readonly reads: ReadonlySet<number> | undefined;
}

/** Nothing is known of what a call does. */
export const unknownResult: Result = { value: undefined, neverReturns: false, reads: undefined };

const noLookups: readonly StringLookup[] = [];

/** A node that no round has come to. */
export function newNode(
  kind: Node['kind'],
  token: number,
  global: Global | undefined,
  local: Local | undefined,
  args: Node['args'],
): Node {
  return {
    kind,
    token,
    global,
    local,
    args,
    mentions: new Map(),
    lookups: noLookups,
    state: 'new',
    result: unknownResult,
    round: -1,
    found: undefined,
    doubts: undefined,
  };
}

/** Tells what is known of one argument from other knowledge. */
export function keyOf(value: Value | undefined): string {
  if (value === undefined || value.kind === 'some') return '';
  if (value.kind === 'int') return `${value.value}.${value.size}${value.unsigned ? 'u' : ''}`;
  if (value.kind === 'address') return 'declared' in value.of ? `a${value.of.name}` : 'n';
  return value.kind === 'string' ? `s${value.of.first}` : 'n';
}

/** Notes that something could not be evaluated, and why. */
export function doubt(node: Node, cause: string): void {
  node.doubts ??= new Set();
  node.doubts.add(cause);
}
