import type { Global } from './globals';
import type { Int } from './integers';

/** A C type as far as sizes, signs and sameness go. Of qualifiers only the `const` of what a pointer points to is kept. */
export type Type =
  | { readonly kind: 'int'; readonly size: number; readonly unsigned: boolean; readonly id: string }
  /** A number that is not computed with: also those of a given number of bits. */
  | { readonly kind: 'float'; readonly size: number; readonly id: string }
  | { readonly kind: 'void' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'pointer'; readonly to: Type; readonly isConst: boolean }
  | { readonly kind: 'array'; readonly of: Type; readonly length: Expr | number | undefined }
  /** `open` is the token of the parenthesis that begins the parameters. */
  | { readonly kind: 'function'; readonly returns: Type; readonly open: number }
  | { readonly kind: 'record'; readonly record: Record }
  | { readonly kind: 'typeof'; readonly of: Expr }
  | { readonly kind: 'enum'; readonly type: () => Type }
  /** `isNamed`: a typedef says so, which may also align less than the type itself is. */
  | { readonly kind: 'aligned'; readonly of: Type; readonly align: Expr | undefined; readonly isNamed?: boolean };

/** A struct or union. */
export interface Record {
  isUnion: boolean;
  readonly name: number;
  /** Token of the brace that opens its members; -1 if they are not known. */
  open: number;
  readonly scope: Scope | undefined;
  packed: boolean;
  align: (Expr | undefined)[];
  members?: readonly Member[] | undefined;
  layout?: Layout | null | undefined;
  /** Defined behind the leading part of the unit, if anywhere: in the next unit it may be another. */
  isLate?: boolean;
}

export interface Member {
  /** 0 for an unnamed one. */
  readonly name: number;
  readonly type: Type;
  readonly width: Expr | undefined;
  readonly packed: boolean;
}

export interface Layout {
  readonly size: number;
  readonly align: number;
  readonly offsets: ReadonlyMap<Member, number>;
}

/** A name in a block. */
export type Binding =
  | Local
  | { readonly kind: 'typedef'; readonly type: Type }
  | { readonly kind: 'constant'; readonly value: () => Int | undefined }
  /** None where file scope knows the name. */
  | { readonly kind: 'global'; readonly name: number; readonly global: Global | undefined };

/** A parameter or a variable of a block. */
export interface Local {
  readonly kind: 'local';
  readonly name: number;
  readonly token: number;
  type: Type;
  readonly isStatic: boolean;
  readonly isVolatile: boolean;
  readonly isConst: boolean;
  readonly isUsed: boolean;
  init: Expr | undefined;
  /** How often it is given a value, its initializer not counted. */
  assigned: number;
  /** Its address is taken somewhere. */
  addressed: boolean;
}

export interface Scope {
  readonly parent: Scope | undefined;
  names?: Map<number, Binding>;
  tags?: Map<number, Record>;
}

export type Expr =
  | { readonly kind: 'number'; readonly value: Int | undefined; readonly type: Type }
  | { readonly kind: 'string'; readonly first: number; readonly count: number }
  | { readonly kind: 'local'; readonly local: Local; readonly token: number }
  /** `of` is what a declaration in the block says of a name that file scope knows nothing of. */
  | { readonly kind: 'global'; readonly name: number; readonly token: number; readonly of?: Global | undefined }
  | { readonly kind: 'constant'; readonly value: () => Int | undefined }
  | { readonly kind: 'unary'; readonly op: UnaryOp; readonly of: Expr }
  | { readonly kind: 'step'; readonly by: bigint; readonly isPostfix: boolean; readonly of: Expr }
  | { readonly kind: 'address'; readonly of: Expr }
  | { readonly kind: 'deref'; readonly of: Expr }
  | { readonly kind: 'binary'; readonly op: string; readonly left: Expr; readonly right: Expr }
  | { readonly kind: 'logic'; readonly isAnd: boolean; readonly left: Expr; readonly right: Expr }
  | { readonly kind: 'choice'; readonly when: Expr; readonly then: Expr | undefined; readonly otherwise: Expr }
  | { readonly kind: 'assign'; readonly op: string; readonly to: Expr; readonly from: Expr }
  | { readonly kind: 'comma'; readonly first: Expr; readonly second: Expr }
  | { readonly kind: 'call'; readonly callee: Expr; readonly args: readonly Expr[]; readonly token: number }
  | { readonly kind: 'member'; readonly of: Expr; readonly name: number; readonly isArrow: boolean }
  | { readonly kind: 'index'; readonly of: Expr; readonly at: Expr }
  | { readonly kind: 'cast'; readonly type: Type; readonly of: Expr }
  | { readonly kind: 'literal'; readonly type: Type; readonly init: Expr }
  | {
      readonly kind: 'size';
      readonly of: Expr | undefined;
      readonly type: Type | undefined;
      readonly isAlign: boolean;
      readonly isPreferred: boolean;
    }
  | { readonly kind: 'block'; readonly body: Stmt & { readonly kind: 'block' } }
  | {
      readonly kind: 'generic';
      readonly of: Expr;
      readonly arms: readonly { readonly type: Type | undefined; readonly value: Expr }[];
    }
  | { readonly kind: 'offset'; readonly type: Type; readonly path: readonly (number | Expr)[] }
  | { readonly kind: 'compatible'; readonly left: Type; readonly right: Type }
  | { readonly kind: 'list'; readonly items: readonly ListItem[] }
  | { readonly kind: 'opaque'; readonly parts: readonly Expr[]; readonly type: Type };

export type UnaryOp = '-' | '+' | '~' | '!';

export interface ListItem {
  /** Member names and indexes in front of the value; a range has its first index. */
  readonly path: readonly (number | Expr)[];
  readonly isRange: boolean;
  readonly value: Expr;
}

/** `entry`: a label or case stands inside, so that it can run though what is in front of it does not. */
export type Stmt =
  | { readonly kind: 'block'; readonly body: readonly Stmt[]; readonly entry: boolean }
  | { readonly kind: 'expr'; readonly of: Expr; readonly entry: boolean }
  | {
      readonly kind: 'declare';
      readonly local: Local;
      readonly cleanup: Expr | undefined;
      readonly sizes: readonly Expr[];
      readonly entry: false;
    }
  | {
      readonly kind: 'if';
      readonly when: Expr;
      readonly then: Stmt;
      readonly otherwise: Stmt | undefined;
      readonly entry: boolean;
    }
  | {
      readonly kind: 'loop';
      readonly init: Stmt | undefined;
      readonly when: Expr | undefined;
      readonly step: Expr | undefined;
      readonly body: Stmt;
      readonly isDo: boolean;
      readonly changed: readonly Local[];
      readonly entry: boolean;
    }
  | {
      readonly kind: 'switch';
      readonly on: Expr;
      readonly body: Stmt;
      readonly cases: readonly Case[];
      readonly entry: boolean;
    }
  | Case
  | { readonly kind: 'label'; readonly name: number; readonly body: Stmt; readonly entry: true }
  | { readonly kind: 'goto'; readonly to: number; readonly entry: false }
  | { readonly kind: 'jump'; readonly to: Expr; readonly entry: false }
  | { readonly kind: 'break' | 'continue'; readonly entry: false }
  | { readonly kind: 'return'; readonly value: Expr | undefined; readonly entry: false }
  | {
      readonly kind: 'asm';
      readonly isVolatile: boolean;
      readonly template: readonly number[];
      readonly operands: readonly Expr[];
      readonly outputs: readonly Expr[];
      readonly labels: readonly number[];
      readonly entry: false;
    };

export interface Case {
  readonly kind: 'case';
  /** None for `default`. */
  readonly low: Expr | undefined;
  readonly high: Expr | undefined;
  readonly body: Stmt;
  readonly entry: true;
}

/** A function's body, read. */
export interface Body {
  readonly params: readonly Local[];
  readonly body: Stmt;
  readonly returns: Type;
  /** Locals that are given a value anywhere. */
  readonly changed: readonly Local[];
  /** The labels whose address is taken. */
  readonly labelAddresses: readonly number[];
  readonly hasLabels: boolean;
}
