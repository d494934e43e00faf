import type { Body } from './declared';
import { noOwner } from './facts';
import * as kinds from './kinds';
import type { Tokens } from './lexer';
import * as names from './names';
import { parameterNames } from './parameters';

/** No wrapper is longer. */
const mostTokens = 48;
const constants = new Set(['NULL', 'true', 'false']);

/**
 * The function that a body hands its own parameters on to, where it does nothing else: `{ return f(a, 0); }`. Arguments
 * that are computed make it more than a wrapper.
 */
export function forwardedTo(tokens: Tokens, { owner, from, to, open, close }: Body): string | undefined {
  if (close - open > mostTokens || close - open < 5) return undefined;
  let at = open + 1;
  if (isWord(tokens, at, 'return')) at++;
  const callee = at;
  if (tokens.kind[callee] !== kinds.identifier || tokens.kind[callee + 1] !== kinds.openParen) return undefined;
  const end = close - 2;
  if (tokens.kind[end] !== kinds.closeParen || tokens.kind[end + 1] !== kinds.semicolon) return undefined;
  if (names.roleAt(tokens, callee) !== names.plain) return undefined;
  let parameters: ReadonlySet<string> | undefined;
  for (at = callee + 2; at < end; at++) {
    const kind = tokens.kind[at];
    if (kind === kinds.comma || kind === kinds.number || kind === kinds.string) continue;
    if (kind !== kinds.identifier) return undefined;
    const name = names.tokenName(tokens, at);
    if (constants.has(name)) continue;
    parameters ??= new Set(parameterNames(tokens, from, to, owner === noOwner));
    if (!parameters.has(name)) return undefined;
  }
  return names.tokenName(tokens, callee);
}

function isWord(tokens: Tokens, i: number, word: string): boolean {
  return tokens.kind[i] === kinds.identifier && names.tokenName(tokens, i) === word;
}
