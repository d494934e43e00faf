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

/** The smallest range in which two texts differ. */
export interface Change {
  readonly start: number;
  /** End of the changed part in the text before. */
  readonly end: number;
  readonly delta: number;
}

/** Where two texts differ that are known to be the same up to `from`. */
export function changeOf(before: string, after: string, from = 0): Change {
  const shorter = Math.min(before.length, after.length);
  let start = from;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let tail = 0;
  while (
    tail < shorter - start &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  ) {
    tail++;
  }
  return { start, end: before.length - tail, delta: after.length - before.length };
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
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i);
      if (c === 10) starts.push(i + 1);
      else if (c === 13 && text.charCodeAt(i + 1) !== 10) starts.push(i + 1);
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
