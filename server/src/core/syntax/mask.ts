import { branchKind, type Directive, directiveAt, readCondition } from './directives';
import * as kinds from './kinds';
import type { Tokens } from './lexer';
import { Lookahead } from './lookahead';
import * as names from './names';
import { declaratorIn } from './parameters';

/** A body's text with what the grammar does not understand replaced at the same length. */
export interface Masked {
  readonly text: string;
  /** Tokens whose names were replaced though they are uses: macros that loop. */
  readonly hidden: readonly number[];
  /** Offsets into the masked text, in pairs, between which nothing is left to see of what was written. */
  readonly blind: readonly number[];
}

/** Deeper brackets than this no person writes, and the grammar's stack need not see them. */
const deepest = 500;

/**
 * Masks the tokens from an opening brace to its partner: comments and directives to blanks, annotations of declarations
 * to blanks, types as arguments to numbers, `typeof(…)` to `int`, macros that loop to `while`. `undefined` if brackets
 * are nested too deep.
 */
export function maskBody(tokens: Tokens, open: number, close: number): Masked | undefined {
  return new Masker(tokens, open, close).run();
}

/** A bracket that is open: whether it holds a call's arguments, and which token opened it. */
interface Bracket {
  readonly token: number;
  readonly isCall: boolean;
  /** The call stands where a statement begins. */
  readonly statement: number;
  readonly isControl: boolean;
}

class Masker {
  readonly #tokens: Tokens;
  readonly #ahead: Lookahead;
  readonly #open: number;
  readonly #close: number;
  readonly #start: number;
  readonly #end: number;
  /** Replacements as start, end and text, in any order but disjoint. */
  readonly #edits: { start: number; end: number; text: string }[] = [];
  readonly #hidden: number[] = [];
  readonly #blind: number[] = [];

  constructor(tokens: Tokens, open: number, close: number) {
    this.#tokens = tokens;
    this.#ahead = new Lookahead(tokens);
    this.#open = open;
    this.#close = close;
    this.#start = tokens.start[open] as number;
    this.#end = tokens.end[close] as number;
  }

  run(): Masked | undefined {
    const dead = this.#directives();
    const list: number[] = [];
    for (let i = this.#open; i <= this.#close; i++) {
      const skip = dead.get(i);
      if (skip !== undefined) i = skip - 1;
      else list.push(i);
    }
    if (!this.#walk(list)) return undefined;
    this.#comments();
    return { text: this.#apply(), hidden: this.#hidden, blind: this.#blind };
  }

  /** Blanks directives, and alternatives that are no whole statements; gives the token ranges that are gone. */
  #directives(): Map<number, number> {
    const { kind } = this.#tokens;
    const gone = new Map<number, number>();
    const stack: { first: Directive; branches: { from: number; to: number; isDead: boolean }[] }[] = [];
    const spare: { from: number; to: number }[] = [];
    for (let i = this.#open; i <= this.#close; i++) {
      if (kind[i] !== kinds.hash) continue;
      const directive = directiveAt(this.#tokens, i);
      gone.set(i, directive.to + 1);
      this.#edit(i, Math.min(directive.to, this.#close + 1) - 1, '');
      const branch = branchKind(directive.name);
      const group = stack[stack.length - 1];
      i = directive.to;
      if (branch === undefined) continue;
      const isDead = readCondition(this.#tokens, directive) === '0';
      const begun = { from: directive.to + 1, to: -1, isDead };
      if (branch.startsWith('if')) stack.push({ first: directive, branches: [begun] });
      else if (group !== undefined) {
        const last = group.branches[group.branches.length - 1];
        if (last !== undefined) last.to = directive.hash;
        if (branch !== 'endif') group.branches.push(begun);
        else {
          stack.pop();
          const isWhole = group.branches.every((b) => this.#isWhole(group.first.hash, b.from, b.to));
          const kept = isWhole ? undefined : group.branches.find((b) => !b.isDead);
          for (const b of group.branches) if (b.isDead || (!isWhole && b !== kept)) spare.push(b);
        }
      }
    }
    for (const { from, to } of spare) {
      if (to <= from) continue;
      gone.set(from, to);
      for (let i = from + 1; i < to; i++) gone.delete(i);
      this.#blank(from, to);
    }
    return gone;
  }

  /** Whether an alternative consists of statements, so that it can follow the one before. */
  #isWhole(hash: number, from: number, to: number): boolean {
    const { kind } = this.#tokens;
    const before = kind[hash - 1];
    const isStart = (k: number | undefined): boolean =>
      k === kinds.semicolon ||
      k === kinds.openBrace ||
      k === kinds.closeBrace ||
      k === kinds.directiveEnd ||
      k === kinds.colon;
    if (!isStart(before)) return false;
    let depth = 0;
    for (let i = from; i < to; i++) {
      if (kind[i] === kinds.openBrace) depth++;
      else if (kind[i] === kinds.closeBrace && --depth < 0) return false;
    }
    const last = kind[to - 1];
    const first = kind[from];
    const isElse = first === kinds.identifier && names.tokenName(this.#tokens, from) === 'else';
    return depth === 0 && !isElse && (to <= from || isStart(last));
  }

  #blank(from: number, to: number): void {
    const start = this.#tokens.start[from] as number;
    const end = this.#tokens.end[to - 1] as number;
    // Directives inside are blanked already; edits may not overlap.
    for (let k = this.#edits.length - 1; k >= 0; k--) {
      const edit = this.#edits[k];
      if (edit !== undefined && edit.start >= start && edit.end <= end) this.#edits.splice(k, 1);
    }
    this.#edits.push({ start, end, text: '' });
    this.#blind.push(start - this.#start, end - this.#start);
  }

  #comments(): void {
    const { commentStart, commentEnd, commentCount } = this.#tokens;
    let low = 0;
    let high = commentCount;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((commentStart[middle] as number) < this.#start) low = middle + 1;
      else high = middle;
    }
    for (let i = low; i < commentCount && (commentStart[i] as number) < this.#end; i++) {
      this.#edits.push({ start: commentStart[i] as number, end: commentEnd[i] as number, text: '' });
    }
  }

  #edit(from: number, to: number, text: string): void {
    this.#edits.push({ start: this.#tokens.start[from] as number, end: this.#tokens.end[to] as number, text });
  }

  /** Goes over the tokens that are left; false if the brackets go too deep. */
  #walk(list: readonly number[]): boolean {
    const { kind } = this.#tokens;
    const stack: Bracket[] = [];
    let isStatement = true;
    let statementCall = -1;
    let isControl = false;
    for (let k = 0; k < list.length; k++) {
      const token = list[k] as number;
      const type = kind[token];
      switch (type) {
        case kinds.openParen:
        case kinds.openBracket:
        case kinds.openBrace: {
          if (type === kinds.openBracket && kind[list[k + 2] ?? -1] === kinds.closeBracket) {
            // `[name] "constraint" (…)` of an asm statement.
            if (kind[list[k + 3] ?? -1] === kinds.string) {
              this.#edit(token, list[k + 2] as number, '');
              k += 2;
              continue;
            }
          }
          const isCall = type === kinds.openParen && k > 0 && this.#isWord(list[k - 1] as number);
          stack.push({ token, isCall, statement: statementCall, isControl });
          if (stack.length > deepest) return false;
          statementCall = -1;
          isControl = false;
          isStatement = type === kinds.openBrace;
          if (isCall) this.#typeArgument(list, k + 1);
          continue;
        }
        case kinds.closeParen: {
          const opened = stack.pop();
          isStatement = opened?.isControl ?? false;
          if (opened !== undefined && opened.statement >= 0 && this.#beginsStatement(list[k + 1])) {
            this.#loop(opened.statement);
            isStatement = true;
          }
          continue;
        }
        case kinds.closeBracket:
          stack.pop();
          if (this.#isAnnotation(list[k + 1])) k = this.#blankAnnotation(list, k + 1);
          continue;
        case kinds.closeBrace:
          stack.pop();
          isStatement = true;
          continue;
        case kinds.semicolon:
        case kinds.colon:
          isStatement = stack.length === 0 || kind[stack[stack.length - 1]?.token ?? 0] === kinds.openBrace;
          continue;
        case kinds.comma:
          if (stack[stack.length - 1]?.isCall) this.#typeArgument(list, k + 1);
          break;
        case kinds.star:
          if (this.#isAnnotation(list[k + 1])) {
            const after = kind[list[k + 2] ?? -1];
            if (after === kinds.star || after === kinds.identifier || after === kinds.closeParen) {
              this.#edit(list[k + 1] as number, list[k + 1] as number, '');
              k++;
            }
          }
          break;
        case kinds.identifier: {
          const role = names.roleAt(this.#tokens, token);
          if (role === names.leadWord) {
            isStatement = true;
            continue;
          }
          if (role === names.controlWord) isControl = true;
          else if (role === names.plain) {
            if (isStatement && kind[list[k + 1] ?? -1] === kinds.openParen) {
              if (this.#declaringMacro(list, k)) k += 3;
              else statementCall = token;
            } else k = this.#run(list, k, kind[list[k - 1] ?? -1] === kinds.star && this.#isWordAt(list, k + 1));
          } else k = this.#keyword(list, k, role);
          break;
        }
      }
      isStatement = false;
    }
    return true;
  }

  #keyword(list: readonly number[], k: number, role: number): number {
    const { kind } = this.#tokens;
    const next = kind[list[k + 1] ?? -1];
    if (role === names.tagWord) {
      let at = k + 1;
      if (this.#isWordAt(list, at)) at++;
      return this.#isWordAt(list, at) ? this.#run(list, at, true) : at - 1;
    }
    if (role === names.typeWord) return this.#isWordAt(list, k + 1) ? this.#run(list, k + 1, true) : k;
    if (role === names.qualifierWord) {
      const isNoise = names.tokenName(this.#tokens, list[k] as number) === '__extension__';
      if (isNoise) this.#edit(list[k] as number, list[k] as number, '');
      return k;
    }
    if (role === names.unevaluated && next === kinds.openParen) {
      const close = this.#closing(list, k + 1);
      this.#edit(list[k] as number, list[close] as number, '0');
      return close;
    }
    if ((role === names.attributeWord || role === names.typeofWord) && next === kinds.openParen) {
      const close = this.#closing(list, k + 1);
      this.#edit(list[k] as number, list[close] as number, role === names.typeofWord ? 'int' : '');
      return role === names.typeofWord && this.#isWordAt(list, close + 1) ? this.#run(list, close + 1, true) : close;
    }
    return k;
  }

  /** A run of plain names at `k`: only a type and what it declares are left. Gives the last position of the run. */
  #run(list: readonly number[], k: number, hasType: boolean): number {
    let end = k;
    while (this.#isWordAt(list, end)) end++;
    const next = this.#tokens.kind[list[end] ?? -1];
    if (end - k < 2 && !(hasType && (next === kinds.star || next === kinds.closeParen))) return end - 1;
    const first = list[k] as number;
    const last = list[end - 1] as number;
    let keep = declaratorIn(this.#tokens, first, last + 1, hasType);
    if (next === kinds.star || next === kinds.closeParen) keep = -1;
    if (next === kinds.openParen) {
      if (!this.#tokens.text.startsWith('__', this.#tokens.start[last])) return end - 1;
      keep = declaratorIn(this.#tokens, first, last, hasType);
      this.#edit(list[end] as number, list[this.#closing(list, end)] as number, '');
    }
    // `(type) name` closes a cast, where a name may stand alone.
    if (hasType && next === kinds.closeParen && end - k === 1 && !this.#isAnnotation(first)) return end - 1;
    for (let at = k; at < end; at++) {
      const token = list[at] as number;
      if (token !== keep && (hasType || at > k)) this.#edit(token, token, '');
    }
    return next === kinds.openParen ? this.#closing(list, end) : end - 1;
  }

  /** `DECLARE_BITMAP(name, …)` becomes a declaration of the name. */
  #declaringMacro(list: readonly number[], k: number): boolean {
    const token = list[k] as number;
    if (!/^(?:DEFINE|DECLARE)_/.test(names.tokenName(this.#tokens, token)) || !this.#isWordAt(list, k + 2))
      return false;
    const close = this.#closing(list, k + 1);
    const after = this.#tokens.kind[list[k + 3] ?? -1];
    if (after !== kinds.comma && after !== kinds.closeParen) return false;
    this.#hidden.push(token);
    this.#edit(token, list[k + 1] as number, 'int');
    if (after === kinds.comma) {
      this.#edit(list[k + 3] as number, list[k + 3] as number, ';');
      this.#edit(list[close] as number, list[close] as number, '');
    } else this.#edit(list[close] as number, list[close] as number, '');
    return true;
  }

  /** A type where a call's argument stands becomes a number, and so does the member of it that is named next. */
  #typeArgument(list: readonly number[], from: number): void {
    let at = from;
    let isType = false;
    for (; at < list.length; at++) {
      const token = list[at] as number;
      const kind = this.#tokens.kind[token];
      if (kind === kinds.star) continue;
      if (kind !== kinds.identifier) break;
      const role = names.roleAt(this.#tokens, token);
      if (role === names.tagWord && this.#isWordAt(list, at + 1)) at++;
      else if (role === names.qualifierWord) continue;
      else if (role !== names.typeWord) break;
      isType = true;
    }
    const kind = this.#tokens.kind[list[at] ?? -1];
    if (!isType || (kind !== kinds.comma && kind !== kinds.closeParen)) return;
    this.#edit(list[from] as number, list[at - 1] as number, '0');
    const member = list[at + 1];
    if (member !== undefined && this.#ahead.isMemberArgument(member)) this.#edit(member, member, '0');
  }

  #loop(token: number): void {
    const length = (this.#tokens.end[token] as number) - (this.#tokens.start[token] as number);
    if (length < 2) return;
    this.#edit(token, token, length < 5 ? 'if' : 'while');
    this.#hidden.push(token);
  }

  /** Whether a token behind a call's parenthesis shows that the call was no statement of its own. */
  #beginsStatement(token: number | undefined): boolean {
    const kind = token === undefined ? kinds.none : this.#tokens.kind[token];
    return kind === kinds.openBrace || kind === kinds.identifier;
  }

  /** A name that begins with two underscores where annotations stand. */
  #isAnnotation(token: number | undefined): boolean {
    return token !== undefined && this.#isWord(token) && this.#tokens.text.startsWith('__', this.#tokens.start[token]);
  }

  #blankAnnotation(list: readonly number[], k: number): number {
    const hasArguments = this.#tokens.kind[list[k + 1] ?? -1] === kinds.openParen;
    const end = hasArguments ? this.#closing(list, k + 1) : k;
    this.#edit(list[k] as number, list[end] as number, '');
    return end;
  }

  #closing(list: readonly number[], k: number): number {
    let depth = 0;
    for (let at = k; at < list.length; at++) {
      const kind = this.#tokens.kind[list[at] as number];
      if (kind === kinds.openParen) depth++;
      else if (kind === kinds.closeParen && --depth === 0) return at;
    }
    return list.length - 1;
  }

  #isWord(token: number): boolean {
    if (this.#tokens.kind[token] !== kinds.identifier) return false;
    return names.roleAt(this.#tokens, token) === names.plain;
  }

  #isWordAt(list: readonly number[], k: number): boolean {
    const token = list[k];
    return token !== undefined && this.#isWord(token);
  }

  #apply(): string {
    const source = this.#tokens.text;
    const parts: string[] = [];
    let at = this.#start;
    for (const { start, end, text } of this.#edits.sort((a, b) => a.start - b.start)) {
      // An edit inside one made before is part of it already.
      if (start < at) continue;
      const stop = Math.min(end, this.#end);
      parts.push(source.slice(at, start), text.slice(0, stop - start).padEnd(stop - start));
      at = stop;
    }
    parts.push(source.slice(at, this.#end));
    return parts.join('');
  }
}
