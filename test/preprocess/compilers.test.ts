import { describe, expect, test } from 'vitest';
import { configOf } from '../../server/src/core/kernel/config';
import type { Kernel } from '../../server/src/core/kernel/kernel';
import { preprocess } from '../../server/src/core/preprocess/preprocess';
import { compilerFor, loadCompiler, whyNoCompiler } from '../../server/src/io/compilers';
import { cacheOf, printed, request } from './try';

const text = `
#if __GNUC__ >= 4 && defined(__OPTIMIZE__) && !defined(__SSE__)
__SIZEOF_POINTER__ __VERSION__
#if defined(__x86_64__) || defined(__i386__)
x86
#elif defined(__aarch64__) || defined(__arm__)
arm __LINUX_ARM_ARCH__
#elif defined(__riscv)
riscv
#elif defined(__powerpc__)
ppc _CALL_ELF
#elif defined(__s390x__)
s390
#elif defined(__mips__)
MIPS
#elif defined(__loongarch__)
loongarch
#endif
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
big
#endif
#ifdef __clang__
clang
#endif
#if __has_attribute(__gnu_inline__) && __has_builtin(__builtin_types_compatible_p)
has
#endif
#if __has_attribute(counted_by)
counted
#endif
#endif`;

const kernel = (options: string) =>
  ({
    config: configOf(
      new Map(options.split(' ').map((one) => [`CONFIG_${one.split('=')[0]}`, one.split('=')[1] ?? 'y'])),
    ),
  }) as Kernel;

function answers(options: string, ...flags: string[]): string {
  const choice = compilerFor(kernel(options));
  const compiler = choice && loadCompiler(choice, flags);
  const unit = preprocess({ ...request(text), ...(compiler && { compiler }) }, cacheOf());
  expect(unit.problems).toEqual([]);
  return printed(unit);
}

const gcc = 'GCC_VERSION=120200';
const clang = 'CC_IS_CLANG CLANG_VERSION=190107';

describe('the compilers that are shipped', () => {
  test.each([
    [`X86_64 64BIT ${gcc}`, '8 "12.2.0" x86 has'],
    [`X86_64 64BIT GCC_VERSION=150300`, '8 "15.3.0" x86 has counted'],
    [`X86_64 64BIT ${clang}`, '8 "Clang 19.1.7" x86 clang has counted'],
    [`X86_32 ${gcc}`, '4 "12.2.0" x86 has'],
    [`ARM64 64BIT ${gcc}`, '8 "12.2.0" arm __LINUX_ARM_ARCH__ has'],
    [`ARM64 64BIT CPU_BIG_ENDIAN ${gcc}`, '8 "12.2.0" arm __LINUX_ARM_ARCH__ big has'],
    [`ARM64 64BIT CC_IS_CLANG CLANG_VERSION=140006`, '8 "Clang 14.0.6" arm __LINUX_ARM_ARCH__ clang has'],
    [`ARM ${gcc}`, '4 "12.2.0" arm __LINUX_ARM_ARCH__ has'],
    [`ARM CPU_BIG_ENDIAN ${clang}`, '4 "Clang 19.1.7" arm __LINUX_ARM_ARCH__ big clang has counted'],
    [`RISCV 64BIT ${gcc}`, '8 "12.2.0" riscv has'],
    [`RISCV 32BIT ${clang}`, '4 "Clang 19.1.7" riscv clang has counted'],
    [`PPC64 64BIT CPU_LITTLE_ENDIAN ${gcc}`, '8 "12.2.0" ppc 2 has'],
    [`PPC64 64BIT ${gcc}`, '8 "12.2.0" ppc 1 big has'],
    [`PPC32 ${gcc}`, '4 "12.2.0" ppc _CALL_ELF big has'],
    [`S390 64BIT ${gcc}`, '8 "12.2.0" s390 big has'],
    [`MIPS 64BIT CPU_LITTLE_ENDIAN ${gcc}`, '8 "12.2.0" MIPS has'],
    [`MIPS CPU_BIG_ENDIAN ${clang}`, '4 "Clang 19.1.7" MIPS big clang has counted'],
    [`LOONGARCH 64BIT GCC_VERSION=140200`, '8 "14.2.0" loongarch has'],
  ])('%s', (options, expected) => {
    expect(answers(options)).toBe(expected);
  });

  test('follow the flags of a unit', () => {
    const options = `ARM ${gcc}`;
    const value = (name: string, ...flags: string[]) => {
      const choice = compilerFor(kernel(options));
      return new RegExp(`^${name} (.*)$`, 'm').exec((choice && loadCompiler(choice, flags)?.macros) ?? '')?.[1];
    };
    expect([value('__ARM_ARCH'), value('__thumb__')]).toEqual(['7', undefined]);
    expect([value('__ARM_ARCH', '-march=armv5te'), value('__thumb__', '-mthumb')]).toEqual(['5', '1']);
    expect(value('__STDC_HOSTED__', '-ffreestanding')).toBe('0');
    expect(value('__BYTE_ORDER__', '-mbig-endian')).toBe('__ORDER_BIG_ENDIAN__');
  });

  test('say whether a character is signed', () => {
    const choice = compilerFor(kernel(`X86_64 64BIT ${gcc}`));
    const sign = (...flags: string[]) => {
      const compiler = choice && loadCompiler(choice, flags);
      const text = "#if '\\377' < 0\nsigned\n#else\nunsigned\n#endif";
      return printed(preprocess({ ...request(text), ...(compiler && { compiler }) }, cacheOf()));
    };
    expect([sign(), sign('-funsigned-char'), sign('-funsigned-char', '-fsigned-char')]).toEqual([
      'signed',
      'unsigned',
      'signed',
    ]);
  });

  test('are none where the architecture is unknown', () => {
    const other = kernel('PARISC CC_VERSION_TEXT=hppa-linux-gnu-gcc');
    expect(compilerFor(other)).toBeUndefined();
    expect(whyNoCompiler(other)).toContain("'hppa-linux-gnu-gcc'");
  });
});
