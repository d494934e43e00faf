import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { linkFacts } from '../../server/src/core/link/link';
import { OwnItems } from '../../server/src/core/link/own';
import { preprocess } from '../../server/src/core/preprocess/preprocess';
import { cacheOf, request } from '../preprocess/try';

const header = `
extern void sym(void), slow(int), other(int, const char *), never(void) __attribute__((noreturn)), *__symbol_get(const char *);
extern int state;
struct s { int a; void (*call)(int); };
static inline int stub(void) { return 0; }
static inline int ask(int x) { if (x > 2) slow(x); return x; }
static inline void deep(int x) { if (ask(x) > 3) other(x, "x"); }
static int quiet;
static void twice(int x);
static void twice(int x) { if (x) slow(x); deep(x); if (quiet) sym(); }
#define CALL(f) do { f(); (void)__LINE__; } while (0)
#define LINE __LINE__
`;

/** Statements of bodies; most of them change what another function's body means to its callers. */
const statements = [
  'sym();',
  'deep(1); deep(9);',
  'twice(0);',
  'if (stub()) sym();',
  'x = helper(x, 3);',
  'x = helper(2, x);',
  'if (helper(0, 0)) sym();',
  'x = small(x); if (small(1)) slow(x);',
  'if (even(x)) sym();',
  'if (odd(3)) never();',
  'never();',
  'return 7;',
  'if (x) return 0;',
  'x = 3;',
  'seldom(x);',
  'limit = 2;',
  'if (limit) slow(limit);',
  'quiet++;',
  'static int count = 4; if (count) slow(count);',
  'static const char text[] = "a"; other(1, text);',
  'goto out; sym(); out: slow(2);',
  'again: if (x--) goto again; sym();',
  'void (*p)(int) = seldom; p(x);',
  'struct s s = { .call = seldom }; s.call(1);',
  'struct mine { int a[2]; } m; if (sizeof(m) == 8) slow(8); else sym();',
  'extern void late(void); late();',
  'extern void sym(void) __attribute__((weak)); sym();',
  '__symbol_get("found"); other(2, "text");',
  'CALL(sym);',
  'if (LINE > 30) slow(30);',
  'asm volatile("call sym");',
  'int y = ask(4); (void)y;',
  'for (int i = 0; i < 3; i++) ask(i);',
  'switch (x) { case 1: sym(); break; default: deep(5); }',
  Array.from({ length: 40 }, (_, i) => `deep(${i});`).join(' '),
  'x = 1 + 2 * 3 - (4 << 5) + (x ? 6 : 7) + x * x - x / 3 + (x & 15) + (x | 16) + (x ^ 17) + ~x + -x;',
  '@;',
  'x = (x;',
  '\n',
  '#pragma pack(push)\n',
];
const functions = [
  'static int limit = 1;\nstatic int small(int x)',
  'static int even(int x);\nstatic int odd(int x)',
  'static int even(int x)',
  'static int helper(int a, int x)',
  'static void __attribute__((used)) seldom(int x)',
  'int open(int x)',
  'struct s table = { 1, seldom };\nint (*const pointer)(int) = open;\n__asm__(".globl n\\nn: call even");\nint last(int x)',
];
const body = fc.array(fc.constantFrom(...statements), { maxLength: 4 });
const edit = fc.record({ at: fc.nat(functions.length - 1), body });
const first = fc.tuple(...functions.map(() => body));

/** The text of a source; statements that call even() or odd() make a circle of some functions. */
function sourceOf(bodies: readonly (readonly string[])[]): string {
  const items = functions.map((head, i) => `${head}\n{\n\t${(bodies[i] ?? []).join('\n\t')}\n}\n`);
  return `#include "b.h"\n${items.join('\n')}`;
}

test('after edits in bodies a walk that goes on gives what a new one gives', () => {
  const follow = vi.spyOn(OwnItems.prototype, 'follow');
  fc.assert(
    fc.property(first, fc.array(edit, { minLength: 1, maxLength: 8 }), (begin, edits) => {
      const files = { '/t/b.h': header };
      const cache = cacheOf(files);
      const bodies: (readonly string[])[] = [...begin];
      for (const change of [undefined, ...edits]) {
        if (change !== undefined) bodies[change.at] = change.body;
        const text = sourceOf(bodies);
        const unit = preprocess({ ...request(text), remember: true }, cache);
        const facts = JSON.stringify(linkFacts(unit));
        expect(facts === JSON.stringify(linkFacts(preprocess(request(text), cacheOf(files))))).toBe(true);
      }
    }),
    { numRuns: 60 },
  );
  const followed = follow.mock.results.filter(({ value }) => value !== undefined).length;
  expect(followed).toBeGreaterThan(follow.mock.results.length / 2);
});
