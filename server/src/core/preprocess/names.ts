import * as kinds from '../syntax/kinds';
import { lex, spelling } from '../syntax/lexer';
import type { NameTable } from './unit';

/** Spellings that the preprocessor itself knows, interned first and in this order. */
const knownSpellings = [
  'defined',
  '__VA_ARGS__',
  '__VA_OPT__',
  '_Pragma',
  'include',
  'include_next',
  'import',
  'define',
  'undef',
  'if',
  'ifdef',
  'ifndef',
  'elif',
  'elifdef',
  'elifndef',
  'else',
  'endif',
  'line',
  'error',
  'warning',
  'pragma',
  'once',
  'push_macro',
  'pop_macro',
  'GCC',
  'poison',
  'system_header',
  '->',
  '##',
  '...',
  '&&',
  '||',
  '==',
  '!=',
  '<=',
  '>=',
  '<<',
  '>>',
  '++',
  '--',
  'true',
  'false',
] as const;

/** Numbers below this one are characters: the spelling of one character is its code. */
const firstLong = 128;

/** The number of a spelling that the preprocessor knows. */
export function known(text: (typeof knownSpellings)[number]): number {
  return firstLong + knownSpellings.indexOf(text);
}

/**
 * Spellings as numbers. Characters stand in one pool, so that a token is looked up without a string of its own; strings
 * are made when somebody asks. 0 is the empty spelling.
 */
export class Names implements NameTable {
  #pool = new Uint16Array(1 << 16);
  #used = 0;
  #start = new Uint32Array(1 << 13);
  #hash = new Int32Array(1 << 13);
  #kind = new Uint8Array(1 << 13);
  #slots = new Int32Array(1 << 14);
  #count = firstLong;
  readonly #texts: (string | undefined)[] = [];

  constructor() {
    for (const text of knownSpellings) this.intern(text);
  }

  /** Numbers below this one are taken. */
  get count(): number {
    return this.#count;
  }

  intern(text: string): number {
    return text.length === 0 ? 0 : this.range(text, 0, text.length, kinds.none);
  }

  /** The number of `text.slice(start, end)`, which is not empty. The kind is kept if none was known. */
  range(text: string, start: number, end: number, kind: number): number {
    const length = end - start;
    const first = text.charCodeAt(start);
    if (length === 1 && first < firstLong) {
      if (this.#kind[first] === kinds.none) this.#kind[first] = kind;
      return first;
    }
    let hash = length;
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x9e3779b1);
    hash ^= hash >>> 15;
    const mask = this.#slots.length - 1;
    const pool = this.#pool;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const name = this.#slots[slot] as number;
      if (name === 0) return this.#add(text, start, end, hash, slot, kind);
      if (this.#hash[name] !== hash) continue;
      const from = this.#start[name] as number;
      if ((this.#start[name + 1] as number) - from !== length) continue;
      let i = 0;
      while (i < length && pool[from + i] === text.charCodeAt(start + i)) i++;
      if (i < length) continue;
      if (this.#kind[name] === kinds.none) this.#kind[name] = kind;
      return name;
    }
  }

  text(name: number): string {
    if (name < firstLong) return name <= 0 ? '' : String.fromCharCode(name);
    const kept = this.#texts[name];
    if (kept !== undefined) return kept;
    if (name >= this.#count) return '';
    const end = this.#start[name + 1] as number;
    const text = charactersOf(this.#pool, this.#start[name] as number, end);
    this.#texts[name] = text;
    return text;
  }

  /** How many characters a spelling has. */
  length(name: number): number {
    if (name < firstLong) return name === 0 ? 0 : 1;
    return (this.#start[name + 1] as number) - (this.#start[name] as number);
  }

  /** Kind of the token with this spelling; `kinds.none` if it is not one token. */
  kind(name: number): number {
    const kept = this.#kind[name] as number;
    if (kept !== kinds.none) return kept;
    const text = this.text(name);
    const tokens = lex(text);
    if (tokens.count !== 1 || spelling(tokens, 0) !== text) return kinds.none;
    const kind = tokens.kind[0] as number;
    this.#kind[name] = kind;
    return kind;
  }

  #add(text: string, start: number, end: number, hash: number, slot: number, kind: number): number {
    const length = end - start;
    while (this.#used + length > this.#pool.length) this.#pool = grown(this.#pool, Uint16Array);
    if (this.#count + 2 > this.#start.length) {
      this.#start = grown(this.#start, Uint32Array);
      this.#hash = grown(this.#hash, Int32Array);
      this.#kind = grown(this.#kind, Uint8Array);
    }
    const name = this.#count++;
    this.#start[name] = this.#used;
    for (let i = start; i < end; i++) this.#pool[this.#used++] = text.charCodeAt(i);
    this.#start[name + 1] = this.#used;
    this.#hash[name] = hash;
    this.#kind[name] = kind;
    this.#slots[slot] = name;
    if (this.#count * 2 > this.#slots.length) this.#rehash();
    return name;
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * growth(this.#slots.length));
    const mask = slots.length - 1;
    for (let name = firstLong; name < this.#count; name++) {
      let slot = (this.#hash[name] as number) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = name;
    }
    this.#slots = slots;
  }
}

function charactersOf(pool: Uint16Array, start: number, end: number): string {
  let text = '';
  let i = start;
  // Several at once: one call for each character, or an array for all of them, is the slow way.
  for (; i + 4 <= end; i += 4) {
    text += String.fromCharCode(pool[i] as number, pool[i + 1] as number, pool[i + 2] as number, pool[i + 3] as number);
  }
  for (; i < end; i++) text += String.fromCharCode(pool[i] as number);
  return text;
}

/** A column of twice the length with the same beginning; four times, while that is little. */
export function grown<T extends Uint8Array | Uint16Array | Uint32Array | Int32Array>(
  from: T,
  make: new (length: number) => T,
): T {
  const to = new make(from.length * growth(from.length));
  to.set(from);
  return to;
}

function growth(length: number): number {
  return length < 1 << 18 ? 4 : 2;
}
