/**
 * What a compiler makes of C's types for one target: sizes and alignments in bytes. All of it comes from the compiler's
 * own answers: its predefined macros, and how it laid out scalars in structs (`layout` in its data).
 */
export interface Target {
  readonly pointer: number;
  readonly long: number;
  readonly longDouble: number;
  readonly isBigEndian: boolean;
  /** Whether plain `char` is. */
  readonly isCharUnsigned: boolean;
  /** Names of the types behind `size_t`, `ptrdiff_t` and `wchar_t`, as in `unsigned long`. */
  readonly sizeType: string;
  readonly differenceType: string;
  readonly wideCharacter: string;
  /** What `__attribute__((aligned))` without a number means. */
  readonly largestAlignment: number;
  /** Alignment in a struct of the scalars that are not aligned to their size, by their names. */
  readonly alignments: ReadonlyMap<string, number>;
  /** What `__alignof__` says of scalars where a struct aligns them less. */
  readonly preferred: ReadonlyMap<string, number>;
  /** Whether an enum takes no more bytes than its values need. */
  readonly isEnumShort: boolean;
  /** Whether unnamed bit-fields align their struct, those without a width and others. */
  readonly isZeroFieldAligning: boolean;
  readonly isUnnamedFieldAligning: boolean;
  /**
   * Whether the address of what another unit defines counts as never null, also with -fno-delete-null-pointer-checks, which
   * kernels are built with: so it is with clang.
   */
  readonly isAddressNeverNull: boolean;
}

/** The target of predefined macros (`name value`, one a line) and of layout facts (`align double 4`). */
export function targetOf(macros: string, layout: readonly string[] = []): Target {
  const values = new Map<string, string>();
  for (const [, name = '', value = ''] of macros.matchAll(/^(__(?:SIZE|PTRDIFF|WCHAR|CHAR|BYTE|BIGGEST)\w*) (.*)$/gm))
    values.set(name, value);
  const size = (of: string, usual: number) => Number(values.get(`__SIZEOF_${of}__`) ?? usual);
  const pointer = size('POINTER', 8);
  const facts = layout.map((line) => /^(\w+) (.+) (\d+)$/.exec(line)?.slice(1) ?? []);
  const aligned = layout.find((line) => line.startsWith('aligned '))?.slice('aligned '.length);
  const mapOf = (kind: string) =>
    new Map(facts.flatMap(([is, name = '', value]) => (is === kind ? [[name, Number(value)] as const] : [])));
  return {
    pointer,
    long: size('LONG', pointer),
    longDouble: size('LONG_DOUBLE', 16),
    isBigEndian: values.get('__BYTE_ORDER__') === '__ORDER_BIG_ENDIAN__',
    isCharUnsigned: values.has('__CHAR_UNSIGNED__'),
    sizeType: typeName(values.get('__SIZE_TYPE__') ?? 'unsigned long'),
    differenceType: typeName(values.get('__PTRDIFF_TYPE__') ?? 'long'),
    wideCharacter: typeName(values.get('__WCHAR_TYPE__') ?? 'int'),
    largestAlignment: Number(aligned ?? values.get('__BIGGEST_ALIGNMENT__') ?? 16),
    alignments: mapOf('align'),
    preferred: mapOf('prefer'),
    isEnumShort: layout.includes('enum 1'),
    isZeroFieldAligning: layout.includes('zero field 4'),
    isUnnamedFieldAligning: layout.includes('unnamed field 4'),
    isAddressNeverNull: /^__clang__ /m.test(macros),
  };
}

/** `long unsigned int` as `unsigned long`. */
function typeName(written: string): string {
  const words = written.split(' ');
  const base = ['short', 'char'].find((word) => words.includes(word));
  const longs = words.filter((word) => word === 'long').join(' ');
  const name = base ?? (longs === '' ? 'int' : longs);
  return words.includes('unsigned') ? `unsigned ${name}` : name;
}

/** 64 bits, little-endian, signed characters: where nothing is known of the compiler. */
export const usualTarget: Target = targetOf('');
