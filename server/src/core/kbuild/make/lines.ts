/** One logical line of a makefile: physical lines joined by a backslash at their end. Offsets into the file's text. */
export interface Line {
  readonly start: number;
  /** Behind the last character, line end and carriage return left out. */
  readonly end: number;
  readonly isTabbed: boolean;
}

/** The logical lines of a text, those without any character left out. */
export function readLines(text: string, from = 0): Line[] {
  const lines: Line[] = [];
  let start = from;
  while (start < text.length) {
    let end = lineEnd(text, start);
    let next = end + 1;
    while (end < text.length && isContinued(text, start, end)) {
      end = lineEnd(text, next);
      next = end + 1;
    }
    let last = end;
    while (last > start && text.charCodeAt(last - 1) === 13) last--;
    if (last > start) lines.push({ start, end: last, isTabbed: text.charCodeAt(start) === 9 });
    start = next;
  }
  return lines;
}

/** Where the comment of a line begins, or its end: the first `#` without a backslash and outside of `$(…)`. */
export function commentStart(text: string, start: number, end: number): number {
  for (let i = start; i < end; i++) {
    const c = text.charCodeAt(i);
    if (c === 92) i++;
    else if (c === 35) return i;
  }
  return end;
}

/** First offset from `start` on that is no blank and no continued line end. */
export function skipBlanks(text: string, start: number, end: number): number {
  let at = start;
  while (at < end) {
    const c = text.charCodeAt(at);
    if (c === 32 || (c >= 9 && c <= 13)) at++;
    else if (c === 92 && isLineEnd(text, at + 1)) at++;
    else break;
  }
  return at;
}

export function trimEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start) {
    const c = text.charCodeAt(at - 1);
    if (c === 32 || (c >= 9 && c <= 13)) at--;
    else if (c === 92 && isLineEnd(text, at)) at--;
    else break;
  }
  return at;
}

/** Whether a line ends at `at`, with or without a carriage return. */
export function isLineEnd(text: string, at: number): boolean {
  const c = text.charCodeAt(at);
  return c === 10 || (c === 13 && text.charCodeAt(at + 1) === 10);
}

/** Offset of the bracket that closes the one at `open`, or -1. Only brackets of its own kind count, as in make. */
export function closing(text: string, open: number, end: number): number {
  const left = text.charCodeAt(open);
  const right = left === 40 ? 41 : 125;
  let depth = 0;
  for (let i = open; i < end; i++) {
    const c = text.charCodeAt(i);
    if (c === left) depth++;
    else if (c === right && --depth === 0) return i;
  }
  return -1;
}

function lineEnd(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length : at;
}

function isContinued(text: string, start: number, end: number): boolean {
  let at = text.charCodeAt(end - 1) === 13 ? end - 1 : end;
  let slashes = 0;
  while (at > start && text.charCodeAt(at - 1) === 92) {
    slashes++;
    at--;
  }
  return slashes % 2 === 1;
}
