import parse, { type Info } from 'spdx-expression-parse';
import oldIds from 'spdx-license-ids/deprecated.json';
import ids from 'spdx-license-ids/index.json';
import type { Span } from '../text';
import type { SpdxExpression, SpdxTag } from './facts';
import type { Comments } from './lexer';
import { flat } from './names';

const longest = 500;
const remembered = new Map<string, SpdxExpression | undefined>();

/** Identifiers as the SPDX list spells them, by their lower case: the standard compares without case. */
const spellings = new Map<string, string>();
for (const id of [...oldIds, ...ids]) spellings.set(id.toLowerCase(), id);

/** An SPDX license expression; `undefined` if it is none, or longer than anybody writes. */
export function parseSpdx(text: string): SpdxExpression | undefined {
  const source = text.trim().replace(/\s+/g, ' ');
  if (source.length > longest) return undefined;
  if (remembered.has(source)) return remembered.get(source);
  const expression =
    parsed(source) ?? parsed(source.replace(/[A-Za-z0-9.-]+/g, (id) => spellings.get(id.toLowerCase()) ?? id));
  if (remembered.size > 1000) remembered.clear();
  remembered.set(source, expression);
  return expression;
}

/** Whether a word is an identifier of the SPDX list, perhaps with a `+`, or one that somebody made for a license of his own. */
export function isSpdxId(word: string): boolean {
  return spellings.has(word.replace(/\+$/, '').toLowerCase()) || parsed(word) !== undefined;
}

/** Identifiers of the SPDX list. */
export const spdxIds: readonly string[] = ids;

function parsed(source: string): SpdxExpression | undefined {
  try {
    return simplified(parse(source));
  } catch {
    return undefined;
  }
}

function simplified(info: Info): SpdxExpression {
  if ('conjunction' in info) {
    return { conjunction: info.conjunction, left: simplified(info.left), right: simplified(info.right) };
  }
  const exception = info.exception === undefined ? {} : { exception: info.exception };
  return info.license.endsWith('+')
    ? { license: info.license.slice(0, -1), plus: true, ...exception }
    : { license: info.license, plus: info.plus === true, ...exception };
}

const marker = 'SPDX-License-Identifier:';

/** The SPDX tags in the comments of C text. */
export function spdxOfComments(tokens: Comments): SpdxTag[] {
  const { text } = tokens;
  const tags: SpdxTag[] = [];
  const lines = new LineCounter(text);
  let found = text.indexOf(marker);
  for (let i = 0; found >= 0 && i < tokens.commentCount; i++) {
    const start = tokens.commentStart[i] as number;
    const end = tokens.commentEnd[i] as number;
    if (end <= found) continue;
    if (start > found) {
      found = text.indexOf(marker, start);
      if (found < 0) break;
      if (found >= end) continue;
    }
    while (found >= 0 && found < end) {
      tags.push(tagAt(text, found, start, end, text[start + 1] === '*' ? '/*' : '//', lines));
      found = text.indexOf(marker, found + marker.length);
    }
  }
  return tags;
}

/** The SPDX tags of lines that begin with `#`: Makefiles, Kconfig files, scripts, assembly. */
export function spdxOfHashLines(text: string): SpdxTag[] {
  const tags: SpdxTag[] = [];
  const lines = new LineCounter(text);
  for (let at = text.indexOf(marker); at >= 0; at = text.indexOf(marker, at + marker.length)) {
    const lineStart = Math.max(text.lastIndexOf('\n', at), text.lastIndexOf('\r', at)) + 1;
    const start = text.indexOf('#', lineStart);
    if (start < 0 || start > at) continue;
    tags.push(tagAt(text, at, start, text.length, '#', lines));
  }
  return tags;
}

function tagAt(
  text: string,
  at: number,
  from: number,
  to: number,
  style: SpdxTag['style'],
  lines: LineCounter,
): SpdxTag {
  let end = at + marker.length;
  while (end < to && text[end] !== '\n' && text[end] !== '\r') end++;
  const commentEnd = style === '#' ? end : to;
  if (style === '/*' && end === to && text.startsWith('*/', to - 2)) end -= 2;
  let start = at + marker.length;
  while (start < end && /\s/.test(text.charAt(start))) start++;
  while (end > start && /\s/.test(text.charAt(end - 1))) end--;
  const expression = flat(text, start, end);
  return {
    text: expression,
    span: { start, end },
    commentSpan: { start: from, end: commentEnd },
    line: lines.lineOf(at),
    ownLine: ownLine(text, at, end),
    style,
    expression: parseSpdx(expression),
  };
}

/** The line of a tag from `at` to the end of its expression, if it can be cut out. */
function ownLine(text: string, at: number, end: number): Span | undefined {
  let start = at;
  while (start > 0 && at - start < longest && !/[\r\n]/.test(text.charAt(start - 1))) start--;
  let next = end;
  while (next < text.length && next - end < longest && !/[\r\n]/.test(text.charAt(next))) next++;
  const before = text.slice(start, at).trim();
  const after = text.slice(end, next).trim();
  const isOwn = before.startsWith('/*') ? after === '*/' : after === '';
  if (!isOwn || !/^(?:\/\/+|\/?\*+|#+)?$/.test(before)) return undefined;
  if (text.charAt(next) === '\r') next++;
  if (text.charAt(next) === '\n') next++;
  return { start, end: next };
}

/** Lines of offsets that are asked for in order. */
class LineCounter {
  readonly #text: string;
  #at = 0;
  #line = 0;

  constructor(text: string) {
    this.#text = text;
  }

  lineOf(offset: number): number {
    for (; this.#at < offset; this.#at++) {
      const c = this.#text.charCodeAt(this.#at);
      if (c === 10 || (c === 13 && this.#text.charCodeAt(this.#at + 1) !== 10)) this.#line++;
    }
    return this.#line;
  }
}
