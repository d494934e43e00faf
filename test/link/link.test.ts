import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linkFacts } from '../../server/src/core/link/link';
import { readCases } from './cases';
import { preprocessed } from './preprocessed';

const cases = readCases(import.meta.dirname);

describe('what the object file asks the linker for', () => {
  it.each(cases)('$title', ({ code, undefined: expected }) => {
    const facts = linkFacts(preprocessed(code));
    expect(facts.symbols.map((symbol) => symbol.name)).toEqual(expected);
    expect(facts.doubts).toEqual([]);
  });
});

describe('trails', () => {
  const header =
    '# 1 "t.c"\n# 1 "h.h" 1\nextern void sym(void);\nstatic inline void inner(void) { sym(); }\nstatic inline void outer(void) { inner(); }\n';

  it('begin in the source and go through functions of headers', () => {
    const { symbols, files } = linkFacts(preprocessed(`${header}# 2 "t.c" 2\nvoid f(void) {\nouter();\n}\n`, 't.c'));
    const [trail] = symbols[0]?.uses ?? [];
    expect(trail?.map((m) => `${files[m.file]}:${m.offset} ${m.kind} ${m.name}`)).toEqual([
      't.c:3 function outer',
      'h.h:3 function inner',
      'h.h:2 symbol sym',
    ]);
  });

  it('are told for each place, the shortest first', () => {
    const text = `${header}# 2 "t.c" 2\nvoid f(void) {\nouter();\nsym();\ninner();\n}\n`;
    const { symbols } = linkFacts(preprocessed(text, 't.c'));
    expect(symbols[0]?.uses.map((trail) => [trail[0]?.offset, trail.length])).toEqual([
      [4, 1],
      [5, 2],
      [3, 3],
    ]);
    expect(symbols[0]?.more).toBe(0);
  });

  it('are counted where there are many', () => {
    const calls = Array.from({ length: 80 }, () => 'sym();').join('\n');
    const { symbols } = linkFacts(preprocessed(`${header}# 2 "t.c" 2\nvoid f(void) {\n${calls}\n}\n`, 't.c'));
    expect([symbols[0]?.uses.length, symbols[0]?.more]).toEqual([50, 30]);
  });

  it('do not go through calls that leave the symbol out', () => {
    const text = `# 1 "t.c"\n# 1 "h.h" 1\nextern void a(void), b(void);\nstatic inline void pick(int x) { if (x) a(); else b(); }\n# 2 "t.c" 2\nvoid f(void) {\npick(0);\npick(1);\n}\n`;
    const { symbols } = linkFacts(preprocessed(text, 't.c'));
    expect(symbols.map((s) => [s.name, s.uses.map((trail) => trail[0]?.offset)])).toEqual([
      ['a', [4]],
      ['b', [3]],
    ]);
  });
});

describe('further facts', () => {
  it('tells what goes into .modinfo, also from a header', () => {
    const info = (tag: string) =>
      `static const char __unique_${tag.length}[] __attribute__((__used__)) __attribute__((__section__(".modinfo"))) __attribute__((__aligned__(1))) = "" ${tag};\n`;
    const text = `# 1 "t.c"\n# 1 "pwm.h" 1\n${info('"import_ns" "=" "PWM"')}# 2 "t.c" 2\n${info('"license" "=" "GPL"')}${info('"author=me"')}`;
    expect(linkFacts(preprocessed(text, 't.c')).info).toEqual(['import_ns=PWM', 'license=GPL']);
  });

  it('names what is defined', () => {
    const { defines } = linkFacts(
      preprocessed('int a; static int b; int c(void) { return b; } extern int d; asm("e: nop");'),
    );
    expect(defines).toEqual(['a', 'c', 'e']);
  });

  it('marks what is only weakly referred to', () => {
    const text = 'extern int a(void) __attribute__((weak)), b(void); int f(void) { return (a ? a() : 0) + b(); }';
    expect(linkFacts(preprocessed(text)).symbols.map((s) => [s.name, s.weak])).toEqual([
      ['a', true],
      ['b', false],
    ]);
  });

  it('finds lookups by name', () => {
    const text = 'extern void *__symbol_get(const char *); void *f(void) { return __symbol_get("some" "_name"); }';
    expect(linkFacts(preprocessed(text)).lookups).toMatchObject([{ name: 'some_name', by: '__symbol_get' }]);
  });
});

describe('any tokens', () => {
  const words =
    'int a b f ( ) { } [ ] ; , = * & . -> 1 "s" \'c\' if else while do for switch case default goto return break struct union enum typedef static extern inline sizeof typeof asm __attribute__ _Generic ? : + - ! ~ && || ++ __builtin_constant_p __extension__ __auto_type weak # 0x ...'.split(
      ' ',
    );

  it('never throw', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 120 }), (tokens) => {
        linkFacts(preprocessed(`extern int a(void); int f(int b) { ${tokens.join(' ')}`));
        linkFacts(preprocessed(tokens.join(' ')));
      }),
      { numRuns: 1500 },
    );
  });

  it('never throw where a good text is cut or loses a token', () => {
    const all = cases.map((c) => c.code);
    fc.assert(
      fc.property(fc.constantFrom(...all), fc.nat(400), fc.nat(12), (code, at, length) => {
        linkFacts(preprocessed(code.slice(0, at)));
        linkFacts(preprocessed(code.slice(0, at) + code.slice(at + length)));
      }),
      { numRuns: 1500 },
    );
  });

  it('do not overflow when they are nested deeply', () => {
    for (const [open, close] of [
      ['(', ')'],
      ['{', '}'],
      ['[', ']'],
    ] as const)
      linkFacts(preprocessed(`int f(void) { return ${open.repeat(20_000)}1${close.repeat(20_000)}; }`));
    linkFacts(preprocessed(`int f(void) { return ${'!'.repeat(20_000)}1; }`));
    linkFacts(preprocessed(`int ${'('.repeat(50_000)}f${')'.repeat(50_000)}; typeof(f) g = f;`));
    linkFacts(preprocessed(`int ${'*'.repeat(50_000)}f${'[1]'.repeat(50_000)}; int g = sizeof(f);`));
    linkFacts(
      preprocessed('struct s { struct s x; typeof(y) z; } y; typeof(a) b; typeof(b) a; int c = sizeof(y) + sizeof(a);'),
    );
    linkFacts(preprocessed(`int f(void) { return ${'1+'.repeat(20_000)}1; }`));
  });
});
