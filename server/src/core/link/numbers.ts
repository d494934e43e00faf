import { type Int, parseCharacter, parseNumber } from './integers';
import { types } from './reader';
import type { Expr, Type } from './tree';

/** More spellings than this are not remembered. */
const mostRemembered = 50_000;

const numbers = new Map<string, Expr>();

/** A number or character constant as an expression; each spelling is read once. */
export function numberOf(text: string): Expr {
  const known = numbers.get(text);
  if (known !== undefined) return known;
  const value = text.endsWith("'") ? parseCharacter(text) : parseNumber(text);
  const made: Expr = {
    kind: 'number',
    value,
    type: value === undefined ? { kind: 'float', size: 8, id: 'double' } : numberType(value, text),
  };
  if (numbers.size > mostRemembered) numbers.clear();
  numbers.set(text, made);
  return made;
}

function numberType(value: Int, text: string): Type {
  if (value.size === 4) return value.unsigned ? types.unsigned : types.int;
  if (/ll/i.test(text)) return value.unsigned ? types.unsignedLongLong : types.longLong;
  return value.unsigned ? types.unsignedLong : types.long;
}
