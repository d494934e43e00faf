import * as kinds from '../syntax/kinds';
import { type Int, int } from './integers';
import { readAssignment } from './read-expression';
import {
  noAttributes,
  readAttributes,
  readDeclarator,
  readSpecifiers,
  skipParens,
  startsType,
  withAttributes,
} from './read-type';
import { Reader, type Shared } from './reader';
import { integerOf, types } from './scalars';
import type { Member, Record, Scope, Type } from './tree';
import { flag, word } from './words';

/** A struct or union, with or without its members. */
export function readRecord(r: Reader): Record {
  const isUnion = r.word === word.union;
  r.at++;
  const attributes = noAttributes();
  readAttributes(r, attributes);
  let name = 0;
  if (r.kind === kinds.identifier && r.word === word.none) {
    name = r.name;
    r.at++;
  }
  const open = r.kind === kinds.openBrace ? r.at : -1;
  if (open < 0) return name === 0 ? r.fail() : recordNamed(r, name, isUnion);
  const global = name !== 0 && r.shared.globals.tags.get(name) === open ? recordNamed(r, name, isUnion) : undefined;
  const scope: Scope = r.scope;
  const record: Record = global ?? { isUnion, name, open, scope, packed: false, align: [] };
  if (global === undefined && name !== 0) {
    r.scope.tags ??= new Map();
    r.scope.tags.set(name, record);
  }
  r.at = r.close();
  r.expect(kinds.closeBrace);
  readAttributes(r, attributes);
  record.packed ||= (attributes.flags & flag.packed) !== 0;
  record.align.push(...attributes.align);
  return record;
}

/** The struct of a tag; the members of one at top level are found by its brace. */
function recordNamed(r: Reader, name: number, isUnion: boolean): Record {
  const local = r.lookupTag(name);
  if (local !== undefined) return local;
  const { shared } = r;
  const known = shared.records.get(name);
  if (known !== undefined) return known;
  const record: Record = { isUnion, name, open: -1, scope: undefined, packed: false, align: [] };
  if (shared.kept?.isLate(name)) record.isLate = true;
  shared.records.set(name, record);
  completeRecord(shared, record);
  return record;
}

/** Puts into a struct what the definition of its tag says of it, if there is one. */
export function completeRecord(shared: Shared, record: Record): void {
  const open = shared.globals.tags.get(record.name) ?? -1;
  record.open = open;
  if (open < 0) return;
  try {
    shared.reading(open, () => readTag(shared, record, open));
  } catch {
    // Attributes that cannot be read change nothing.
  }
}

/** Reads what stands around the tag whose members open at `open`. */
function readTag(shared: Shared, record: Record, open: number): void {
  const { word: words, match, count } = shared.tokens;
  const tag = open - 1;
  let first = tag - 1;
  // Attributes stand between `struct` and the tag, or behind the members.
  while (first > 0 && words[first] !== word.struct && words[first] !== word.union && tag - first < 40) first--;
  record.isUnion = words[first] === word.union;
  const r = new Reader(shared, first + 1, count);
  const attributes = noAttributes();
  while (r.at < tag) {
    const { at } = r;
    readAttributes(r, attributes);
    if (r.at === at) r.at++;
  }
  r.at = (match[open] as number) + 1;
  readAttributes(r, attributes);
  record.packed = (attributes.flags & flag.packed) !== 0;
  record.align.push(...attributes.align);
}

/** The members of a struct, read from its braces. */
export function readMembers(r: Reader): Member[] {
  const members: Member[] = [];
  r.expect(kinds.openBrace);
  while (r.kind !== kinds.closeBrace) {
    if (r.accept(kinds.semicolon)) continue;
    if (r.word === word.staticAssert) {
      r.at++;
      skipParens(r);
      continue;
    }
    const { type, flags } = readSpecifiers(r);
    if (r.accept(kinds.semicolon)) {
      if (type.kind === 'record') members.push({ name: 0, type, width: undefined, packed: false });
      continue;
    }
    do {
      const d =
        r.kind === kinds.colon ? { name: 0, type, flags: 0 } : readDeclarator(r, type, (flags & flag.constant) !== 0);
      const width = r.accept(kinds.colon) ? readAssignment(r) : undefined;
      const attributes = noAttributes();
      readAttributes(r, attributes);
      const packed = ((flags | d.flags | attributes.flags) & flag.packed) !== 0;
      members.push({ name: d.name, type: withAttributes(r.shared, d.type, attributes), width, packed });
    } while (r.accept(kinds.comma));
    r.expect(kinds.semicolon);
  }
  return members;
}

/** Reads an enum; the names of one of the file are found by its brace. */
export function readEnum(r: Reader): Type {
  r.at++;
  const attributes = noAttributes();
  readAttributes(r, attributes);
  const name = r.kind === kinds.identifier && r.word === word.none ? r.name : 0;
  if (name !== 0) r.at++;
  let fixed: Type | undefined;
  // C23 lets an enum say which type it has.
  if (r.kind === kinds.colon) {
    const back = r.at++;
    if (startsType(r)) fixed = readSpecifiers(r).type;
    else r.at = back;
  }
  if (r.kind !== kinds.openBrace) return fixed ?? enumNamed(r.shared, name);
  const values = readEnumerators(r);
  for (const [one, value] of values) r.bind(one, { kind: 'constant', value });
  readAttributes(r, attributes);
  const isPacked = (attributes.flags & flag.packed) !== 0;
  return fixed ?? { kind: 'enum', type: remembered(() => enumType(r.shared, values, isPacked)) };
}

/** The type of an enum of file scope. */
function enumNamed(shared: Shared, name: number): Type {
  const open = name === 0 ? undefined : shared.globals.tags.get(name);
  if (open === undefined) return types.unsigned;
  const read = () => shared.reading(open, () => readEnumAt(shared, open));
  return { kind: 'enum', type: remembered(read) };
}

/** Reads the enum whose enumerators open at `open`, from its keyword on. */
function readEnumAt(shared: Shared, open: number): Type {
  let first = open - 1;
  while (first > 0 && shared.tokens.word[first] !== word.enum && open - first < 40) first--;
  try {
    const type = readEnum(new Reader(shared, first, shared.tokens.count));
    return type.kind === 'enum' ? type.type() : type;
  } catch {
    return types.unsigned;
  }
}

/** `unsigned int` unless a value is negative or too large; a packed one is as small as its values let it be. */
function enumType({ target }: Shared, values: readonly Enumerator[], isPacked: boolean): Type {
  const known = values.map(([, value]) => value()?.value);
  if (known.includes(undefined)) return types.unsigned;
  const all = known as bigint[];
  const isSigned = all.some((value) => value < 0n);
  const sizes = isPacked || target.isEnumShort ? [1, 2, 4, 8] : [4, 8];
  const fits = (size: number) =>
    all.every((value) => value === (isSigned ? BigInt.asIntN(size * 8, value) : BigInt.asUintN(size * 8, value)));
  return integerOf(target, sizes.find(fits) ?? 8, !isSigned) ?? types.unsigned;
}

type Enumerator = readonly [name: number, value: () => Int | undefined];

/** Enumerators with their values, from the opening brace on. */
export function readEnumerators(r: Reader): [number, () => Int | undefined][] {
  const list: [number, () => Int | undefined][] = [];
  r.expect(kinds.openBrace);
  const { shared, at } = r;
  let last: (() => Int | undefined) | undefined;
  while (!r.accept(kinds.closeBrace)) {
    if (r.kind !== kinds.identifier) r.fail();
    const name = r.name;
    r.at++;
    readAttributes(r, noAttributes());
    const given = r.accept(kinds.assign) ? readAssignment(r) : undefined;
    const before = last;
    const compute = () => {
      if (given !== undefined) return shared.constant(given);
      if (before === undefined) return int(0n);
      const previous = before();
      return previous === undefined ? undefined : enumerator(previous.value + 1n);
    };
    const value = remembered(() => shared.reading(at, compute));
    last = value;
    list.push([name, value]);
    r.bind(name, { kind: 'constant', value });
    if (!r.accept(kinds.comma) && r.kindAt(r.at) !== kinds.closeBrace) r.fail();
  }
  return list;
}

function enumerator(value: bigint): Int {
  const isInt = value === BigInt.asIntN(32, value);
  const isUnsigned = value === BigInt.asUintN(32, value);
  return isInt ? int(value) : isUnsigned ? int(value, 4, true) : int(value, 8);
}

function remembered<T>(make: () => T): () => T;
function remembered<T>(make: () => T | undefined): () => T | undefined {
  let state = 0;
  let value: T | undefined;
  return () => {
    if (state === 0) {
      state = 1;
      value = make();
      state = 2;
    }
    return value;
  };
}
