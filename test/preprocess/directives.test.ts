import { describe, expect, test } from 'vitest';
import { HeaderCache } from '../../server/src/core/preprocess/cache';
import { preprocess } from '../../server/src/core/preprocess/preprocess';
import { cacheOf, expand, Files, messages, printed, request, unitOf } from './try';

/** Which of the conditions hold. */
function holding(conditions: readonly string[], before = ''): string[] {
  const text = conditions.map((condition, i) => `#if ${condition}\n<${i}>\n#endif\n`).join('');
  const out = expand(`${before}\n${text}`);
  return conditions.filter((_, i) => out.includes(`< ${i} >`));
}

describe('conditions', () => {
  test('64 bits, signed and unsigned', () => {
    const yes = [
      '-1 > 0u',
      '-1 < 0',
      '0xffffffffffffffff == -1',
      '(2147483647 + 1) > 0',
      '9223372036854775807 + 1 < 0',
      '18446744073709551615ull / 2 == 0x7fffffffffffffff',
      '-1 >> 1 == -1',
      '(0 ? 1u : -1) > 0',
      '1 << 40 == 0x10000000000',
      '~0 == -1 && ~0u == 0xffffffffffffffff',
      '7 / -2 == -3 && 7 % -2 == 1 && -7 % 2 == -1',
      '(3, 4) == 4',
      "'a' == 97 && '\\n' == 10 && '\\x41' == 65 && '\\0' == 0 && 'ab' == 24930 && '\\377' < 0",
      '010 == 8 && 0b101 == 5 && 0XfUL == 15',
      '1 || 1 / 0',
      '!(0 && 1 / 0)',
      '1 ? 2 : 1 / 0',
      '(1 | 6) == 7 && (5 ^ 1) == 4 && (12 & 10) == 8',
      '4503599627370496 * 4 == 18014398509481984',
    ];
    expect(holding(yes)).toEqual(yes);
    const no = ['1 / 0', '0', 'UNKNOWN', '', '1 +', '(1', '1.5', 'f(1)', '"a"', '1 2', '0x', '1 ? 2'];
    expect(holding(no)).toEqual([]);
  });

  test('defined, also when a macro makes it', () => {
    const before = '#define A\n#define HAS_A defined(A)\n#define HAS_B defined B\n#define BOTH defined A && defined(B)';
    const yes = ['defined A', 'defined(A) && !defined(B)', 'HAS_A', '!HAS_B', '!(BOTH)', 'defined A || 1 / 0'];
    expect(holding(yes, before)).toEqual(yes);
  });

  test("the kernel's IS_ENABLED", () => {
    const before = `
#define __ARG_PLACEHOLDER_1 0,
#define __take_second_arg(__ignored, val, ...) val
#define __is_defined(x) ___is_defined(x)
#define ___is_defined(val) ____is_defined(__ARG_PLACEHOLDER_##val)
#define ____is_defined(arg1_or_junk) __take_second_arg(arg1_or_junk 1, 0)
#define CONFIG_A 1
#define CONFIG_B_MODULE 1
#define IS_ENABLED(o) (__is_defined(o) || __is_defined(o##_MODULE))`;
    expect(holding(['IS_ENABLED(CONFIG_A)', 'IS_ENABLED(CONFIG_B)', 'IS_ENABLED(CONFIG_C)'], before)).toEqual([
      'IS_ENABLED(CONFIG_A)',
      'IS_ENABLED(CONFIG_B)',
    ]);
  });

  test('groups', () => {
    expect(expand('#if 0\na\n#elif 1\nb\n#elif 1/0\nc\n#else\nd\n#endif\n#ifndef X\ne\n#else\nf\n#endif')).toBe('b e');
    expect(expand('#if 0\n#if 1\na\n#else\nb\n#endif\n#else\nc\n#endif')).toBe('c');
    expect(messages(unitOf('#else\n#if 1\na'))).toEqual(["#else without '#if'", "#if without '#endif'"]);
    expect(expand('#if 0\na\n#else\nb')).toBe('b');
    expect(expand('#ifdef X\na\n')).toBe('');
  });
});

describe('includes', () => {
  const args = ['-iquote', 'q', '-I', 'one', '-I', 'two', '-isystem', 'sys'];

  test('search order and #include_next', () => {
    const files = {
      '/t/q/a.h': 'q',
      '/t/one/a.h': '1\n#include_next <a.h>',
      '/t/two/a.h': '2\n#include_next <a.h>',
      '/t/sys/a.h': 'S',
      '/t/one/sub/b.h': 'b\n#include "c.h"',
      '/t/one/sub/c.h': 'c',
    };
    expect(expand('#include <a.h>\n#include "a.h"\n#include <sub/b.h>', files, args)).toBe('1 2 S q b c');
  });

  test('computed includes and __has_include', () => {
    const files = { '/t/one/x-y.h': 'xy', '/t/z.h': 'z' };
    const text = '#define H(n) <x-n.h>\n#define S(x) #x\n#define N y\n#include H(y)\n#include S(z.h)\n';
    expect(expand(text, files, args)).toBe('xy z');
    const asked = ['__has_include(<x-y.h>)', '__has_include("z.h")', '__has_include(<z.h>)', '!__has_include("n.h")'];
    const out = expand(asked.map((one) => `#if ${one}\nyes\n#else\nno\n#endif\n`).join(''), files, args);
    expect(out).toBe('yes yes no yes');
  });

  test('guards and #pragma once', () => {
    const files = {
      '/t/g.h': '/* c */\n#ifndef G\n#define G\ng\n#endif',
      '/t/d.h': '#if !defined(D)\n#define D\nd\n#endif\nmore',
      '/t/o.h': '#pragma once\no',
    };
    expect(expand('#include "g.h"\n#include "g.h"\n#undef G\n#include "g.h"', files)).toBe('g g');
    expect(expand('#include "d.h"\n#include "d.h"\n#include "o.h"\n#include "../t/o.h"', files)).toBe('d more more o');
  });

  test('-include, -D and -U', () => {
    const list = ['-include', 'f.h', '-DA=2', '-DB', '-DC(x)=x+1', '-D', 'E=3', '-UE'];
    expect(expand('A B C(1) E', { '/t/f.h': 'forced A' }, list)).toBe('forced 2 2 1 1 + 1 E');
  });

  test('what is missing or endless is noted, and it goes on', () => {
    const unit = unitOf('#include <no.h>\n#include "no.h"\n#include\n#include UNKNOWN\n#error oh no\nint x;');
    expect(printed(unit)).toBe('int x ;');
    expect(unit.missingHeaders).toEqual(['no.h']);
    expect(messages(unit)).toContain('#error oh no');
    expect(unit.problems).toHaveLength(5);
    const loop = unitOf('#include "a.h"', { '/t/a.h': 'x\n#include "a.h"\n' });
    expect(loop.count).toBe(199);
    expect(messages(loop)).toEqual(['Includes are nested too deep; this one is left out.']);
    expect(messages(unitOf('"abc\n#define\n#define 1\n#define f(1) x\n#include "x'))).toHaveLength(4);
  });

  test('expansions that explode end', () => {
    let text = '#define A0 x x\n';
    for (let i = 1; i < 40; i++) text += `#define A${i} A${i - 1} A${i - 1}\n`;
    const unit = unitOf(`${text}A39`);
    expect(messages(unit)).toEqual(['Too many macros are expanded; what follows is not read.']);
    text = '#define A0(x) x x\n';
    for (let i = 1; i < 40; i++) text += `#define A${i}(x) A${i - 1}(x A${i - 1}(x))\n`;
    expect(messages(unitOf(`${text}A39(1)`))).toEqual([
      'A macro expands to too many tokens; what follows is not read.',
    ]);
    let nested = 'x';
    for (let i = 0; i < 3000; i++) nested = `f(${nested})`;
    expect(messages(unitOf(`#define f(x) x\n${nested}`))).toContain(
      'Macro arguments are nested too deep; the inner ones are not expanded.',
    );
    expect(messages(unitOf(`#if ${'('.repeat(5000)}1\n#endif`))).toHaveLength(1);
  });
});

describe('the header cache', () => {
  test('a changed, a new and a gone header', () => {
    const files = new Files([['/t/one/a.h', 'old']]);
    const cache = new HeaderCache(files);
    const run = () =>
      printed(preprocess(request('#include <a.h>\n#include "b.h"', ['-I', 'zero', '-I', 'one']), cache));
    expect(run()).toBe('old');
    files.set('/t/one/a.h', '#define A 7\nA');
    cache.drop('/t/one/a.h');
    expect(run()).toBe('7');
    files.set('/t/zero/a.h', 'first').set('/t/b.h', 'b');
    cache.drop('/t/zero/a.h');
    cache.drop('/t/b.h');
    expect(run()).toBe('first b');
    files.delete('/t/zero/a.h');
    cache.drop('/t/zero/a.h');
    expect(run()).toBe('7 b');
  });

  test('macros of one unit are not those of the next', () => {
    const cache = cacheOf({ '/t/a.h': '#define A 1' });
    expect(printed(preprocess(request('#include "a.h"\n#define B 2\nA B'), cache))).toBe('1 2');
    expect(printed(preprocess(request('A B'), cache))).toBe('A B');
  });
});
