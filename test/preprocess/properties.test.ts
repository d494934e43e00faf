import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linkFacts } from '../../server/src/core/link/link';
import { HeaderCache } from '../../server/src/core/preprocess/cache';
import { readCompiler } from '../../server/src/core/preprocess/compiler';
import { parseInteger } from '../../server/src/core/preprocess/evaluate';
import { preprocess } from '../../server/src/core/preprocess/preprocess';
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
  expect(readCompiler('{')).toBeUndefined();
  expect(readCompiler('{"name":1}')).toBeUndefined();
  expect(readCompiler('{"name":"a","macros":"A 1","has":{"__has_x":{"2":"a b"}}}')?.has).toMatchObject({
    __has_x: { a: 2, b: 2 },
  });
});
