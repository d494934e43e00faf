import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HeaderCache } from '../../server/src/core/preprocess/cache';
import { recycle } from '../../server/src/core/preprocess/made';
import { preprocess } from '../../server/src/core/preprocess/preprocess';
import type { PreprocessRequest } from '../../server/src/core/preprocess/request';
import type { TranslationUnit } from '../../server/src/core/preprocess/unit';
import { columns, compiler, Files, request } from './try';

const headers = {
  '/t/b.h':
    '#define o 7\n#define f(x) [x x]\n#define g() f\n#define h(x, ...) f(x)(__VA_ARGS__) x##1\n#define L __LINE__\n' +
    '#define U(x) x##_##L\n#define C f(__COUNTER__)\n#define e\n#define m f(g()(o), L)\nint b = o;\n',
  '/t/c.h': 'int c = f(C);\n#define p f(o)\n#undef e\n',
  '/t/d.h': '#pragma once\nint d = L;\n',
};

/** Lines that open, end, define or ask for something. */
const odd = [
  ...['h(\n  g,\n  h(o, o));', 'int __LINE__;', 'C; L;', 'p;', 'q(1);', 'q(L, C) f', 'f', 'g()', '(x);', 'f(\n', ')'],
  ...['{', '}', ';', 'x,', '"a', "'", '"f(1)";', 'int r = r;', '\ufeff', 'e', 'e;', '??', '@', '', 'U(a);', '\r'],
  ...['#define p 3', '#define q(x...) f(x) __LINE__', '#undef f', '#undef o', '#define f(x) {x}', '#define o f(L)'],
  ...['#if o == 7', '#ifdef p', '#else', '#elif 1', '#endif', '#include "c.h"', '#include "d.h"', '#include "none.h"'],
  ...['#pragma push_macro("o")', '#pragma pop_macro("o")', '_Pragma("push_macro(\\"f\\")")', '#pragma x'],
  ...['_Pragma("pop_macro(\\"f\\")")', '_Pragma("y");', '#line 7', '#', '#error f', '#if __LINE__ > 30'],
  ...['#if 0', '#ifdef none', '#endif', '#endif', '#elif __LINE__', '#elif +'],
  ...['#if __COUNTER__ > 2', '/* o', '*/', '// o \\', '\\', 'o \\', '#define r \\'],
];
const plain = ['f(1);', 'int i = o;', 'int l = L;', 'C;', 'h(a, o);', 'm;', 'x', '};'];
/** Long lines, since what stays is told apart by hundreds of characters. */
const long = [`int ${'x'.repeat(130)};`, `{ /*${'y'.repeat(90)}*/`];
const line = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...plain) },
  { weight: 3, arbitrary: fc.constantFrom(...long) },
  { weight: 1, arbitrary: fc.constantFrom(...odd) },
);

interface Edit {
  /** In which part of the text, of lines or of characters. */
  readonly at: number;
  readonly isInLine: boolean;
  readonly drop: number;
  readonly put: readonly string[];
  /** How many edits are undone instead. */
  readonly back: number;
  readonly besides: 'nothing' | 'unit' | 'header' | 'reader';
}

const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.constantFrom(...Array.from({ length: 97 }, (_, i) => i / 97)),
  isInLine: fc.boolean(),
  drop: fc.constantFrom(0, 0, 1, 1, 2, 5),
  put: fc.array(line, { maxLength: 2 }),
  back: fc.constantFrom(0, 0, 0, 0, 0, 1, 2),
  besides: fc.constantFrom('nothing', 'nothing', 'nothing', 'nothing', 'unit', 'header', 'reader'),
});

function edited(text: string, { at, drop, put, isInLine }: Edit): string {
  if (!isInLine) {
    const lines = text.split('\n');
    lines.splice(Math.floor(at * lines.length), drop, ...put);
    return lines.join('\n');
  }
  const from = Math.floor(at * text.length);
  return text.slice(0, from) + put.map((one) => one.slice(0, 12)).join('') + text.slice(from + drop);
}

/** An open document whose unit is made after each edit, and checked against one made from scratch. */
class Document {
  readonly #files = new Files(Object.entries(headers));
  readonly cache = new HeaderCache(this.#files);
  readonly #kept: { unit: TranslationUnit; says: unknown }[] = [];
  steps = 0;
  followed = 0;

  /** `isClang`: where `__LINE__` is the line of a call's end. */
  constructor(readonly isClang = false) {}

  #request(text: string): PreprocessRequest {
    return this.isClang ? { ...request(text), compiler: { ...compiler, name: 'clang' } } : request(text);
  }

  run(text: string, besides: Edit['besides'] = 'nothing'): void {
    if (besides === 'header') {
      const before = this.#files.get('/t/c.h') ?? '';
      this.#files.set('/t/c.h', `${before.replace('c =', 'cc =')}int another;\n`);
      this.cache.drop('/t/c.h');
    }
    const tail = this.cache.prefixes.get('/t/a.c')?.tail;
    const unit = preprocess({ ...this.#request(text), remember: true }, this.cache);
    const says = columns(unit);
    expect(says).toEqual(columns(preprocess(this.#request(text), new HeaderCache(this.#files))));
    this.steps++;
    if (tail !== undefined && tail === this.cache.prefixes.get('/t/a.c')?.tail) this.followed++;
    if (besides === 'reader') this.#kept.push({ unit, says });
    else recycle(unit, this.cache);
    if (besides !== 'unit') return;
    const other = '#include "d.h"\n#include "c.h"\n#include "b.h"\n#define o 5\nint z = f(L);';
    recycle(preprocess({ ...request(other), path: '/t/z.c', remember: true }, this.cache), this.cache);
  }

  /** Units that somebody still reads must not change. */
  close(): void {
    for (const { unit, says } of this.#kept) expect(columns(unit)).toEqual(says);
  }
}

describe('an edited unit', () => {
  test('is what its text gives from scratch', () => {
    let steps = 0;
    let followed = 0;
    const texts = fc.array(line, { minLength: 3, maxLength: 60 });
    const edits = fc.array(fc.array(edit, { minLength: 1, maxLength: 2 }), { maxLength: 10 });
    fc.assert(
      fc.property(texts, edits, fc.boolean(), fc.boolean(), (lines, list, isNested, isClang) => {
        const document = new Document(isClang);
        const leading = `#include "b.h"\n${isNested ? '#if 1\n' : ''}`;
        const past = [lines.join('\n')];
        document.run(leading + past[0]);
        for (const step of list) {
          const { back, besides } = step[0] as Edit;
          const last = past.at(-1) as string;
          past.push(past.at(-1 - back) !== last ? (past.at(-1 - back) ?? last) : step.reduce(edited, last));
          document.run(leading + past.at(-1), besides);
        }
        document.close();
        steps += document.steps - 1;
        followed += document.followed;
      }),
      { numRuns: Number(process.env.RUNS ?? 200) },
    );
    expect(followed / steps).toBeGreaterThan(0.3);
  });

  test('is read anew where the edit is, with directives elsewhere', () => {
    const document = new Document();
    const rest = `${long[0]}\n`.repeat(5);
    const body = (line: string) =>
      `#include "b.h"\n#define own(x) f(x) L\n${long[0]}\n#ifdef p\n#else\nint a = own(1);\n` +
      `${rest}{\n${line}\nown(C);\n}\n${rest}own(2); L; C;\n#endif\n`;
    for (const line of ['', 'f(o);', '\n', 'own(1)\n', 'h(', 'h(a);', 'C; C;', '']) document.run(body(line));
    // Not the first, and not where an invocation runs over `#endif` or did so before.
    expect(document.followed).toBe(5);
  });

  test('is followed in a branch that is left out', () => {
    const document = new Document();
    const body = (first: string, second: string) =>
      `#include "b.h"\nL;\n#ifdef none\n${long[0]}\n${first}\n#if L\n#else\nx\n${second}\n#endif\n#elif 1\nL;\n#endif\nL; f\n`;
    for (const line of ['', 'f(', 'f(\nf', '"', ';', '/*/', '/*/\n*/', '#', '']) {
      document.run(body(line, ''));
      document.run(body('', ''));
      document.run(body('', line));
    }
    // All but the first, what hides or is a directive, and what changes before and behind one at once.
    expect(document.followed).toBe(15);
  });

  test('leaves no macros behind', () => {
    const document = new Document();
    const run = (i: number) => document.run(`#include "b.h"\nint a;\n#define own${i % 2} ${i}\nown0 own1;`);
    for (let i = 0; i < 3; i++) run(i);
    const { length } = document.cache.macros;
    for (let i = 0; i < 20; i++) run(i);
    expect(document.cache.macros.length).toBe(length);
  });
});
