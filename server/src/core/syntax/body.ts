import { noOwner, useIsCall, useIsUncertain } from './facts';
import { Frames } from './frames';
import * as kinds from './kinds';
import type { Tokens } from './lexer';
import { Lookahead } from './lookahead';
import * as names from './names';
import { declaratorIn, parameterNames } from './parameters';
import type { Uses } from './uses';

/** What a bracket opens. */
export const file = 0;
/** Parenthesis or bracket in a declaration at file scope. */
export const header = 1;
/** Braces of an initializer. */
export const initializer = 2;
/** Body of a struct, union or enum: nothing in it is a use. */
export const aggregate = 3;
export const block = 4;
export const paren = 5;
/** Operand of sizeof, attribute, prototype: nothing in it is a use. */
export const unused = 6;
/** Parentheses behind `if`, `for` and the like: a statement follows. */
export const control = 7;
/** Arguments of a call that begins a statement: one follows if the callee is a macro that loops. */
export const call = 8;

/** State bits of a frame. */
const declaring = 1;
const expecting = 2;
const typeSeen = 4;
const inCase = 8;
const hadStatement = 16;

/**
 * Reads code token by token and tells uses of symbols from declarations, members, tags and labels as far as tokens can
 * tell. It is given every token of function bodies and initializers in order; `frame` is the innermost open bracket.
 */
export class BodyReader {
  readonly frames = new Frames();
  readonly uses: Uses;
  readonly #tokens: Tokens;
  readonly #ahead: Lookahead;
  frame: number;
  /** The next token begins a statement. */
  #atStatement = false;
  #previous: number = kinds.none;
  /** Tokens before this one are done with. */
  #skipTo = 0;
  #pending = paren;
  readonly #declared: string[] = [];
  readonly #active = new Map<string, number>();
  /** Names declared anywhere in the current function, or perhaps declared by a macro. */
  #everDeclared = new Set<string>();
  #firstUse = 0;

  constructor(tokens: Tokens, uses: Uses) {
    this.#tokens = tokens;
    this.#ahead = new Lookahead(tokens);
    this.uses = uses;
    this.frame = this.frames.open(-1, file, 0, 0);
  }

  /** Forgets everything, for a piece of code that has nothing to do with what was read. */
  restart(): void {
    this.uses.clear();
    this.endFunction();
    this.frames.clear();
    this.frame = this.frames.open(-1, file, 0, 0);
    this.#skipTo = 0;
    this.openFunction(0, 0, 0);
  }

  get kind(): number {
    return this.frames.kind(this.frame);
  }

  open(kind: number, owner = this.frames.owner(this.frame)): void {
    this.frame = this.frames.open(this.frame, kind, owner, this.#declared.length);
    this.#atStatement = kind === block;
    this.#previous = kinds.none;
    this.#pending = paren;
  }

  /** Begins a function whose parameters stand between two tokens. */
  openFunction(owner: number, from: number, to: number): void {
    this.endFunction();
    this.open(block, owner);
    for (const name of parameterNames(this.#tokens, from, to, owner === noOwner)) this.#declare(name);
  }

  /** Names of the function read last are no longer known; its doubtful uses are marked. */
  endFunction(): void {
    if (this.#everDeclared.size > 0) {
      const { uses } = this;
      const doubtful = new Set<number>();
      for (let i = this.#firstUse; i < uses.name.length; i++) {
        const id = uses.name.at(i);
        if (!doubtful.has(id)) {
          if (!this.#everDeclared.has(uses.names[id] as string)) continue;
          doubtful.add(id);
        }
        uses.flags.set(i, uses.flags.at(i) | useIsUncertain);
      }
      this.#everDeclared = new Set();
    }
    this.#firstUse = this.uses.name.length;
    this.#declared.length = 0;
    this.#active.clear();
  }

  /** Goes back to a frame that was open before, at the start of a statement if it is a block. */
  restore(frame: number): void {
    this.frame = frame;
    this.#atStatement = this.kind === block;
    this.#previous = kinds.none;
    this.#pending = paren;
  }

  /** Leaves the innermost frame. */
  close(): void {
    const scope = this.frames.scope(this.frame);
    const kind = this.kind;
    if (kind === block) this.#forget(scope);
    this.frame = this.frames.parent(this.frame);
    this.#atStatement = (kind === block && this.kind === block) || kind === control || kind === call;
  }

  /** Reads token `i`, which is no brace that closes the function or initializer itself. */
  read(i: number): void {
    if (i < this.#skipTo) return;
    const kind = this.#tokens.kind[i] as number;
    if (kind === kinds.identifier) this.#word(i);
    else this.#punctuator(i, kind);
    this.#previous = this.#tokens.kind[(this.#skipTo > i ? this.#skipTo : i + 1) - 1] as number;
  }

  #punctuator(i: number, kind: number): void {
    const state = this.frames.state(this.frame);
    switch (kind) {
      case kinds.openParen:
        this.#openParen(i, state);
        return;
      case kinds.openBracket: {
        const isFirst = this.#previous === kinds.colon || this.#previous === kinds.comma;
        this.open(this.#isUnused() || (isFirst && this.#ahead.isOperandName(i)) ? unused : paren);
        return;
      }
      case kinds.openBrace:
        this.open(this.#braceKind());
        return;
      case kinds.closeParen:
      case kinds.closeBracket:
        this.#closeParen();
        return;
      case kinds.closeBrace:
        this.closeBrace();
        return;
      case kinds.semicolon:
        // A parenthesis that is open here has lost its partner.
        while (this.kind === paren || this.kind === unused || this.kind === call) this.close();
        this.frames.setState(this.frame, this.frames.state(this.frame) & hadStatement);
        this.#atStatement = this.kind === block || this.kind === control;
        return;
      case kinds.comma:
        if ((state & declaring) !== 0) this.frames.setState(this.frame, state | expecting | typeSeen);
        break;
      case kinds.assign:
        if ((state & declaring) !== 0) this.frames.setState(this.frame, state & ~expecting);
        break;
      case kinds.colon:
        if ((state & inCase) !== 0) {
          this.frames.setState(this.frame, state & ~inCase);
          this.#atStatement = true;
          return;
        }
        break;
      case kinds.star:
        if (this.#atStatement) this.#statement();
        return;
    }
    if (this.#atStatement) this.#statement();
  }

  /** An ordinary statement begins: no more declarations in the usual style. */
  #statement(): void {
    this.#atStatement = false;
    this.frames.setState(this.frame, this.frames.state(this.frame) | hadStatement);
  }

  #openParen(i: number, state: number): void {
    const pending = this.#pending;
    this.#pending = paren;
    if ((state & expecting) !== 0 && pending !== unused && this.#ahead.kind(i + 1) === kinds.star) {
      this.#declarePointer(i);
      return;
    }
    const isLoop = pending === control && this.#ahead.isFor(i - 1);
    this.open(this.#isUnused() ? unused : pending === aggregate ? paren : pending);
    this.#atStatement = isLoop;
  }

  /** `(*name)(…)` where a name is to be declared. */
  #declarePointer(i: number): void {
    let at = i + 1;
    while (this.#ahead.kind(at) === kinds.star || (this.#ahead.isWord(at) && this.#ahead.isWord(at + 1))) at++;
    if (this.#ahead.isWord(at)) this.#declare(names.tokenName(this.#tokens, at));
    this.open(unused);
    this.#pending = unused;
  }

  #closeParen(): void {
    const kind = this.kind;
    if (kind !== paren && kind !== unused && kind !== control && kind !== call) return;
    const isCallee = kind === unused && this.#pending === unused;
    this.close();
    // The parameters of a function pointer follow its name's parentheses.
    this.#pending = isCallee ? unused : paren;
  }

  /** Closes the innermost brace and what was left open in it; gives its frame, -1 if none was open. */
  closeBrace(): number {
    while (this.kind === paren || this.kind >= unused) this.close();
    if (this.kind === file || this.kind === header) return -1;
    const { frame } = this;
    this.close();
    return frame;
  }

  #braceKind(): number {
    const isAggregate = this.#pending === aggregate;
    if (isAggregate || this.#isUnused()) return aggregate;
    if (this.kind === initializer) return initializer;
    return this.#atStatement || this.#previous === kinds.openParen ? block : initializer;
  }

  /** Nothing in the innermost frame is a use. */
  #isUnused(): boolean {
    return this.kind === unused || this.kind === aggregate;
  }

  #word(i: number): void {
    const word = names.wordOf(this.#tokens, i);
    const role = word.role;
    if (role !== names.plain) {
      this.#keyword(i, role);
      return;
    }
    if (this.#isUnused()) return;
    this.uses.readLookup(this.#tokens, i);
    if (this.#previous === kinds.dot || this.#previous === kinds.arrow) return;
    const next = this.#ahead.kind(i + 1);
    const state = this.frames.state(this.frame);
    if ((state & expecting) !== 0) {
      this.#declarator(i, state);
      return;
    }
    if (this.#atStatement) {
      if (next === kinds.colon && this.kind === block) {
        this.#skipTo = i + 2;
        return;
      }
      if (this.#ahead.beginsDeclaration(i)) {
        this.#startDeclaration();
        this.#declarator(i, declaring | expecting);
        return;
      }
      if (next === kinds.openParen) this.#macroStatement(i, word, state);
      else this.#statement();
    } else if (this.kind === initializer && next === kinds.colon && this.#previous !== 63) {
      return;
    } else if (this.#ahead.isCast(i, next)) return;
    this.#use(i, word.name, next);
  }

  #use(i: number, name: string, next: number): void {
    if (this.#active.has(name)) return;
    if (this.#previous === kinds.andAnd && this.#ahead.isLabelAddress(i)) return;
    if (this.#previous === kinds.comma && this.#ahead.isMemberArgument(i)) return;
    this.uses.add(
      name,
      this.#tokens.start[i] as number,
      this.frames.owner(this.frame),
      next === kinds.openParen ? useIsCall : 0,
    );
  }

  #keyword(i: number, role: number): void {
    switch (role) {
      case names.tagWord: {
        if (this.#atStatement) this.#startDeclaration();
        let at = i + 1;
        while (this.#ahead.isWord(at) && this.#ahead.isWord(at + 1) && this.#ahead.kind(at + 2) === kinds.openBrace)
          at++;
        if (this.#ahead.isWord(at)) at++;
        this.#skipTo = at;
        this.#pending = this.#ahead.kind(at) === kinds.openBrace ? aggregate : paren;
        this.frames.setState(this.frame, this.frames.state(this.frame) | typeSeen);
        return;
      }
      case names.storageWord:
      case names.typeWord:
        if (this.#atStatement) this.#startDeclaration();
        this.frames.setState(this.frame, this.frames.state(this.frame) | typeSeen);
        return;
      case names.qualifierWord:
        if (this.#atStatement) this.#startDeclaration();
        return;
      case names.typeofWord:
        if (this.#atStatement) this.#startDeclaration();
        this.frames.setState(this.frame, this.frames.state(this.frame) | typeSeen);
        this.#pending = unused;
        return;
      case names.unevaluated:
      case names.attributeWord:
        if (role === names.unevaluated && this.#atStatement) this.#statement();
        this.#pending = unused;
        if (role === names.unevaluated && this.#ahead.isWord(i + 1)) this.#skipTo = i + 2;
        return;
      case names.gotoWord:
        this.#skipTo = this.#ahead.isWord(i + 1) ? i + 2 : i + 1;
        this.#atStatement = false;
        return;
      case names.caseWord:
        this.frames.setState(this.frame, this.frames.state(this.frame) | inCase | hadStatement);
        this.#atStatement = false;
        return;
      case names.leadWord:
        this.#atStatement = true;
        return;
      case names.controlWord:
        this.#pending = control;
        this.#statement();
        return;
    }
    if (this.#atStatement) this.#statement();
  }

  #startDeclaration(): void {
    this.#atStatement = false;
    this.frames.setState(this.frame, declaring | expecting | (this.frames.state(this.frame) & hadStatement));
  }

  /** A run of names where a declarator is expected: types, annotations and at the end the name declared. */
  #declarator(i: number, state: number): void {
    let end = i;
    while (this.#ahead.isWord(end)) end++;
    this.#skipTo = end;
    const next = this.#ahead.kind(end);
    const hasType = (state & typeSeen) !== 0;
    this.frames.setState(this.frame, this.frames.state(this.frame) | declaring | expecting | typeSeen);
    // Only the type so far.
    if (next === kinds.star || next === kinds.identifier) return;
    if (next !== kinds.openParen) {
      const at = declaratorIn(this.#tokens, i, end, hasType);
      if (at >= 0) this.#declare(names.tokenName(this.#tokens, at));
      return;
    }
    if (this.#ahead.kind(end + 1) === kinds.star) return;
    // A prototype, or an attribute with arguments behind the name.
    const at = end - 1 > i || hasType ? declaratorIn(this.#tokens, i, end - 1, hasType) : -1;
    if (at >= 0 && end - 1 > i) this.#declare(names.tokenName(this.#tokens, at));
    this.#pending = unused;
  }

  /** `DEFINE_WAIT(wait);` declares; other macros in capitals among the declarations may. `for_each(…)` loops. */
  #macroStatement(i: number, word: names.Word, state: number): void {
    const name = word.name;
    const isFirst = (state & hadStatement) === 0;
    this.#pending = call;
    if (/^(?:DEFINE|DECLARE)_/.test(name)) {
      const argument = this.#ahead.plainArgument(i + 1);
      if (argument >= 0) this.#declare(names.tokenName(this.#tokens, argument));
      this.#pending = paren;
      this.#atStatement = false;
      return;
    }
    if (isFirst && !/[a-z]/.test(name)) {
      const argument = this.#ahead.plainArgument(i + 1);
      if (argument === i + 2) this.#everDeclared.add(names.tokenName(this.#tokens, argument));
      this.#atStatement = false;
      return;
    }
    this.#statement();
  }

  #declare(name: string): void {
    this.#declared.push(name);
    this.#everDeclared.add(name);
    this.#active.set(name, (this.#active.get(name) ?? 0) + 1);
  }

  #forget(scope: number): void {
    while (this.#declared.length > scope) {
      const name = this.#declared.pop() as string;
      const count = this.#active.get(name) ?? 0;
      if (count > 1) this.#active.set(name, count - 1);
      else this.#active.delete(name);
    }
  }
}
