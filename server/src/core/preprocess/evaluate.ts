import * as kinds from '../syntax/kinds';
import type { Names } from './names';

/**
 * A value of an `#if` expression: small signed ones as numbers, everything else with 64 bits in a `Wide`. The two never
 * mean different things.
 */
export type Value = number | Wide;

export interface Wide {
  readonly bits: bigint;
  readonly isUnsigned: boolean;
}

/** The tokens of an expression, macros expanded, `defined` answered. */
export interface Expression {
  readonly names: Names;
  readonly kind: readonly number[];
  readonly name: readonly number[];
  /** Whether plain `char` is; signed if it is not said. */
  readonly isCharUnsigned?: boolean;
}

/** Why an expression has no value; the text goes into a problem. */
export interface Failure {
  message: string;
}

/** Whether the expression is other than 0. What is not an expression is false and says why in `failure`. */
export function isTrue(expression: Expression, failure: Failure): boolean {
  const reader = new Reader(expression, failure);
  const value = reader.conditional(true);
  if (failure.message === '' && !reader.isAtEnd()) failure.message = 'unexpected token in the expression';
  return failure.message === '' && truth(value);
}

export function truth(value: Value): boolean {
  return typeof value === 'number' ? value !== 0 : value.bits !== 0n;
}

const precedence: Record<number, number> = {
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

const deepest = 300;

class Reader {
  #at = 0;
  #depth = 0;
  readonly #expression: Expression;
  readonly #failure: Failure;

  constructor(expression: Expression, failure: Failure) {
    this.#expression = expression;
    this.#failure = failure;
  }

  isAtEnd(): boolean {
    return this.#at >= this.#expression.kind.length;
  }

  #kind(): number {
    return this.#expression.kind[this.#at] ?? kinds.none;
  }

  #fail(message: string): Value {
    if (this.#failure.message === '') this.#failure.message = message;
    this.#at = this.#expression.kind.length;
    return 0;
  }

  /** `a ? b : c` and `,`; operands that do not count are read with `isLive` false. */
  conditional(isLive: boolean): Value {
    if (this.#depth++ > deepest) return this.#fail('the expression is nested too deep');
    let value = this.#binary(1, isLive);
    if (this.#kind() === 0x3f) {
      this.#at++;
      const isYes = truth(value);
      const yes = this.conditional(isLive && isYes);
      while (this.#kind() === kinds.comma) {
        this.#at++;
        this.conditional(isLive && isYes);
      }
      if (this.#kind() !== kinds.colon) return this.#fail("'?' without ':'");
      this.#at++;
      const no = this.conditional(isLive && !isYes);
      value = isYes ? yes : no;
      const isUnsigned = isWideUnsigned(yes) || isWideUnsigned(no);
      if (isUnsigned) value = wide(bitsOf(value), true);
    }
    this.#depth--;
    return value;
  }

  #binary(least: number, isLive: boolean): Value {
    let left = this.#unary(isLive);
    for (;;) {
      const operator = this.#kind();
      const level = precedence[operator] ?? 0;
      if (level < least || level === 0) return left;
      this.#at++;
      if (operator === kinds.andAnd || operator === kinds.orOr) {
        const isLeft = truth(left);
        const counts = operator === kinds.andAnd ? isLeft : !isLeft;
        const right = this.#binary(level + 1, isLive && counts);
        left = (operator === kinds.andAnd ? isLeft && truth(right) : isLeft || truth(right)) ? 1 : 0;
        continue;
      }
      const right = this.#binary(level + 1, isLive);
      const value = apply(operator, left, right);
      if (value !== undefined) left = value;
      else if (isLive) return this.#fail('division by zero');
      else left = 0;
    }
  }

  #unary(isLive: boolean): Value {
    if (this.#depth++ > deepest) return this.#fail('the expression is nested too deep');
    const value = this.#operand(isLive);
    this.#depth--;
    return value;
  }

  #operand(isLive: boolean): Value {
    const kind = this.#kind();
    const name = this.#expression.name[this.#at++] ?? 0;
    switch (kind) {
      case 0x21:
        return truth(this.#unary(isLive)) ? 0 : 1;
      case 0x2d: {
        const value = this.#unary(isLive);
        return typeof value === 'number' ? (value === 0 ? 0 : -value) : wide(-value.bits, value.isUnsigned);
      }
      case 0x2b:
        return this.#unary(isLive);
      case 0x7e: {
        const value = this.#unary(isLive);
        return typeof value === 'number' ? -value - 1 : wide(~value.bits, value.isUnsigned);
      }
      case kinds.openParen: {
        let value = this.conditional(isLive);
        while (this.#kind() === kinds.comma) {
          this.#at++;
          value = this.conditional(isLive);
        }
        if (this.#kind() !== kinds.closeParen) return this.#fail("missing ')'");
        this.#at++;
        return value;
      }
      case kinds.number:
        return numberValue(this.#expression.names, name) ?? this.#fail('a number that is no integer');
      case kinds.character:
        return characterValue(this.#expression.names.text(name), this.#expression.isCharUnsigned);
      case kinds.identifier:
        if (this.#kind() === kinds.openParen) return this.#fail('a function-like macro that is not defined');
        return 0;
      case kinds.none:
        return this.#fail('the expression is not complete');
      default:
        return this.#fail('a token that is not valid in an expression');
    }
  }
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
function apply(operator: number, left: Value, right: Value): Value | undefined {
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

const parsed = new WeakMap<Names, Map<number, Value>>();

/** The value of a number's spelling; `undefined` if it is no integer. */
function numberValue(names: Names, name: number): Value | undefined {
  let kept = parsed.get(names);
  if (kept === undefined) {
    kept = new Map();
    parsed.set(names, kept);
  }
  const before = kept.get(name);
  if (before !== undefined) return before;
  const value = parseInteger(names.text(name));
  if (value !== undefined && kept.size < 1 << 16) kept.set(name, value);
  return value;
}

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
