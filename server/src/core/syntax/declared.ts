import type { Span } from '../text';
import { type Declaration, readDeclaration } from './declaration';
import {
  type Branch,
  type FunctionDefinition,
  type Include,
  type Invocation,
  type MacroDefinition,
  type NamedSymbol,
  noOwner,
  type VariableDefinition,
} from './facts';
import { forwardedTo } from './forward';
import { readInvocation } from './invocation';
import * as kinds from './kinds';
import type { Tokens } from './lexer';
import * as names from './names';
import type { Uses } from './uses';

/** The body of a function, or of a macro that makes one. */
export interface Body {
  /** As in `UseTable.within`. */
  readonly owner: number;
  /** Tokens of its parameters, end exclusive. */
  readonly from: number;
  readonly to: number;
  /** Tokens of its braces; the same if it was never closed. */
  readonly open: number;
  close: number;
}

/** What the tokens of a file say, in the order of the file. */
export interface Items {
  readonly invocations: Invocation[];
  readonly functions: FunctionDefinition[];
  readonly variables: VariableDefinition[];
  readonly macros: MacroDefinition[];
  readonly includes: Include[];
  readonly branches: readonly Branch[];
  readonly uses: Uses;
  readonly lookups: readonly NamedSymbol[];
  readonly bodies: Body[];
  /** Brackets did not match: something may have been read at the wrong depth. */
  readonly isUnbalanced: boolean;
}

/** Some items of a file that say the same whatever stands before and behind them. */
export interface Stretch {
  readonly items: Items;
  /** The token behind it. */
  readonly next: number;
  /** Where its last line ends; `undefined` if the text ended before nothing was open any more. */
  readonly end: number | undefined;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** What a file declares and invokes at top level, in order. Declarations come as lists of token indices. */
export class Declared {
  readonly invocations: Invocation[] = [];
  readonly functions: Mutable<FunctionDefinition>[] = [];
  readonly variables: Mutable<VariableDefinition>[] = [];
  readonly #tokens: Tokens;

  constructor(tokens: Tokens) {
    this.#tokens = tokens;
  }

  /** The invocation named at position `k`; `end` is the end of its semicolon, or -1. */
  addInvocation(list: readonly number[], k: number, end: number): void {
    this.invocations.push(readInvocation(this.#tokens, list, k, end));
  }

  /** A function whose body begins at a brace; gives its index. */
  addFunction(list: readonly number[], declaration: Declaration, brace: number): number {
    const { start, end } = this.#tokens;
    const name = list[declaration.name] as number;
    return (
      this.functions.push({
        name: names.tokenName(this.#tokens, name),
        nameSpan: { start: start[name] as number, end: end[name] as number },
        span: { start: start[list[0] ?? brace] as number, end: end[brace] as number },
        isStatic: declaration.isStatic,
        isInline: declaration.isInline,
        ...(declaration.section === undefined ? {} : { section: declaration.section }),
        ...(declaration.mark < 0 ? {} : { mark: this.#word(list[declaration.mark] as number) }),
      }) - 1
    );
  }

  /** A word with the blanks behind it. */
  #word(token: number): Span {
    const { start, end, text } = this.#tokens;
    let stop = end[token] as number;
    while (text[stop] === ' ' || text[stop] === '\t') stop++;
    return { start: start[token] as number, end: stop };
  }

  /** The body of a function was read. */
  endFunction(body: Body): void {
    const definition = this.functions[body.owner];
    if (definition === undefined) return;
    definition.span = { start: definition.span.start, end: this.#tokens.end[body.close] as number };
    const forwards = forwardedTo(this.#tokens, body);
    if (forwards !== undefined) definition.forwards = forwards;
  }

  /** The variable that a declaration names; gives it as an owner of uses, `noOwner` if it defines none. */
  addVariable(list: readonly number[], hasValue: boolean): number {
    const declaration = readDeclaration(this.#tokens, list, false);
    const { name, isFunction, isTypedef, isExtern } = declaration;
    if (name < 0 || isFunction || isTypedef || (isExtern && !hasValue)) return noOwner;
    const { start, end } = this.#tokens;
    const token = list[name] as number;
    this.variables.push({
      name: names.tokenName(this.#tokens, token),
      nameSpan: { start: start[token] as number, end: end[token] as number },
      span: { start: start[list[0] as number] as number, end: end[token] as number },
      isStatic: declaration.isStatic,
    });
    return -this.variables.length;
  }

  /** The declaration of the variables from `first` on ends. */
  endVariables(first: number, end: number): void {
    for (let i = first; i < this.variables.length; i++) {
      const variable = this.variables[i];
      if (variable !== undefined) variable.span = { start: variable.span.start, end };
    }
  }
}

/** How many tokens of a declaration come before its first declarator. */
export function specifierCount(tokens: Tokens, list: readonly number[]): number {
  const { name } = readDeclaration(tokens, list, false);
  let at = Math.max(name, 0);
  while (at > 0 && tokens.kind[list[at - 1] as number] !== kinds.identifier) at--;
  return at;
}
