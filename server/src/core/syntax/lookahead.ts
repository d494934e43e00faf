import * as kinds from './kinds';
import type { Tokens } from './lexer';
import * as names from './names';

/** Questions about the tokens around one. */
export class Lookahead {
  readonly #tokens: Tokens;

  constructor(tokens: Tokens) {
    this.#tokens = tokens;
  }

  /** `&&label`: the operator has nothing on its left. */
  isLabelAddress(i: number): boolean {
    const before = this.kind(i - 2);
    return before > 32 && before !== kinds.closeParen && before !== kinds.closeBracket;
  }

  /** `(type *)` and `(type)value`. */
  isCast(i: number, next: number): boolean {
    if (this.kind(i - 1) !== kinds.openParen) return false;
    // Behind a name or `if` the parenthesis holds arguments or a condition.
    if (this.kind(i - 2) === kinds.identifier) {
      if (names.roleAt(this.#tokens, i - 2) !== names.jumpWord) return false;
    }
    if (next === kinds.star) {
      let at = i + 1;
      while (this.kind(at) === kinds.star) at++;
      return this.kind(at) === kinds.closeParen;
    }
    if (next !== kinds.closeParen) return false;
    const after = this.kind(i + 2);
    return after === kinds.identifier || after === kinds.number || after === kinds.string || after === kinds.openBrace;
  }

  /** Whether the name at the start of a statement is the type of a declaration. */
  beginsDeclaration(i: number): boolean {
    let at = i + 1;
    if (this.kind(at) === kinds.identifier) {
      const role = names.roleAt(this.#tokens, at);
      return role <= names.tagWord || role === names.attributeWord || role === names.qualifierWord;
    }
    if (this.kind(at) !== kinds.star) return false;
    while (this.kind(at) === kinds.star || (this.kind(at) === kinds.identifier && this.#isQualified(at))) at++;
    if (!this.isWord(at)) return false;
    const after = this.kind(at + 1);
    return after === kinds.assign || after === kinds.semicolon || after === kinds.comma || after === kinds.openBracket;
  }

  #isQualified(at: number): boolean {
    return names.roleAt(this.#tokens, at) === names.qualifierWord || this.isWord(at + 1);
  }

  /** The first of the first two arguments that is nothing but a name; -1 if there is none. */
  plainArgument(openParen: number): number {
    if (this.#isArgument(openParen + 1)) return openParen + 1;
    let depth = 0;
    let braces = 0;
    for (let at = openParen + 1; at < openParen + 40; at++) {
      const kind = this.kind(at);
      if (kind === kinds.openBrace) braces++;
      // The end of what the call stands in: its parenthesis was never closed.
      else if (kind === kinds.closeBrace && --braces < 0) return -1;
      if (kind === kinds.openParen) depth++;
      else if (kind === kinds.closeParen && depth-- === 0) return -1;
      else if (kind === kinds.semicolon || kind === kinds.none) return -1;
      else if (kind === kinds.comma && depth === 0) return this.#isArgument(at + 1) ? at + 1 : -1;
    }
    return -1;
  }

  #isArgument(at: number): boolean {
    const after = this.kind(at + 1);
    return this.isWord(at) && (after === kinds.comma || after === kinds.closeParen);
  }

  /** A name behind a `struct` type among arguments is a member's, as in `container_of(p, struct s, member)`. */
  isMemberArgument(i: number): boolean {
    if (this.kind(i - 1) !== kinds.comma || this.kind(i - 2) !== kinds.identifier || !this.#isArgument(i)) return false;
    return this.kind(i - 3) === kinds.identifier && names.roleAt(this.#tokens, i - 3) === names.tagWord;
  }

  /** `[name] "=r"`: how an operand of inline assembly is called. */
  isOperandName(openBracket: number): boolean {
    const isNamed =
      this.kind(openBracket + 1) === kinds.identifier && this.kind(openBracket + 2) === kinds.closeBracket;
    return isNamed && this.kind(openBracket + 3) === kinds.string;
  }

  /** `for`, not another control word. */
  isFor(i: number): boolean {
    return i >= 0 && this.#tokens.kind[i] === kinds.identifier && names.tokenName(this.#tokens, i) === 'for';
  }

  /** Kind of a token, `none` outside the text. */
  kind(at: number): number {
    return at >= 0 && at < this.#tokens.count ? (this.#tokens.kind[at] as number) : kinds.none;
  }

  /** An identifier that is no keyword. */
  isWord(at: number): boolean {
    return this.kind(at) === kinds.identifier && names.roleAt(this.#tokens, at) === names.plain;
  }
}
