import * as kinds from './kinds';
import type { Tokens } from './lexer';
import * as names from './names';

/**
 * The token that names what is declared, in a run of plain names: the last that is no annotation. Names that begin with
 * two underscores are the compiler's and, in the kernel, annotations.
 */
export function declaratorIn(tokens: Tokens, from: number, to: number, hasType: boolean): number {
  const first = hasType ? from : from + 1;
  for (let at = to - 1; at >= first; at--) {
    if (!tokens.text.startsWith('__', tokens.start[at])) return at;
  }
  return to - 1 >= first ? to - 1 : -1;
}

/** Names of the parameters written between two tokens; a macro's arguments may be names without a type. */
export function parameterNames(tokens: Tokens, from: number, to: number, isMacro: boolean): string[] {
  const found: string[] = [];
  let depth = 0;
  let start = from;
  for (let at = from; at <= to; at++) {
    const kind = at === to ? kinds.comma : tokens.kind[at];
    if (kind === kinds.openParen || kind === kinds.openBracket) depth++;
    else if (kind === kinds.closeParen || kind === kinds.closeBracket) depth--;
    else if (kind === kinds.comma && depth <= 0) {
      const name = parameterIn(tokens, start, at, isMacro);
      if (name >= 0) found.push(names.tokenName(tokens, name));
      start = at + 1;
    }
  }
  return found;
}

/** The token that names the parameter written between two tokens; -1 for `void`, `...` and parameters without name. */
function parameterIn(tokens: Tokens, from: number, to: number, isMacro: boolean): number {
  let hasType = isMacro;
  for (let at = from; at < to; at++) {
    const kind = tokens.kind[at];
    if (kind === kinds.openParen) {
      if (tokens.kind[at + 1] !== kinds.star) return -1;
      while (at + 1 < to && tokens.kind[at + 1] !== kinds.identifier) at++;
      return at + 1 < to ? at + 1 : -1;
    }
    if (kind === kinds.star) hasType = true;
    if (kind !== kinds.identifier) continue;
    const role = names.roleAt(tokens, at);
    if (role === names.tagWord) {
      at++;
      hasType = true;
    }
    if (role !== names.plain) {
      hasType ||= role === names.typeWord;
      continue;
    }
    let end = at;
    while (end < to && tokens.kind[end] === kinds.identifier && names.roleAt(tokens, end) === names.plain) end++;
    const next = end === to ? kinds.comma : tokens.kind[end];
    if (next === kinds.comma || next === kinds.openBracket) return declaratorIn(tokens, at, end, hasType);
    hasType = true;
    at = end - 1;
  }
  return -1;
}
