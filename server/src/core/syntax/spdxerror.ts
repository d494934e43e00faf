import { isSpdxId, parseSpdx } from './spdx';

/** What is wrong with an SPDX expression; offsets count from the expression's start. */
export interface SpdxError {
  /** In the words of the kernel's scripts/spdxcheck.py. */
  readonly message: string;
  readonly start: number;
  readonly end: number;
  /** What is not known, where that is the matter. */
  readonly unknown?: 'license' | 'exception';
}

/** Longer texts are not looked into. */
const longest = 500;

/** Licenses that the kernel's LICENSES/exceptions allow these exceptions for; of others nothing is said. */
const allowedFor: ReadonlyMap<string, RegExp> = new Map([
  ['linux-syscall-note', /^L?GPL-/i],
  ['gcc-exception-2.0', /^GPL-2\.0/i],
]);

/** The first thing that spdxcheck.py would refuse, whatever licenses its tree knows; `undefined` if there is none. */
export function spdxError(expression: string): SpdxError | undefined {
  const text = expression.slice(0, longest);
  const groups: (string | undefined)[] = [undefined];
  let last: 'operand' | 'exception' | 'operator' | 'with' | '(' | undefined;
  let license = '';
  for (const { 0: word, index: start } of text.matchAll(/[A-Za-z0-9.:+-]+|\S/g)) {
    const error = (message: string, unknown?: SpdxError['unknown']): SpdxError => ({
      message: `${message}: ${word}`,
      start,
      end: start + word.length,
      ...(unknown && { unknown }),
    });
    const operator = /^(?:and|or|with)$/i.test(word) ? word.toLowerCase() : undefined;
    const isComplete = last === 'operand' || last === 'exception';
    if (word === '(') {
      if (isComplete || last === 'with') return error('Syntax error');
      groups.push(undefined);
      last = '(';
    } else if (word === ')') {
      if (!isComplete || groups.length === 1) return error('Syntax error');
      groups.pop();
      last = 'operand';
      license = '';
    } else if (!/[A-Za-z0-9]/.test(word)) return error('Invalid token');
    else if (last === 'exception') return error('Missing parentheses');
    else if (operator === 'with') {
      if (last !== 'operand' || license === '') return error('Syntax error');
      last = 'with';
    } else if (operator) {
      if (!isComplete) return error('Syntax error');
      const other = groups.at(-1);
      if (other !== undefined && other !== operator) return error('Missing parentheses');
      groups[groups.length - 1] = operator;
      last = 'operator';
    } else if (last === 'with') {
      if (parseSpdx(`GPL-2.0 WITH ${word}`) === undefined) return error('Invalid Exception ID', 'exception');
      if (allowedFor.get(word.toLowerCase())?.test(license) === false) {
        return error(`Exception not valid for license ${license}`);
      }
      last = 'exception';
    } else if (isComplete) return error('Syntax error');
    else if (!isSpdxId(word)) return error('Invalid License ID', 'license');
    else {
      license = word;
      last = 'operand';
    }
  }
  const isFinished = (last === 'operand' || last === 'exception') && groups.length === 1;
  return isFinished ? undefined : { message: 'Unfinished license expression', start: 0, end: text.length };
}
