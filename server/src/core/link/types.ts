import type { Target } from '../preprocess/target';
import { constant, stringLength } from './constant';
import type { Global, Globals } from './globals';
import { findMember, initializerLength, lengthOf } from './layout';
import { readInitializer } from './read-initializer';
import { readDeclarator, readSpecifiers } from './read-type';
import { pointerTo, Reader, type Shared } from './reader';
import { converted, integerOf, types, typesOf, unsigned128 } from './scalars';
import type { Expr, Type } from './tree';
import type { Value } from './values';
import { flag } from './words';

/** What a name in an expression stands for at file scope. */
export function globalOf(shared: Shared, e: Extract<Expr, { kind: 'global' }>): Global | undefined {
  return e.of ?? shared.globals.byName.get(e.name);
}

/** How a type is called where it is spoken of. */
export function nameOfType(shared: Shared, type: Type): string {
  const t = resolved(shared, type);
  if (t.kind === 'array') return `an array of ${nameOfType(shared, t.of)}`;
  if (t.kind !== 'record') return t.kind === 'unknown' ? 'a type that is not understood' : `a ${t.kind}`;
  const { name } = t.record;
  return name === 0 ? 'a struct without a name' : `the struct or union '${shared.tokens.names.text(name)}'`;
}

/** A type without typedefs, typeofs and alignments around it. */
export function resolved(shared: Shared, type: Type): Type {
  let t = type;
  for (let i = 0; i < 50; i++) {
    if (t.kind === 'typeof') t = typeOf(shared, t.of, 50);
    else if (t.kind === 'aligned') t = t.of;
    else if (t.kind === 'enum') t = t.type();
    else return t;
  }
  return types.unknown;
}

/** What is known of a value once something of a type has it: an integer is converted, to a number of another kind it is lost. */
export function asType(shared: Shared, value: Value | undefined, type: Type): Value | undefined {
  if (value?.kind !== 'int') return value;
  const t = resolved(shared, type);
  return t.kind === 'int' || t.kind === 'pointer' ? converted(shared.target, value, t) : undefined;
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
      return { kind: 'array', of: characterType(shared, e), length: stringLength(shared, e) + 1 };
    case 'local': {
      const { type, init } = e.local;
      if (type.kind !== 'array' || type.length !== undefined || init === undefined) return type;
      return { ...type, length: initializerLength(shared, type.of, init) };
    }
    case 'global': {
      const global = globalOf(shared, e);
      return global === undefined ? builtinType(shared, e.name) : shared.typeOf(global);
    }
    case 'unary':
      return e.op === '!' ? types.int : promotedType(of(e.of));
    case 'step':
    case 'assign':
      return typeOf(shared, e.kind === 'step' ? e.of : e.to, depth + 1);
    case 'address':
      return pointerTo(typeOf(shared, e.of, depth + 1), isConst(shared, e.of));
    case 'deref':
    case 'index': {
      const t = of(e.of);
      if (t.kind === 'pointer') return t.to;
      if (t.kind === 'array') return t.of;
      return t.kind === 'function' ? t : types.unknown;
    }
    case 'binary':
      return binaryType(shared, e.op, of(e.left), of(e.right));
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
      return right.kind === 'pointer' || right.kind === 'array' ? right : binaryType(shared, '+', left, right);
    }
    case 'comma':
      return typeOf(shared, e.second, depth + 1);
    case 'call': {
      if (e.callee.kind === 'global' && globalOf(shared, e.callee) === undefined)
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
      return shared.types.size;
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

/** The lvalue may not be written to, as far as its declaration says. */
function isConst(shared: Shared, e: Expr, depth = 0): boolean {
  if (depth > 50) return false;
  switch (e.kind) {
    case 'local':
      return e.local.isConst;
    case 'global':
      return ((globalOf(shared, e)?.flags ?? 0) & flag.constant) !== 0;
    case 'deref':
    case 'index': {
      const t = resolved(shared, typeOf(shared, e.of));
      return t.kind === 'pointer' ? t.isConst : isConst(shared, e.of, depth + 1);
    }
    case 'member': {
      if (!e.isArrow) return isConst(shared, e.of, depth + 1);
      const t = resolved(shared, typeOf(shared, e.of));
      return t.kind === 'pointer' && t.isConst;
    }
    default:
      return false;
  }
}

/** The arm of a `_Generic` that is taken. */
export function genericArm(shared: Shared, e: Extract<Expr, { kind: 'generic' }>): Expr | undefined {
  let on = resolved(shared, typeOf(shared, e.of));
  if (on.kind === 'array') on = pointerTo(on.of, isConst(shared, e.of));
  let otherwise: Expr | undefined;
  for (const arm of e.arms) {
    if (arm.type === undefined) otherwise = arm.value;
    else if (isSame(shared, on, arm.type) === true) return arm.value;
  }
  return otherwise;
}

function promotedType(t: Type): Type {
  return t.kind === 'int' && t.size < 4 ? types.int : t;
}

function binaryType(shared: Shared, op: string, left: Type, right: Type): Type {
  if (/^(?:[=!]=|[<>]=?)$/.test(op)) return types.int;
  if (op === '<<' || op === '>>') return promotedType(left);
  if (left.kind === 'pointer' || left.kind === 'array')
    return op === '-' && (right.kind === 'pointer' || right.kind === 'array') ? shared.types.difference : decayed(left);
  if (right.kind === 'pointer' || right.kind === 'array') return decayed(right);
  if (left.kind === 'float' || right.kind === 'float') return left.kind === 'float' ? left : right;
  if (left.kind !== 'int' || right.kind !== 'int') return types.unknown;
  const a = promotedType(left) as typeof left;
  const b = promotedType(right) as typeof right;
  const [higher, lower] = rankOf(a) >= rankOf(b) ? [a, b] : [b, a];
  const isUnsigned = higher.unsigned || (lower.unsigned && lower.size === higher.size);
  return isUnsigned === higher.unsigned ? higher : (unsignedOf(shared, higher) ?? types.unknown);
}

/** Of types of one size the one with the longer name wins: `int`, `long`, `long long`. */
function rankOf({ size, id }: Extract<Type, { kind: 'int' }>): number {
  return size * 4 + (id.match(/long/g)?.length ?? 0);
}

function unsignedOf(shared: Shared, { id }: Extract<Type, { kind: 'int' }>): Type | undefined {
  const all = [types.unsigned, shared.types.unsignedLong, types.unsignedLongLong, unsigned128];
  return all.find((type) => type.id === `unsigned ${id}`);
}

/** What the characters of a string literal are. */
function characterType(shared: Shared, e: Extract<Expr, { kind: 'string' }>): Type {
  const text = shared.tokens.names.text(shared.tokens.name[e.first] as number);
  if (text.startsWith('L')) return shared.types.wide;
  if (text.startsWith('U')) return types.unsigned;
  return text.startsWith('u') && !text.startsWith('u8') ? types.unsignedShort : shared.types.char;
}

function decayed(t: Type): Type {
  return t.kind === 'array' ? pointerTo(t.of) : t;
}

function builtinType(shared: Shared, name: number): Type {
  const text = shared.tokens.names.text(name);
  return text === '__func__' || text === '__FUNCTION__' || text === '__PRETTY_FUNCTION__'
    ? { kind: 'array', of: shared.types.char, length: undefined }
    : types.unknown;
}

function callType(shared: Shared, name: number, args: readonly Expr[], depth: number): Type {
  const text = shared.tokens.names.text(name);
  if (text === '__builtin_choose_expr') {
    const chosen = args[0] === undefined ? undefined : shared.constant(args[0]);
    const arm = chosen === undefined ? undefined : chosen.value !== 0n ? args[1] : args[2];
    return arm === undefined ? types.unknown : typeOf(shared, arm, depth + 1);
  }
  if (text === '__builtin_expect' || text === '__builtin_expect_with_probability') return shared.types.long;
  if (/^__builtin_(?:strlen|object_size|dynamic_object_size)$/.test(text)) return shared.types.size;
  if (/^__builtin_bswap/.test(text)) return integerOf(shared.target, Number(text.slice(15)) / 8, true) ?? types.unknown;
  if (/^__builtin_(?:constant_p|clz|ctz|ffs|popcount|.*_overflow|unlikely|types)/.test(text)) return types.int;
  if (/^__builtin_(?:frame_address|return_address|alloca|memcpy|memset|memmove|strchr)/.test(text))
    return pointerTo(types.void);
  return types.unknown;
}

/** `__builtin_types_compatible_p`; undefined if that is not known. */
export function isSame(shared: Shared, a: Type, b: Type, depth = 0): boolean | undefined {
  const x = resolved(shared, a);
  const y = resolved(shared, b);
  if (x.kind === 'unknown' || y.kind === 'unknown' || depth > 20) return undefined;
  if (x.kind === 'int' && y.kind === 'int') return x.id === y.id;
  if (x.kind === 'float' && y.kind === 'float') return x.id === y.id;
  if (x.kind === 'pointer' && y.kind === 'pointer')
    return x.isConst === y.isConst && isSame(shared, x.to, y.to, depth + 1);
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

/** The type that a declaration at top level gives its name. */
export function declaredType(shared: Shared, start: number, declarator: number, end: number): Type {
  const r = new Reader(shared, start, end);
  try {
    const { type, flags } = readSpecifiers(r);
    r.at = declarator;
    return readDeclarator(r, type, (flags & flag.constant) !== 0).type;
  } catch {
    return types.unknown;
  }
}

/** The type of an array that its initializer gives the length. */
function completed(shared: Shared, global: Global): Type {
  const type = global.type as Extract<Type, { kind: 'array' }>;
  const { value, end, flags } = global.declared;
  if ((flags & flag.initialized) === 0 || value === 0) return type;
  try {
    return { ...type, length: initializerLength(shared, type.of, readInitializer(new Reader(shared, value, end))) };
  } catch {
    return type;
  }
}

/** Reads the type of a global. */
export function readType(shared: Shared, global: Global): Type {
  // While it is being read, nothing is known of it.
  global.type = types.unknown;
  const { start, declarator, end } = global.declared;
  global.type = declaredType(shared, start, declarator, end);
  if (global.type.kind === 'array' && global.type.length === undefined) global.type = completed(shared, global);
  return global.type;
}

/** Types of file scope for `globals`, of a unit by itself. */
export function makeShared(tokens: Shared['tokens'], globals: Globals, target: Target): Shared {
  const shared: Shared = {
    tokens,
    globals,
    target,
    types: typesOf(target),
    records: new Map(),
    enums: new Map(),
    kept: undefined,
    constant: (e) => constant(shared, e),
    typeOf: (global) => global.type ?? readType(shared, global),
    reading: (_token, make) => make(),
    addFlags(global, flags) {
      global.flags |= flags;
    },
  };
  return shared;
}
