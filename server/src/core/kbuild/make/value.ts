import type { Location } from '../../finding';

/** A text that values come from; `file` is missing for text that make itself would have made up. */
export interface Source {
  readonly file: string | undefined;
  readonly text: string;
}

/** What is not known and so decides something: `$(shell cat x)`, `CONFIG_FOO`. */
export interface Reason {
  readonly text: string;
  /** Where it is asked for; missing where nothing could be done about it there. */
  readonly at: Location | undefined;
}

/**
 * A part of a value that knows where it was written. As an element of `words` it is one word. With `unknown` the text
 * is only what is known of it; with `when` it may or may not be there.
 */
export interface Piece {
  readonly text: string;
  readonly source: Source | undefined;
  readonly start: number;
  readonly end: number;
  readonly when: Reason | undefined;
  readonly unknown: Reason | undefined;
  /** How a reader would write it, where that differs from the text: `$(shell uname -r)`. */
  readonly shown: string | undefined;
}

export type Value = readonly Piece[];

export const space: Piece = literal(' ');

export function literal(text: string): Piece {
  return { text, source: undefined, start: 0, end: 0, when: undefined, unknown: undefined, shown: undefined };
}

export function unknownPiece(reason: Reason): Piece {
  return { ...literal(''), unknown: reason };
}

export function slice(source: Source, start: number, end: number): Piece {
  return {
    text: source.text.slice(start, end),
    source,
    start,
    end,
    when: undefined,
    unknown: undefined,
    shown: undefined,
  };
}

/** The same piece with another text: it still points at where it came from. */
export function withText(piece: Piece, text: string): Piece {
  return { ...piece, text, shown: undefined };
}

/** Characters that an expansion may have. */
export const maximumText = 2_000_000;
/** Stands for a value that is not made because of its size. */
export const tooLarge = unknownPiece({ text: 'an expansion that is too large', at: undefined });

export function withWhen(piece: Piece, when: Reason | undefined): Piece {
  return when === undefined || piece.when === when || piece === space
    ? piece
    : { ...piece, when: both(piece.when, when) };
}

/** Both reasons in one; the place is that of the first. */
export function both(a: Reason | undefined, b: Reason | undefined): Reason | undefined {
  if (a === undefined || a === b || b === undefined) return a ?? b;
  if (a.text.split(', ').includes(b.text)) return a;
  return { text: clip(`${a.text}, ${b.text}`, 200), at: a.at ?? b.at };
}

export function clip(text: string, length: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= length ? line : `${line.slice(0, length - 1)}…`;
}

export function locationOf(piece: Piece): Location | undefined {
  return piece.source?.file === undefined
    ? undefined
    : { file: piece.source.file, span: { start: piece.start, end: piece.end } };
}

/** The text of a value that is known in full; `undefined` if any of it is not. */
export function plain(value: Value): string | undefined {
  let text = '';
  for (const piece of value) {
    if (piece.unknown || piece.when) return undefined;
    text += piece.text;
  }
  return text;
}

/** All that is known of the text, whatever is missing in between. */
export function knownText(value: Value): string {
  return value.map((piece) => piece.text).join('');
}

/** As it would be written down, `$(shell uname -r)` left in; `undefined` if a part of it is not known. */
export function shownText(value: Value): string | undefined {
  return plain(value) === undefined ? undefined : value.map((piece) => piece.shown ?? piece.text).join('');
}

/** Why the value is not known in full. */
export function reasonOf(value: Value): Reason | undefined {
  for (const piece of value) if (piece.unknown ?? piece.when) return piece.unknown ?? piece.when;
  return undefined;
}

/** Whether anything but blanks is in it; `undefined` if that is not known. */
export function isFilled(value: Value): boolean | undefined {
  let isOpen = false;
  for (const piece of value) {
    if (piece.unknown || (piece.when && piece.text.trim() !== '')) isOpen = true;
    if (!piece.when && piece.text.trim() !== '') return true;
  }
  return isOpen ? undefined : false;
}

/** The words of a value. An unknown part makes the word around it unknown; alone it is an unknown word. */
export function words(value: Value): Piece[] {
  const found: Piece[] = [];
  let open: Piece | undefined;
  for (const piece of value) {
    if (piece.unknown && piece.text === '') {
      open = open ? glue(open, piece) : piece;
      continue;
    }
    const text = piece.text;
    let at = 0;
    while (at < text.length) {
      if (isBlank(text.charCodeAt(at))) {
        if (open) found.push(open);
        open = undefined;
        at++;
        continue;
      }
      let end = at + 1;
      while (end < text.length && !isBlank(text.charCodeAt(end))) end++;
      const word = at === 0 && end === text.length ? piece : part(piece, at, end);
      open = open ? glue(open, word) : word;
      at = end;
    }
  }
  if (open) found.push(open);
  return found;
}

/** The same value without its places: all that is known for sure between two other parts is one piece. */
export function withoutPlaces(value: Value): Piece[] {
  const found: Piece[] = [];
  let known = '';
  const flush = (): void => {
    if (known !== '') found.push(literal(known));
    known = '';
  };
  for (const piece of value) {
    if (piece.unknown || piece.when) {
      flush();
      found.push({ ...piece, source: undefined });
    } else known += piece.text;
  }
  flush();
  return found;
}

/** Words with one blank between them. */
export function unwords(list: readonly Piece[]): Piece[] {
  const value: Piece[] = [];
  for (const word of list) {
    if (value.length > 0) value.push(space);
    value.push(word);
  }
  return value;
}

/** Leading and trailing blanks removed, the rest as it is. */
export function trim(value: Value): Piece[] {
  const out = [...value];
  while (out[0] && !out[0].unknown) {
    const text = out[0].text.trimStart();
    if (text === out[0].text && text !== '') break;
    if (text === '') out.shift();
    else out[0] = part(out[0], out[0].text.length - text.length, out[0].text.length);
  }
  for (let last = out.at(-1); last && !last.unknown; last = out.at(-1)) {
    const text = last.text.trimEnd();
    if (text === last.text && text !== '') break;
    out.pop();
    if (text !== '') out.push(part(last, 0, text.length));
  }
  return out;
}

export function isBlank(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

function part(piece: Piece, from: number, to: number): Piece {
  const isExact = piece.end - piece.start === piece.text.length;
  return {
    ...piece,
    text: piece.text.slice(from, to),
    start: isExact ? piece.start + from : piece.start,
    end: isExact ? piece.start + to : piece.end,
    shown: undefined,
  };
}

/** The place of a word made of several parts is the span of those in one file, if they stand in a row there. */
function glue(a: Piece, b: Piece): Piece {
  const first = a.source?.file === undefined ? b : a;
  const second = b.source?.file === undefined ? a : b;
  const isOneFile = first.source === second.source && isOneLine(first, second);
  return {
    text: a.text + b.text,
    source: first.source,
    start: first.start,
    end: isOneFile ? Math.max(first.end, second.end) : first.end,
    when: both(a.when, b.when),
    unknown: a.unknown ?? b.unknown,
    shown: a.shown === undefined && b.shown === undefined ? undefined : (a.shown ?? a.text) + (b.shown ?? b.text),
  };
}

/** Whether the second follows the first on its line, so that one span takes in both. */
function isOneLine(first: Piece, second: Piece): boolean {
  if (second.start < first.start || second.start - first.end > 200) return false;
  return !first.source?.text.slice(first.end, second.start).includes('\n');
}
