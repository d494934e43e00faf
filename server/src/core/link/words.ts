import type { NameTable } from '../preprocess/unit';

/** Keywords as numbers; what GNU C spells in several ways has one number. */
export const word = {
  none: 0,
  // Storage classes and function specifiers
  typedef: 1,
  extern: 2,
  static: 3,
  auto: 4,
  register: 5,
  inline: 6,
  noreturn: 7,
  threadLocal: 8,
  autoType: 9,
  // Qualifiers
  const: 10,
  volatile: 11,
  restrict: 12,
  atomic: 13,
  /** C23: constant, and at file scope for this file only. */
  constexpr: 14,
  // Types
  void: 20,
  char: 21,
  short: 22,
  int: 23,
  long: 24,
  float: 25,
  double: 26,
  signed: 27,
  unsigned: 28,
  bool: 29,
  complex: 30,
  int128: 31,
  struct: 32,
  union: 33,
  enum: 34,
  typeof: 35,
  vaList: 36,
  otherFloat: 37,
  bitInt: 38,
  // Others in declarations
  attribute: 40,
  asm: 41,
  alignas: 42,
  staticAssert: 43,
  extension: 44,
  label: 45,
  // Statements
  if: 50,
  else: 51,
  while: 52,
  do: 53,
  for: 54,
  switch: 55,
  case: 56,
  default: 57,
  goto: 58,
  break: 59,
  continue: 60,
  return: 61,
  // Expressions
  sizeof: 70,
  alignof: 71,
  generic: 72,
  builtinOffsetof: 73,
  builtinVaArg: 74,
  builtinTypesCompatible: 75,
  real: 76,
} as const;

const spellings: Readonly<Record<Exclude<keyof typeof word, 'none'>, string>> = {
  typedef: 'typedef',
  extern: 'extern',
  static: 'static',
  auto: 'auto',
  register: 'register',
  inline: 'inline __inline __inline__',
  noreturn: '_Noreturn',
  threadLocal: '__thread _Thread_local thread_local',
  autoType: '__auto_type',
  const: 'const __const __const__',
  volatile: 'volatile __volatile __volatile__',
  // Among the qualifiers that change nothing here: named address spaces, nullability, alignment of other compilers.
  restrict:
    'restrict __restrict __restrict__ __seg_fs __seg_gs __flash __flash1 __flash2 __flash3 __flash4 __flash5 __memx ' +
    '__ea __near __far _Nonnull _Nullable _Null_unspecified __nonnull __nullable __unaligned __ptr32 __ptr64',
  atomic: '_Atomic',
  constexpr: 'constexpr',
  void: 'void',
  char: 'char',
  short: 'short',
  int: 'int',
  long: 'long',
  float: 'float',
  double: 'double',
  signed: 'signed __signed __signed__',
  unsigned: 'unsigned',
  bool: '_Bool',
  complex: '_Complex __complex__',
  int128: '__int128 __int128_t __uint128_t',
  struct: 'struct',
  union: 'union',
  enum: 'enum',
  typeof: 'typeof __typeof __typeof__ typeof_unqual __typeof_unqual __typeof_unqual__',
  vaList: '__builtin_va_list',
  otherFloat: '_Float16 __fp16 __bf16 _Float32 _Float64 _Float32x _Float64x _Float128 __float128 __ibm128',
  bitInt: '_BitInt',
  attribute: '__attribute__ __attribute',
  asm: 'asm __asm __asm__',
  alignas: '_Alignas alignas',
  staticAssert: '_Static_assert static_assert',
  extension: '__extension__',
  label: '__label__',
  if: 'if',
  else: 'else',
  while: 'while',
  do: 'do',
  for: 'for',
  switch: 'switch',
  case: 'case',
  default: 'default',
  goto: 'goto',
  break: 'break',
  continue: 'continue',
  return: 'return',
  sizeof: 'sizeof',
  alignof: '_Alignof __alignof __alignof__ alignof',
  generic: '_Generic',
  builtinOffsetof: '__builtin_offsetof',
  builtinVaArg: '__builtin_va_arg',
  builtinTypesCompatible: '__builtin_types_compatible_p',
  real: '__real__ __imag__',
};

/** What attributes, storage classes and the form of a declaration say of a name, as bits. */
export const flag = {
  typedef: 1,
  extern: 2,
  static: 4,
  inline: 8,
  gnuInline: 16,
  alwaysInline: 32,
  noinline: 64,
  noreturn: 128,
  weak: 256,
  used: 512,
  alias: 1024,
  constant: 2048,
  volatile: 4096,
  register: 8192,
  constructor: 1 << 14,
  /** The declarator itself has parameters. */
  function: 1 << 15,
  initialized: 1 << 16,
  body: 1 << 17,
  /** Reading it twice gives the same, and calling it for nothing does nothing. */
  pure: 1 << 18,
  cleanup: 1 << 19,
  packed: 1 << 20,
  aligned: 1 << 21,
  threadLocal: 1 << 22,
  /** The type comes from a typedef or a typeof: it may be a function's. */
  namedType: 1 << 23,
  weakref: 1 << 24,
  /** A call of it is an error while compiling: the compiler has found out that it is never reached. */
  error: 1 << 25,
} as const;

/** What the words of a declaration at file scope mean for what it declares. */
export const storageFlags: { readonly [word: number]: number } = {
  [word.typedef]: flag.typedef,
  [word.extern]: flag.extern,
  [word.static]: flag.static,
  [word.inline]: flag.inline,
  [word.noreturn]: flag.noreturn,
  [word.register]: flag.register,
  [word.threadLocal]: flag.threadLocal,
  [word.const]: flag.constant,
  // C23: for this file only.
  [word.constexpr]: flag.constant | flag.static,
  [word.volatile]: flag.volatile,
};

const attributes: Readonly<Record<string, number>> = {
  gnu_inline: flag.gnuInline,
  always_inline: flag.alwaysInline,
  noinline: flag.noinline,
  noipa: flag.noinline,
  noclone: flag.noinline,
  noreturn: flag.noreturn,
  weak: flag.weak,
  weakref: flag.weak | flag.alias | flag.weakref,
  used: flag.used,
  retain: flag.used,
  externally_visible: flag.used,
  alias: flag.alias,
  ifunc: flag.alias,
  constructor: flag.constructor,
  destructor: flag.constructor,
  cleanup: flag.cleanup,
  error: flag.error,
  const: flag.pure,
  pure: flag.pure,
  packed: flag.packed,
  aligned: flag.aligned,
};

/** Meanings of the spellings of one name table. */
export interface Words {
  /** Keyword of a name, for names below its length. */
  readonly keyword: Uint8Array;
  /** Names that are keywords from C23 on, and names like any other before. */
  readonly bool: number;
  readonly nullptr: number;
  readonly true: number;
  readonly false: number;
  /** Flags of an attribute's name, with or without underscores. */
  readonly attribute: ReadonlyMap<number, number>;
}

const known = new WeakMap<NameTable, Words>();

/** The keywords and attributes in a name table's numbers. */
export function wordsOf(names: NameTable): Words {
  const made = known.get(names) ?? makeWords(names);
  known.set(names, made);
  return made;
}

function makeWords(names: NameTable): Words {
  const numbered: (readonly [number, number])[] = [];
  for (const [key, forms] of Object.entries(spellings)) {
    const code = word[key as keyof typeof word];
    for (const form of forms.split(' ')) numbered.push([names.intern(form), code]);
  }
  const keyword = new Uint8Array(Math.max(...numbered.map(([name]) => name)) + 1);
  for (const [name, code] of numbered) keyword[name] = code;
  const attribute = new Map<number, number>();
  for (const [text, bits] of Object.entries(attributes))
    for (const form of [text, `__${text}__`]) attribute.set(names.intern(form), bits);
  const late = {
    bool: names.intern('bool'),
    nullptr: names.intern('nullptr'),
    true: names.intern('true'),
    false: names.intern('false'),
  };
  return { keyword, ...late, attribute };
}
