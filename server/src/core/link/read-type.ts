import * as kinds from '../syntax/kinds';
import { readAssignment, readExpression } from './read-expression';
import { readEnum, readRecord } from './read-record';
import type { Reader, Shared } from './reader';
import { integerOf, types, unsigned128 } from './scalars';
import type { Expr, Type } from './tree';
import { flag, word } from './words';

/** What stands in front of a declarator. */
export interface Specifiers {
  readonly type: Type;
  readonly flags: number;
  readonly cleanup: Expr | undefined;
  readonly isAuto: boolean;
}

/** A declarator, read. */
export interface Declarator {
  /** 0 for an abstract one. */
  readonly name: number;
  readonly token: number;
  readonly type: Type;
  readonly flags: number;
  /** Qualifiers of the specifiers belong to what it points to. */
  readonly isPointer: boolean;
  readonly cleanup: Expr | undefined;
}

interface Attributes {
  flags: number;
  cleanup: Expr | undefined;
  align: (Expr | undefined)[];
  mode: string | undefined;
  vector: Expr | undefined;
}

/** True if a declaration or a type name begins here. */
export function startsType(r: Reader): boolean {
  const w = r.word;
  if (w === word.none) return (r.kind === kinds.identifier && isTypedef(r, r.name)) || isBracketed(r);
  return (
    w <= word.vaList ||
    w === word.otherFloat ||
    w === word.bitInt ||
    w === word.attribute ||
    w === word.alignas ||
    w === word.extension
  );
}

function isTypedef(r: Reader, name: number): boolean {
  const binding = r.lookup(name);
  if (binding !== undefined) return binding.kind === 'typedef';
  const global = r.shared.globals.byName.get(name);
  if (global === undefined) return name === r.tokens.words.bool;
  return (global.flags & flag.typedef) !== 0;
}

/** A type name, as in a cast. */
export function readTypeName(r: Reader): Type {
  const { type, flags } = readSpecifiers(r);
  // Where nothing can be named, a name behind the type is a qualifier that is not known.
  if (isUnknownQualifier(r) || (isPlainName(r, r.at) && r.kindAt(r.at + 1) === kinds.closeParen)) r.at++;
  return readDeclarator(r, type, (flags & flag.constant) !== 0).type;
}

/**
 * A name behind a type with a star, a further name or a further qualifier behind it can be nothing but a qualifier that
 * is not in the list, as compilers for small machines have them.
 */
function isUnknownQualifier(r: Reader): boolean {
  if (!isPlainName(r, r.at)) return false;
  const next = r.at + 1;
  const w = r.tokens.word[next] as number;
  return r.kindAt(next) === kinds.star || isPlainName(r, next) || (w >= word.const && w <= word.atomic);
}

function isPlainName(r: Reader, at: number): boolean {
  return r.kindAt(at) === kinds.identifier && r.tokens.word[at] === word.none;
}

/** `[[…]]` begins here. */
export function isBracketed(r: Reader): boolean {
  return r.kind === kinds.openBracket && r.kindAt(r.at + 1) === kinds.openBracket;
}

/** Reads attributes of either form, if they are here. */
export function readAttributes(r: Reader, into: Attributes): void {
  for (;;) {
    if (r.word === word.attribute) {
      r.at++;
      readAttribute(r, into, kinds.openParen, kinds.closeParen);
    } else if (isBracketed(r)) readAttribute(r, into, kinds.openBracket, kinds.closeBracket);
    else return;
  }
}

const storage: { readonly [word: number]: number } = {
  [word.typedef]: flag.typedef,
  [word.extern]: flag.extern,
  [word.static]: flag.static,
  [word.inline]: flag.inline,
  [word.register]: flag.register,
  [word.const]: flag.constant,
  [word.constexpr]: flag.constant,
  [word.volatile]: flag.volatile,
};

export function readSpecifiers(r: Reader): Specifiers {
  const attributes = noAttributes();
  let flags = 0;
  let type: Type | undefined;
  let base = 0;
  let longs = 0;
  let isShort = false;
  let sign = 0;
  let isAuto = false;
  let bits: Expr | undefined;
  let otherFloat = '';
  /** `auto` without a type is `__auto_type` from C23 on. */
  let hasAuto = false;
  for (;;) {
    const w = r.word;
    if (w === word.none) {
      if (isBracketed(r)) {
        readAttributes(r, attributes);
        continue;
      }
      const isTyped = type !== undefined || bits !== undefined || base !== 0 || longs > 0 || isShort || sign !== 0;
      if (isTyped && isUnknownQualifier(r)) {
        r.at++;
        continue;
      }
      if (r.kind !== kinds.identifier || isTyped || isAuto) break;
      if (hasAuto && !isTypedef(r, r.name)) {
        isAuto = true;
        break;
      }
      type = typedefType(r);
      r.at++;
    } else if (w === word.attribute) readAttributes(r, attributes);
    else if (w === word.struct || w === word.union) type = { kind: 'record', record: readRecord(r) };
    else if (w === word.enum) {
      type = readEnum(r);
    } else if (w === word.typeof) {
      r.at++;
      r.expect(kinds.openParen);
      type = startsType(r) ? readTypeName(r) : { kind: 'typeof', of: readExpression(r) };
      r.expect(kinds.closeParen);
    } else if (w === word.alignas) {
      r.at++;
      attributes.align.push(readAlignment(r));
    } else if (w === word.bitInt) {
      r.at++;
      r.expect(kinds.openParen);
      bits = readAssignment(r);
      r.expect(kinds.closeParen);
    } else if (w === word.atomic && r.kindAt(r.at + 1) === kinds.openParen) {
      r.at += 2;
      type = readTypeName(r);
      r.expect(kinds.closeParen);
    } else if (w === word.vaList) {
      type = types.unknown;
      r.at++;
    } else if (w === word.extension) r.at++;
    else if (w > word.otherFloat) break;
    else {
      flags |= storage[w] ?? 0;
      if (w === word.long) longs++;
      else if (w === word.short) isShort = true;
      else if (w === word.signed) sign = 1;
      else if (w === word.unsigned) sign = 2;
      else if (w === word.autoType) isAuto = true;
      else if (w === word.auto) hasAuto = true;
      else if (w === word.int128) {
        base = w;
        if (r.text(r.at) === '__uint128_t') sign = 2;
      } else if ((w >= word.void && w <= word.bool) || w === word.otherFloat) base = w;
      if (w === word.otherFloat) otherFloat = r.text(r.at);
      r.at++;
    }
  }
  type ??= bits === undefined ? basicType(r.shared, { base, longs, isShort, sign, otherFloat }) : bitIntType(r, bits);
  type = withAttributes(r.shared, type, attributes);
  return { type, flags: flags | attributes.flags, cleanup: attributes.cleanup, isAuto };
}

function typedefType(r: Reader): Type {
  const binding = r.lookup(r.name);
  if (binding !== undefined) return binding.kind === 'typedef' ? asNamed(binding.type) : r.fail();
  const global = r.shared.globals.byName.get(r.name);
  if (global === undefined && r.name === r.tokens.words.bool) return types.bool;
  if (global === undefined || (global.flags & flag.typedef) === 0) return types.unknown;
  return asNamed(r.shared.typeOf(global));
}

function asNamed(type: Type): Type {
  return type.kind === 'aligned' ? { ...type, isNamed: true } : type;
}

/** The words of a basic type. */
interface BasicWords {
  readonly base: number;
  readonly longs: number;
  readonly isShort: boolean;
  /** 1 for `signed`, 2 for `unsigned`. */
  readonly sign: number;
  readonly otherFloat: string;
}

/** Sizes of floating types with a size in their name; those of the others are as large as `long double`. */
const floats: { readonly [name: string]: number } = {
  _Float16: 2,
  __fp16: 2,
  __bf16: 2,
  _Float32: 4,
  _Float64: 8,
  _Float32x: 8,
  _Float128: 16,
  __float128: 16,
};

/** `_BitInt(N)`: its size is known up to that of the largest register, and its values are not computed. */
function bitIntType(r: Reader, width: Expr): Type {
  const bits = Number(r.shared.constant(width)?.value ?? 0n);
  const size = [1, 2, 4, 8].find((bytes) => bits <= bytes * 8);
  return size === undefined || bits < 1 ? types.unknown : { kind: 'float', size, id: `_BitInt(${bits})` };
}

/** `_Alignas(…)` with a type or a number. */
function readAlignment(r: Reader): Expr {
  r.expect(kinds.openParen);
  const given: Expr = startsType(r)
    ? { kind: 'size', of: undefined, type: readTypeName(r), isAlign: true, isPreferred: false }
    : readExpression(r);
  r.expect(kinds.closeParen);
  return given;
}

function basicType(shared: Shared, { base, longs, isShort, sign, otherFloat }: BasicWords): Type {
  const unsigned = sign === 2;
  if (base === word.void) return types.void;
  if (base === word.bool) return types.bool;
  if (base === word.float) return { kind: 'float', size: 4, id: 'float' };
  if (base === word.double) return longs > 0 ? shared.types.longDouble : { kind: 'float', size: 8, id: 'double' };
  if (base === word.otherFloat)
    return { kind: 'float', size: floats[otherFloat] ?? shared.target.longDouble, id: otherFloat };
  if (base === word.int128) return unsigned ? unsigned128 : types.int128;
  if (base === word.char) return sign === 0 ? shared.types.char : unsigned ? types.unsignedChar : types.signedChar;
  if (isShort) return unsigned ? types.unsignedShort : types.short;
  if (longs > 1) return unsigned ? types.unsignedLongLong : types.longLong;
  if (longs > 0) return unsigned ? shared.types.unsignedLong : shared.types.long;
  return unsigned ? types.unsigned : types.int;
}

/** No attributes yet. */
export function noAttributes(): Attributes {
  return { flags: 0, cleanup: undefined, align: [], mode: undefined, vector: undefined };
}

const modes: { readonly [mode: string]: number } = { QI: 1, byte: 1, HI: 2, SI: 4, DI: 8, TI: 16 };

/** A type as its attributes change it. */
export function withAttributes({ target }: Shared, type: Type, attributes: Attributes): Type {
  let made = type;
  const { mode = '' } = attributes;
  const size = mode === 'word' || mode === 'pointer' ? target.pointer : modes[mode];
  if (size !== undefined && made.kind === 'int') made = integerOf(target, size, made.unsigned) ?? types.unknown;
  if (attributes.vector !== undefined) made = { kind: 'unknown' };
  for (const align of attributes.align) made = { kind: 'aligned', of: made, align };
  return made;
}

/** Reads one attribute specifier into what is known of the others; brackets stand around it. */
function readAttribute(r: Reader, into: Attributes, opening: number, closing: number): void {
  if (r.kind !== opening) return;
  const close = r.close();
  const { words } = r.tokens;
  for (let i = r.at + 1; i < close; i++) {
    if (r.kindAt(i) !== kinds.identifier) continue;
    const bits = words.attribute.get(r.tokens.name[i] as number) ?? 0;
    into.flags |= bits;
    const hasArguments = r.kindAt(i + 1) === kinds.openParen;
    const isSized = hasArguments && bits === 0 && /^(?:__)?(?:mode|vector_size)(?:__)?$/.test(r.text(i));
    if (bits === flag.cleanup || bits === flag.aligned || isSized) {
      const back = r.at;
      r.at = i + 2;
      if (bits === flag.aligned) into.align.push(hasArguments ? readAssignment(r) : undefined);
      else if (bits === flag.cleanup) into.cleanup = readAssignment(r);
      else if (r.text(i).includes('mode')) into.mode = r.text(i + 2).replace(/^__|__$/g, '');
      else into.vector = readAssignment(r);
      r.at = back;
    }
    if (hasArguments) i = r.tokens.match[i + 1] as number;
  }
  r.at = close;
  r.expect(closing);
}

/** Passes over parentheses, if they are here. */
export function skipParens(r: Reader): void {
  if (r.kind !== kinds.openParen) return;
  r.at = r.close();
  r.expect(kinds.closeParen);
}

/** A declarator, with or without a name. */
export function readDeclarator(r: Reader, base: Type, isConst = false): Declarator {
  const attributes = noAttributes();
  let type = base;
  let isPointer = false;
  r.deeper();
  for (;;) {
    const w = r.word;
    if (r.kind === kinds.star) {
      r.at++;
      type = { kind: 'pointer', to: type, isConst: isPointer ? (attributes.flags & flag.constant) !== 0 : isConst };
      isPointer = true;
      attributes.flags &= ~(flag.constant | flag.volatile);
    } else if (w === word.attribute || isBracketed(r)) readAttributes(r, attributes);
    else if (w >= word.const && w <= word.atomic) {
      attributes.flags |= storage[w] ?? 0;
      r.at++;
    } else if (isPointer && isUnknownQualifier(r)) r.at++;
    else break;
  }
  let name = 0;
  let token = 0;
  let inner: number | undefined;
  if (r.kind === kinds.identifier && r.word === word.none) {
    name = r.name;
    token = r.at++;
    readAttributes(r, attributes);
  } else if (r.kind === kinds.openParen && isNested(r)) {
    inner = r.at + 1;
    r.at = r.close() + 1;
  }
  type = readSuffixes(r, type);
  while (r.word === word.attribute || r.word === word.asm || isBracketed(r)) {
    if (r.word !== word.asm) readAttributes(r, attributes);
    else {
      r.at++;
      skipParens(r);
      attributes.flags |= flag.alias;
    }
  }
  if (inner !== undefined) {
    const back = r.at;
    r.at = inner;
    const nested = readDeclarator(r, type);
    r.expect(kinds.closeParen);
    r.at = back;
    r.shallower();
    return { ...nested, flags: nested.flags | attributes.flags, cleanup: nested.cleanup ?? attributes.cleanup };
  }
  r.shallower();
  return {
    name,
    token,
    type: withAttributes(r.shared, type, attributes),
    flags: attributes.flags,
    isPointer,
    cleanup: attributes.cleanup,
  };
}

/** `(` begins a declarator in parentheses, not parameters. */
function isNested(r: Reader): boolean {
  const next = r.at + 1;
  const k = r.kindAt(next);
  if (k === kinds.star || k === kinds.openParen || k === kinds.openBracket) return true;
  const w = r.tokens.word[next] as number;
  if (w === word.attribute) {
    const behind = (r.tokens.match[next + 1] as number) + 1;
    return r.kindAt(behind) === kinds.star || r.kindAt(behind) === kinds.identifier;
  }
  return k === kinds.identifier && w === word.none && !isTypedef(r, r.tokens.name[next] as number);
}

function readSuffixes(r: Reader, base: Type): Type {
  if (r.kind === kinds.openBracket && !isBracketed(r)) {
    const close = r.close();
    r.at++;
    while (r.word === word.static || (r.word >= word.const && r.word <= word.atomic)) r.at++;
    const length =
      r.at < close && !(r.kindAt(r.at) === kinds.star && r.at + 1 === close) ? readExpression(r) : undefined;
    r.expect(kinds.closeBracket);
    return { kind: 'array', of: readSuffixes(r, base), length };
  }
  if (r.kind === kinds.openParen) {
    const open = r.at;
    r.at = r.close() + 1;
    return { kind: 'function', returns: readSuffixes(r, base), open };
  }
  return base;
}
