import type { Target } from '../preprocess/target';
import * as kinds from '../syntax/kinds';
import type { Global, Globals } from './globals';
import type { Int } from './integers';
import type { Kept } from './kept';
import type { TargetTypes } from './scalars';
import type { Tokens } from './tokens';
import type { Binding, Expr, Local, Record, Scope, Stmt, Type } from './tree';
import { word } from './words';

/** What reading stumbled over: caught where an item is read, never seen outside. */
export class Unreadable extends Error {
  readonly token: number;

  constructor(token: number) {
    super('unreadable');
    this.token = token;
  }
}

/** Types of one translation unit that readers share. */
export interface Shared {
  readonly tokens: Tokens;
  readonly globals: Globals;
  readonly target: Target;
  readonly types: TargetTypes;
  /** Structs and unions of file scope by their tags. */
  readonly records: Map<number, Record>;
  /** Enumerators of file scope by the token of their enum's brace. */
  readonly enums: Map<number, Map<number, () => Int | undefined>>;
  /** Type of a name of file scope, read at the first use. */
  typeOf(global: Global): Type;
  /** Value of a constant expression. */
  constant(expr: Expr): Int | undefined;
  /** Makes something of what stands at a token, to be remembered there. */
  reading<T>(token: number, make: () => T): T;
  /** A declaration in a block says more of a global. */
  addFlags(global: Global, flags: number): void;
  /** What was read of the leading part of the unit, where that is kept for the next unit. */
  readonly kept: Kept | undefined;
}

/** More nesting than this is not read. */
const deepest = 400;

/** Reads one item: a position in the tokens, the scopes around it, and what is learnt of its locals on the way. */
export class Reader {
  readonly shared: Shared;
  readonly tokens: Tokens;
  at: number;
  readonly end: number;
  scope: Scope;
  /** Locals given a value so far, in the order of the text. */
  readonly changed: Local[] = [];
  readonly cases: Extract<Stmt, { kind: 'case' }>[] = [];
  readonly labelAddresses: number[] = [];
  hasLabels = false;
  #depth = 0;

  constructor(shared: Shared, at: number, end: number, scope: Scope = { parent: undefined }) {
    this.shared = shared;
    this.tokens = shared.tokens;
    this.at = at;
    this.end = end;
    this.scope = scope;
  }

  get kind(): number {
    return this.at < this.end ? (this.tokens.kind[this.at] as number) : kinds.none;
  }

  get word(): number {
    return this.at < this.end ? (this.tokens.word[this.at] as number) : word.none;
  }

  get name(): number {
    return this.tokens.name[this.at] as number;
  }

  kindAt(at: number): number {
    return at < this.end ? (this.tokens.kind[at] as number) : kinds.none;
  }

  text(at: number): string {
    return this.tokens.names.text(this.tokens.name[at] as number);
  }

  accept(kind: number): boolean {
    if (this.kind !== kind) return false;
    this.at++;
    return true;
  }

  acceptWord(code: number): boolean {
    if (this.word !== code) return false;
    this.at++;
    return true;
  }

  expect(kind: number): void {
    if (!this.accept(kind)) this.fail();
  }

  /** The partner of the bracket here. */
  close(): number {
    return Math.min(this.tokens.match[this.at] as number, this.end);
  }

  fail(): never {
    throw new Unreadable(this.at);
  }

  deeper(): void {
    if (++this.#depth > deepest) this.fail();
  }

  shallower(): void {
    this.#depth--;
  }

  push(): void {
    this.scope = { parent: this.scope };
  }

  pop(): void {
    if (this.scope.parent !== undefined) this.scope = this.scope.parent;
  }

  bind(name: number, binding: Binding): void {
    this.scope.names ??= new Map();
    this.scope.names.set(name, binding);
  }

  lookup(name: number): Binding | undefined {
    for (let scope: Scope | undefined = this.scope; scope !== undefined; scope = scope.parent) {
      const found = scope.names?.get(name);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  lookupTag(name: number): Record | undefined {
    for (let scope: Scope | undefined = this.scope; scope !== undefined; scope = scope.parent) {
      const found = scope.tags?.get(name);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

/** The type of a pointer. */
export function pointerTo(to: Type, isConst = false): Type {
  return { kind: 'pointer', to, isConst };
}
