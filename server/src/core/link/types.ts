import type { Globals } from './globals';
import { binary, type Int, int } from './integers';
import { readDeclarator, readMembers, readSpecifiers } from './read-type';
import { intType, Reader, type Shared, types } from './reader';
import type { Expr, Layout, Member, Record, Type } from './tree';

/** A type without typedefs, typeofs and alignments around it. */
export function resolved(shared: Shared, type: Type): Type {
  let t = type;
  for (let i = 0; i < 50; i++) {
    if (t.kind === 'typeof') t = typeOf(shared, t.of, 50);
    else if (t.kind === 'aligned') t = t.of;
    else return t;
  }
  return types.unknown;
}

/** The type that a declaration at top level gives its name. */
export function declaredType(shared: Shared, start: number, declarator: number, end: number): Type {
  const r = new Reader(shared, start, end);
  try {
    const { type } = readSpecifiers(r);
    r.at = declarator;
    return readDeclarator(r, type).type;
  } catch {
    return types.unknown;
  }
}

/** Size in bytes; undefined if it is not known. */
export function sizeOf(shared: Shared, type: Type): number | undefined {
  const t = resolved(shared, type);
  switch (t.kind) {
    case 'int':
    case 'float':
      return t.size;
    case 'pointer':
      return 8;
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

function lengthOf(shared: Shared, type: Extract<Type, { kind: 'array' }>): number | undefined {
  if (typeof type.length !== 'object') return type.length;
  const value = shared.constant(type.length);
  return value === undefined ? undefined : Number(value.value);
}

/** Alignment in bytes; undefined if it is not known. */
export function alignOf(shared: Shared, type: Type): number | undefined {
  if (type.kind === 'aligned') {
    const given = type.align === undefined ? int(16n) : shared.constant(type.align);
    const own = alignOf(shared, type.of);
    return given === undefined || own === undefined ? undefined : Math.max(own, Number(given.value));
  }
  const t = resolved(shared, type);
  switch (t.kind) {
    case 'int':
    case 'float':
      return t.size;
    case 'pointer':
      return 8;
    case 'void':
    case 'function':
      return 1;
    case 'array':
      return alignOf(shared, t.of);
    case 'record':
      return layoutOf(shared, t.record)?.align;
    default:
      return undefined;
  }
}

/** The members of a struct, read at the first use; none if it is only declared or cannot be read. */
export function membersOf(shared: Shared, record: Record): readonly Member[] {
  if (record.members !== undefined) return record.members;
  record.members = [];
  if (record.open < 0) return record.members;
  const end = (shared.tokens.match[record.open] as number) + 1;
  try {
    record.members = readMembers(new Reader(shared, record.open, end, record.scope ?? { parent: undefined }));
  } catch {
    record.open = -1;
  }
  return record.members;
}

/** Where the members of a struct lie; undefined if that is not known. */
export function layoutOf(shared: Shared, record: Record): Layout | undefined {
  if (record.layout !== undefined) return record.layout ?? undefined;
  record.layout = null;
  const made = makeLayout(shared, record);
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
    const packed = record.packed || member.packed;
    const own = resolved(shared, member.type);
    const isFlexible = own.kind === 'array' && own.length === undefined;
    const bytes = isFlexible ? 0 : sizeOf(shared, member.type);
    let alignment = alignOf(shared, member.type);
    if (bytes === undefined || alignment === undefined) return undefined;
    if (packed) alignment = member.type.kind === 'aligned' ? alignment : 1;
    if (record.isUnion) bits = 0;
    if (member.width !== undefined) {
      const width = shared.constant(member.width);
      if (width === undefined) return undefined;
      const wide = Number(width.value);
      const unit = bytes * 8;
      if (wide === 0) {
        bits = roundUp(bits, unit);
        continue;
      }
      if (!packed && Math.floor(bits / unit) !== Math.floor((bits + wide - 1) / unit)) bits = roundUp(bits, unit);
      offsets.set(member, bits >> 3);
      bits += wide;
    } else {
      bits = roundUp(bits, alignment * 8);
      offsets.set(member, bits / 8);
      bits += bytes * 8;
    }
    if (member.name !== 0 || member.width === undefined) align = Math.max(align, alignment);
    size = Math.max(size, Math.ceil(bits / 8));
  }
  for (const e of record.align) {
    const given = shared.constant(e);
    if (given === undefined) return undefined;
    align = Math.max(align, Number(given.value));
  }
  return { size: roundUp(size, align), align, offsets };
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

/** The type of an expression, which is not run for it. */
export function typeOf(shared: Shared, e: Expr, depth = 0): Type {
  if (depth > 100) return types.unknown;
  const of = (inner: Expr) => resolved(shared, typeOf(shared, inner, depth + 1));
  switch (e.kind) {
    case 'number':
      return e.type;
    case 'constant':
      return types.int;
    case 'string':
      return { kind: 'array', of: types.char, length: undefined };
    case 'local':
      return e.local.type;
    case 'global': {
      const global = shared.globals.byName.get(e.name);
      return global === undefined ? builtinType(shared, e.name) : shared.typeOf(global);
    }
    case 'unary':
      return e.op === '!' ? types.int : promotedType(of(e.of));
    case 'step':
    case 'assign':
      return typeOf(shared, e.kind === 'step' ? e.of : e.to, depth + 1);
    case 'address':
      return { kind: 'pointer', to: typeOf(shared, e.of, depth + 1) };
    case 'deref':
    case 'index': {
      const t = of(e.of);
      if (t.kind === 'pointer') return t.to;
      if (t.kind === 'array') return t.of;
      return t.kind === 'function' ? t : types.unknown;
    }
    case 'binary':
      return binaryType(e.op, of(e.left), of(e.right));
    case 'logic':
    case 'compatible':
      return types.int;
    case 'choice': {
      const right = of(e.otherwise);
      const left = of(e.then ?? e.when);
      if (left.kind === 'pointer') {
        // `1 ? p : (void *)0` has p's type, `1 ? p : (void *)x` is a void pointer.
        if (resolved(shared, left.to).kind === 'void') return isNullConstant(shared, e.then) ? right : left;
        if (
          right.kind === 'pointer' &&
          resolved(shared, right.to).kind === 'void' &&
          !isNullConstant(shared, e.otherwise)
        )
          return right;
        return left;
      }
      return right.kind === 'pointer' || right.kind === 'array' ? right : binaryType('+', left, right);
    }
    case 'comma':
      return typeOf(shared, e.second, depth + 1);
    case 'call': {
      if (e.callee.kind === 'global' && !shared.globals.byName.has(e.callee.name))
        return callType(shared, e.callee.name, e.args, depth);
      let t = of(e.callee);
      if (t.kind === 'pointer') t = resolved(shared, t.to);
      return t.kind === 'function' ? t.returns : types.unknown;
    }
    case 'member': {
      let t = of(e.of);
      if (e.isArrow && (t.kind === 'pointer' || t.kind === 'array'))
        t = resolved(shared, t.kind === 'pointer' ? t.to : t.of);
      return findMember(shared, t, e.name)?.member.type ?? types.unknown;
    }
    case 'cast':
    case 'literal':
      return e.type;
    case 'size':
    case 'offset':
      return types.unsignedLong;
    case 'block': {
      const last = e.body.body.at(-1);
      return last?.kind === 'expr' ? typeOf(shared, last.of, depth + 1) : types.void;
    }
    case 'generic': {
      const arm = genericArm(shared, e);
      return arm === undefined ? types.unknown : typeOf(shared, arm, depth + 1);
    }
    case 'opaque':
      return e.type;
    default:
      return types.unknown;
  }
}

function isNullConstant(shared: Shared, e: Expr | undefined): boolean {
  let inner = e;
  while (inner?.kind === 'cast') inner = inner.of;
  return inner !== undefined && shared.constant(inner)?.value === 0n;
}

/** The arm of a `_Generic` that is taken. */
export function genericArm(shared: Shared, e: Extract<Expr, { kind: 'generic' }>): Expr | undefined {
  let on = resolved(shared, typeOf(shared, e.of));
  if (on.kind === 'array') on = { kind: 'pointer', to: on.of };
  let otherwise: Expr | undefined;
  for (const arm of e.arms) {
    if (arm.type === undefined) otherwise = arm.then;
    else if (isSame(shared, on, arm.type) === true) return arm.then;
  }
  return otherwise;
}

function promotedType(t: Type): Type {
  return t.kind === 'int' && t.size < 4 ? types.int : t;
}

function binaryType(op: string, left: Type, right: Type): Type {
  if (/^(?:[=!]=|[<>]=?)$/.test(op)) return types.int;
  if (op === '<<' || op === '>>') return promotedType(left);
  if (left.kind === 'pointer' || left.kind === 'array')
    return op === '-' && (right.kind === 'pointer' || right.kind === 'array') ? types.long : decayed(left);
  if (right.kind === 'pointer' || right.kind === 'array') return decayed(right);
  if (left.kind === 'float' || right.kind === 'float') return left.kind === 'float' ? left : right;
  if (left.kind !== 'int' || right.kind !== 'int') return types.unknown;
  const a = promotedType(left) as typeof left;
  const b = promotedType(right) as typeof right;
  const sum = binary('+', int(0n, a.size, a.unsigned), int(0n, b.size, b.unsigned)) as Int;
  const bigger = a.size > b.size ? a : b.size > a.size ? b : a.id.includes('long long') ? a : b;
  return intType(sum.size, sum.unsigned, sum.unsigned && !bigger.unsigned ? `unsigned ${bigger.id}` : bigger.id);
}

function decayed(t: Type): Type {
  return t.kind === 'array' ? { kind: 'pointer', to: t.of } : t;
}

function builtinType(shared: Shared, name: number): Type {
  const text = shared.tokens.names.text(name);
  return text === '__func__' || text === '__FUNCTION__' || text === '__PRETTY_FUNCTION__'
    ? { kind: 'array', of: types.char, length: undefined }
    : types.unknown;
}

function callType(shared: Shared, name: number, args: readonly Expr[], depth: number): Type {
  const text = shared.tokens.names.text(name);
  if (text === '__builtin_choose_expr') {
    const chosen = args[0] === undefined ? undefined : shared.constant(args[0]);
    const arm = chosen === undefined ? undefined : chosen.value !== 0n ? args[1] : args[2];
    return arm === undefined ? types.unknown : typeOf(shared, arm, depth + 1);
  }
  if (text === '__builtin_expect' || text === '__builtin_expect_with_probability') return types.long;
  if (/^__builtin_(?:strlen|object_size|dynamic_object_size)$/.test(text)) return types.unsignedLong;
  if (/^__builtin_bswap/.test(text))
    return intType(
      Number(text.slice(15)) / 8,
      true,
      text.endsWith('64') ? 'unsigned long' : text.endsWith('32') ? 'unsigned int' : 'unsigned short',
    );
  if (/^__builtin_(?:constant_p|clz|ctz|ffs|popcount|.*_overflow|unlikely|types)/.test(text)) return types.int;
  if (/^__builtin_(?:frame_address|return_address|alloca|memcpy|memset|memmove|strchr)/.test(text))
    return { kind: 'pointer', to: types.void };
  return types.unknown;
}

/** `__builtin_types_compatible_p`; undefined if that is not known. */
export function isSame(shared: Shared, a: Type, b: Type, depth = 0): boolean | undefined {
  const x = resolved(shared, a);
  const y = resolved(shared, b);
  if (x.kind === 'unknown' || y.kind === 'unknown' || depth > 20) return undefined;
  if (x.kind === 'int' && y.kind === 'int') return x.id === y.id;
  if (x.kind === 'float' && y.kind === 'float') return x.id === y.id;
  if (x.kind === 'pointer' && y.kind === 'pointer') return isSame(shared, x.to, y.to, depth + 1);
  if (x.kind === 'array' && y.kind === 'array') {
    const same = isSame(shared, x.of, y.of, depth + 1);
    if (same !== true) return same;
    const l = lengthOf(shared, x);
    const m = lengthOf(shared, y);
    return l === undefined || m === undefined || l === m;
  }
  if (x.kind === 'record' && y.kind === 'record') return x.record === y.record;
  if (x.kind === 'function' && y.kind === 'function') return isSame(shared, x.returns, y.returns, depth + 1);
  return x.kind === y.kind;
}

/** Types of file scope for `globals`. */
export function makeShared(tokens: Shared['tokens'], globals: Globals, constant: Shared['constant']): Shared {
  const shared: Shared = {
    tokens,
    globals,
    records: new Map(),
    constant,
    typeOf(global) {
      if (global.type === undefined) {
        global.type = types.unknown;
        const { start, declarator, end } = global.declared;
        global.type = declaredType(shared, start, declarator, end);
      }
      return global.type;
    },
  };
  return shared;
}
