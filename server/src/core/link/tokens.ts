import { grown } from '../preprocess/names';
import type { NameTable, TranslationUnit } from '../preprocess/unit';
import * as kinds from '../syntax/kinds';
import { type Words, wordsOf } from './words';

/** The tokens of a translation unit as the parser wants them: without pragmas, with keywords told and brackets paired. */
export interface Tokens {
  readonly count: number;
  readonly kind: Uint8Array;
  readonly name: Uint32Array;
  /** Keyword of an identifier, as in `words.ts`. */
  readonly word: Uint8Array;
  /** For an opening bracket the index of its partner (`count` if it has none), else 0. */
  readonly match: Uint32Array;
  /** Index of the token in the unit. */
  readonly origin: Uint32Array;
  readonly names: NameTable;
  readonly words: Words;
}

/** Columns of the last unit by its name table: asking for new memory takes as long as filling it. */
const used = new WeakMap<NameTable, TokenColumns>();

/**
 * Prepares a unit's tokens, good until those of another unit with the same name table are. A bracket that was never
 * closed ends where the one around it does.
 */
export function readTokens(unit: TranslationUnit): Tokens {
  const before = used.get(unit.names);
  const tokens = before ?? new TokenColumns(unit.names, unit.count);
  tokens.cut(0);
  tokens.read(unit, 0, unit.count);
  if (unit.count <= mostUsed) used.set(unit.names, tokens);
  else used.delete(unit.names);
  return tokens;
}

/** A unit far above the usual leaves no memory behind. */
const mostUsed = 1 << 22;

/** Behind the last token stand at least so many zeros. */
const spare = 8;

/** Tokens that can be read on and taken back. */
export class TokenColumns implements Tokens {
  readonly names: NameTable;
  readonly words: Words;
  kind: Uint8Array;
  name: Uint32Array;
  word: Uint8Array;
  match: Uint32Array;
  origin: Uint32Array;
  count = 0;

  constructor(names: NameTable, capacity: number) {
    this.names = names;
    this.words = wordsOf(names);
    this.kind = new Uint8Array(capacity + spare);
    this.name = new Uint32Array(capacity + spare);
    this.word = new Uint8Array(capacity + spare);
    this.match = new Uint32Array(capacity + spare);
    this.origin = new Uint32Array(capacity + spare);
  }

  /** Appends tokens `from` to `to` of a unit. Nothing is open in front of them; true if nothing is behind them. */
  read(unit: TranslationUnit, from: number, to: number): boolean {
    this.#reserve(to - from);
    const { kind, name, word, match, origin } = this;
    const { keyword } = this.words;
    const { kind: unitKind, name: unitName } = unit;
    let open = new Uint32Array(64);
    let depth = 0;
    let isWhole = true;
    let { count } = this;
    for (let i = from; i < to; i++) {
      const k = unitKind[i] as number;
      if (k === kinds.hash) {
        while (i < to && unitKind[i] !== kinds.directiveEnd) i++;
        isWhole &&= i < to;
        continue;
      }
      const n = unitName[i] as number;
      kind[count] = k;
      name[count] = n;
      origin[count] = i;
      match[count] = 0;
      word[count] = k === kinds.identifier && n < keyword.length ? (keyword[n] as number) : 0;
      const opener = openers[k] as number;
      if (opener === k) {
        if (depth === open.length) open = grown(open, Uint32Array);
        open[depth++] = count;
      } else if (opener !== 0) depth = close(open, depth, kind, match, count, opener);
      count++;
    }
    for (let i = 0; i < depth; i++) match[open[i] as number] = count;
    for (const column of [kind, name, word, match, origin]) column.fill(0, count, count + spare);
    this.count = count;
    return isWhole && depth === 0;
  }

  /** Takes all tokens back but the first ones. */
  cut(count: number): void {
    this.count = count;
  }

  #reserve(more: number): void {
    const needed = this.count + more + spare;
    if (needed <= this.kind.length) return;
    const capacity = needed + (needed >> 4);
    const larger = <T extends Uint8Array | Uint32Array>(column: T, made: T): T => {
      made.set(column.subarray(0, this.count));
      return made;
    };
    this.kind = larger(this.kind, new Uint8Array(capacity));
    this.name = larger(this.name, new Uint32Array(capacity));
    this.word = larger(this.word, new Uint8Array(capacity));
    this.match = larger(this.match, new Uint32Array(capacity));
    this.origin = larger(this.origin, new Uint32Array(capacity));
  }
}

/** For each kind that is a bracket the kind of its opening one, else 0. */
export const openers = new Uint8Array(256);
openers[kinds.openParen] = openers[kinds.closeParen] = kinds.openParen;
openers[kinds.openBrace] = openers[kinds.closeBrace] = kinds.openBrace;
openers[kinds.openBracket] = openers[kinds.closeBracket] = kinds.openBracket;

/**
 * Pairs a closing bracket with the last open one of its kind; brackets inside that are still open end with it, and a
 * stray one is left alone. Returns how many are open then.
 */
function close(
  open: Uint32Array,
  depth: number,
  kind: Uint8Array,
  match: Uint32Array,
  at: number,
  wanted: number,
): number {
  const left = leftOpen(open, depth, kind, wanted);
  for (let k = left; k < depth; k++) match[open[k] as number] = at;
  return left;
}

/** How many of the brackets that are open stay so when one of a kind is closed; braces close what is open inside of them. */
export function leftOpen(open: Uint32Array, depth: number, kind: Uint8Array, wanted: number): number {
  let i = depth - 1;
  if (wanted !== kinds.openBrace)
    while (i >= 0 && kind[open[i] as number] !== wanted && kind[open[i] as number] !== kinds.openBrace) i--;
  else while (i >= 0 && kind[open[i] as number] !== wanted) i--;
  return i < 0 || kind[open[i] as number] !== wanted ? depth : i;
}
