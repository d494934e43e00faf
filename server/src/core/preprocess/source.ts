import * as kinds from '../syntax/kinds';
import { lex, type Scratch, type Tokens } from '../syntax/lexer';
import { type Directives, guardOf, readDirectives } from './directive';
import type { Macro } from './macro';
import type { Names } from './names';
import type { Known } from './passage';

/** One file (or a piece of one) lexed: columns of tokens, and its directives in order. Shared by translation units. */
export class Source {
  /** Index in the unit's `files`, set anew by each unit that reads the source. */
  index = 0;
  /** Macros that this text defines, once they are met. */
  readonly macros: Macro[] = [];
  lines: Uint32Array | undefined;
  /** How many units have read it, and the last of them. */
  units = 0;
  unit = 0;
  /** What it expands to, by the token at which a passage begins. */
  passages: Map<number, Known> | undefined;

  constructor(
    /** As it was found, which `__FILE__` shows. */
    readonly path: string,
    readonly text: string,
    /** Offset of the text in its file. */
    readonly base: number,
    readonly count: number,
    readonly name: Uint32Array,
    readonly kind: Uint8Array,
    readonly offset: Uint32Array,
    /** 1 where something stands between a token and the one before. */
    readonly white: Uint8Array,
    readonly directives: Directives,
    /** The macro that, when defined, leaves nothing of the file; 0 for none. */
    readonly guard: number,
    /** The line of its file at which the text begins, counted from 1. */
    readonly firstLine: number,
  ) {}

  /** No file: predefined macros, a command line. */
  get isVirtual(): boolean {
    return this.path.startsWith('<');
  }

  /** The line of an offset, counted from 1. */
  line(offset: number): number {
    this.lines ??= lineStarts(this.text);
    const at = offset - this.base;
    let low = 0;
    let high = this.lines.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.lines[middle] as number) <= at) low = middle;
      else high = middle - 1;
    }
    return low + this.firstLine;
  }
}

/** Lexes a text. `base` is the text's offset in its file, `firstLine` the line it begins at. */
export function readSource(
  path: string,
  text: string,
  names: Names,
  scratch?: Scratch,
  base = 0,
  firstLine = 1,
): Source {
  const tokens = lex(text, scratch);
  const { count } = tokens;
  // One piece of memory for all columns: there are thousands of headers.
  const memory = new ArrayBuffer(count * 10);
  const name = new Uint32Array(memory, 0, count);
  const offset = new Uint32Array(memory, count * 4, count);
  const white = new Uint8Array(memory, count * 8, count);
  const kind = new Uint8Array(memory, count * 9, count);
  const hashes: number[] = [];
  let end = 0;
  /** The first backslash from the present token on; beyond the text where no token has a continued newline. */
  let backslash = tokens.hasSplices ? -1 : text.length;
  for (let i = 0; i < count; i++) {
    const start = tokens.start[i] as number;
    const tokenEnd = tokens.end[i] as number;
    const k = tokens.kind[i] as number;
    kind[i] = k;
    offset[i] = start + base;
    if (start !== end && (text.charCodeAt(end) !== 92 || !isSplice(text, end, start))) white[i] = 1;
    end = tokenEnd;
    if (k === kinds.hash) hashes.push(i);
    if (start === tokenEnd) continue;
    if (backslash < start) {
      backslash = text.indexOf('\\', start);
      if (backslash < 0) backslash = text.length;
    }
    name[i] = backslash < tokenEnd ? spliced(tokens, i, names) : names.range(text, start, tokenEnd, k);
  }
  const directives = readDirectives(hashes, kind, name, count);
  const guard = guardOf(directives, kind, name, count);
  return new Source(path, text, base, count, name, kind, offset, white, directives, guard, firstLine);
}

function spliced(tokens: Tokens, i: number, names: Names): number {
  const text = tokens.text.slice(tokens.start[i], tokens.end[i]).replace(/\\[ \t]*(?:\r\n?|\n)/g, '');
  return text === '' ? 0x30 : names.range(text, 0, text.length, tokens.kind[i] as number);
}

function isSplice(text: string, start: number, end: number): boolean {
  return end - start < 4096 && text.slice(start, end).replace(/\\[ \t]*(?:\r\n?|\n)/g, '') === '';
}

function lineStarts(text: string): Uint32Array {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return Uint32Array.from(starts);
}
