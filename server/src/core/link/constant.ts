import { binary, characters, type Int, one, unary, zero } from './integers';
import { alignOf, offsetOf, sizeOf } from './layout';
import type { Shared } from './reader';
import { converted, sizeValue } from './scalars';
import type { Expr } from './tree';
import { genericArm, isSame, resolved } from './types';

/** The value of an integer constant expression; undefined if it is none. */
export function constant(shared: Shared, e: Expr, depth = 0): Int | undefined {
  if (depth > 100) return undefined;
  const of = (inner: Expr) => constant(shared, inner, depth + 1);
  switch (e.kind) {
    case 'number':
      return e.value;
    case 'constant':
      return e.value();
    case 'unary': {
      const value = of(e.of);
      return value === undefined ? undefined : unary(e.op, value);
    }
    case 'binary': {
      const left = of(e.left);
      const right = left === undefined ? undefined : of(e.right);
      return left === undefined || right === undefined ? undefined : binary(e.op, left, right);
    }
    case 'logic': {
      const left = of(e.left);
      if (left === undefined) return undefined;
      if ((left.value !== 0n) !== e.isAnd) return e.isAnd ? zero : one;
      const right = of(e.right);
      return right === undefined ? undefined : right.value !== 0n ? one : zero;
    }
    case 'choice': {
      const when = of(e.when);
      if (when === undefined) return undefined;
      if (when.value === 0n) return of(e.otherwise);
      return e.then === undefined ? when : of(e.then);
    }
    case 'comma':
      return of(e.second);
    case 'cast': {
      const value = of(e.of);
      if (value === undefined) return undefined;
      const type = resolved(shared, e.type);
      return type.kind === 'int' || type.kind === 'pointer' ? converted(shared.target, value, type) : undefined;
    }
    case 'size': {
      const type = e.type ?? (e.of === undefined ? undefined : { kind: 'typeof' as const, of: e.of });
      if (type === undefined) return undefined;
      const size = e.isAlign ? alignOf(shared, type, e.isPreferred) : sizeOf(shared, type);
      return size === undefined ? undefined : sizeValue(shared.target, size);
    }
    case 'offset': {
      const offset = offsetOf(shared, e.type, e.path);
      return offset === undefined ? undefined : sizeValue(shared.target, offset);
    }
    case 'compatible': {
      const same = isSame(shared, e.left, e.right);
      return same === undefined ? undefined : same ? one : zero;
    }
    case 'generic': {
      const arm = genericArm(shared, e);
      return arm === undefined ? undefined : of(arm);
    }
    case 'block': {
      const only = e.body.body.length === 1 ? e.body.body[0] : undefined;
      return only?.kind === 'expr' ? of(only.of) : undefined;
    }
    case 'call':
      return constantCall(shared, e, of);
    default:
      return undefined;
  }
}

function constantCall(
  shared: Shared,
  e: Extract<Expr, { kind: 'call' }>,
  of: (e: Expr) => Int | undefined,
): Int | undefined {
  const [first, second, third] = e.args;
  if (e.callee.kind !== 'global' || first === undefined) return undefined;
  switch (shared.tokens.names.text(e.callee.name)) {
    case '__builtin_expect':
      return of(first);
    case '__builtin_constant_p':
      return of(first) !== undefined || first.kind === 'string' ? one : zero;
    case '__builtin_choose_expr': {
      const chosen = of(first);
      const arm = chosen === undefined ? undefined : chosen.value !== 0n ? second : third;
      return arm === undefined ? undefined : of(arm);
    }
    default:
      return undefined;
  }
}

/** How many characters adjacent string literals have together. */
export function stringLength(shared: Shared, e: Extract<Expr, { kind: 'string' }>): number {
  const { names, name } = shared.tokens;
  let length = 0;
  for (let i = 0; i < e.count; i++) length += characters(names.text(name[e.first + i] as number)).length;
  return length;
}
