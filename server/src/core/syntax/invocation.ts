import type { Span } from '../text';
import type { BodyReader } from './body';
import { closing } from './declaration';
import { type Argument, type ArgumentPiece, type Invocation, noOwner, useIsCall, useIsUncertain } from './facts';
import * as kinds from './kinds';
import type { Tokens } from './lexer';
import { spelling } from './lexer';
import * as names from './names';
import { unescaped } from './strings';

const longestOther = 4096;

/** The invocation whose name stands at position `k` of a list of tokens; `end` is the end of a semicolon, or -1. */
export function readInvocation(tokens: Tokens, list: readonly number[], k: number, end: number): Invocation {
  const name = list[k] as number;
  const close = closing(tokens, list, k + 1);
  const isClosed = tokens.kind[list[close] as number] === kinds.closeParen;
  const args: Argument[] = [];
  let depth = 0;
  let first = k + 2;
  for (let at = k + 2; at <= close; at++) {
    const kind = tokens.kind[list[at] as number];
    if (at === close || (kind === kinds.comma && depth === 0)) {
      const to = at === close && !isClosed ? at + 1 : at;
      if (kind === kinds.comma || to > first || args.length > 0) args.push(readArgument(tokens, list, first, to));
      first = at + 1;
    } else if (isOpening(kind)) depth++;
    else if (isClosing(kind)) depth--;
  }
  const span = {
    start: tokens.start[name] as number,
    end: end >= 0 ? end : (tokens.end[list[close] as number] as number),
  };
  return {
    name: names.tokenName(tokens, name),
    nameSpan: { start: span.start, end: tokens.end[name] as number },
    span,
    lines: linesOf(tokens.text, span),
    arguments: args,
  };
}

/** The lines of a span with the end of the last one, or the span itself where anything else stands on them. */
function linesOf(text: string, span: Span): Span {
  let { start, end } = span;
  while (start > 0 && isBlank(text.charCodeAt(start - 1))) start--;
  while (isBlank(text.charCodeAt(end)) || text.charCodeAt(end) === carriageReturn) end++;
  const isWhole = (start === 0 || text.charCodeAt(start - 1) === newline) && text.charCodeAt(end) === newline;
  return isWhole ? { start, end: end + 1 } : span;
}

const newline = 10;
const carriageReturn = 13;

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

function readArgument(tokens: Tokens, list: readonly number[], from: number, to: number): Argument {
  const pieces: ArgumentPiece[] = [];
  const start = from < to ? startOf(tokens, list, from) : endOf(tokens, list, from - 1);
  for (let k = from; k < to; ) {
    const kind = tokens.kind[list[k] as number];
    const token = list[k] as number;
    const span = { start: startOf(tokens, list, k), end: endOf(tokens, list, k) };
    if (kind === kinds.string) {
      const value = unescaped(spelling(tokens, token));
      pieces.push({ kind: 'string', value: names.flat(value, 0, value.length), span });
      k++;
    } else if (isNamePiece(tokens, list, k, to)) {
      pieces.push({ kind: 'name', value: names.tokenName(tokens, token), span });
      k++;
    } else {
      let end = k;
      let depth = 0;
      do {
        const inner = tokens.kind[list[end] as number];
        if (isOpening(inner)) depth++;
        else if (isClosing(inner)) depth--;
        end++;
      } while (end < to && (depth > 0 || !isPieceStart(tokens, list, end, to)));
      const stop = endOf(tokens, list, end - 1);
      const value = names.flat(tokens.text, span.start, Math.min(stop, span.start + longestOther));
      pieces.push({ kind: 'other', value, span: { start: span.start, end: stop } });
      k = end;
    }
  }
  return { pieces, span: { start, end: from < to ? endOf(tokens, list, to - 1) : start } };
}

/** A string, or a name that no parenthesis makes a call. */
function isPieceStart(tokens: Tokens, list: readonly number[], k: number, to: number): boolean {
  return tokens.kind[list[k] as number] === kinds.string || isNamePiece(tokens, list, k, to);
}

function isNamePiece(tokens: Tokens, list: readonly number[], k: number, to: number): boolean {
  if (tokens.kind[list[k] as number] !== kinds.identifier) return false;
  return k + 1 >= to || tokens.kind[list[k + 1] as number] !== kinds.openParen;
}

/** Notes the uses in the arguments of an invocation: certain where an argument begins, doubtful deeper inside. */
export function useArguments(tokens: Tokens, list: readonly number[], k: number, reader: BodyReader): void {
  const close = closing(tokens, list, k + 1);
  let depth = 0;
  let previous: number = kinds.none;
  for (let at = k + 1; at < close; at++) {
    const token = list[at] as number;
    const kind = tokens.kind[token] as number;
    if (isOpening(kind)) depth++;
    else if (isClosing(kind)) depth--;
    else if (kind === kinds.identifier && previous !== kinds.dot && previous !== kinds.arrow) {
      const word = names.wordOf(tokens, token);
      const role = word.role;
      if (role === names.tagWord || role === names.gotoWord) {
        at++;
        continue;
      }
      const next = tokens.kind[list[at + 1] as number];
      // Two names in a row are a type and what it declares.
      if (role === names.plain && next !== kinds.identifier && previous !== kinds.identifier) {
        const flags = (next === kinds.openParen ? useIsCall : 0) | (depth > 1 ? useIsUncertain : 0);
        reader.uses.add(word.name, tokens.start[token] as number, noOwner, flags);
      }
    }
    previous = kind;
  }
}

function isOpening(kind: number | undefined): boolean {
  return kind === kinds.openParen || kind === kinds.openBracket || kind === kinds.openBrace;
}

function isClosing(kind: number | undefined): boolean {
  return kind === kinds.closeParen || kind === kinds.closeBracket || kind === kinds.closeBrace;
}

function startOf(tokens: Tokens, list: readonly number[], k: number): number {
  return tokens.start[list[k] as number] as number;
}

function endOf(tokens: Tokens, list: readonly number[], k: number): number {
  return tokens.end[list[k] as number] as number;
}
