import { languageOf } from '../syntax/extract';
import * as kinds from '../syntax/kinds';
import { lex, type Tokens } from '../syntax/lexer';
import { unescaped } from '../syntax/strings';
import type { Span } from '../text';

/** Inside one of the argument of a macro's call, which may end anywhere. */
export interface ArgumentPlace {
  readonly kind: 'argument';
  readonly macro: string;
  /** Which argument, from 0. */
  readonly index: number;
  /** The first argument, if that is a name or a string and not the one meant. */
  readonly first: string | undefined;
  /** What is there: the inside of a string, or a name. */
  readonly content: Span;
  readonly isString: boolean;
  /** What must be added behind so that the call is whole. */
  readonly closing: string;
}

/** In the expression behind an SPDX marker. */
export interface SpdxPlace {
  readonly kind: 'spdx';
  /** The expression as far as it stands before the word. */
  readonly before: string;
  readonly word: Span;
}

const marker = 'SPDX-License-Identifier:';
/** A call that begins further away is not looked for. */
const reach = 512;
const mostTokens = 64;

/** Whether a place may be one that is answered for: asked for every blank and bracket that is typed. */
export function mayComplete(text: string, offset: number): boolean {
  const near = text.slice(Math.max(0, offset - reach), offset);
  const line = near.slice(Math.max(near.lastIndexOf('\n'), near.lastIndexOf('\r')) + 1);
  return near.includes('MODULE_') || near.includes('EXPORT_') || line.includes(marker);
}

/** What is being typed at an offset, if that is something to be completed. */
export function placeAt(path: string, text: string, offset: number): ArgumentPlace | SpdxPlace | undefined {
  if (!mayComplete(text, offset)) return undefined;
  const language = languageOf(path);
  return spdxPlace(text, offset) ?? (language === 'c' ? argumentPlace(text, offset) : undefined);
}

function spdxPlace(text: string, offset: number): SpdxPlace | undefined {
  const lineStart = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  const line = text.slice(lineStart, offset);
  const at = line.indexOf(marker);
  if (at < 0 || line.length > reach || !/^\s*(?:\/\/|\/\*+|\*|#)?\s*$/.test(line.slice(0, at))) return undefined;
  const typed = line.slice(at + marker.length);
  if (typed === '' || typed.includes('*/')) return undefined;
  const word = wordLength(typed, /[\w.+-]/, -1);
  const start = offset - word;
  const end = offset + wordLength(text.slice(offset, offset + reach), /[\w.+-]/, 1);
  return { kind: 'spdx', before: typed.slice(0, typed.length - word), word: { start, end } };
}

function argumentPlace(text: string, offset: number): ArgumentPlace | undefined {
  const tokens = lex(text);
  if (isInComment(tokens, offset)) return undefined;
  const at = lastBefore(tokens, offset);
  const here = contentAt(tokens, at, offset);
  if (!here) return undefined;
  const call = callAround(tokens, here.before);
  if (!call) return undefined;
  const { content, isString, isOpen } = here;
  const lineEnd = text.slice(content.end).search(/[\r\n]|$/);
  const rest = text.slice(content.end, content.end + lineEnd).trim();
  const quote = isString && isOpen ? '"' : '';
  const closing = !isString || isOpen ? `${quote}${rest === '' ? ');' : ''}` : '';
  return { kind: 'argument', ...call, content, isString, closing };
}

/** What stands at the cursor and the token before it; `undefined` where nothing of use can be typed. */
function contentAt(
  tokens: Tokens,
  at: number,
  offset: number,
): { content: Span; before: number; isString: boolean; isOpen: boolean } | undefined {
  const { text } = tokens;
  const kind = tokens.kind[at];
  const start = tokens.start[at] ?? 0;
  const end = tokens.end[at] ?? 0;
  if (kind === kinds.string && offset > start) {
    const open = text.indexOf('"', start) + 1;
    const isOpen = end - open < 1 || text[end - 1] !== '"';
    if (offset < open || offset > end || (!isOpen && offset === end)) return undefined;
    // What follows an unfinished string in its line may be code again.
    const typed = offset + wordLength(text.slice(offset, end), /[\w.+-]/, 1);
    return { content: { start: open, end: isOpen ? typed : end - 1 }, before: at - 1, isString: true, isOpen };
  }
  if (kind === kinds.identifier && offset <= end) {
    return { content: { start, end }, before: at - 1, isString: false, isOpen: false };
  }
  if (at >= 0 && offset < end) return undefined;
  return { content: { start: offset, end: offset }, before: at, isString: false, isOpen: false };
}

/** The call whose argument begins behind a token: its macro and which argument it is. */
function callAround(tokens: Tokens, before: number): Pick<ArgumentPlace, 'macro' | 'index' | 'first'> | undefined {
  const first = tokens.kind[before];
  if (first !== kinds.openParen && first !== kinds.comma) return undefined;
  let index = 0;
  let depth = 0;
  for (let i = before; i > 0 && i > before - mostTokens; i--) {
    const kind = tokens.kind[i] as number;
    if (kind === kinds.closeParen) depth++;
    else if (kind === kinds.openParen && depth > 0) depth--;
    else if (kind === kinds.openParen) {
      if (tokens.kind[i - 1] !== kinds.identifier) return undefined;
      return { macro: tokenText(tokens, i - 1), index, first: index > 0 ? argumentText(tokens, i + 1) : undefined };
    } else if (kind === kinds.comma && depth === 0) index++;
    else if (endsCall.has(kind)) return undefined;
  }
  return undefined;
}

const endsCall: ReadonlySet<number> = new Set([
  kinds.semicolon,
  kinds.openBrace,
  kinds.closeBrace,
  kinds.hash,
  kinds.directiveEnd,
]);

function argumentText(tokens: Tokens, i: number): string | undefined {
  const kind = tokens.kind[i];
  if (kind === kinds.identifier) return tokenText(tokens, i);
  return kind === kinds.string ? unescaped(tokenText(tokens, i)) : undefined;
}

function tokenText({ text, start, end }: Tokens, i: number): string {
  return text.slice(start[i], end[i]);
}

/** The last token that begins before an offset, -1 if none does. */
function lastBefore({ start, count }: Tokens, offset: number): number {
  let low = -1;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((start[middle] as number) < offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

function isInComment({ text, commentCount, commentStart, commentEnd }: Tokens, offset: number): boolean {
  for (let i = 0; i < commentCount; i++) {
    const start = commentStart[i] as number;
    const end = commentEnd[i] as number;
    if (start >= offset) return false;
    const isClosed = text[start + 1] === '*' && end >= start + 4 && text.startsWith('*/', end - 2);
    if (offset < end || (offset === end && !isClosed)) return true;
  }
  return false;
}

/** How many characters of a kind stand at a text's start (`step` 1) or end (-1). */
function wordLength(text: string, kind: RegExp, step: 1 | -1): number {
  let length = 0;
  const at = () => text.charAt(step > 0 ? length : text.length - 1 - length);
  while (length < text.length && kind.test(at())) length++;
  return length;
}
