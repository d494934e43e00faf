import type { Span } from '../text';
import type { Suppression } from './facts';
import type { Comments } from './lexer';

const marker = 'untainted-ignore-';
const scopes = ['next-line', 'line', 'file'] as const;
/** Beyond these nobody has written it by hand, and time is bounded. */
const maximumCount = 2000;
const maximumRules = 50;
const maximumJoined = 200;
const longestLine = 4096;
const longestReason = 500;
const longestStart = 200;

/** The suppressions in the comments of C text; a text without the word costs one search. */
export function suppressionsOfComments(tokens: Comments): Suppression[] {
  const { text } = tokens;
  const found: Suppression[] = [];
  let next = text.indexOf(marker);
  for (let i = 0; next >= 0 && i < tokens.commentCount && found.length < maximumCount; i++) {
    const start = tokens.commentStart[i] as number;
    const end = tokens.commentEnd[i] as number;
    if (end <= next) continue;
    if (start > next) next = text.indexOf(marker, start);
    if (next < 0 || next >= end) continue;
    const close = text.startsWith('*/', end - 2) && text[start + 1] === '*' ? end - 2 : end;
    const one = suppressionAt(text, { start, end }, next, close, /^\/[/*][\s*]*$/);
    if (one) found.push(one);
    next = text.indexOf(marker, end);
  }
  return together(text, found);
}

/** The suppressions of lines that begin with, or end in, a comment with `#`. */
export function suppressionsOfHashLines(text: string): Suppression[] {
  const found: Suppression[] = [];
  for (let at = text.indexOf(marker); at >= 0 && found.length < maximumCount; at = text.indexOf(marker, at + 1)) {
    const before = text.slice(Math.max(0, at - longestStart), at).trimEnd();
    if (!before.endsWith('#')) continue;
    const start = text.lastIndexOf('#', at);
    const end = lineEnd(text, at);
    const one = suppressionAt(text, { start, end }, at, end, /^#[ \t]*$/);
    if (one) found.push(one);
  }
  return together(text, found);
}

/** `before` is what may stand between the comment's start and the word. */
function suppressionAt(
  text: string,
  commentSpan: Span,
  at: number,
  close: number,
  before: RegExp,
): Suppression | undefined {
  if (at - commentSpan.start > longestStart || !before.test(text.slice(commentSpan.start, at))) return undefined;
  const word = /^[a-z-]+/.exec(text.slice(at + marker.length, at + marker.length + 20))?.[0];
  const scope = scopes.find((one) => one === word);
  if (!scope) return undefined;
  const from = at + marker.length + scope.length;
  const colon = text.slice(from, Math.min(close, from + longestLine)).indexOf(':');
  const to = colon < 0 ? Math.min(close, from + longestLine) : from + colon;
  const reason = colon < 0 ? '' : text.slice(to + 1, Math.min(close, to + 1 + longestReason));
  return {
    scope,
    rules: readNames(text, from, to),
    reason: reason.replace(/[\s*]+/g, ' ').trim(),
    target: targetOf(text, scope, commentSpan),
    commentSpan,
    removal: removalOf(text, commentSpan),
  };
}

function readNames(text: string, from: number, to: number): Suppression['rules'] {
  const names: { id: string; span: Span }[] = [];
  for (const match of text.slice(from, to).matchAll(/[^\s,*]+/g)) {
    const start = from + match.index;
    names.push({ id: match[0], span: { start, end: start + match[0].length } });
    if (names.length === maximumRules) break;
  }
  return names;
}

/** Lines joined by a backslash at their end are one. */
function targetOf(text: string, scope: Suppression['scope'], { start, end }: Span): Span {
  if (scope === 'file') return { start: 0, end: text.length };
  if (scope === 'line') return { start: lineStart(text, start), end: lineEnd(text, start) };
  const from = nextLine(text, end);
  let to = lineEnd(text, from);
  for (let lines = 0; lines < maximumJoined && to > from && text[to - 1] === '\\'; lines++) {
    to = lineEnd(text, nextLine(text, to));
  }
  return { start: from, end: to };
}

/** The whole line where the comment is alone in it; a macro's line that ends the macro stays, blank. */
function removalOf(text: string, { start, end }: Span): Span {
  const from = lineStart(text, start);
  const to = lineEnd(text, end);
  const behind = text.slice(end, to);
  const isFirst = text.slice(from, start).trim() === '';
  if (isFirst && /^\s*\\?$/.test(behind)) {
    const isJoined = /\\\r?\n$/.test(text.slice(Math.max(0, from - 3), from));
    return isJoined && !behind.endsWith('\\') ? { start, end } : { start: from, end: nextLine(text, to) };
  }
  if (isFirst) return { start, end: end + (behind.length - behind.trimStart().length) };
  const code = text.slice(from, start).trimEnd().length;
  return { start: from + code, end };
}

/** A suppression that stands over another one means what that one means. */
function together(text: string, found: Suppression[]): Suppression[] {
  for (let i = found.length - 2; i >= 0; i--) {
    const one = found[i] as Suppression;
    const next = found[i + 1] as Suppression;
    const { start } = one.target;
    const isOver = one.scope === 'next-line' && next.scope === 'next-line' && next.commentSpan.start >= start;
    if (isOver && text.slice(start, next.commentSpan.start).trim() === '') found[i] = { ...one, target: next.target };
  }
  return found;
}

function lineStart(text: string, at: number): number {
  let i = at;
  while (i > 0 && at - i < longestLine && text[i - 1] !== '\n' && text[i - 1] !== '\r') i--;
  return i;
}

/** Where a line's characters end, before its line break. */
function lineEnd(text: string, at: number): number {
  let i = at;
  while (i < text.length && i - at < longestLine && text[i] !== '\n' && text[i] !== '\r') i++;
  return i;
}

/** Where the line behind the one at an offset begins. */
function nextLine(text: string, at: number): number {
  const end = lineEnd(text, at);
  return Math.min(text.length, end + (text.startsWith('\r\n', end) ? 2 : 1));
}
