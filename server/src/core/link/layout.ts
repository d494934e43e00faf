import { stringLength } from './constant';
import { readMembers } from './read-record';
import { Reader, type Shared } from './reader';
import type { Expr, Layout, Member, Record, Type } from './tree';
import { resolved } from './types';

/** Size in bytes; undefined if it is not known. */
export function sizeOf(shared: Shared, type: Type): number | undefined {
  const t = resolved(shared, type);
  switch (t.kind) {
    case 'int':
    case 'float':
      return t.size;
    case 'pointer':
      return shared.target.pointer;
    case 'void':
    case 'function':
      return 1;
    case 'array': {
      const length = lengthOf(shared, t);
      const size = sizeOf(shared, t.of);
      return length === undefined || size === undefined ? undefined : length * size;
    }
    case 'record':
      return layoutOf(shared, t.record)?.size;
    default:
      return undefined;
  }
}

/** How many elements an array has. */
export function lengthOf(shared: Shared, type: Extract<Type, { kind: 'array' }>): number | undefined {
  if (typeof type.length !== 'object') return type.length;
  const value = shared.constant(type.length);
  return value === undefined ? undefined : Number(value.value);
}

/** Alignment in bytes, of a member or, if it is `preferred`, as `__alignof__` tells it; undefined if it is not known. */
export function alignOf(shared: Shared, type: Type, isPreferred = false): number | undefined {
  if (type.kind === 'aligned') {
    const given = alignmentOf(shared, type.align);
    if (type.isNamed === true) return given;
    const own = alignOf(shared, type.of, isPreferred);
    return given === undefined || own === undefined ? undefined : Math.max(own, given);
  }
  const t = resolved(shared, type);
  switch (t.kind) {
    case 'int':
    case 'float':
    case 'pointer': {
      const { target } = shared;
      const name = t.kind === 'pointer' ? 'void *' : t.id.replace(/^unsigned /, '').replace('int128', '__int128');
      const size = t.kind === 'pointer' ? target.pointer : t.size;
      return (isPreferred ? target.preferred.get(name) : undefined) ?? target.alignments.get(name) ?? size;
    }
    case 'void':
    case 'function':
      return 1;
    case 'array':
      return alignOf(shared, t.of, isPreferred);
    case 'record':
      return layoutOf(shared, t.record)?.align;
    default:
      return undefined;
  }
}

/** The number of an `aligned` attribute: without one the most that any type needs. */
function alignmentOf(shared: Shared, given: Expr | undefined): number | undefined {
  if (given === undefined) return shared.target.largestAlignment;
  const value = shared.constant(given);
  return value === undefined ? undefined : Number(value.value);
}

/** The members of a struct, read at the first use; none if it is only declared or cannot be read. */
export function membersOf(shared: Shared, record: Record): readonly Member[] {
  if (record.isLate) shared.kept?.askLate(record);
  if (record.members !== undefined) return record.members;
  record.members = [];
  if (record.open < 0) return record.members;
  const end = (shared.tokens.match[record.open] as number) + 1;
  const r = new Reader(shared, record.open, end, record.scope ?? { parent: undefined });
  try {
    record.members = shared.reading(record.open, () => readMembers(r));
  } catch {
    record.open = -1;
  }
  return record.members;
}

/** Where the members of a struct lie; undefined if that is not known. */
export function layoutOf(shared: Shared, record: Record): Layout | undefined {
  if (record.isLate) shared.kept?.askLate(record);
  if (record.layout !== undefined) return record.layout ?? undefined;
  record.layout = null;
  const made = shared.reading(record.open, () => makeLayout(shared, record));
  record.layout = made ?? null;
  return made;
}

function makeLayout(shared: Shared, record: Record): Layout | undefined {
  const members = membersOf(shared, record);
  if (record.open < 0) return undefined;
  const offsets = new Map<Member, number>();
  let bits = 0;
  let align = 1;
  let size = 0;
  for (const member of members) {
    const isPacked = record.packed || member.packed;
    const own = resolved(shared, member.type);
    const isFlexible = own.kind === 'array' && own.length === undefined;
    const bytes = isFlexible ? 0 : sizeOf(shared, member.type);
    const natural = alignOf(shared, member.type);
    const alignment = isPacked ? packedAlign(shared, member.type) : natural;
    if (bytes === undefined || alignment === undefined || natural === undefined) return undefined;
    if (record.isUnion) bits = 0;
    let isAligning = true;
    let wide: number | undefined;
    if (member.width !== undefined) {
      const width = shared.constant(member.width);
      if (width === undefined) return undefined;
      wide = Number(width.value);
      const { isZeroFieldAligning, isUnnamedFieldAligning } = shared.target;
      isAligning = member.name !== 0 || (wide === 0 ? isZeroFieldAligning : isUnnamedFieldAligning);
      const isGiven = member.type.kind === 'aligned' && member.type.isNamed !== true;
      const unit = natural * 8;
      const last = Math.floor((bits + wide + unit - 1) / unit);
      // A field that would lie in more units of its type than the type has begins at the next one.
      const spans = !isPacked && last - Math.floor(bits / unit) > (bytes * 8) / unit;
      if (wide === 0) bits = roundUp(bits, unit);
      else if (isGiven) bits = roundUp(bits, alignment * 8);
      else if (spans) bits = roundUp(bits, unit);
      if (wide > 0) offsets.set(member, bits >> 3);
      bits += wide;
    } else {
      bits = roundUp(bits, alignment * 8);
      offsets.set(member, bits / 8);
      bits += bytes * 8;
    }
    if (isAligning) align = Math.max(align, wide === 0 ? natural : alignment);
    size = Math.max(size, Math.ceil(bits / 8));
  }
  for (const e of record.align) {
    const given = alignmentOf(shared, e);
    if (given === undefined) return undefined;
    align = Math.max(align, given);
  }
  return { size: roundUp(size, align), align, offsets };
}

/** Packed members lie at any byte, unless their own declaration says how they are aligned. */
function packedAlign(shared: Shared, type: Type): number | undefined {
  return type.kind === 'aligned' && type.isNamed !== true ? alignmentOf(shared, type.align) : 1;
}

function roundUp(value: number, to: number): number {
  return to <= 1 ? value : Math.ceil(value / to) * to;
}

/** A member by name, looked for in unnamed structs as well, with its offset if that is known. */
export function findMember(
  shared: Shared,
  type: Type,
  name: number,
): { member: Member; offset: number | undefined } | undefined {
  const t = resolved(shared, type);
  if (t.kind !== 'record') return undefined;
  for (const member of membersOf(shared, t.record)) {
    const found =
      member.name === name
        ? { member, offset: 0 }
        : member.name === 0
          ? findMember(shared, member.type, name)
          : undefined;
    if (found === undefined) continue;
    const base = layoutOf(shared, t.record)?.offsets.get(member);
    const offset = base === undefined || found.offset === undefined ? undefined : base + found.offset;
    return { member: found.member, offset };
  }
  return undefined;
}

/** `offsetof`. */
export function offsetOf(shared: Shared, type: Type, path: readonly (number | Expr)[]): number | undefined {
  let t = type;
  let offset = 0;
  for (const step of path) {
    if (typeof step === 'number') {
      const found = findMember(shared, t, step);
      if (found?.offset === undefined) return undefined;
      offset += found.offset;
      t = found.member.type;
    } else {
      const array = resolved(shared, t);
      const index = shared.constant(step);
      if (array.kind !== 'array' || index === undefined) return undefined;
      const size = sizeOf(shared, array.of);
      if (size === undefined) return undefined;
      offset += size * Number(index.value);
      t = array.of;
    }
  }
  return offset;
}

/** How many elements an initializer gives an array; undefined if that is not told by its form. */
export function initializerLength(shared: Shared, of: Type, init: Expr): number | undefined {
  if (init.kind === 'string') return stringLength(shared, init) + 1;
  if (init.kind !== 'list') return undefined;
  const element = resolved(shared, of);
  const isAggregate = element.kind === 'record' || element.kind === 'array';
  let next = 0;
  let most = 0;
  for (const item of init.items) {
    if (item.isRange) return undefined;
    const [first] = item.path;
    if (typeof first === 'object') {
      const index = shared.constant(first);
      if (index === undefined) return undefined;
      next = Number(index.value);
    }
    // Without braces of its own an element takes as many values as it has members.
    if (isAggregate && item.value.kind !== 'list' && item.value.kind !== 'literal') return undefined;
    next++;
    most = Math.max(most, next);
  }
  return most;
}
