import { join } from 'node:path';
import { expect, test } from 'vitest';
import { linkUnit } from '../../server/src/io/linker';
import { makeFolder, write } from '../lsp/editor';

function link(path: string, text: string, roots: readonly string[]) {
  return linkUnit({
    path,
    arguments: { includes: [], isStandardExcluded: true, preMacros: [], preIncludes: [], defines: [], target: [] },
    compiler: undefined,
    roots,
    open: { [path]: text },
    generation: 1,
    changed: [],
    made: [],
    isBrief: false,
  });
}

test('nothing is said of a unit with a bracket that nothing closes', () => {
  const said = (text: string) => {
    const result = link('/t/a.c', `${text}int g(void);\nint f(void) { return g(); }\n`, ['/t']);
    return 'facts' in result
      ? result.facts.symbols.map(({ name }) => name)
      : 'unclosed' in result && [result.unclosed.file, result.unclosed.span.start];
  };
  expect(said('')).toEqual(['g']);
  expect(said('int h(void) { (1; [2; }\n')).toEqual(['g']);
  expect(said('} ) ]\n')).toEqual(['g']);
  expect(said('#pragma x(\n')).toEqual(['g']);
  expect(said('int h(void) {{ }\n')).toEqual(['/t/a.c', 12]);
  expect(said('int h(void\n')).toEqual(['/t/a.c', 5]);
  expect(said('int h[\n')).toEqual(['/t/a.c', 5]);
});

test('edits of a large text do not make headers be read again', () => {
  const folder = makeFolder({ 'a.h': 'void one(void);\nvoid two(void);\n#define CALL one\n' });
  const path = join(folder, 'a.c');
  const symbols = (text: string) => {
    const result = link(path, text, [folder]);
    return 'facts' in result ? result.facts.symbols.map(({ name }) => name) : result;
  };
  const large = `#include "a.h"\nvoid f(void) { CALL(); }\n/*${' '.repeat(1 << 22)}*/\n`;
  expect(symbols(large)).toEqual(['one']);
  write(join(folder, 'a.h'), 'void one(void);\nvoid two(void);\n#define CALL two\n');
  // Nobody has said that the header is another now.
  for (let i = 0; i < 20; i++) expect(symbols(`${large}int a${i};\n`)).toEqual(['one']);
});
