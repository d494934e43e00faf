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

/** Prepares a unit's tokens. A bracket that was never closed ends where the one around it does. */
export function readTokens(unit: TranslationUnit): Tokens {
  const words = wordsOf(unit.names);
  const { keyword } = words;
  const kind = new Uint8Array(unit.count + 1);
  const name = new Uint32Array(unit.count + 1);
  const wordOf = new Uint8Array(unit.count + 1);
  const match = new Uint32Array(unit.count + 1);
  const origin = new Uint32Array(unit.count + 1);
  const open: number[] = [];
  let count = 0;
  for (let i = 0; i < unit.count; i++) {
    const k = unit.kind[i] as number;
    if (k === kinds.hash) {
      while (i < unit.count && unit.kind[i] !== kinds.directiveEnd) i++;
      continue;
    }
    const n = unit.name[i] as number;
    kind[count] = k;
    name[count] = n;
    origin[count] = i;
    if (k === kinds.identifier) {
      if (n < keyword.length) wordOf[count] = keyword[n] as number;
    } else if (k === kinds.openParen || k === kinds.openBrace || k === kinds.openBracket) open.push(count);
    else if (k === kinds.closeParen || k === kinds.closeBrace || k === kinds.closeBracket)
      close(open, kind, match, count, k);
    count++;
  }
  for (const at of open) match[at] = count;
  return { count, kind, name, word: wordOf, match, origin, names: unit.names, words };
}

/** Pairs a closing bracket; brackets inside that are still open end with it, and a stray one is left alone. */
function close(open: number[], kind: Uint8Array, match: Uint32Array, at: number, closing: number): void {
  const wanted =
    closing === kinds.closeParen ? kinds.openParen : closing === kinds.closeBrace ? kinds.openBrace : kinds.openBracket;
  let i = open.length - 1;
  if (wanted !== kinds.openBrace)
    while (i >= 0 && kind[open[i] as number] !== wanted && kind[open[i] as number] !== kinds.openBrace) i--;
  else while (i >= 0 && kind[open[i] as number] !== wanted) i--;
  if (i < 0 || kind[open[i] as number] !== wanted) return;
  for (let k = i; k < open.length; k++) match[open[k] as number] = at;
  open.length = i;
}
