import * as kinds from '../syntax/kinds';

/**
 * A value of an `#if` expression: small signed ones as numbers, everything else with 64 bits in a `Wide`. The two never
 * mean different things.
 */
export type Value = number | Wide;

export interface Wide {
  readonly bits: bigint;
  readonly isUnsigned: boolean;
}

export function truth(value: Value): boolean {
  return typeof value === 'number' ? value !== 0 : value.bits !== 0n;
}

/** How tightly binary operators bind, by their kinds of token; `&&` and `||` among them. */
export const precedence: Readonly<Record<number, number>> = {
  [kinds.star]: 10,
  47: 10,
  37: 10,
  43: 9,
  45: 9,
  [kinds.shiftLeft]: 8,
  [kinds.shiftRight]: 8,
  60: 7,
  62: 7,
  [kinds.lessEqual]: 7,
  [kinds.greaterEqual]: 7,
  [kinds.equal]: 6,
  [kinds.notEqual]: 6,
  38: 5,
  94: 4,
  124: 3,
  [kinds.andAnd]: 2,
  [kinds.orOr]: 1,
};

/** `-value`. */
export function negated(value: Value): Value {
  return typeof value === 'number' ? (value === 0 ? 0 : -value) : wide(-value.bits, value.isUnsigned);
}

/** `~value`. */
export function complement(value: Value): Value {
  return typeof value === 'number' ? -value - 1 : wide(~value.bits, value.isUnsigned);
}

/** The value of `is ? yes : no`, whose type both have a part in. */
export function chosen(is: boolean, yes: Value, no: Value): Value {
  const value = is ? yes : no;
  return isWideUnsigned(yes) || isWideUnsigned(no) ? wide(bitsOf(value), true) : value;
}

function isWideUnsigned(value: Value): boolean {
  return typeof value !== 'number' && value.isUnsigned;
}

function bitsOf(value: Value): bigint {
  return typeof value === 'number' ? BigInt(value) : value.bits;
}

/** A value of 64 bits; signed ones that are small become numbers. */
function wide(bits: bigint, isUnsigned: boolean): Value {
  if (isUnsigned) return { bits: BigInt.asUintN(64, bits), isUnsigned };
  const signed = BigInt.asIntN(64, bits);
  const small = Number(signed);
  return small >= -largest && small <= largest ? small : { bits: signed, isUnsigned };
}

/** Sums, differences and products of smaller numbers are exact. */
const largest = 2 ** 52;

/** A binary operator but `&&` and `||`; `undefined` for a division by zero. */
export function apply(operator: number, left: Value, right: Value): Value | undefined {
  if (typeof left === 'number' && typeof right === 'number') {
    const small = applySmall(operator, left, right);
    if (small !== undefined && small >= -largest && small <= largest) return small;
  }
  return applyWide(operator, left, right);
}

function applySmall(operator: number, left: number, right: number): number | undefined {
  switch (operator) {
    case 0x2b:
      return left + right;
    case 0x2d:
      return left - right;
    case kinds.star:
      return left * right + 0;
    case 0x3c:
      return left < right ? 1 : 0;
    case 0x3e:
      return left > right ? 1 : 0;
    case kinds.lessEqual:
      return left <= right ? 1 : 0;
    case kinds.greaterEqual:
      return left >= right ? 1 : 0;
    case kinds.equal:
      return left === right ? 1 : 0;
    case kinds.notEqual:
      return left !== right ? 1 : 0;
    case 0x2f:
      return right === 0 ? undefined : Math.trunc(left / right) + 0;
    case 0x26:
      return (left | 0) === left && (right | 0) === right ? left & right : undefined;
    case 0x7c:
      return (left | 0) === left && (right | 0) === right ? left | right : undefined;
    default:
      return undefined;
  }
}

function applyWide(operator: number, left: Value, right: Value): Value | undefined {
  const isUnsigned = isWideUnsigned(left) || isWideUnsigned(right);
  const a = isUnsigned ? BigInt.asUintN(64, bitsOf(left)) : bitsOf(left);
  const b = isUnsigned ? BigInt.asUintN(64, bitsOf(right)) : bitsOf(right);
  switch (operator) {
    case 0x2b:
      return wide(a + b, isUnsigned);
    case 0x2d:
      return wide(a - b, isUnsigned);
    case kinds.star:
      return wide(a * b, isUnsigned);
    case 0x2f:
      return b === 0n ? undefined : wide(a / b, isUnsigned);
    case 0x25:
      return b === 0n ? undefined : wide(a % b, isUnsigned);
    case kinds.shiftLeft:
    case kinds.shiftRight:
      return shift(left, bitsOf(right), operator === kinds.shiftLeft);
    case 0x3c:
      return a < b ? 1 : 0;
    case 0x3e:
      return a > b ? 1 : 0;
    case kinds.lessEqual:
      return a <= b ? 1 : 0;
    case kinds.greaterEqual:
      return a >= b ? 1 : 0;
    case kinds.equal:
      return a === b ? 1 : 0;
    case kinds.notEqual:
      return a !== b ? 1 : 0;
    case 0x26:
      return wide(a & b, isUnsigned);
    case 0x5e:
      return wide(a ^ b, isUnsigned);
    default:
      return wide(a | b, isUnsigned);
  }
}

/** The type is the left operand's; a negative count shifts the other way. */
function shift(left: Value, count: bigint, isLeft: boolean): Value {
  const isUnsigned = isWideUnsigned(left);
  const bits = bitsOf(left);
  const goesLeft = isLeft === count >= 0n;
  const by = count < 0n ? -count : count;
  if (by > 63n) return wide(goesLeft || bits >= 0n ? 0n : -1n, isUnsigned);
  return wide(goesLeft ? bits << by : bits >> by, isUnsigned);
}

/** The value of a number's spelling; `undefined` if it is no integer. */
export function parseInteger(text: string): Value | undefined {
  const match = /^(0[xX][0-9a-fA-F]{1,64}|0[bB][01]{1,256}|0[0-7]{0,64}|[1-9][0-9]{0,64})([uUlLzZ]{0,3})$/.exec(
    text.replaceAll("'", ''),
  );
  if (match === null) return undefined;
  const digits = match[1] as string;
  const octal = /^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits;
  const bits = BigInt(octal);
  const isUnsigned = /u/i.test(match[2] as string) || bits >> 63n !== 0n;
  return wide(bits, isUnsigned);
}

const escapes: Record<string, number> = { n: 10, t: 9, r: 13, a: 7, b: 8, f: 12, v: 11, e: 27, E: 27 };

/** A character constant as gcc values it: several characters are bytes of one int, one has the sign of `char`. */
export function characterValue(text: string, isUnsigned = false): number {
  const isPlain = text.startsWith("'");
  let value = 0;
  const body = text.slice(text.indexOf("'") + 1, text.endsWith("'") ? -1 : undefined);
  for (const match of body.matchAll(/\\x([0-9a-fA-F]+)|\\([0-7]{1,3})|\\(.)|([^\\])/gsu)) {
    const [, hex, octal, escaped, plain] = match;
    let one = plain?.codePointAt(0) ?? 0;
    if (hex !== undefined) one = Number.parseInt(hex.slice(-8), 16);
    else if (octal !== undefined) one = Number.parseInt(octal, 8);
    else if (escaped !== undefined) one = escapes[escaped] ?? escaped.codePointAt(0) ?? 0;
    value = isPlain ? (value << 8) | (one & 255) | 0 : one;
  }
  return isPlain && body.length > 0 && value > 127 && value < 256 && !isUnsigned ? value - 256 : value;
}
