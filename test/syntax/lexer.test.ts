import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as kinds from '../../server/src/core/syntax/kinds';
import { lex, Scratch, spelling, type Tokens } from '../../server/src/core/syntax/lexer';

const texts = (tokens: Tokens): string[] => Array.from({ length: tokens.count }, (_, i) => spelling(tokens, i));
const kindsOf = (tokens: Tokens): number[] => Array.from(tokens.kind.subarray(0, tokens.count));

/** Tokens and comments in order, with what lies between. */
function rebuilt(tokens: Tokens): { text: string; gaps: string } {
  const parts: [number, number][] = [];
  for (let i = 0; i < tokens.count; i++) parts.push([tokens.start[i] ?? 0, tokens.end[i] ?? 0]);
  for (let i = 0; i < tokens.commentCount; i++) parts.push([tokens.commentStart[i] ?? 0, tokens.commentEnd[i] ?? 0]);
  parts.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  let at = 0;
  let text = '';
  let gaps = '';
  for (const [start, end] of parts) {
    expect(start).toBeGreaterThanOrEqual(at);
    gaps += tokens.text.slice(at, start);
    text += tokens.text.slice(at, end);
    at = end;
  }
  gaps += tokens.text.slice(at);
  return { text: text + tokens.text.slice(at), gaps };
}

const pieces = fc.constantFrom(
  ...[
    '#define A(x) \\\n x',
    '#include <a.h>',
    '"a\\"b"',
    "'\\''",
    '/* c */',
    '// d\n',
    '\\\n',
    '\\\r\n',
    '->',
    '...',
    '<<=',
  ],
  ...[
    '\n',
    '\r\n',
    '\r',
    '\0',
    '\ufeff',
    'é',
    'L"x"',
    '1.5e+3',
    '0x1fUL',
    '"',
    "'",
    '/*',
    '//',
    '#',
    '##',
    '@',
    '`',
    '\\',
    ' ',
  ],
  ...['static', 'int', 'foo', '(', ')', '{', '}', '[', ']', ';', ',', '=', '-', '\\\n>', 'fo\\\no'],
);

describe('lex', () => {
  test('nothing of a text is lost', () => {
    const text = fc.oneof(
      fc.array(pieces, { maxLength: 60 }).map((list) => list.join('')),
      fc.string({ unit: 'binary', maxLength: 200 }),
    );
    fc.assert(
      fc.property(text, (source) => {
        const { text: again, gaps } = rebuilt(lex(source));
        expect(again).toBe(source);
        expect(gaps.replace(/\\[ \t]*(?:\r\n|\r|\n)/g, '')).toMatch(/^[\s\0\ufeff]*$/);
      }),
      { numRuns: 2000 },
    );
  });

  test('tokens of a declaration', () => {
    const tokens = lex('static int __init f(void) { return a->b[0] << 2 ... x; }');
    expect(texts(tokens).join(' ')).toBe('static int __init f ( void ) { return a -> b [ 0 ] << 2 ... x ; }');
    expect(kindsOf(tokens)).toContain(kinds.arrow);
    expect(kindsOf(tokens)).toContain(kinds.ellipsis);
  });

  test('a directive ends at a newline that is not continued, comments included', () => {
    const tokens = lex('#define A 1 /* over\ntwo lines */ 2 \\\n 3\nint x;');
    expect(texts(tokens)).toEqual(['#', 'define', 'A', '1', '2', '3', '', 'int', 'x', ';']);
    expect(tokens.kind[6]).toBe(kinds.directiveEnd);
  });

  test('a directive begins only at the start of a line', () => {
    const tokens = lex('a # b\n  /* c */ # define x\n');
    expect(kindsOf(tokens)).toEqual([1, kinds.stringize, 1, kinds.hash, 1, 1, kinds.directiveEnd]);
  });

  test('continued newlines join tokens of every kind', () => {
    const tokens = lex('fo\\\no "a\\\nb" -\\\r\n> 1\\\n2 /\\\n/ comment\n x');
    expect(texts(tokens)).toEqual(['foo', '"ab"', '->', '12', 'x']);
    expect(tokens.commentCount).toBe(1);
  });

  test('a line comment goes on behind a backslash', () => {
    expect(texts(lex('// a \\\n still\nx'))).toEqual(['x']);
  });

  test('unterminated strings end at their line, unterminated comments at the end', () => {
    expect(texts(lex('"abc\nint x;'))).toEqual(['"abc', 'int', 'x', ';']);
    expect(texts(lex("don't\rx"))).toEqual(['don', "'t", 'x']);
    const tokens = lex('x /* y');
    expect(texts(tokens)).toEqual(['x']);
    expect(tokens.commentEnd[0]).toBe(6);
  });

  test('prefixes belong to strings, header names only to includes', () => {
    expect(texts(lex('L"a" u8"b" x"c"'))).toEqual(['L"a"', 'u8"b"', 'x', '"c"']);
    expect(lex('#include <linux/module.h>').kind[2]).toBe(kinds.headerName);
    expect(lex('#if A <b> 2').kind[3]).toBe('<'.charCodeAt(0));
  });

  test('names may have any letters; a byte order mark and NUL characters are white space', () => {
    expect(texts(lex('\ufeffint größe\0;'))).toEqual(['int', 'größe', ';']);
  });

  test('a scratch is used again, also after it grew', () => {
    const scratch = new Scratch();
    expect(texts(lex('int a;', scratch))).toEqual(['int', 'a', ';']);
    expect(texts(lex(';'.repeat(500), scratch))).toHaveLength(500);
    expect(texts(lex('b', scratch))).toEqual(['b']);
  });
});
