import { join } from 'node:path';
import { expect, test } from 'vitest';
import { linkUnit } from '../../server/src/io/linker';
import { makeFolder, write } from '../lsp/editor';

test('edits of a large text do not make headers be read again', () => {
  const folder = makeFolder({ 'a.h': 'void one(void);\nvoid two(void);\n#define CALL one\n' });
  const path = join(folder, 'a.c');
  const symbols = (text: string) => {
    const link = linkUnit({
      path,
      arguments: { includes: [], isStandardExcluded: true, preMacros: [], preIncludes: [], defines: [], target: [] },
      compiler: 'none',
      roots: [folder],
      open: { [path]: text },
      generation: 1,
      changed: [],
      isBrief: false,
    });
    return 'facts' in link ? link.facts.symbols.map(({ name }) => name) : link.missingHeaders;
  };
  const large = `#include "a.h"\nvoid f(void) { CALL(); }\n/*${' '.repeat(1 << 22)}*/\n`;
  expect(symbols(large)).toEqual(['one']);
  write(join(folder, 'a.h'), 'void one(void);\nvoid two(void);\n#define CALL two\n');
  // Nobody has said that the header is another now.
  for (let i = 0; i < 20; i++) expect(symbols(`${large}int a${i};\n`)).toEqual(['one']);
});
