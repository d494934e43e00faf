import type { KernelConfig, KernelVersion } from '../kernel/kernel';
import {
  apply,
  characterValue,
  chosen,
  complement,
  type Value as Known,
  negated,
  parseInteger,
  precedence,
  truth,
} from '../preprocess/values';
import * as kinds from '../syntax/kinds';

/** What is known about names in `#if` conditions of one file. */
export interface ConditionContext {
  readonly config: KernelConfig;
  readonly version: KernelVersion | undefined;
  /** What the file itself or its command line says of a name; `undefined` if they say nothing. */
  lookup(name: string): MacroKnowledge | undefined;
}

export interface MacroKnowledge {
  /** `undefined` where that depends on a condition that is not known. */
  readonly isDefined: boolean | undefined;
  /** The replacement text of an object-like macro, if it is known. */
  readonly value?: string;
}

/** Three-valued: a value as the preprocessor computes it, or `undefined` where the outcome is not known. */
type Value = Known | undefined;

const maximumDepth = 64;
const maximumTokens = 4096;
const tokenPattern =
  /\s+|([A-Za-z_]\w*)|(\d(?:[\w.]|'(?=\w))*)|('(?:\\.|[^'\\])+')|(<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^~!<>?:(),])|(.)/gy;

const enabledTests: Readonly<Record<string, readonly string[]>> = {
  IS_ENABLED: ['y', 'm'],
  IS_BUILTIN: ['y'],
  IS_MODULE: ['m'],
  // Called from modules only: a module reaches another module's code.
  IS_REACHABLE: ['y', 'm'],
};

/** Whether the condition of an `#if` holds; `undefined` if it depends on what is not known. */
export function evaluateCondition(text: string, context: ConditionContext): boolean | undefined {
  const tokens = tokenize(text);
  if (!tokens) return undefined;
  const value = new Evaluator(tokens, context).run();
  return value === undefined ? undefined : truth(value);
}

/** What the headers that every module includes define; sources that were also built elsewhere ask for it. */
const inEveryKernel = new Set([
  'LINUX_VERSION_CODE',
  'KERNEL_VERSION',
  'MODULE_LICENSE',
  'MODULE_AUTHOR',
  'MODULE_DESCRIPTION',
]);

/** Whether a name is defined as a macro, for `#ifdef` and `defined()`. */
export function isDefined(name: string, context: ConditionContext): boolean | undefined {
  const found = context.lookup(name);
  if (found) return found.isDefined;
  if (inEveryKernel.has(name)) return true;
  if (!name.startsWith('CONFIG_') || !context.config.isKnown) return undefined;
  if (context.config.get(name) === undefined) {
    return name.endsWith('_MODULE') && context.config.get(name.slice(0, -'_MODULE'.length)) === 'm';
  }
  return context.config.get(name) !== 'm';
}

function tokenize(text: string): string[] | undefined {
  const tokens: string[] = [];
  tokenPattern.lastIndex = 0;
  for (let match = tokenPattern.exec(text); match; match = tokenPattern.exec(text)) {
    const token = match[1] ?? match[2] ?? match[3] ?? match[4] ?? match[5];
    if (token === undefined) continue;
    if (tokens.push(token) > maximumTokens) return undefined;
  }
  return tokens;
}

const several: Readonly<Record<string, number>> = {
  '<<': kinds.shiftLeft,
  '>>': kinds.shiftRight,
  '<=': kinds.lessEqual,
  '>=': kinds.greaterEqual,
  '==': kinds.equal,
  '!=': kinds.notEqual,
  '&&': kinds.andAnd,
  '||': kinds.orOr,
};

/** The kind of a punctuator. */
function kindOf(token: string): number {
  return several[token] ?? (token.length === 1 ? token.charCodeAt(0) : kinds.none);
}

/** Precedence climbing over the tokens; anything it cannot read makes the whole unknown. */
class Evaluator {
  readonly #tokens: readonly string[];
  readonly #context: ConditionContext;
  #at = 0;
  #isBroken = false;

  constructor(tokens: readonly string[], context: ConditionContext) {
    this.#tokens = tokens;
    this.#context = context;
  }

  run(): Value {
    const value = this.#ternary(0);
    return this.#isBroken || this.#at < this.#tokens.length ? undefined : value;
  }

  #ternary(depth: number): Value {
    const condition = this.#binary(1, depth);
    if (this.#tokens[this.#at] !== '?') return condition;
    this.#at++;
    const yes = this.#ternary(depth + 1);
    this.#expect(':');
    const no = this.#ternary(depth + 1);
    if (condition === undefined) return yes === no ? yes : undefined;
    const is = truth(condition);
    return yes === undefined || no === undefined ? (is ? yes : no) : chosen(is, yes, no);
  }

  #binary(minimum: number, depth: number): Value {
    let left = this.#unary(depth);
    for (;;) {
      const operator = kindOf(this.#tokens[this.#at] ?? '');
      const level = precedence[operator];
      if (level === undefined || level < minimum || this.#isBroken) return left;
      this.#at++;
      left = combine(operator, left, this.#binary(level + 1, depth + 1));
    }
  }

  #unary(depth: number): Value {
    const token = this.#tokens[this.#at];
    if (token === undefined || depth > maximumDepth) return this.#fail();
    this.#at++;
    if (token === '!' || token === '-' || token === '~' || token === '+') {
      const value = this.#unary(depth + 1);
      if (value === undefined) return undefined;
      if (token === '!') return truth(value) ? 0 : 1;
      return token === '-' ? negated(value) : token === '~' ? complement(value) : value;
    }
    if (token === '(') {
      const value = this.#ternary(depth + 1);
      this.#expect(')');
      return value;
    }
    if (/^\d/.test(token)) return parseInteger(token) ?? this.#fail();
    if (token.startsWith("'")) return characterValue(token);
    return /^[A-Za-z_]/.test(token) ? this.#name(token, depth) : this.#fail();
  }

  #name(name: string, depth: number): Value {
    if (name === 'defined') return this.#defined();
    const hasArguments = this.#tokens[this.#at] === '(';
    const accepted = hasArguments ? enabledTests[name] : undefined;
    if (accepted) return this.#enabled(accepted);
    if (hasArguments && name === 'KERNEL_VERSION') return this.#kernelVersion(depth);
    if (hasArguments) {
      this.#skipArguments();
      return undefined;
    }
    const found = this.#context.lookup(name);
    if (found?.isDefined === false) return 0;
    if (found) return found.value === undefined ? undefined : this.#nested(found.value, depth);
    if (name === 'LINUX_VERSION_CODE') return versionCode(this.#context.version);
    if (!name.startsWith('CONFIG_') || !this.#context.config.isKnown) return undefined;
    const value = this.#context.config.get(name);
    if (value === undefined || value === 'm') return Number(isDefined(name, this.#context) ?? 0);
    return value === 'y' ? 1 : this.#nested(value, depth);
  }

  /** The value of a macro's replacement text. */
  #nested(text: string, depth: number): Value {
    if (depth > 8) return undefined;
    const tokens = tokenize(text);
    return tokens && tokens.length > 0 && tokens.length < 64
      ? new Evaluator(tokens, this.#context).#nestedRun(depth)
      : undefined;
  }

  #nestedRun(depth: number): Value {
    const value = this.#ternary(depth + 1);
    return this.#isBroken || this.#at < this.#tokens.length ? undefined : value;
  }

  #defined(): Value {
    const isParenthesized = this.#tokens[this.#at] === '(';
    if (isParenthesized) this.#at++;
    const name = this.#tokens[this.#at++];
    if (isParenthesized) this.#expect(')');
    if (name === undefined) return this.#fail();
    const result = isDefined(name, this.#context);
    return result === undefined ? undefined : Number(result);
  }

  #enabled(accepted: readonly string[]): Value {
    const name = this.#tokens[this.#at + 1];
    this.#skipArguments();
    if (name === undefined) return this.#fail();
    const own = this.#context.lookup(name);
    if (own) return own.isDefined === undefined ? undefined : Number(own.value === '1' && accepted.includes('y'));
    if (!this.#context.config.isKnown) return undefined;
    return Number(accepted.includes(this.#context.config.get(name) ?? 'n'));
  }

  #kernelVersion(depth: number): Value {
    this.#expect('(');
    const parts = [this.#ternary(depth + 1)];
    while (this.#tokens[this.#at] === ',' && parts.length < 3) {
      this.#at++;
      parts.push(this.#ternary(depth + 1));
    }
    this.#expect(')');
    const [major, minor, patch] = parts;
    if (typeof major !== 'number' || typeof minor !== 'number' || typeof patch !== 'number') return undefined;
    return versionCode({ major, minor, patch });
  }

  #skipArguments(): void {
    let open = 0;
    while (this.#at < this.#tokens.length) {
      const token = this.#tokens[this.#at++];
      if (token === '(') open++;
      else if (token === ')' && --open === 0) return;
    }
    this.#isBroken = true;
  }

  #expect(token: string): void {
    if (this.#tokens[this.#at] === token) this.#at++;
    else this.#isBroken = true;
  }

  #fail(): undefined {
    this.#isBroken = true;
    return undefined;
  }
}

/** KERNEL_VERSION() as include/generated/uapi/linux/version.h computes it. */
function versionCode(version: KernelVersion | undefined): Value {
  return version && version.major * 65536 + version.minor * 256 + Math.min(version.patch, 255);
}

function combine(operator: number, left: Value, right: Value): Value {
  const [a, b] = [left, right].map((value) => (value === undefined ? undefined : truth(value)));
  if (operator === kinds.andAnd) return a === false || b === false ? 0 : a && b ? 1 : undefined;
  if (operator === kinds.orOr) return a || b ? 1 : a === false && b === false ? 0 : undefined;
  return left === undefined || right === undefined ? undefined : apply(operator, left, right);
}
