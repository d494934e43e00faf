import { describe, expect, test } from 'vitest';
import { read } from './facts';

describe('symbols that are asked for by name', () => {
  const named = (text: string) =>
    read(text).lookups.map(({ by, name, span }) => [by, name, text.slice(span.start, span.end)]);
  const body = (text: string) => named(`int f(void) { ${text} }`);

  test.each([
    ['g = symbol_get(target);', [['symbol_get', 'target', 'symbol_get']]],
    ['symbol_request(target);', [['symbol_request', 'target', 'symbol_request']]],
    ['g = (void *)__symbol_get("tar" "get");', []],
    ['if (!__symbol_get("target")) return 1;', [['__symbol_get', 'target', '__symbol_get']]],
    ['p = my_kallsyms_lookup_name("target");', [['my_kallsyms_lookup_name', 'target', 'my_kallsyms_lookup_name']]],
    ['p = find_symbol(section, "target");', []],
    ['p = kallsyms_lookup_name(name);', []],
    ['kp.symbol_name = "target";', [['symbol_name', 'target', '"target"']]],
    ['kp->symbol_name = name;', []],
    ['log("target");', []],
    ['symbol_get("not a symbol");', []],
  ])('%s', (text, expected) => {
    expect(body(text)).toEqual(expected);
  });

  test('in the initializer of a probe', () => {
    expect(named('static struct kprobe kp = { .flags = 1, .symbol_name = "target" };')).toEqual([
      ['symbol_name', 'target', '"target"'],
    ]);
  });
});

describe('functions that only hand on what they were given', () => {
  test.each([
    ['int f(int a, char *b) { return g(a, b); }', 'g'],
    ['void f(struct x *x)\n{\n\tg(x, 0, NULL);\n}', 'g'],
    ['void f(void) { g(); }', 'g'],
    ['int f(int a) { return g(a + 1); }', undefined],
    ['int f(int a) { return g(h(a)); }', undefined],
    ['int f(struct x *x) { return g(x->y); }', undefined],
    ['int f(int a) { return g(b); }', undefined],
    ['int f(int a) { return g(a) + 1; }', undefined],
    ['int f(int a) { a++; return g(a); }', undefined],
    ['int f(int a) {\n#ifdef X\n\treturn g(a);\n#endif\n}', undefined],
    ['int f(int a) { return sizeof(a); }', undefined],
    ['int f(int a) { }', undefined],
  ])('%s', (text, expected) => {
    expect(read(text).functions[0]?.forwards).toBe(expected);
  });
});

test.each([
  ['int __init f(void) { }', 'int f(void) { }'],
  ['int __exit /* why */ f(void) { }', 'int /* why */ f(void) { }'],
  ['__init int f(void) { }', 'int f(void) { }'],
  ['int f(void) { }', undefined],
  ['int __net_init f(void) { }', undefined],
  ['void __attribute__((section(".init.text"))) f(void) { }', undefined],
])('what puts a function into a section is cut out: %s', (text, expected) => {
  const mark = read(text).functions[0]?.mark;
  expect(mark && text.slice(0, mark.start) + text.slice(mark.end)).toBe(expected);
});

describe('what an invocation is cut out with', () => {
  const cut = (text: string) => {
    const lines = read(text).invocations[0]?.lines ?? { start: 0, end: 0 };
    return text.slice(0, lines.start) + text.slice(lines.end);
  };

  test.each([
    ['int a;\n\tMODULE_X(y); \r\nint b;', 'int a;\nint b;'],
    ['MODULE_X(\n\ty\n);\nint b;', 'int b;'],
    ['MODULE_X(y); /* why */\nint b;', ' /* why */\nint b;'],
    ['int a; MODULE_X(y);\nint b;', 'int a; \nint b;'],
    ['MODULE_X(y);', ''],
  ])('%j', (text, expected) => {
    expect(cut(text)).toBe(expected);
  });
});
