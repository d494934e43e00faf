import type { Target } from '../preprocess/target';
import { type Int, parseCharacter, parseNumber } from './integers';
import { converted, types, typesOf } from './scalars';
import type { Expr, Type } from './tree';

/** More spellings than this are not remembered. */
const mostRemembered = 50_000;

const remembered = new WeakMap<Target, Map<string, Expr>>();

/** A number or character constant as an expression; each spelling is read once. */
export function numberOf(text: string, target: Target): Expr {
  let numbers = remembered.get(target);
  if (numbers === undefined) {
    numbers = new Map();
    remembered.set(target, numbers);
  }
  const known = numbers.get(text);
  if (known !== undefined) return known;
  const made = read(text, target);
  if (numbers.size > mostRemembered) numbers.clear();
  numbers.set(text, made);
  return made;
}

function read(text: string, target: Target): Expr {
  if (text.endsWith("'")) {
    const { wide } = typesOf(target);
    const value = parseCharacter(text, target.isCharUnsigned);
    return text.startsWith('L') && value !== undefined
      ? { kind: 'number', value: converted(target, value, wide), type: wide }
      : { kind: 'number', value, type: types.int };
  }
  const value = parseNumber(text, target.long);
  if (value !== undefined) return { kind: 'number', value, type: numberType(value, text, target) };
  return { kind: 'number', value: undefined, type: { kind: 'float', size: 8, id: 'double' } };
}

function numberType(value: Int, text: string, target: Target): Type {
  if (value.size === 4 && !/l/i.test(text)) return value.unsigned ? types.unsigned : types.int;
  if (/ll/i.test(text) || value.size > target.long) return value.unsigned ? types.unsignedLongLong : types.longLong;
  const { long, unsignedLong } = typesOf(target);
  return value.unsigned ? unsignedLong : long;
}
