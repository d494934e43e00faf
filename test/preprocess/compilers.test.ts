import { describe, expect, test } from 'vitest';
import { preprocess } from '../../server/src/core/preprocess/preprocess';
import { loadCompiler } from '../../server/src/io/compilers';
import { cacheOf, printed, request } from './try';

const text = `
#if __GNUC__ >= 4 && __SIZEOF_POINTER__ == 8 && defined(__OPTIMIZE__) && !defined(__SSE__)
#if defined(__x86_64__)
x86
#elif defined(__aarch64__)
arm
#endif
#ifdef __clang__
clang
#endif
#if __has_attribute(__gnu_inline__) && __has_builtin(__builtin_types_compatible_p)
has
#endif
#endif`;

describe('the compilers that are shipped', () => {
  test.each([
    ['gcc-x86_64', 'x86 has'],
    ['clang-x86_64', 'x86 clang has'],
    ['gcc-aarch64', 'arm has'],
    ['clang-aarch64', 'arm clang has'],
  ])('%s', (name, expected) => {
    const compiler = loadCompiler(name);
    const unit = preprocess({ ...request(text), ...(compiler && { compiler }) }, cacheOf());
    expect(unit.problems).toEqual([]);
    expect(printed(unit)).toBe(expected);
  });
});
