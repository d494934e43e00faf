import type { FunctionDefinition } from './facts';
import * as kinds from './kinds';
import type { Tokens } from './lexer';
import * as names from './names';
import { declaratorIn } from './parameters';

/** What the tokens of a declaration at file scope say before its body, initializer or semicolon. */
export interface Declaration {
  /** Position in the list of the name declared, -1 if no name is. */
  readonly name: number;
  readonly isFunction: boolean;
  /** Positions of the parentheses of a function's parameters. */
  readonly open: number;
  readonly close: number;
  readonly isStatic: boolean;
  readonly isExtern: boolean;
  readonly isTypedef: boolean;
  readonly isInline: boolean;
  readonly section: FunctionDefinition['section'];
  /** Position of the word that puts it there, -1 if no single word does. */
  readonly mark: number;
}

/**
 * Reads a declaration, given as a list of token indices; the body of a struct is only its opening brace there. What has a
 * body of its own is a function if it can be.
 */
export function readDeclaration(tokens: Tokens, list: readonly number[], hasBody: boolean): Declaration {
  let isStatic = false;
  let isExtern = false;
  let isTypedef = false;
  let isInline = false;
  let section: FunctionDefinition['section'];
  let mark = -1;
  let hasType = false;
  let variable = -1;
  let callable: { name: number; open: number; close: number; isCertain: boolean } | undefined;

  for (let k = 0; k < list.length; k++) {
    const kind = kindAt(tokens, list, k);
    if (kind === kinds.openParen) {
      const close = closing(tokens, list, k);
      const inner = hasType ? pointed(tokens, list, k, close) : -1;
      if (hasType && inner < 0 && close === k + 2 && kindAt(tokens, list, close + 1) === kinds.openParen) {
        // `int (name)(…)`
        callable ??= { name: k + 1, open: close + 1, close: closing(tokens, list, close + 1), isCertain: true };
      } else if (inner >= 0) {
        if (kindAt(tokens, list, inner + 1) === kinds.openParen) {
          callable ??= { name: inner, open: inner + 1, close: closing(tokens, list, inner + 1), isCertain: true };
        } else if (variable < 0 && callable === undefined) variable = inner;
      }
      k = close;
      continue;
    }
    if (kind === kinds.openBracket) k = closing(tokens, list, k);
    if (kind !== kinds.identifier) continue;
    const word = names.wordOf(tokens, list[k] as number);
    const role = word.role;
    if (role === names.storageWord) {
      const name = word.name;
      isStatic ||= name === 'static';
      isExtern ||= name === 'extern';
      isTypedef ||= name === 'typedef';
      isInline ||= name.includes('inline');
    } else if (role === names.tagWord) {
      hasType = true;
      k = tagEnd(tokens, list, k);
    } else if (role === names.typeWord) hasType = true;
    else if (role !== names.plain) {
      if (role === names.qualifierWord) continue;
      hasType ||= role === names.typeofWord;
      if (kindAt(tokens, list, k + 1) === kinds.openParen) {
        const close = closing(tokens, list, k + 1);
        for (let at = k + 2; at < close; at++) section ??= sectionOf(tokens, list[at] as number);
        k = close;
      }
    } else {
      let end = k;
      for (; end < list.length && isWord(tokens, list[end] as number); end++) {
        const name = names.tokenName(tokens, list[end] as number);
        isInline ||= /(?:^|_)inline(?:_|$)/.test(name);
        const named = name === '__init' ? 'init' : name === '__exit' ? 'exit' : undefined;
        if (named === undefined || section !== undefined) continue;
        section = named;
        mark = end;
      }
      const next = kindAt(tokens, list, end);
      if (next === kinds.openParen) {
        const close = closing(tokens, list, end);
        for (let at = end + 1; at < close; at++) section ??= sectionOf(tokens, list[at] as number);
        const inner = pointed(tokens, list, end, close);
        const isTyped = hasType || end - k > 1;
        if (inner >= 0 && callable === undefined && variable < 0) {
          // `type (*name)(…)`
          if (kindAt(tokens, list, inner + 1) === kinds.openParen) {
            callable = { name: inner, open: inner + 1, close: closing(tokens, list, inner + 1), isCertain: true };
          } else variable = inner;
        } else {
          const isCertain = isTyped && areParameters(tokens, list, end + 1, close);
          if (callable === undefined || (isCertain && !callable.isCertain)) {
            callable = { name: end - 1, open: end, close, isCertain };
          }
          if (!isCertain && end - 1 > k && variable < 0) {
            variable = positionOf(list, declaratorIn(tokens, list[k] as number, list[end - 1] as number, hasType), k);
          }
        }
        hasType = hasType || end - k > 1;
        k = close;
      } else {
        if (next !== kinds.star && variable < 0 && callable === undefined) {
          const at = declaratorIn(tokens, list[k] as number, (list[end - 1] as number) + 1, hasType);
          variable = positionOf(list, at, k);
        }
        hasType = true;
        k = end - 1;
      }
    }
  }
  const isFunction = callable !== undefined && (hasBody || callable.isCertain || variable < 0);
  return {
    name: isFunction ? (callable?.name ?? -1) : variable,
    isFunction,
    open: callable?.open ?? -1,
    close: callable?.close ?? -1,
    isStatic,
    isExtern,
    isTypedef,
    isInline,
    section,
    mark,
  };
}

/** Position of the name when the list is `NAME(…)`, perhaps behind `static` and the like; else -1. */
export function invocationName(tokens: Tokens, list: readonly number[]): number {
  let k = 0;
  while (k < list.length && kindAt(tokens, list, k) === kinds.identifier) {
    if (names.roleAt(tokens, list[k] as number) !== names.storageWord) break;
    k++;
  }
  if (k + 2 >= list.length || !isWord(tokens, list[k] as number)) return -1;
  if (kindAt(tokens, list, k + 1) !== kinds.openParen) return -1;
  return closing(tokens, list, k + 1) === list.length - 1 && kindAt(tokens, list, list.length - 1) === kinds.closeParen
    ? k
    : -1;
}

/** Whether the list is `NAME(…)` and nothing else. */
export function isWholeInvocation(tokens: Tokens, list: readonly number[]): boolean {
  return (
    list.length > 2 && kindAt(tokens, list, list.length - 1) === kinds.closeParen && invocationName(tokens, list) === 0
  );
}

/** `main(void) {`: a function without a type, where a macro would have capitals or no parameters. */
export function isFunctionWithoutType(tokens: Tokens, list: readonly number[], k: number): boolean {
  return (
    /[a-z]/.test(names.tokenName(tokens, list[k] as number)) && areParameters(tokens, list, k + 2, list.length - 1)
  );
}

/** Whether the list ends in the head of a struct, union or enum whose body may follow. */
export function endsInTag(tokens: Tokens, list: readonly number[]): boolean {
  let depth = 0;
  let tag = -1;
  for (let k = 0; k < list.length; k++) {
    const kind = kindAt(tokens, list, k);
    if (kind === kinds.openParen) depth++;
    else if (kind === kinds.closeParen) depth--;
    else if (depth === 0 && kind === kinds.identifier) {
      if (names.roleAt(tokens, list[k] as number) === names.tagWord) tag = k;
    } else if (depth === 0 && kind !== kinds.colon) tag = -1;
  }
  if (tag < 0) return false;
  for (let k = tag + 1; k < list.length; k++) {
    if (kindAt(tokens, list, k) !== kinds.openParen) continue;
    const close = closing(tokens, list, k);
    const isAttribute = !isWord(tokens, list[k - 1] as number);
    if (!isAttribute && areParameters(tokens, list, k + 1, close)) return false;
    k = close;
  }
  return true;
}

/** Whether what stands between two positions reads like a function's parameters, not like a macro's arguments. */
export function areParameters(tokens: Tokens, list: readonly number[], from: number, to: number): boolean {
  if (from >= to) return true;
  for (let k = from; k < to; k++) {
    const kind = kindAt(tokens, list, k);
    if (kind === kinds.ellipsis) return true;
    if (kind !== kinds.identifier) continue;
    const role = names.roleAt(tokens, list[k] as number);
    if (role === names.tagWord || role === names.typeWord || role === names.qualifierWord) return true;
    if (role !== names.plain || k + 1 >= to) continue;
    if (kindAt(tokens, list, k + 1) === kinds.identifier) return true;
    if (kindAt(tokens, list, k + 1) === kinds.star) return true;
  }
  return false;
}

/** Position of the bracket that closes the one at `k`; the last position if none does. */
export function closing(tokens: Tokens, list: readonly number[], k: number): number {
  let depth = 0;
  for (let at = k; at < list.length; at++) {
    const kind = kindAt(tokens, list, at);
    if (kind === kinds.openParen || kind === kinds.openBracket) depth++;
    else if ((kind === kinds.closeParen || kind === kinds.closeBracket) && --depth <= 0) return at;
  }
  return list.length - 1;
}

/** Position of the name in `(*name` or `(*const name`; -1 if the parenthesis holds something else. */
function pointed(tokens: Tokens, list: readonly number[], open: number, close: number): number {
  if (kindAt(tokens, list, open + 1) !== kinds.star) return -1;
  let last = -1;
  for (let k = open + 1; k < close; k++) {
    const kind = kindAt(tokens, list, k);
    if (kind === kinds.identifier && isWord(tokens, list[k] as number)) last = k;
    else if (kind !== kinds.star && kind !== kinds.identifier) break;
  }
  return last;
}

function tagEnd(tokens: Tokens, list: readonly number[], k: number): number {
  let at = k + 1;
  while (at < list.length) {
    const kind = kindAt(tokens, list, at);
    if (kind === kinds.openBrace) return at;
    if (kind === kinds.openParen) at = closing(tokens, list, at) + 1;
    else if (kind === kinds.identifier) at++;
    else break;
  }
  return k + 1 < list.length && kindAt(tokens, list, k + 1) === kinds.identifier ? k + 1 : k;
}

function sectionOf(tokens: Tokens, index: number): FunctionDefinition['section'] {
  if (tokens.kind[index] !== kinds.string) return undefined;
  return sectionIn(tokens.text.slice(tokens.start[index], tokens.end[index]));
}

function sectionIn(literal: string): FunctionDefinition['section'] {
  if (literal.includes('.init.text')) return 'init';
  return literal.includes('.exit.text') ? 'exit' : undefined;
}

function positionOf(list: readonly number[], token: number, from: number): number {
  return token < 0 ? -1 : list.indexOf(token, from);
}

function isWord(tokens: Tokens, index: number): boolean {
  return tokens.kind[index] === kinds.identifier && names.roleAt(tokens, index) === names.plain;
}

function kindAt(tokens: Tokens, list: readonly number[], k: number): number {
  const index = list[k];
  return index === undefined ? kinds.none : (tokens.kind[index] as number);
}
