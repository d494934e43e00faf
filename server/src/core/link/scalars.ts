import type { Target } from '../preprocess/target';
import { type Int, int } from './integers';
import type { Type } from './tree';

/** A basic integer type. */
export function intType(size: number, unsigned: boolean, id: string): IntType {
  return { kind: 'int', size, unsigned, id };
}

type IntType = Extract<Type, { kind: 'int' }>;

/** The types that are the same for every target. */
export const types = {
  int: intType(4, false, 'int'),
  unsigned: intType(4, true, 'unsigned int'),
  unsignedChar: intType(1, true, 'unsigned char'),
  signedChar: intType(1, false, 'signed char'),
  short: intType(2, false, 'short'),
  unsignedShort: intType(2, true, 'unsigned short'),
  longLong: intType(8, false, 'long long'),
  unsignedLongLong: intType(8, true, 'unsigned long long'),
  bool: intType(1, true, 'bool'),
  int128: intType(16, false, 'int128'),
  unknown: { kind: 'unknown' },
  void: { kind: 'void' },
} as const satisfies { [name: string]: Type };

/** The types that are not. */
export interface TargetTypes {
  readonly char: IntType;
  readonly long: IntType;
  readonly unsignedLong: IntType;
  readonly longDouble: Type;
  /** `size_t`, `ptrdiff_t`, `wchar_t`. */
  readonly size: IntType;
  readonly difference: IntType;
  readonly wide: IntType;
}

const made = new WeakMap<Target, TargetTypes>();

/** The types of a target. */
export function typesOf(target: Target): TargetTypes {
  let found = made.get(target);
  if (found === undefined) {
    const long = intType(target.long, false, 'long');
    const unsignedLong = intType(target.long, true, 'unsigned long');
    const named = (name: string): IntType =>
      [...Object.values(types), long, unsignedLong].find((type) => 'id' in type && type.id === name) as IntType;
    found = {
      char: intType(1, target.isCharUnsigned, 'char'),
      long,
      unsignedLong,
      longDouble: { kind: 'float', size: target.longDouble, id: 'long double' },
      size: named(target.sizeType),
      difference: named(target.differenceType),
      wide: named(target.wideCharacter),
    };
    made.set(target, found);
  }
  return found;
}

/** The integer type of a size and a sign that the target would choose first; undefined if it has none. */
export function integerOf(target: Target, size: number, unsigned: boolean): IntType | undefined {
  const { long, unsignedLong } = typesOf(target);
  const all = [types.signedChar, types.unsignedChar, types.short, types.unsignedShort, types.int, types.unsigned];
  const more = [long, unsignedLong, types.longLong, types.unsignedLongLong, types.int128, unsigned128];
  return [...all, ...more].find((type) => type.size === size && type.unsigned === unsigned);
}

export const unsigned128 = intType(16, true, 'unsigned int128');

/** A value of `size_t`. */
export function sizeValue(target: Target, bytes: number | bigint): Int {
  return int(BigInt(bytes), target.pointer, true);
}

/** An integer converted to a type; unchanged if the type is no integer's. */
export function converted(target: Target, value: Int, type: Type): Int {
  if (type.kind === 'pointer') return int(value.value, target.pointer, true);
  if (type.kind !== 'int') return value;
  if (type.id === 'bool') return int(value.value === 0n ? 0n : 1n, 1, true);
  return int(value.value, type.size, type.unsigned);
}
