import { closing, commentStart, skipBlanks, trimEnd } from './lines';

/** A range of the file's text, blanks around it left out. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export type Operator = '=' | ':=' | '+=' | '?=' | '!=';

export interface Assignment {
  readonly kind: 'assignment';
  readonly name: Range;
  readonly operator: Operator;
  readonly value: Range;
  readonly modifiers: readonly string[];
}

/** One line of a makefile by its form alone; nothing is expanded. */
export type Statement =
  | Assignment
  | { readonly kind: 'condition'; readonly word: string; readonly rest: Range }
  | { readonly kind: 'include'; readonly isOptional: boolean; readonly paths: Range }
  | {
      readonly kind: 'define';
      readonly name: Range;
      readonly operator: Operator;
      readonly modifiers: readonly string[];
    }
  | { readonly kind: 'endef' }
  | { readonly kind: 'export'; readonly isOn: boolean; readonly names: Range }
  | { readonly kind: 'undefine'; readonly names: Range }
  | { readonly kind: 'rule'; readonly targets: Range; readonly rest: Range }
  | { readonly kind: 'text'; readonly range: Range };

const conditions = new Set(['ifeq', 'ifneq', 'ifdef', 'ifndef', 'else', 'endif']);
const modifierWords = new Set(['export', 'override', 'private', 'unexport']);

/** What a logical line is; `undefined` for one with nothing but blanks and a comment. */
export function parseStatement(text: string, lineStart: number, lineEnd: number): Statement | undefined {
  const plain = plainAssignment(text, lineStart, lineEnd);
  if (plain !== undefined) return plain;
  const end = trimEnd(text, lineStart, commentStart(text, lineStart, lineEnd));
  let start = skipBlanks(text, lineStart, end);
  if (start >= end) return undefined;
  const first = wordAt(text, start, end);
  const rest = (): Range => range(text, start + first.length, end);
  if (conditions.has(first)) return { kind: 'condition', word: first, rest: rest() };
  const isAssigned = operatorAt(text, skipBlanks(text, start + first.length, end), end) !== undefined;
  if (!isAssigned) {
    if (first === 'include') return { kind: 'include', isOptional: false, paths: rest() };
    if (first === '-include' || first === 'sinclude') return { kind: 'include', isOptional: true, paths: rest() };
    if (first === 'endef') return { kind: 'endef' };
    if (first === 'undefine') return { kind: 'undefine', names: rest() };
  }
  const modifiers: string[] = [];
  while (!isAssigned || modifiers.length > 0) {
    const word = wordAt(text, start, end);
    const next = skipBlanks(text, start + word.length, end);
    if (word === 'define' && operatorAt(text, next, end) === undefined) return define(text, next, end, modifiers);
    if (!modifierWords.has(word) || operatorAt(text, next, end) !== undefined) break;
    modifiers.push(word);
    start = next;
  }
  const found = split(text, start, end);
  if (found?.operator !== undefined) {
    const { operator, at, length } = found;
    const value = range(text, at + length, end);
    return { kind: 'assignment', name: range(text, start, at), operator, value, modifiers };
  }
  const last = modifiers.at(-1);
  if (last === 'export' || last === 'unexport') {
    return { kind: 'export', isOn: last === 'export', names: range(text, start, end) };
  }
  if (found) return { kind: 'rule', targets: range(text, start, found.at), rest: range(text, found.at + 1, end) };
  return { kind: 'text', range: range(text, start, end) };
}

const noModifiers: readonly string[] = [];

/** `NAME=value` with nothing else to it, as the thousands of lines of a kernel's configuration are. */
function plainAssignment(text: string, start: number, end: number): Assignment | undefined {
  let at = start;
  while (at < end && isNameCharacter(text.charCodeAt(at))) at++;
  if (at === start || at >= end || text.charCodeAt(at) !== 61) return undefined;
  for (let i = at + 1; i < end; i++) {
    const c = text.charCodeAt(i);
    if (c === 35 || c === 92) return undefined;
  }
  const name = { start, end: at };
  return { kind: 'assignment', name, operator: '=', value: range(text, at + 1, end), modifiers: noModifiers };
}

function isNameCharacter(c: number): boolean {
  return isLetter(c) || c === 95 || (c >= 48 && c <= 57);
}

function isLetter(c: number): boolean {
  return (c >= 97 && c <= 122) || (c >= 65 && c <= 90);
}

export function range(text: string, start: number, end: number): Range {
  const from = skipBlanks(text, start, end);
  return { start: from, end: trimEnd(text, from, end) };
}

function define(text: string, start: number, end: number, modifiers: readonly string[]): Statement {
  const found = split(text, start, end);
  const nameEnd = found?.operator === undefined ? end : found.at;
  return { kind: 'define', name: range(text, start, nameEnd), operator: found?.operator ?? '=', modifiers };
}

const mostUnclosed = 50;

/** The first operator or the colon of a rule, outside of references. */
function split(
  text: string,
  start: number,
  end: number,
): { operator: Operator | undefined; at: number; length: number } | undefined {
  let unclosed = 0;
  for (let at = start; at < end; at++) {
    const c = text[at];
    if (c === '$') {
      const next = text[at + 1];
      if (next === '(' || next === '{') {
        // Each search may go to the line's end: a line of nothing but `$(` is not worth it.
        const close = unclosed < mostUnclosed ? closing(text, at + 1, end) : -1;
        // An unclosed `$(`: make reads a name up to the operator, so the search goes on inside of it.
        if (close > 0) at = close;
        else unclosed++;
      } else at++;
      continue;
    }
    const found = operatorAt(text, at, end);
    if (found) return { operator: found.operator, at, length: found.length };
    if (c === ':') return { operator: undefined, at, length: 1 };
  }
  return undefined;
}

function operatorAt(text: string, at: number, end: number): { operator: Operator; length: number } | undefined {
  const c = text[at];
  if (at >= end || c === undefined) return undefined;
  if (c === '=') return { operator: '=', length: 1 };
  if (c === ':') {
    for (let colons = 1; colons <= 3; colons++) {
      if (at + colons < end && text[at + colons] === '=') return { operator: ':=', length: colons + 1 };
      if (text[at + colons] !== ':') return undefined;
    }
    return undefined;
  }
  if ((c === '+' || c === '?' || c === '!') && at + 1 < end && text[at + 1] === '=') {
    return { operator: `${c}=`, length: 2 };
  }
  return undefined;
}

function wordAt(text: string, start: number, end: number): string {
  let at = start;
  while (at < end && (isLetter(text.charCodeAt(at)) || text.charCodeAt(at) === 45)) at++;
  const next = text.charCodeAt(at);
  // `ifeq(a,b)` is no directive for make either.
  const isWhole = at >= end || next === 32 || next === 9 || next === 92 || next === 10 || next === 13;
  return isWhole ? text.slice(start, at) : '';
}

/** The two sides of `(a,b)`, `"a" "b"` or `'a' 'b'`. */
export function sides(text: string, found: Range): [Range, Range] | undefined {
  const { start, end } = found;
  const open = text[start];
  if (open === '"' || open === "'") {
    const close = text.indexOf(open, start + 1);
    if (close < 0 || close >= end) return undefined;
    const second = range(text, close + 1, end);
    const quote = text[second.start];
    if (quote !== '"' && quote !== "'") return undefined;
    const last = text.indexOf(quote, second.start + 1);
    if (last < 0 || last >= end) return undefined;
    return [
      { start: start + 1, end: close },
      { start: second.start + 1, end: last },
    ];
  }
  if (open !== '(') return undefined;
  // As in make: a bracket too many before the comma does no harm.
  const comma = balanced(text, start + 1, end, ',');
  const close = comma < 0 ? -1 : balanced(text, comma + 1, end, ')');
  return close < 0 ? undefined : [range(text, start + 1, comma), range(text, comma + 1, close)];
}

function balanced(text: string, start: number, end: number, wanted: string): number {
  let depth = 0;
  for (let at = start; at < end; at++) {
    const c = text[at];
    if (c === wanted && depth <= 0) return at;
    if (c === '(') depth++;
    else if (c === ')') depth--;
  }
  return -1;
}
