import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { Items } from '../../server/src/core/syntax/declared';
import { useTable } from '../../server/src/core/syntax/extract';
import { useIsUncertain } from '../../server/src/core/syntax/facts';
import type { Tokens } from '../../server/src/core/syntax/lexer';
import { joinParts, readParts, rereadParts } from '../../server/src/core/syntax/parts';
import { StructureReader } from '../../server/src/core/syntax/structure';
import { invocationsOf, usesOf } from './facts';

const asset = (path: string): Uint8Array => readFileSync(createRequire(import.meta.url).resolve(path));
const create = (): Promise<StructureReader> =>
  StructureReader.create({
    runtime: asset('web-tree-sitter/web-tree-sitter.wasm'),
    grammar: asset('tree-sitter-c/tree-sitter-c.wasm'),
  });

let reader: StructureReader;
beforeAll(async () => {
  reader = await create();
});
const inFunction = (body: string, parameters = 'void'): string | undefined =>
  usesOf(reader.read('/t.c', `static int __init f(${parameters})\n{\n${body}\n}\n`)).f;

describe('scopes', () => {
  test.each([
    ['{ int x; x = 1; } x();', 'x()'],
    ['x(); int x; x = y;', 'x() y'],
    ['for (int i = 0; i < n; i++) g(i); g(i);', 'n g() g() i'],
    ['struct a __iomem *p = q(r); p->s = t;', 'q() r t'],
    ['u8 __user *p, *o __maybe_unused; g(p, o);', 'g()'],
    ['const u32 __iomem *p = (void __iomem *)q; g(p);', 'q g()'],
    ['g(container_of(w, struct x, m), min_t(unsigned int, a, b));', 'g() container_of() w min_t() a b'],
    ['list_for_each_entry(pos, &head, list) { g(pos); }', 'list_for_each_entry() pos head list g() pos'],
    ['struct x *pos; list_for_each_entry(pos, &head, list) g(pos);', 'list_for_each_entry() head list g()'],
    ['typeof(a) b = c; typeof(*b) d = e; g(sizeof(h), d);', 'c e g()'],
    ['DECLARE_BITMAP(map, SIZE); DEFINE_WAIT(wait); g(map, &wait);', 'DECLARE_BITMAP() SIZE DEFINE_WAIT() g()'],
    ['MY_ARGS(args); g(&args);', 'MY_ARGS() g()'],
    ['int (*hook)(int x) = a; hook(b); extern int c; c++;', 'a b c'],
    ['int proto(int a); proto(1);', 'proto()'],
    ['enum { A, B = C }; g(A, B);', 'C g()'],
    ['goto out; out: __attribute__((unused)) g();', 'g()'],
    ['struct s v = { .a = b, .c[d] = { e } }; g(v);', 'b d e g()'],
    ['g(({ int x = 1; x; }), x);', 'g() x'],
    ['asm volatile("x" : "=r" (a) : [n] "i" (b) : "memory");', 'a b'],
    ['#define X y\n#ifdef A\nif (a) {\n#else\nif (b) {\n#endif\ng(c); }', 'a b g() c'],
    ['g(a\n#ifdef A\n + b\n#else\n + c\n#endif\n);', 'g() a b c'],
    ['int x; x ??? broken((; g(x);\n', 'broken() g()'],
  ])('%s', (body, expected) => {
    expect(inFunction(body)).toBe(expected);
  });

  test('parameters are declared, those of macros that make functions too', () => {
    expect(inFunction('g(a, b, c, d);', 'int a, struct x *b, void (*c)(int e), u8 d[4]')).toBe('g()');
    const facts = reader.read(
      '/t.c',
      'SYSCALL_DEFINE2(open, const char __user *, name, int, flags)\n{\n g(name, flags); }',
    );
    expect(usesOf(facts).file).toBe('g()');
  });
});

const source = `// SPDX-License-Identifier: GPL-2.0
#include <linux/module.h>
static int debug;
static struct x *first(struct dev __iomem *dev)
{
	struct y *y = get(dev);

	list_for_each_entry(y, &dev->list, node) {
		if (debug)
			pr_info("%p", y);
	}
	return NULL;
}
EXPORT_SYMBOL_GPL(first);
#ifdef CONFIG_X
static int second(int a) {
#else
static int second(void) {
#endif
	DEFINE_WAIT(wait);
	return container_of(wait, struct z, w)->v + debug;
}
static const struct ops ops = { .first = first, .second = second };
module_init(second);
MODULE_LICENSE("GPL");
`;

describe('StructureReader', () => {
  test('keeps what the tokens found', () => {
    const facts = reader.read('/t.c', source);
    expect(facts.depth).toBe('structure');
    expect(facts.functions.map((f) => f.name)).toEqual(['first', 'second', 'second']);
    expect(invocationsOf(facts)).toEqual(['EXPORT_SYMBOL_GPL(first)', 'module_init(second)', 'MODULE_LICENSE("GPL")']);
    expect(usesOf(facts).ops).toBe('first second');
    expect(facts.uses.flags.every((flags) => (flags & useIsUncertain) === 0)).toBe(true);
  });

  describe('following a text gives what a fresh reader gives', () => {
    const edits = fc.array(
      fc.record({
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        remove: fc.integer({ min: 0, max: 12 }),
        insert: fc.constantFrom(
          ...['', 'x', ' ', '{', '}', '(', ')', ';', '"', '/*', '*/', 'int y;', 'debug = 1;', '#else\n', '\n', '\\\n'],
          ...[
            '#endif\n',
            '\r',
            ', [',
            'sizeof',
            'FOO(',
            'MODULE_AUTHOR(',
            '}\n"s" ',
            '// SPDX-License-Identifier: MIT\n',
          ],
          ...['/* untainted-ignore-file missing-spdx: x */', '\ufeff', 'static int z, f(void) {'],
        ),
        isAtLine: fc.boolean(),
      }),
      { minLength: 1, maxLength: 6 },
    );
    const long = Array.from({ length: 8 }, (_, i) => source.replaceAll('first', `first${i}`)).join('');

    test.each([
      ['a few items', source],
      ['many parts', long],
      ['many parts, with carriage returns', long.replaceAll('\n', '\r\n')],
    ])('%s', async (_, start) => {
      const fresh = await create();
      fc.assert(
        fc.property(edits, (list) => {
          let text = start;
          reader.follow('/t.c', text);
          for (const { at, remove, insert, isAtLine } of list) {
            const offset = Math.floor(at * text.length);
            const place = isAtLine ? text.indexOf('\n', offset) + 1 : offset;
            text = text.slice(0, place) + insert + text.slice(place + remove);
            fresh.forget();
            expect(reader.follow('/t.c', text)).toEqual(fresh.read('/t.c', text));
          }
        }),
        { numRuns: 60 },
      );
      fresh.dispose();
    });

    test('and reads only the part that changed', () => {
      const readUses = vi.fn((_: Tokens, items: Items) => useTable(items.uses));
      const parts = readParts(long, readUses);
      readUses.mockClear();
      const edited = rereadParts(parts, long.replace('first3(struct', 'other(struct'), readUses);
      expect(readUses).toHaveBeenCalledTimes(1);
      expect(edited.parts.filter((part) => !parts.parts.includes(part))).toHaveLength(1);
      expect(joinParts(edited).functions.map(({ name }) => name)).toContain('other');
    });
  });

  test('any text will do', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(reader.read('/t.c', `int f(void) { ${text}`).depth).toBe('structure');
      }),
      { numRuns: 300 },
    );
    expect(reader.read('/Makefile', '# SPDX-License-Identifier: MIT').spdx).toHaveLength(1);
  });

  test.each([
    ['braces', `int f(void) ${'{'.repeat(100_000)}${'}'.repeat(100_000)}`],
    ['parentheses', `int f(void) { ${'('.repeat(100_000)}${')'.repeat(100_000)}; }`],
    ['nested calls', `int f(void) { ${'a('.repeat(450)}${')'.repeat(450)}; }`],
    ['operators', `int f(void) { a = ${'b + '.repeat(20_000)} c; }`],
    ['unary operators', `int f(void) { a = ${'!'.repeat(20_000)} c; }`],
    ['else-ifs', `int f(void) { ${'if (a) b(); else '.repeat(5000)} ; }`],
    ['errors', `int f(void) { ${'a ) b ] = '.repeat(5000)} }`],
    ['conditionals', `int f(void) { ${'\n#if A\n( { \n#else\n'.repeat(2000)} }`],
    ['a body of a megabyte', `int f(void) { ${'call(a, b);\n'.repeat(90_000)} }`],
  ])('very many %s neither crash nor hang', (_, text) => {
    const facts = reader.read('/t.c', `${text}\nMODULE_LICENSE("GPL");\n`);
    expect(facts.depth).toBe('structure');
    expect(reader.isBroken).toBe(false);
  });

  test('a reader that is disposed of reads tokens', async () => {
    const other = await create();
    other.dispose();
    expect(other.read('/t.c', source).depth).toBe('tokens');
  });
});
