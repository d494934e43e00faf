import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linkFacts } from '../../server/src/core/link/link';
import { HeaderCache } from '../../server/src/core/preprocess/cache';
import { compilerOf, readCompilerData } from '../../server/src/core/preprocess/compiler';
import { preprocess } from '../../server/src/core/preprocess/preprocess';
import { parseInteger } from '../../server/src/core/preprocess/values';
import * as kinds from '../../server/src/core/syntax/kinds';
import { lex, spelling } from '../../server/src/core/syntax/lexer';
import { cacheOf, columns, Files, printed, request, unitOf } from './try';

const soup = fc
  .array(
    fc
      .constantFrom(
        ...[
          '#define f(x) x',
          '#define g(x, ...) f(x ## __VA_ARGS__)',
          '#define h h(',
          '#define A f',
          '#define s(x) #x',
        ],
        ...[
          '#undef f',
          '#if A',
          '#ifdef B',
          '#elif f(1)',
          '#else',
          '#endif',
          '#include "b.h"',
          '#include A',
          '#pragma once',
        ],
        ...['#line 3', '#define v(a...) a, ##a __VA_OPT__(x)', '#pragma push_macro("f")', '#pragma pop_macro("f")'],
      )
      .map((line) => `\n${line}\n`),
  )
  .chain((lines) =>
    fc
      .array(
        fc.constantFrom(
          ...[
            'f',
            'g',
            'h',
            'A',
            's',
            'v',
            '(',
            ')',
            ',',
            '#',
            '##',
            '1',
            'x',
            '"a\\n"',
            "'",
            '"',
            '\n',
            ' ',
            '/*',
            '\\\n',
          ],
          ...[
            '__VA_ARGS__',
            '__VA_OPT__',
            'defined',
            '__LINE__',
            '__COUNTER__',
            '_Pragma',
            '("x")',
            '+',
            '__has_include',
          ],
          ...lines,
        ),
        { maxLength: 80 },
      )
      .map((parts) => parts.join('')),
  );

describe('preprocess', () => {
  test('never throws, nor does the link walk behind it', () => {
    const bytes = fc.uint8Array({ maxLength: 300 }).map((list) => String.fromCharCode(...list));
    const anything = fc.oneof(
      soup,
      bytes,
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({ maxLength: 200 }),
    );
    fc.assert(
      fc.property(anything, anything, (text, header) => {
        const unit = unitOf(text, { '/t/b.h': header });
        linkFacts(unit);
        for (let i = 0; i < unit.count; i++) {
          expect(unit.file[i]).toBeLessThan(unit.files.length);
          expect(unit.expansion[i]).toBeLessThan(unit.expansions.length);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('what it gives, printed and lexed again, is the same', () => {
    fc.assert(
      fc.property(soup, (text) => {
        const unit = unitOf(text);
        const again = lex(printed(unit));
        const spelled = (list: string[]) => list.filter((one) => one !== '');
        const ours = Array.from({ length: unit.count }, (_, i) => unit.names.text(unit.name[i] as number));
        // An unterminated string takes the rest of its line with it, so it must end its line to be read again.
        fc.pre(!ours.some((one) => /^["'](.*[^\\])?$/.test(one) && !(one.length > 1 && one.endsWith(one.charAt(0)))));
        fc.pre(!ours.includes('\\'));
        // Behind a pragma a line begins, where `#` is no punctuator any more.
        fc.pre(!ours.some((one, i) => (one === '#' || one === '##') && unit.kind[i - 1] === kinds.directiveEnd));
        expect(spelled(Array.from({ length: again.count }, (_, i) => spelling(again, i)))).toEqual(spelled(ours));
      }),
      { numRuns: 500 },
    );
  });

  test('a remembered prefix gives what starting anew gives', () => {
    const files = {
      '/t/b.h': '#pragma once\n#define B f(1) __COUNTER__\n#define f(x) [x]\nint b = B;\n#include "c.h"',
      '/t/c.h': '#ifndef C\n#define C\nint c;\n#else\nagain\n#endif',
    };
    const leading = '// c\n#define A 1\n#include "b.h"\n#if A\n#include "c.h"\n#endif\n#pragma push_macro("A")\n';
    fc.assert(
      fc.property(fc.array(soup, { minLength: 1, maxLength: 4 }), (bodies) => {
        const cache = cacheOf(files);
        for (const body of bodies) {
          const text = `${leading}${body}\nB __LINE__ A`;
          const remembered = columns(preprocess({ ...request(text), remember: true }, cache));
          expect(remembered).toEqual(columns(preprocess(request(text), cacheOf(files))));
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('headers that several units read', () => {
  test('give what each unit alone gets of them', () => {
    // Headers that include themselves have no end.
    const header = soup.map((text) => text.replaceAll('#include', '#undef'));
    const before = fc.constantFrom(
      '#define A 1\n',
      '#define A f(x)\n',
      '#define x A f\n',
      'int c = __COUNTER__;\n',
      '',
    );
    fc.assert(
      fc.property(
        header,
        header,
        fc.array(fc.tuple(before, before, soup), { minLength: 3, maxLength: 8 }),
        (b, c, units) => {
          const files = { '/t/b.h': `#define f(x) [x]\n${b}\n#define u(x) x##__COUNTER__\n f(A) ${c}`, '/t/c.h': c };
          const cache = cacheOf(files);
          for (const [first, second, body] of units) {
            const text = `${first}#include "b.h"\n${second}#include "c.h"\n${body}\nf __COUNTER__`;
            expect(columns(preprocess(request(text), cache))).toEqual(columns(unitOf(text, files)));
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test('count on, where a number stands for itself, and where a macro hides behind a number', () => {
    const paste =
      '#define paste_(a, b) a##b\n#define paste(a, b) paste_(a, b)\n#define text(x) #x\n#define say(x) text(x)\n';
    const files = {
      '/t/b.h': `${paste}paste(v_, __COUNTER__) 1\n#if 1\npaste(__COUNTER__, u) say(__COUNTER__)\n#endif`,
      '/t/c.h':
        'paste(paste(v_, __COUNTER__), _w) = __COUNTER__ __LINE__ __FILE__;\n#if 1\npaste(v_, __COUNTER__)\n#endif',
    };
    const cache = cacheOf(files);
    for (const skip of [0, 1, 3, 1, 0, 2, 7, 3, 5, 0]) {
      const counted = '__COUNTER__ '.repeat(skip);
      const text = `${counted}\n#include "b.h"\n#define v_9 hidden\n#define v_6 H\n#include "c.h"\n#include "c.h"`;
      expect(columns(preprocess(request(text), cache))).toEqual(columns(unitOf(text, files)));
    }
  });

  test('are forgotten where there is no room for them', () => {
    const files = {
      '/t/b.h': '#define two(x) x x one(x)\n#define one(x) x##__COUNTER__\nint b;',
      '/t/c.h': 'two(c) one(c)\n#include "d.h"\n',
      '/t/d.h': `two(d)\n// ${'long '.repeat(20)}`,
    };
    const cache = new HeaderCache(new Files(Object.entries(files)), 120);
    const remember = (text: string) => columns(preprocess({ ...request(text), remember: true }, cache));
    for (const names of ['bc', 'bd', 'bc', 'bbdd', 'bcd', 'b', 'bd', 'bc', 'bdc']) {
      const text = `${[...names].map((name) => `#include "${name}.h"\n`).join('')}two(e)`;
      expect(columns(preprocess(request(text), cache))).toEqual(columns(unitOf(text, files)));
      expect(remember(text)).toEqual(columns(unitOf(text, files)));
      expect(remember(`${text}\n#include "c.h"`)).toEqual(columns(unitOf(`${text}\n#include "c.h"`, files)));
    }
  });

  test('are read anew where they or their macros change', () => {
    const files = new Files([
      ['/t/b.h', '#define one(x) x\n#define two(x) one(x) x\nint b;'],
      ['/t/c.h', 'two(c) two(d)\n'],
    ]);
    const cache = new HeaderCache(files);
    const print = (before = '') => printed(preprocess(request(`#include "b.h"\n${before}#include "c.h"\n`), cache));
    for (let i = 0; i < 4; i++) expect(print()).toBe('int b ; c c d d');
    expect(print('#define d e\n')).toBe('int b ; c c e e');
    expect(print('#undef one\n')).toBe('int b ; one ( c ) c one ( d ) d');
    expect(print('#undef two\n')).toBe('int b ; two ( c ) two ( d )');
    files.set('/t/b.h', '#define two(x) x\nint b;');
    cache.drop('/t/b.h');
    for (let i = 0; i < 4; i++) expect(print()).toBe('int b ; c d');
    files.set('/t/c.h', 'two(c) two(e)\n');
    cache.drop('/t/c.h');
    for (let i = 0; i < 4; i++) expect(print()).toBe('int b ; c e');
  });
});

describe('a remembered prefix', () => {
  const text = '#include "b.h"\n';

  test('is the same object while it holds, and new when a header or an argument changes', () => {
    const files = new Files([['/t/b.h', '#define B 1\nint b;']]);
    const cache = new HeaderCache(files);
    const run = (body: string, args: readonly string[] = []) =>
      preprocess({ ...request(text + body, args), remember: true }, cache);
    const first = run('B');
    expect(first.leading).toMatchObject({ tokens: 3, files: 4 });
    expect(run('B B').leading).toBe(first.leading);
    expect(run('B', ['-DX']).leading).not.toBe(first.leading);
    const third = run('B');
    // What is typed in is no header.
    files.set('/t/a.c', '');
    cache.drop('/t/a.c', true);
    expect(run('B B B').leading).toBe(third.leading);
    files.set('/t/b.h', '#define B 2');
    cache.drop('/t/b.h');
    const fourth = run('B');
    expect(fourth.leading).not.toBe(third.leading);
    expect(printed(fourth)).toBe('2');
    expect(printed(run('#define B 3\nB'))).toBe('3');
    expect(printed(run('#define B 34\nB'))).toBe('34');
    expect(printed(run('#define B 34 // 5\nB'))).toBe('34');
    expect(printed(run('B'))).toBe('2');
  });
});

test('integers', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), fc.constantFrom('', 'u', 'UL', 'll'), (value, suffix) => {
      const parsed = parseInteger(`0x${value.toString(16)}${suffix}`);
      const bits = typeof parsed === 'number' ? BigInt(parsed) : parsed?.bits;
      expect(bits).toBe(value);
    }),
  );
  expect(parseInteger('1.0')).toBeUndefined();
});

test('damaged data of a compiler is no compiler', () => {
  for (const text of [
    '{',
    '{"versions":1}',
    '{"versions":[{}],"switches":{}}',
    'null',
    '{"versions":[],"switches":null}',
  ])
    expect(readCompilerData(text)).toBeUndefined();
});

describe('compiler data', () => {
  const shared = readCompilerData(
    JSON.stringify({
      versions: [
        { version: '12.2.0', macros: ['A 1', 'F(x) x', 'OLD'], has: { __has_x: 'a b=2 c' } },
        { version: '14.1.0', macros: ['A 2', '-OLD'], has: { __has_x: '-c d', __has_y: 'e' } },
      ],
      switches: { '-O0': { macros: ['-F'] }, '-march=rv64ima+_zba': { macros: ['ZBA 1'] } },
    }),
  );
  const own = readCompilerData(
    JSON.stringify({
      versions: [{ version: '12.2.0', macros: ['__SIZEOF_POINTER__ 4'], layout: ['align double 4'] }],
      switches: { '-Os': { macros: ['SIZE'] }, '-mx': { layout: ['-align double'], has: { __has_x: '-' } } },
    }),
  );
  const of = (version: string | undefined, ...flags: string[]) => {
    if (!shared || !own) throw new Error('the data is damaged');
    return compilerOf({ family: 'gcc', target: 't', version, flags: [] }, flags, shared, own);
  };
  const lines = (version: string | undefined, ...flags: string[]) =>
    of(version, ...flags)
      .macros.split('\n')
      .sort();
  const rest = ['__GNUC_MINOR__', '__GNUC_PATCHLEVEL__', '__GNUC__', '__VERSION__'];

  test('of a version is what the versions up to it say, with its own number', () => {
    const without = (list: string[]) => list.filter((line) => !rest.includes(line.split(' ')[0] ?? ''));
    expect(without(lines('13.4.0'))).toEqual(['A 1', 'F(x) x', 'OLD', '__SIZEOF_POINTER__ 4']);
    expect(without(lines('15.1.0'))).toEqual(['A 2', 'F(x) x', '__SIZEOF_POINTER__ 4']);
    expect(without(lines('9.1.0'))).toEqual(without(lines('12.2.0')));
    expect(lines('13.4.0')).toContain('__GNUC__ 13');
    expect(lines(undefined)).toContain('__GNUC__ 12');
    expect(of('14.2.0').has).toEqual({ __has_x: { a: 1, b: 2, d: 1 }, __has_y: { e: 1 } });
  });

  test('follows the last flag of a group', () => {
    expect(lines('12.2.0', '-Os', '-O0')).not.toContain('SIZE');
    expect(lines('12.2.0', '-O0', '-Os')).toEqual(expect.arrayContaining(['SIZE', 'F(x) x']));
    expect(lines('12.2.0', '-march=rv64imac_zba')).toContain('ZBA 1');
    expect(of('12.2.0', '-mx').has).toEqual({});
  });

  test('tells how scalars lie', () => {
    expect([...of('12.2.0').target.alignments]).toEqual([['double', 4]]);
    expect(of('12.2.0').target.pointer).toBe(4);
    expect([...of('12.2.0', '-mx').target.alignments]).toEqual([]);
  });
});
