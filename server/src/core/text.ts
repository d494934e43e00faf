/** Text of one file: offsets are UTF-16 code units from its start, lines and columns count from 0. */

/** Half-open range of offsets into one file's text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Orders texts by their code units, the same in every language and on every machine. */
export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The smallest range in which two texts differ: offsets into the one before, and how much longer the one after is. */
export interface Change extends Span {
  readonly delta: number;
}

/** Texts are compared at each key: so many characters at once, as long as they are the same. */
const compared = 2048;

/** Where two texts differ that are known to be the same up to `from`. */
export function changeOf(before: string, after: string, from = 0): Change {
  const most = Math.min(before.length, after.length);
  const delta = after.length - before.length;
  const isSame = (from: number, by: number) =>
    before.slice(from, from + compared) === after.slice(from + by, from + by + compared);
  let start = from;
  while (start + compared <= most && isSame(start, 0)) start += compared;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let end = before.length;
  const least = start + Math.max(0, -delta);
  while (end - compared >= least && isSame(end - compared, delta)) end -= compared;
  while (end > least && before.charCodeAt(end - 1) === after.charCodeAt(end - 1 + delta)) end--;
  return { start, end, delta };
}

/** A place in a line: both counted from 0, the column in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Where each line of a text begins. Lines end at LF, CRLF or a lone CR. */
export class LineMap {
  readonly #starts: Uint32Array;
  readonly #length: number;

  constructor(text: string) {
    const starts = [0];
    if (text.includes('\r')) {
      for (let i = 0; i < text.length; i++) {
        const c = text.charCodeAt(i);
        if (c === 10 || (c === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
      }
    } else {
      for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) starts.push(i + 1);
    }
    this.#starts = Uint32Array.from(starts);
    this.#length = text.length;
  }

  get lineCount(): number {
    return this.#starts.length;
  }

  /** Offset of a line's first character; the text's length past the last line. */
  lineStart(line: number): number {
    return this.#starts[line] ?? this.#length;
  }

  position(offset: number): Position {
    const at = Math.max(0, Math.min(offset, this.#length));
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low, column: at - (this.#starts[low] ?? 0) };
  }

  offset(position: Position): number {
    const start = this.lineStart(position.line);
    return Math.min(start + position.column, this.lineStart(position.line + 1));
  }
}
