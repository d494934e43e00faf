import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { extractFacts } from '../../server/src/core/syntax/extract';
import { functionsOf, invocationsOf, read, usesOf } from './facts';

describe('invocations', () => {
  test('with strings unescaped and in pieces', () => {
    const text =
      'MODULE_LICENSE("Dual " "MIT/GPL");\nMODULE_AUTHOR("a \\"b\\" \\x41\\n" NAME);\nmodule_init(f);\nEMPTY();\n';
    expect(invocationsOf(read(text))).toEqual([
      'MODULE_LICENSE("Dual " "MIT/GPL")',
      'MODULE_AUTHOR("a \\"b\\" A\\n" NAME)',
      'module_init(f)',
      'EMPTY()',
    ]);
  });

  test('spans cover name, call and semicolon', () => {
    const text = ' EXPORT_SYMBOL_NS ( f , N ) ;';
    const [found] = read(text).invocations;
    expect(text.slice(found?.span.start, found?.span.end)).toBe('EXPORT_SYMBOL_NS ( f , N ) ;');
    expect(found?.arguments.map((a) => text.slice(a.span.start, a.span.end))).toEqual(['f', 'N']);
  });

  test('without semicolon, indented, on one line, behind a declaration without semicolon', () => {
    const text =
      'EXPORT_SYMBOL(a)\n\tEXPORT_SYMBOL_GPL(b)\nint c() {} EXPORT_SYMBOL(c); EXPORT_SYMBOL(d)\nint e\nEXPORT_SYMBOL(e);';
    expect(invocationsOf(read(text)).join(' ')).toBe(
      'EXPORT_SYMBOL(a) EXPORT_SYMBOL_GPL(b) EXPORT_SYMBOL(c) EXPORT_SYMBOL(d) EXPORT_SYMBOL(e)',
    );
  });

  test('not in comments, strings, macro bodies', () => {
    const text =
      '/* EXPORT_SYMBOL(a); */\n// MODULE_LICENSE("x")\n#define E(x) \\\nEXPORT_SYMBOL(x)\nchar *s = "EXPORT_SYMBOL(b)";';
    expect(read(text).invocations).toEqual([]);
  });

  test('tags and exports are found whatever the brackets before them say', () => {
    const text =
      'int f(void)\n{\n\tif (x) {\n}\n\nint g(int a\n{\n}\nMODULE_LICENSE("GPL"\nEXPORT_SYMBOL(f);\nMODULE_AUTHOR("me");\n';
    expect(invocationsOf(read(text))).toEqual(['MODULE_LICENSE("GPL")', 'EXPORT_SYMBOL(f)', 'MODULE_AUTHOR("me")']);
  });

  test('of assembly at the start of a line', () => {
    const text =
      "#include <asm/export.h>\nSYM_FUNC_START(f)\n\tmov r0, r1 @ don't\nEXPORT_SYMBOL(f)\n# comment\n call EXPORT(x)\n";
    const facts = extractFacts('/a.S', text);
    expect(invocationsOf(facts)).toEqual(['SYM_FUNC_START(f)', 'EXPORT_SYMBOL(f)']);
    expect(facts.includes[0]?.path).toBe('asm/export.h');
  });
});

describe('functions', () => {
  test.each([
    ['static int __init f(void) { }', 'f static init'],
    ['static inline u32 *f(const char *a, ...) { }', 'f static inline'],
    ['static __always_inline bool f(int a) { }', 'f static inline'],
    ['void __attribute__((section(".exit.text"))) f(void) { }', 'f exit'],
    ['__printf(1, 2)\nvoid f(const char *fmt, ...) { }', 'f'],
    ['static __printf(1, 2) int f(const char *fmt, ...) { }', 'f static'],
    ['struct x *f(struct y *y) __acquires(&y->lock) { }', 'f'],
    ['asmlinkage __visible void __init __no_sanitize_address f(void) { }', 'f init'],
    ['void (*f(int a))(int) { }', 'f'],
    ['int (f)(int a) { }', 'f'],
    ['main(void) { }', 'f'],
    ['SYSCALL_DEFINE2(open, const char __user *, name, int, flags) { }', ''],
    ['struct x { int (*f)(void); };', ''],
    ['struct __packed x { int a; } __aligned(8);', ''],
    ['int f(void);\nextern int g(int);', ''],
    ['int f(struct a { int b; } *c) { }', 'f'],
  ])('%s', (text, expected) => {
    const found = read(text).functions.map((f) =>
      [f.name, f.isStatic && 'static', f.isInline && 'inline', f.section].filter(Boolean).join(' '),
    );
    expect(found.join()).toBe(expected.replace(/^f$/, text.startsWith('main') ? 'main' : 'f'));
  });

  test('a span reaches from the first token to the closing brace', () => {
    const text = '\nstatic int f(void)\n{\n\tif (x) { }\n}\nint g;';
    const [f] = read(text).functions;
    expect(text.slice(f?.span.start, f?.span.end)).toBe('static int f(void)\n{\n\tif (x) { }\n}');
  });

  test('alternatives that are not balanced lose nothing behind them', () => {
    expect(functionsOf('#ifdef A\nint f(int a) {\n#else\nint f(void) {\n#endif\n\tx();\n}\nint g(void) { }')).toEqual([
      'f',
      'f',
      'g',
    ]);
    expect(
      functionsOf('int f(void)\n{\n#ifdef A\n\tif (a) {\n#else\n\tif (b) {\n#endif\n\t}\n}\nint g(void) { }'),
    ).toEqual(['f', 'g']);
    expect(
      functionsOf('int f(void)\n{\n#ifdef A\n\tif (a) {\n#endif\n\tx();\n#ifdef A\n\t}\n#endif\n}\nint g(void) { }'),
    ).toEqual(['f', 'g']);
    expect(
      functionsOf('int f(void)\n{\n#if A\n\treturn 1;\n}\n#else\n\treturn 2;\n}\n#endif\nint g(void) { }'),
    ).toEqual(['f', 'g']);
    expect(functionsOf('int f(\n#if A\nint a\n#else\nint b\n#endif\n) { }\nint g(void) { }')).toEqual(['f', 'g']);
    expect(functionsOf("#if 0\nint f( { don't\n#endif\nint g(void) { }")).toContain('g');
  });

  test('a brace too many or too few costs one function', () => {
    expect(functionsOf('int f(void)\n{\n\tif (a) {\n}\nint g(void)\n{\n}\n')).toEqual(['f', 'g']);
    expect(functionsOf('int f(void)\n{\n}\n}\nint g(void)\n{\n}\n')).toEqual(['f', 'g']);
    expect(functionsOf('int f(int a\n{\n}\n\nint g(void)\n{\n}\n')).toContain('g');
  });

  test('inside extern "C"', () => {
    expect(functionsOf('extern "C" {\nint f(void) { }\n}\nint g(void) { }')).toEqual(['f', 'g']);
  });
});

describe('variables', () => {
  test.each([
    ['static int a, *b = &c, d[3] = { 1, 2 };', 'a b d'],
    ['static const struct x __initconst ops __maybe_unused = { .open = f };', 'ops'],
    ['u8 buf[4] __aligned(8);', 'buf'],
    ['int (*handler)(int) = f;', 'handler'],
    ['struct { int a; } s;', 's'],
    ['extern int a;\ntypedef int t;\nint f(int);\nstruct x;', ''],
    ['static DEFINE_MUTEX(lock);', ''],
  ])('%s', (text, expected) => {
    expect(
      read(text)
        .variables.map((v) => v.name)
        .join(' '),
    ).toBe(expected);
  });
});

describe('uses', () => {
  test('in functions, initializers and arguments; not members, tags, labels, locals, parameters', () => {
    const text = `static int f(struct dev *dev, int count)
{
	struct dev *other = dev->next, **last;
	u32 value = get(other);
	void (*hook)(int) = fallback;

	if (count > limit)
		goto out;
	dev->handler = handler;
	for (int i = 0; i < count; i++)
		value += table[i].member;
	hook(sizeof(secret));
	container_of(other, struct dev, member);
	switch (value) {
	case CASE: call((struct dev *)dev, (u8 *)other);
	}
out:
	return last ? value : (unsigned long)&symbol;
}
static const struct ops ops = { .open = my_open, release: my_release, [INDEX] = &entry };
module_init(f);
`;
    expect(usesOf(read(text))).toEqual({
      f: 'get() fallback limit handler table container_of() CASE call() symbol',
      ops: 'my_open my_release INDEX entry',
      file: 'f',
    });
  });

  test('a name out of its block is doubtful, one that a macro may declare too', () => {
    const text = 'void f(void)\n{\n\tMY_ARGS(args);\n\t{ int x; x = 1; }\n\tx();\n\tcall(&args);\n}';
    expect(usesOf(read(text))).toEqual({ f: 'MY_ARGS() args? x()? call() args?' });
  });

  test('macro bodies give names to the macro alone', () => {
    const [macro] = read('#define LOCK(x) do { int t = (x)->y; mutex_lock(&big); a##x; #x; } while (0)\n').macros;
    expect(macro?.parameters).toEqual(['x']);
    expect(macro?.uses).toEqual(['mutex_lock', 'big']);
    expect(macro?.body).toBe('do { int t = (x)->y; mutex_lock(&big); a##x; #x; } while (0)');
  });
});

describe('directives', () => {
  test('macros, continued and without parameters, and #undef', () => {
    const facts = read('#define A "x" \\\r\n  "y"\r\n#define B(a, b...) a\n#define C (1)\n#undef A\n#define\n');
    expect(facts.macros.map((m) => [m.name, m.parameters, m.body, m.isUndef])).toEqual([
      ['A', undefined, '"x" "y"', undefined],
      ['B', ['a', 'b', '...'], 'a', undefined],
      ['C', undefined, '(1)', undefined],
      ['A', undefined, '', true],
    ]);
  });

  test('includes', () => {
    const facts = read('#include <linux/module.h>\n# include "a.h" // x\n#include MACRO\n#include "open\n');
    expect(facts.includes.map((i) => [i.path, i.isLocal])).toEqual([
      ['linux/module.h', false],
      ['a.h', true],
      ['open', true],
    ]);
  });

  test('branches nest, and end at the next one', () => {
    const text = '#if A /* x */ && \\\n B\n#ifdef C\n#endif\n#elif D\n#else\n#endif\n#ifndef E\n';
    const { branches } = read(text);
    expect(branches.map((b) => [b.directive, b.condition, b.parent, b.first])).toEqual([
      ['if', 'A && B', -1, 0],
      ['ifdef', 'C', 0, 1],
      ['elif', 'D', -1, 0],
      ['else', '', -1, 0],
      ['ifndef', 'E', -1, 4],
    ]);
    expect(branches.map((b) => text.slice(b.span.end).split('\n')[0])).toEqual([
      '#elif D',
      '#endif',
      '#else',
      '#endif',
      '',
    ]);
  });
});

describe('shape', () => {
  const base = 'MODULE_LICENSE("GPL");\n#ifdef A\nint f(void) { a(); }\n#endif\n';
  test('is blind to places and bodies', () => {
    expect(read(`\n/* x */${base.replace('a();', 'b(c);')}`).shape).toBe(read(base).shape);
  });
  test.each([
    ['GPL', 'MIT'],
    ['A', 'B'],
    ['f(', 'g('],
    ['int', 'static int'],
    ['MODULE_LICENSE("GPL");\n#ifdef A', '#ifdef A\nMODULE_LICENSE("GPL");'],
  ])('sees %s changed to %s', (from, to) => {
    expect(read(base.replace(from, to)).shape).not.toBe(read(base).shape);
  });
});

describe('bad input', () => {
  const fragments = [
    'int f(void)',
    '{',
    '}',
    '(',
    ')',
    '[',
    ']',
    ';',
    ',',
    '=',
    '*',
    'struct x',
    'EXPORT_SYMBOL(f)',
    '#if 0\n',
  ];
  const more = [
    '\n#else\n',
    '\n#endif\n',
    '\n#ifdef A\n',
    '"',
    "'",
    '/*',
    '#define M(',
    '\n',
    'for (',
    'goto l',
    'case 1:',
    '\\\n',
    ':',
  ];
  test('never throws', () => {
    const text = fc.array(fc.constantFrom(...fragments, ...more), { maxLength: 60 }).map((list) => list.join(' '));
    fc.assert(
      fc.property(fc.oneof(text, fc.string({ unit: 'binary' })), (source) => {
        for (const path of ['/a.c', '/a.S', '/Makefile']) {
          const { branches, functions, shape } = extractFacts(path, source);
          expect(shape).not.toBe('');
          for (const { span } of [...branches, ...functions]) expect(span.end).toBeLessThanOrEqual(source.length);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('empty and binary', () => {
    expect(read('').invocations).toEqual([]);
    expect(invocationsOf(read('\x7fELF\0\0\x01\nMODULE_LICENSE("GPL");'))).toEqual(['MODULE_LICENSE("GPL")']);
  });

  const deep = 100_000;
  test.each([
    ['braces', '{'.repeat(deep)],
    ['parentheses', `int f(void) { ${'('.repeat(deep)};${'('.repeat(deep)}${';'.repeat(deep)}`],
    ['parentheses at top', `f${'('.repeat(deep)}${';'.repeat(deep)}${'}'.repeat(deep)}`],
    ['initializers', `int a = ${'{'.repeat(deep)}${'}'.repeat(deep)};`],
    ['mixed brackets', `int f(void) { ${'[('.repeat(deep)}${']'.repeat(deep)}`],
    ['conditionals', '#if A\n'.repeat(deep) + '#else\n'.repeat(deep) + '#endif\n'.repeat(deep)],
    ['blocks with conditionals', `int f(void) {${'{\n#if A\n'.repeat(deep / 2)}`],
    ['stars', `int f(void) { a ${'* '.repeat(deep)}`],
    ['names', `int f(void) { ${'a '.repeat(deep)}`],
    ['names at top', 'a '.repeat(deep)],
    ['locals', `int f(void) { ${Array.from({ length: 20_000 }, (_, i) => `int v${i} = w;`).join('')}`],
    ['arguments', `F(${'a(b), '.repeat(deep)})`],
    ['attributes', `int ${'__attribute__((x)) '.repeat(20_000)} f(void) { }`],
    ['declarators', `int ${'a, '.repeat(20_000)}b;`],
    ['declarators with values', `int ${'a = 1, '.repeat(20_000)}b;`],
    ['comments', '/**/'.repeat(deep)],
    ['one long line', `int a = ${'1 + '.repeat(250_000)}1;`],
  ])('ends soon with very many %s', (_, text) => {
    expect(read(`${text}\nMODULE_LICENSE("GPL");\n`).branches.length).toBeLessThanOrEqual(2 * deep);
  });
});
