import type { Tokens } from './lexer';
import { spelling } from './lexer';

/** What a word means to somebody who reads declarations and expressions without knowing any type. */
export const plain = 0;
export const typeWord = 1;
export const storageWord = 2;
export const tagWord = 3;
/** `sizeof`, `typeof` …: what stands in the parentheses behind it is not evaluated. */
export const unevaluated = 4;
export const attributeWord = 5;
export const asmWord = 6;
export const gotoWord = 7;
export const caseWord = 8;
/** `else`, `do`: a statement follows at once. */
export const leadWord = 9;
/** `if`, `while`, `for`, `switch`: a statement follows behind the parentheses. */
export const controlWord = 10;
/** `return`, `break`, `continue` and words that change nothing. */
export const jumpWord = 11;
export const typeofWord = 12;
/** `const` and the like: part of a type that is none by itself. */
export const qualifierWord = 13;

const words: readonly (readonly [number, string])[] = [
  [typeWord, 'void char short int long float double signed unsigned _Bool bool _Complex __int128 __signed__ __signed'],
  [
    qualifierWord,
    'const volatile restrict __const __const__ __volatile__ __volatile __restrict __restrict__ _Atomic __extension__',
  ],
  [typeWord, '__builtin_va_list __auto_type'],
  [storageWord, 'static extern register auto typedef inline __inline __inline__ _Thread_local __thread _Noreturn'],
  [tagWord, 'struct union enum'],
  [unevaluated, 'sizeof _Alignof __alignof __alignof__ offsetof __builtin_offsetof __builtin_types_compatible_p'],
  [typeofWord, 'typeof __typeof __typeof__ typeof_unqual'],
  [attributeWord, '__attribute__ __attribute __declspec _Alignas'],
  [asmWord, 'asm __asm __asm__'],
  [gotoWord, 'goto __label__'],
  [caseWord, 'case default'],
  [leadWord, 'else do'],
  [controlWord, 'if while for switch'],
  [jumpWord, 'return break continue _Generic _Static_assert static_assert __func__ __FUNCTION__ __real__ __imag__'],
  [jumpWord, 'NULL nullptr true false __PRETTY_FUNCTION__ __FILE__ __LINE__'],
];

const roleOf = new Map<string, number>(
  words.flatMap(([role, list]) => list.split(' ').map((word): [string, number] => [word, role])),
);

/** A name and what it means. */
export interface Word {
  readonly name: string;
  readonly role: number;
}

/**
 * Names met lately, one per slot, so that a name met again costs no new string. A slice of the text would do as a name
 * but keep the whole text alive.
 */
const slots = 1 << 15;
const recent: Word[] = new Array<Word>(slots).fill({ name: '', role: plain });

/** The word of an identifier token. */
export function wordOf(tokens: Tokens, index: number): Word {
  let text = tokens.text;
  let start = tokens.start[index] as number;
  let end = tokens.end[index] as number;
  if (tokens.hasSplices && text.slice(start, end).includes('\\')) {
    text = spelling(tokens, index);
    start = 0;
    end = text.length;
  }
  let h = end - start;
  for (let i = start; i < end; i++) h = (Math.imul(h, 31) + text.charCodeAt(i)) | 0;
  const slot = (h ^ (h >>> 15)) & (slots - 1);
  const known = recent[slot] as Word;
  if (isSame(known.name, text, start, end)) return known;
  const name = flat(text, start, end);
  const word = { name, role: roleOf.get(name) ?? plain };
  recent[slot] = word;
  return word;
}

export function roleAt(tokens: Tokens, index: number): number {
  return wordOf(tokens, index).role;
}

export function roleOfName(name: string): number {
  return roleOf.get(name) ?? plain;
}

/** The name of an identifier token. */
export function tokenName(tokens: Tokens, index: number): string {
  return wordOf(tokens, index).name;
}

function isSame(name: string, text: string, start: number, end: number): boolean {
  const length = end - start;
  if (name.length !== length) return false;
  for (let i = 0; i < length; i++) if (name.charCodeAt(i) !== text.charCodeAt(start + i)) return false;
  return true;
}

const codes = new Uint16Array(1024);

/** A part of a text as a string that does not keep the text alive. */
export function flat(text: string, start: number, end: number): string {
  // The engine copies short slices.
  if (end - start < 13) return text.slice(start, end);
  let out = '';
  for (let from = start; from < end; from += codes.length) {
    const length = Math.min(codes.length, end - from);
    for (let i = 0; i < length; i++) codes[i] = text.charCodeAt(from + i);
    const part: string = Reflect.apply(String.fromCharCode, null, codes.subarray(0, length));
    out = from === start ? part : out + part;
  }
  return out;
}
