import * as kinds from './kinds';

/** Comments of one text in columns, of which only the first `commentCount` count. */
export interface Comments {
  readonly text: string;
  readonly commentCount: number;
  readonly commentStart: Uint32Array;
  readonly commentEnd: Uint32Array;
}

/**
 * Tokens of one text in columns; token `i` is `text.slice(start[i], end[i])`, only the first `count` of a column count.
 * Comments stand in columns of their own. What lies between tokens and comments is white space, continued newlines and
 * NUL characters, so nothing of the text is lost.
 */
export interface Tokens extends Comments {
  readonly count: number;
  readonly kind: Uint8Array;
  readonly start: Uint32Array;
  readonly end: Uint32Array;
  /** Some token has a continued newline inside: `spelling` must be asked instead of `slice`. */
  readonly hasSplices: boolean;
}

/** Columns that are used again for the next text: for tokens that nobody keeps. */
export class Scratch {
  kind: Uint8Array = new Uint8Array(0);
  start: Uint32Array = new Uint32Array(0);
  end: Uint32Array = new Uint32Array(0);
}

/**
 * Splits a text into tokens. Any text will do: an unterminated string ends at its line, a comment at the text's end.
 * Tokens in a `scratch` are good until it is used again.
 */
export function lex(text: string, scratch?: Scratch): Tokens {
  return new Lexer(text, scratch).run();
}

/** More tokens than this are not kept in a scratch. */
const mostKept = 1 << 20;

/** A token's characters without continued newlines. */
export function spelling(tokens: Tokens, index: number): string {
  const text = tokens.text.slice(tokens.start[index], tokens.end[index]);
  return tokens.hasSplices && text.includes('\\') ? text.replace(/\\[ \t]*(?:\r\n?|\n)/g, '') : text;
}

const isSpace = 1;
const isNewline = 2;
const isLetter = 3;
const isDigit = 4;
const isQuote = 5;
const isSlash = 6;
const isPunctuator = 7;
const isBackslash = 8;
const isUnknown = 9;

const classes = new Uint8Array(128).fill(isUnknown);
for (const c of '\0\t\v\f ') classes[c.charCodeAt(0)] = isSpace;
for (const c of '\r\n') classes[c.charCodeAt(0)] = isNewline;
for (const c of '0123456789') classes[c.charCodeAt(0)] = isDigit;
for (const c of '"\'') classes[c.charCodeAt(0)] = isQuote;
for (const c of '!#%&()*+,-.:;<=>?[]^{|}~') classes[c.charCodeAt(0)] = isPunctuator;
for (let c = 65; c <= 90; c++) classes[c] = classes[c + 32] = isLetter;
for (const c of '_$') classes[c.charCodeAt(0)] = isLetter;
classes['/'.charCodeAt(0)] = isSlash;
classes['\\'.charCodeAt(0)] = isBackslash;

const backslash = 92;
const quote = 34;
const lf = 10;
const cr = 13;

/** Punctuators of several characters, the longest first. */
const longPunctuators: readonly (readonly [string, number])[] = [
  ['...', kinds.ellipsis],
  ['<<=', kinds.compoundAssign],
  ['>>=', kinds.compoundAssign],
  ['->', kinds.arrow],
  ['##', kinds.paste],
  ['&&', kinds.andAnd],
  ['||', kinds.orOr],
  ['==', kinds.equal],
  ['!=', kinds.notEqual],
  ['<=', kinds.lessEqual],
  ['>=', kinds.greaterEqual],
  ['<<', kinds.shiftLeft],
  ['>>', kinds.shiftRight],
  ['++', kinds.increment],
  ['--', kinds.decrement],
  ...['+=', '-=', '*=', '/=', '%=', '&=', '|=', '^='].map((p): [string, number] => [p, kinds.compoundAssign]),
];
/** For each first character, the long punctuators that begin with it. */
const punctuatorsFrom: (readonly (readonly [string, number])[] | undefined)[] = [];
for (const entry of longPunctuators) {
  const first = entry[0].charCodeAt(0);
  punctuatorsFrom[first] = [...(punctuatorsFrom[first] ?? []), entry];
}

/** Where in a directive the lexer stands: `<` begins a header name only behind `#include`. */
const outside = 0;
const afterHash = 1;
const afterInclude = 2;
const inDirective = 3;

class Lexer {
  readonly #text: string;
  #kind: Uint8Array;
  #start: Uint32Array;
  #end: Uint32Array;
  #count = 0;
  #commentStart = new Uint32Array(32);
  #commentEnd = new Uint32Array(32);
  #commentCount = 0;
  #hasSplices = false;
  #directive = outside;

  constructor(text: string, scratch: Scratch | undefined) {
    this.#text = text;
    const capacity = (text.length >> 2) + 16;
    if (scratch !== undefined && scratch.kind.length >= capacity) {
      this.#kind = scratch.kind;
      this.#start = scratch.start;
      this.#end = scratch.end;
      return;
    }
    this.#kind = new Uint8Array(capacity);
    this.#start = new Uint32Array(capacity);
    this.#end = new Uint32Array(capacity);
    if (scratch === undefined || capacity > mostKept) return;
    scratch.kind = this.#kind;
    scratch.start = this.#start;
    scratch.end = this.#end;
  }

  run(): Tokens {
    const text = this.#text;
    const length = text.length;
    let isLineStart = true;
    let i = text.charCodeAt(0) === 0xfeff ? 1 : 0;
    while (i < length) {
      const c = text.charCodeAt(i);
      const type = c < 128 ? (classes[c] as number) : isLetter;
      if (type === isSpace) {
        i++;
        continue;
      }
      if (type === isNewline) {
        if (this.#directive !== outside) this.#endDirective(i);
        isLineStart = true;
        i++;
        continue;
      }
      if (type === isBackslash) {
        const next = this.#afterSplice(i);
        if (next > i) {
          i = next;
          continue;
        }
      }
      if (type === isSlash) {
        const end = this.#comment(i);
        if (end > i) {
          i = end;
          continue;
        }
      }
      if (c === kinds.stringize && isLineStart && this.#directive === outside) {
        this.#push(kinds.hash, i, i + 1);
        this.#directive = afterHash;
        i++;
      } else if (type === isLetter) i = this.#word(i);
      else if (type === isDigit) i = this.#number(i);
      else if (type === isQuote) i = this.#quoted(i, i);
      else i = this.#punctuator(i, c);
      isLineStart = false;
    }
    if (this.#directive !== outside) this.#endDirective(length);
    return {
      text,
      count: this.#count,
      kind: this.#kind,
      start: this.#start,
      end: this.#end,
      commentCount: this.#commentCount,
      commentStart: this.#commentStart,
      commentEnd: this.#commentEnd,
      hasSplices: this.#hasSplices,
    };
  }

  #push(kind: number, start: number, end: number): void {
    if (this.#count === this.#kind.length) {
      this.#kind = grown(this.#kind, new Uint8Array(this.#count * 2));
      this.#start = grown(this.#start, new Uint32Array(this.#count * 2));
      this.#end = grown(this.#end, new Uint32Array(this.#count * 2));
    }
    this.#kind[this.#count] = kind;
    this.#start[this.#count] = start;
    this.#end[this.#count++] = end;
  }

  #endDirective(at: number): void {
    this.#push(kinds.directiveEnd, at, at);
    this.#directive = outside;
  }

  /** The offset behind all continued newlines at `i`; `i` if there is none. Blanks before the newline are GNU C. */
  #afterSplice(i: number): number {
    const text = this.#text;
    let at = i;
    while (text.charCodeAt(at) === backslash) {
      let j = at + 1;
      while (text.charCodeAt(j) === 32 || text.charCodeAt(j) === 9) j++;
      const c = text.charCodeAt(j);
      if (c === lf) at = j + 1;
      else if (c === cr) at = text.charCodeAt(j + 1) === lf ? j + 2 : j + 1;
      else break;
    }
    return at;
  }

  /** End of the comment at `i`, or `i` if the slash begins none. */
  #comment(i: number): number {
    const text = this.#text;
    const second = text.charCodeAt(i + 1) === backslash ? this.#afterSplice(i + 1) : i + 1;
    const c = text.charCodeAt(second);
    if (c !== kinds.star && c !== 47) return i;
    let end = c === 47 ? this.#lineEnd(second + 1) : text.indexOf('*/', second + 1);
    if (c === kinds.star && end >= 0) end += 2;
    if (end < 0) end = text.length;
    if (this.#commentCount === this.#commentStart.length) {
      this.#commentStart = grown(this.#commentStart, new Uint32Array(this.#commentCount * 2));
      this.#commentEnd = grown(this.#commentEnd, new Uint32Array(this.#commentCount * 2));
    }
    this.#commentStart[this.#commentCount] = i;
    this.#commentEnd[this.#commentCount++] = end;
    return end;
  }

  /** The first newline from `i` on that is not continued. */
  #lineEnd(i: number): number {
    const text = this.#text;
    let at = i;
    while (at < text.length) {
      const c = text.charCodeAt(at);
      if (c === lf || c === cr) return at;
      const next = c === backslash ? this.#afterSplice(at) : at;
      at = next > at ? next : at + 1;
    }
    return at;
  }

  #word(i: number): number {
    const text = this.#text;
    let end = this.#wordEnd(i);
    if (text.charCodeAt(end) === backslash) {
      for (;;) {
        const next = this.#afterSplice(end);
        const type = classOf(text, next);
        if (next === end || (type !== isLetter && type !== isDigit)) break;
        this.#hasSplices = true;
        end = this.#wordEnd(next);
      }
    }
    if (classOf(text, end) === isQuote && isPrefix(text, i, end)) return this.#quoted(i, end);
    this.#push(kinds.identifier, i, end);
    if (this.#directive === afterHash) {
      const name = text.slice(i, end);
      this.#directive = name === 'include' || name === 'include_next' ? afterInclude : inDirective;
    } else if (this.#directive !== outside) this.#directive = inDirective;
    return end;
  }

  #wordEnd(i: number): number {
    const text = this.#text;
    const length = text.length;
    let at = i;
    while (at < length) {
      const c = text.charCodeAt(at);
      if (c < 128 && classes[c] !== isLetter && classes[c] !== isDigit) break;
      at++;
    }
    return at;
  }

  /** A preprocessing number: what looks like one need not be a valid one. */
  #number(i: number): number {
    const text = this.#text;
    let at = i + 1;
    for (;;) {
      const c = text.charCodeAt(at);
      const type = classOf(text, at);
      if (type === isLetter || type === isDigit || c === kinds.dot) at++;
      else if ((c === 43 || c === 45) && /[eEpP]/.test(text.charAt(at - 1))) at++;
      // C23 lets a quote stand between digits.
      else if (c === 39 && [isLetter, isDigit].includes(classOf(text, at + 1))) at += 2;
      else if (c === backslash) {
        const next = this.#afterSplice(at);
        const nextType = classOf(text, next);
        if (next === at || (nextType !== isLetter && nextType !== isDigit && text.charCodeAt(next) !== kinds.dot))
          break;
        this.#hasSplices = true;
        at = next;
      } else break;
    }
    this.#push(kinds.number, i, at);
    return at;
  }

  /** A string or character constant that begins at `start` with its prefix and at `open` with its quote. */
  #quoted(start: number, open: number): number {
    const text = this.#text;
    const close = text.charCodeAt(open);
    let at = open + 1;
    while (at < text.length) {
      const c = text.charCodeAt(at);
      if (c === backslash) {
        const next = this.#afterSplice(at);
        if (next > at) this.#hasSplices = true;
        const escaped = text.charCodeAt(at + 1);
        at = next > at ? next : escaped === lf || escaped === cr ? at + 1 : at + 2;
      } else if (c === lf || c === cr) break;
      else if (c === close) {
        at++;
        break;
      } else at++;
    }
    if (at > text.length) at = text.length;
    this.#push(close === quote ? kinds.string : kinds.character, start, at);
    if (this.#directive !== outside) this.#directive = inDirective;
    return at;
  }

  #punctuator(i: number, c: number): number {
    const text = this.#text;
    if (c === 60 && this.#directive === afterInclude) {
      const end = this.#headerNameEnd(i);
      this.#directive = inDirective;
      if (end > i) {
        this.#push(kinds.headerName, i, end);
        return end;
      }
    }
    if (this.#directive !== outside) this.#directive = inDirective;
    const next = text.charCodeAt(i + 1);
    if (c === kinds.dot && next >= 48 && next <= 57) return this.#number(i);
    const longer = punctuatorsFrom[c];
    if (longer !== undefined && (next === backslash || classes[next] === isPunctuator)) {
      for (const [characters, kind] of longer) {
        const end = this.#matches(characters, i);
        if (end < 0) continue;
        if (end - i !== characters.length) this.#hasSplices = true;
        this.#push(kind, i, end);
        return end;
      }
    }
    this.#push(c === 47 || (c < 128 && classes[c] === isPunctuator) ? c : kinds.other, i, i + 1);
    return i + 1;
  }

  /** Where a punctuator at `i` ends if it has these characters, continued newlines allowed between; -1 if not. */
  #matches(characters: string, i: number): number {
    let at = i + 1;
    for (let k = 1; k < characters.length; k++) {
      if (this.#text.charCodeAt(at) === backslash) at = this.#afterSplice(at);
      if (this.#text.charCodeAt(at) !== characters.charCodeAt(k)) return -1;
      at++;
    }
    return at;
  }

  #headerNameEnd(i: number): number {
    for (let at = i + 1; at < this.#text.length; at++) {
      const c = this.#text.charCodeAt(at);
      if (c === 62) return at + 1;
      if (c === lf || c === cr) break;
    }
    return i;
  }
}

function classOf(text: string, at: number): number {
  const c = text.charCodeAt(at);
  return c < 128 ? (classes[c] as number) : c >= 128 ? isLetter : isUnknown;
}

function isPrefix(text: string, start: number, end: number): boolean {
  if (end - start > 2) return false;
  const word = text.slice(start, end);
  return word === 'L' || word === 'u' || word === 'U' || word === 'u8';
}

function grown<T extends Uint8Array | Uint32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
