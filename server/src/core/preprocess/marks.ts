import * as kinds from '../syntax/kinds';
import type { Source } from './source';

/** A place in a source at which reading may begin anew, as far as its text tells. */
export interface Mark {
  readonly token: number;
  /** Begin of a line, or behind the line of a directive. */
  readonly offset: number;
  /** No macro that is named before can take what follows for its arguments. */
  readonly isClosed: boolean;
  /** A directive stands here. */
  readonly isDirective: boolean;
}

/** So many characters lie between two marks, except around directives. */
const leastGap = 256;

/** The marks of a source in order, those before token `end`; its beginning is none. */
export function marksOf(source: Source, end: number): Mark[] {
  const { kind, offset, directives } = source;
  const marks: Mark[] = [];
  let next = source.base + leastGap;
  let d = 0;
  for (let token = 0; token < end; ) {
    const before = token > 0 ? (kind[token - 1] as number) : kinds.none;
    const isDirective = kind[token] === kinds.hash;
    const isBehind = before === kinds.directiveEnd && !isDirective;
    // Directives that follow each other stay together.
    const isBefore = isDirective && token > 0 && before !== kinds.directiveEnd;
    if (isBefore || isBehind || ((offset[token] as number) >= next && isInert(before))) {
      const at = isBehind ? behindLine(source, token - 1) : lineOf(source, token);
      if (at >= 0) {
        marks.push({ token, offset: at, isClosed: isBehind || isInert(before), isDirective });
        next = at + leastGap;
      }
    }
    token = isDirective ? (directives.to[d++] as number) + 1 : token + 1;
  }
  return marks;
}

/** Whether what follows a token cannot concern a macro in front of it. */
export function isInert(kind: number): boolean {
  return kind === kinds.semicolon || kind === kinds.openBrace || kind === kinds.closeBrace || kind === kinds.comma;
}

/** Whether at an offset of a text a line begins that goes on with none before it. */
export function isLineStart(text: string, offset: number): boolean {
  if (text.charCodeAt(offset - 1) !== 10) return false;
  let at = offset - 2;
  while (isBlank(text.charCodeAt(at)) || text.charCodeAt(at) === 13) at--;
  return text.charCodeAt(at) !== 92;
}

/** The offset of the line that a token begins; -1 if something else does. */
function lineOf({ text, base, offset }: Source, token: number): number {
  let at = (offset[token] as number) - base;
  while (isBlank(text.charCodeAt(at - 1))) at--;
  return isLineStart(text, at) ? at + base : -1;
}

/** The offset behind the line that a directive ends; -1 at the end of the text. */
function behindLine({ text, base, offset }: Source, token: number): number {
  let at = (offset[token] as number) - base;
  if (text.charCodeAt(at) === 13) at++;
  return text.charCodeAt(at) === 10 ? at + 1 + base : -1;
}

function isBlank(c: number): boolean {
  return c === 32 || c === 9;
}
