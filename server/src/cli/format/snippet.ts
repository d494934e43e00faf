import type { LineMap, Span } from '../../core/text';
import { displayWidth, printable } from './printable';

/** One source line made ready for the screen, and the marks that stand under a span of it. */
export interface Snippet {
  /** Tabs expanded to 8 columns, control characters shown as pictures, cut to the width asked for. */
  readonly text: string;
  /** Blanks and `^` that fit under `text`; at least one `^`. */
  readonly marks: string;
}

interface Cell {
  readonly text: string;
  readonly width: number;
  readonly isMarked: boolean;
}

const tabWidth = 8;
/** Lines of generated code can be megabytes long; only what is near the span is looked at. */
const reach = 400;

/** The line where `span` starts. A span of several lines is marked to the end of its first. */
export function snippet(source: string, lines: LineMap, span: Span, width: number): Snippet {
  const position = lines.position(span.start);
  const lineStart = lines.lineStart(position.line);
  const lineEnd = trimEnd(source, lineStart, lines.lineStart(position.line + 1));
  const from = Math.max(lineStart, span.start - reach);
  const to = Math.min(lineEnd, Math.min(span.end, span.start + reach) + reach);
  const cells = toCells(source.slice(from, to), from, span);
  const visible = window(cells, width, from > lineStart, to < lineEnd);
  return draw(visible);
}

function trimEnd(source: string, start: number, end: number): number {
  let at = end;
  while (at > start && (source[at - 1] === '\n' || source[at - 1] === '\r')) at--;
  return at;
}

function toCells(text: string, offset: number, span: Span): Cell[] {
  const cells: Cell[] = [];
  let column = 0;
  let at = offset;
  for (const character of text) {
    const isMarked = at >= span.start && at < Math.max(span.end, span.start + 1);
    const width = character === '\t' ? tabWidth - (column % tabWidth) : displayWidth(character);
    cells.push({ text: character === '\t' ? ' '.repeat(width) : printable(character), width, isMarked });
    column += width;
    at += character.length;
  }
  return cells;
}

/** Cuts away what does not fit, keeping the start of the marks in view. */
function window(cells: readonly Cell[], width: number, cutLeft: boolean, cutRight: boolean): readonly Cell[] {
  const dots: Cell = { text: '…', width: 1, isMarked: false };
  const total = cells.reduce((sum, cell) => sum + cell.width, 0);
  if (total + (cutLeft ? 1 : 0) + (cutRight ? 1 : 0) <= width) {
    return [...(cutLeft ? [dots] : []), ...cells, ...(cutRight ? [dots] : [])];
  }
  const marked = Math.max(
    0,
    cells.findIndex((cell) => cell.isMarked),
  );
  let before = 0;
  let first = marked;
  while (first > 0 && before + (cells[first - 1]?.width ?? 0) <= width / 3) before += cells[--first]?.width ?? 0;
  let used = 2;
  let last = first;
  while (last < cells.length && used + (cells[last]?.width ?? 0) <= width) used += cells[last++]?.width ?? 0;
  const leading = cutLeft || first > 0 ? [dots] : [];
  const trailing = cutRight || last < cells.length ? [dots] : [];
  return [...leading, ...cells.slice(first, last), ...trailing];
}

function draw(cells: readonly Cell[]): Snippet {
  const text = cells.map((cell) => cell.text).join('');
  const last = cells.findLastIndex((cell) => cell.isMarked);
  if (last < 0) {
    // The span stands at the line's end, where there is nothing to mark but the place.
    return { text, marks: `${' '.repeat(cells.reduce((sum, cell) => sum + cell.width, 0))}^` };
  }
  const marks = cells.slice(0, last + 1).map((cell) => (cell.isMarked ? '^' : ' ').repeat(cell.width));
  return { text, marks: marks.join('') };
}
