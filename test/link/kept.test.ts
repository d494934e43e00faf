import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LinkFacts } from '../../server/src/core/link/facts';
import { linkFacts } from '../../server/src/core/link/link';
import { preprocess } from '../../server/src/core/preprocess/preprocess';
import { cacheOf, request } from '../preprocess/try';
import { readCases } from './cases';

/** Declarations whose meaning hangs on what a source says behind them, as little as C allows that. */
const header = `
extern void sym(void), slow(int), die(void) __attribute__((noreturn)), gone(void);
extern int helper(int), tentative;
struct late; struct whole { int a; enum { E = 3 } b; long c[E]; };
typedef unsigned int u32; typedef struct late late_t;
static int flag, debug = 1; static const int fixed = 2;
static inline int is_on(void) { return 0; }
static inline int ask(int x) { if (x > 2) slow(x); return helper(x) ? x : sizeof(struct whole); }
static inline void use(struct late *l) { if (sizeof(*l) == 4) sym(); else gone(); }
static inline void stop(void) { extern void stopped(void) __attribute__((noreturn)); if (flag) stopped(); sym(); }
static inline void often(void) { if (debug) sym(); if (fixed == 2) slow(fixed); helper(tentative); undeclared(E); }
enum { F = sizeof(struct whole), G };
#define CALL(f) f()
#define BOTH(f, g) do { f(); g(); } while (0)
`;
const items = [
  'int f(int x) { return ask(x) + ask(3); }',
  'void g(void) { often(); stop(); }',
  'static int h(void) { use(0); return G; } int (*p)(void) = h;',
  'void i(struct late *l) { use(l); if (is_on()) sym(); CALL(stop); }',
  'void j(void) { BOTH(sym, gone); flag = 1; }',
  'struct late { int x; };',
  'union late { long x[2]; } __attribute__((packed));',
  'int helper(int x) { return 0; }',
  'static int helper2(int x) { slow(x); return 1; } int k(void) { return helper2(1); }',
  'extern typeof(helper) helper; static const char e[] __attribute__((used)) = "helper";',
  'enum { undeclared, E2 = F };',
  'enum { G = 9 };',
  'typedef long u32;',
  'struct whole { char a; };',
  'int tentative = 4;',
  'static int debug; static void *q = &debug;',
  'int undeclared(int x);',
  'static inline int is_on2(void) { return is_on(); } void l(void) { is_on2() ? sym() : slow(E); }',
  'void m(void) { extern void stopped(void); int slow = 1; if (0) gone(); stopped(); }',
  '__asm__(".globl n\\nn: call sym");',
  'int sym;',
];
const scraps = ['{', '}', '(', ')', ';', '=', '&', 'static', 'int', 'struct', 'x', ',', '#undef CALL\n', '"'];
const cases = readCases(import.meta.dirname).map(({ code }) => code);

const tail = fc
  .array(fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...items) }, fc.constantFrom(...scraps, ...cases)), {
    maxLength: 9,
  })
  .map((parts) => `${parts.join('\n')}\n`);

function plain(facts: LinkFacts): LinkFacts {
  return JSON.parse(JSON.stringify(facts));
}

test('what is kept behind the leading includes gives what starting anew gives', () => {
  const above = fc.constantFrom('', ...cases);
  fc.assert(
    fc.property(above, fc.array(tail, { minLength: 2, maxLength: 6 }), (more, tails) => {
      const files = { '/t/b.h': `${more}\n${header}` };
      const cache = cacheOf(files);
      for (const text of tails.map((one) => `#include "b.h"\n${one}`)) {
        const unit = preprocess({ ...request(text), remember: true }, cache);
        expect(unit.leading).toBeDefined();
        const anew = preprocess(request(text), cacheOf(files));
        expect(plain(linkFacts(unit))).toEqual(plain(linkFacts(anew)));
      }
    }),
    { numRuns: 150 },
  );
});

test('a header that ends in the middle of a declaration goes on in the source', () => {
  const cache = cacheOf({ '/t/b.h': 'extern void a(void), b(void);\nstatic void f(void) {' });
  for (const body of ['a', 'b']) {
    const text = `#include "b.h"\n${body}(); }\nvoid (*p)(void) = f;\n`;
    const { symbols } = linkFacts(preprocess({ ...request(text), remember: true }, cache));
    expect(symbols.map(({ name }) => name)).toEqual([body]);
  }
});
