/**
 * Kinds of tokens. A punctuator of one character has its character code as kind (`{` is 0x7b), one of several
 * characters a number from 128 on, and everything else a number below 33.
 */

export const identifier = 1;
export const number = 2;
export const string = 3;
export const character = 4;
/** `<path>` behind `#include`. */
export const headerName = 5;
/** `#` as the first token of a line: a directive begins. */
export const hash = 6;
/** End of a directive, before its newline; no characters. */
export const directiveEnd = 7;
/** A character that C does not know, like `@` or a lone backslash. */
export const other = 8;
/** What a reader finds past the last token. */
export const none = 0;

export const openParen = 0x28;
export const closeParen = 0x29;
export const star = 0x2a;
export const comma = 0x2c;
export const dot = 0x2e;
export const colon = 0x3a;
export const semicolon = 0x3b;
export const assign = 0x3d;
export const openBracket = 0x5b;
export const closeBracket = 0x5d;
export const openBrace = 0x7b;
export const closeBrace = 0x7d;

export const arrow = 128;
export const paste = 129;
export const ellipsis = 130;
export const andAnd = 131;
export const orOr = 132;
export const equal = 133;
export const notEqual = 134;
export const lessEqual = 135;
export const greaterEqual = 136;
export const shiftLeft = 137;
export const shiftRight = 138;
export const increment = 139;
export const decrement = 140;
/** `+=`, `<<=` and the like. */
export const compoundAssign = 141;
/** `#` that begins no directive: the stringize operator of a macro. */
export const stringize = 0x23;
