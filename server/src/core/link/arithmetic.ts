import { evaluate } from './evaluate';
import { binary, type Int, int, one, zero } from './integers';
import type { Run } from './run';
import type { Expr } from './tree';
import { resolved, typeOf } from './types';
import { nonzero, some, truth, type Value } from './values';

/** A binary operator on what is known of its sides. */
export function arithmetic(run: Run, e: Extract<Expr, { kind: 'binary' }>): Value | undefined {
  const left = evaluate(run, e.left);
  const right = evaluate(run, e.right);
  if (left?.kind === 'int' && right?.kind === 'int') return binary(e.op, left, right);
  const { op } = e;
  if (left?.kind === 'int' || right?.kind === 'int') {
    const decided = byRange(run, e, left, right);
    if (decided !== undefined) return decided;
  }
  if (left === undefined && right === undefined) return undefined;
  if (left?.kind === 'some' || right?.kind === 'some')
    return left !== undefined && right !== undefined ? some : undefined;
  const number = left?.kind === 'int' ? left : right?.kind === 'int' ? right : undefined;
  const other = number === left ? right : left;
  if (number !== undefined && number.value === 0n) {
    if (op === '&' || op === '*') return int(0n, number.size, number.unsigned);
    if (other?.kind === 'address' && other.mayBeNull && (op === '==' || op === '!=')) return undefined;
    if (other !== undefined && (op === '==' || op === '!=')) return op === '==' ? zero : one;
    if (other !== undefined && number === right && (op === '+' || op === '-' || op === '|')) return other;
  }
  if (left?.kind === 'address' && right?.kind === 'address' && left.of === right.of && left.isExact && right.isExact)
    return op === '==' ? one : op === '!=' ? zero : undefined;
  if (op === '+' && (left?.kind === 'address' || right?.kind === 'address')) {
    const base = (left?.kind === 'address' ? left : right) as Extract<Value, { kind: 'address' }>;
    return { ...base, isExact: false };
  }
  if (op === '|' && (truth(left) === true || truth(right) === true)) return nonzero;
  return undefined;
}

/** A comparison with a number that no value of the other side's type lies beyond. */
function byRange(
  run: Run,
  e: Extract<Expr, { kind: 'binary' }>,
  left: Value | undefined,
  right: Value | undefined,
): Int | undefined {
  const isLeft = left?.kind === 'int';
  const number = isLeft ? left : right;
  const op = isLeft ? (mirrored[e.op] ?? '') : e.op;
  if (number?.kind !== 'int' || !/^[<>]=?$/.test(op)) return undefined;
  let other = isLeft ? e.right : e.left;
  let type = resolved(run.walk.shared, typeOf(run.walk.shared, other));
  // A cast to something wider leaves the range as it was.
  while (other.kind === 'cast') {
    const inner = resolved(run.walk.shared, typeOf(run.walk.shared, other.of));
    if (inner.kind !== 'int' || type.kind !== 'int' || inner.size >= type.size || !inner.unsigned) break;
    type = inner;
    other = other.of;
  }
  if (type.kind !== 'int' || type.id === 'bool') return undefined;
  const size = Math.max(4, type.size, number.size);
  const unsigned = (type.unsigned && type.size === size) || (number.unsigned && number.size === size);
  if (unsigned && !type.unsigned) return undefined;
  const bits = BigInt(type.size * 8);
  const low = type.unsigned ? 0n : -(1n << (bits - 1n));
  const high = (1n << (type.unsigned ? bits : bits - 1n)) - 1n;
  const value = int(number.value, size, unsigned).value;
  if (op === '<') return value <= low ? zero : value > high ? one : undefined;
  if (op === '<=') return value < low ? zero : value >= high ? one : undefined;
  if (op === '>') return value >= high ? zero : value < low ? one : undefined;
  return value > high ? zero : value <= low ? one : undefined;
}

const mirrored: { readonly [op: string]: string } = { '<': '>', '>': '<', '<=': '>=', '>=': '<=' };
