import * as kinds from '../syntax/kinds';
import type { Names } from './names';
import {
  apply,
  characterValue,
  chosen,
  complement,
  negated,
  parseInteger,
  precedence,
  truth,
  type Value,
} from './values';

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
      value = chosen(isYes, yes, no);
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
      case 0x2d:
        return negated(this.#unary(isLive));
      case 0x2b:
        return this.#unary(isLive);
      case 0x7e:
        return complement(this.#unary(isLive));
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
