import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extractFacts } from '../../server/src/core/syntax/extract';

function read(path: string, text: string) {
  return extractFacts(path, text).suppressions.map(({ scope, rules, reason, target, removal }) => ({
    scope,
    rules: rules.map(({ id }) => id),
    reason,
    target: text.slice(target.start, target.end),
    left: text.slice(0, removal.start) + text.slice(removal.end),
  }));
}

describe('suppressions', () => {
  it.each([
    ['/* untainted-ignore-next-line a: why */\nf();\n', 'next-line', ['a'], 'why', 'f();', 'f();\n'],
    ['\t// untainted-ignore-next-line a-b , c\r\n\tf();\r\n', 'next-line', ['a-b', 'c'], '', '\tf();', '\tf();\r\n'],
    ['f(); // untainted-ignore-line a: b: c', 'line', ['a'], 'b: c', 'f(); // untainted-ignore-line a: b: c', 'f();'],
    [
      'f(); /* untainted-ignore-line a */ g();',
      'line',
      ['a'],
      '',
      'f(); /* untainted-ignore-line a */ g();',
      'f(); g();',
    ],
    ['/* untainted-ignore-line a */ g();', 'line', ['a'], '', '/* untainted-ignore-line a */ g();', 'g();'],
    ['/**\n * untainted-ignore-next-line a: two\n * lines\n */\nf();', 'next-line', ['a'], 'two lines', 'f();', 'f();'],
    [
      '// untainted-ignore-next-line a\n#define X \\\n  f() \\\n  g()\nh();',
      'next-line',
      ['a'],
      '',
      '#define X \\\n  f() \\\n  g()',
      '#define X \\\n  f() \\\n  g()\nh();',
    ],
    [
      '#define X \\\n  /* untainted-ignore-next-line a */\nf();',
      'next-line',
      ['a'],
      '',
      'f();',
      '#define X \\\n  \nf();',
    ],
    ['// untainted-ignore-next-line a', 'next-line', ['a'], '', '', ''],
    ['// untainted-ignore-file', 'file', [], '', '// untainted-ignore-file', ''],
  ])('%j', (text, scope, rules, reason, target, left) => {
    expect(read('a.c', text)).toEqual([{ scope, rules, reason, target, left }]);
  });

  it('are none in strings, in the middle of a comment, or with other words', () => {
    for (const text of [
      '"untainted-ignore-line a"',
      '// see untainted-ignore-line a',
      '// untainted-ignore-lines a',
      '// untainted-ignore a',
      '// Untainted-ignore-line a',
      'untainted-ignore-line a',
    ]) {
      expect(read('a.c', text)).toEqual([]);
    }
  });

  it('stand behind # in Makefiles and assembly', () => {
    const makefile =
      '# untainted-ignore-next-line a: b\nobj-m := x.o \\\n  y.o\nz := "# x" # untainted-ignore-line c\n';
    expect(read('Makefile', makefile).map(({ rules, target }) => [rules, target])).toEqual([
      [['a'], 'obj-m := x.o \\\n  y.o'],
      [['c'], 'z := "# x" # untainted-ignore-line c'],
    ]);
    expect(read('x.S', '# untainted-ignore-file a: b\nnop\n')).toMatchObject([{ rules: ['a'], reason: 'b' }]);
    expect(read('x.S', '/* untainted-ignore-file a: b */\nnop\n')).toMatchObject([{ rules: ['a'], reason: 'b' }]);
    expect(read('Makefile', 'x := untainted-ignore-line a\n# and untainted-ignore-line b\n')).toEqual([]);
  });

  it('have places inside of any text', () => {
    const piece = fc.constantFrom(
      'untainted-ignore-',
      'next-line',
      'line',
      'file',
      ' a',
      ',',
      ':',
      '/*',
      '*/',
      '//',
      '#',
    );
    const rest = fc.constantFrom('\n', '\r\n', '\r', '\\', ' ', '"', 'x', '\t');
    const text = fc.array(fc.oneof(piece, piece, rest), { maxLength: 40 }).map((all) => all.join(''));
    fc.assert(
      fc.property(text, fc.constantFrom('a.c', 'Makefile', 'a.S'), (source, path) => {
        for (const { rules, target, commentSpan, removal } of extractFacts(path, source).suppressions) {
          for (const { start, end } of [target, commentSpan, removal, ...rules.map(({ span }) => span)]) {
            expect(start >= 0 && start <= end && end <= source.length).toBe(true);
          }
          for (const { id, span } of rules) expect(source.slice(span.start, span.end)).toBe(id);
          expect(removal.start <= commentSpan.start && commentSpan.end <= removal.end).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('take no long time in a text made for it', () => {
    const start = performance.now();
    const one = '/* untainted-ignore-next-line a */ ';
    expect(extractFacts('a.c', one.repeat(20_000)).suppressions.length).toBe(2000);
    expect(extractFacts('a.c', `${one}\\\n`.repeat(20_000)).suppressions.length).toBe(2000);
    expect(extractFacts('Makefile', '# untainted-ignore-line a '.repeat(20_000)).suppressions.length).toBe(2000);
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
