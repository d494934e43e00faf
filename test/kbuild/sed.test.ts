import { describe, expect, test } from 'vitest';
import { substitute } from '../../server/src/core/kbuild/make/sed';

describe('sed', () => {
  test.each([
    ['rv64imafdcv_zba', 's/(rv32ima|rv64ima)fd([^v_]*)v?/\\1\\2/', true, 'rv64imac_zba'],
    ['i686', 's/i.86/i386/', false, 'i386'],
    ['6.12.3-amd64', 's/-.*$//', false, '6.12.3'],
    ['a/b/c', 's|/|_|g', false, 'a_b_c'],
    ['a/b', 's/\\//&&/', false, 'a//b'],
    ['abab', 's/\\(a\\)\\(b\\)/\\2\\1/g', false, 'baba'],
    ['a+b(c)', 's/a+b(c)/x/', false, 'x'],
    ['aaab', 's/a\\+/x/', false, 'xb'],
    ['xabcd', 's/a|abc|ab/_/', true, 'x_d'],
    ['a.b.c', 's/\\./-/', true, 'a-b.c'],
    ['x-1]', 's/[]1-]//g', false, 'x'],
    ['none', 's/^one/x/', false, 'none'],
    ['ab', 's/(a)|(b)/<\\1\\2>/g', true, '<a><b>'],
  ])('%s | %s', (line, script, isExtended, expected) => {
    expect(substitute(line, script, isExtended)).toBe(expected);
  });

  test.each([
    's/a/b/p',
    's/a/b',
    'p',
    's/a\\{2\\}/b/',
    's/[[:alpha:]]/b/',
    's/\\w/b/',
    's/*/b/',
    's/a/\\n/',
    's/x*/y/g',
    's/\\(a/b/',
    's/a/\\1/',
  ])('%s is left alone', (script) => {
    expect(substitute('abc', script, false)).toBeUndefined();
  });

  test('gives up on what takes too long', () => {
    expect(substitute('a'.repeat(60), 's/(a*)*(a*)*b/x/', true)).toBeUndefined();
  });
});
