import { describe, expect, test } from 'vitest';
import { extractFacts } from '../../server/src/core/syntax/extract';
import { spdxError } from '../../server/src/core/syntax/spdxerror';

const noticesOf = (text: string, path = '/a.c') =>
  extractFacts(path, text).notices.map(({ kind, span }) => [kind, text.slice(span.start, span.end)]);

describe('notices', () => {
  test('over line ends and the stars of a comment', () => {
    expect(noticesOf('/*\r\n * Proprietary\r\n *   and confidential\r\n */')).toEqual([
      ['proprietary', 'Proprietary\r\n *   and confidential'],
    ]);
  });

  test('only in comments, and only on top', () => {
    expect(noticesOf('char s[] = "proprietary and confidential";')).toEqual([]);
    expect(noticesOf(`${'int a;\n'.repeat(1000)}/* proprietary and confidential */`)).toEqual([]);
  });

  test('change the shape, wherever they stand', () => {
    const shape = (text: string) => extractFacts('/a.c', text).shape;
    expect(shape('/* trade secret of A */int a;')).not.toBe(shape('/* by A */int a;'));
    expect(shape('/* trade secret of A */int a;')).toBe(shape('/* By A: trade secret of A */int a;'));
  });

  test('are found soon in any text', () => {
    const hard = [
      'general public license '.repeat(400) + '*'.repeat(8000),
      `unauthorized copying${' '.repeat(15_000)}`,
      'proprietary '.repeat(1500),
      '\n * SPDX-License-Identifier'.repeat(300),
    ];
    for (const text of hard) {
      const start = performance.now();
      expect(noticesOf(`/*${text}*/`)).toEqual([]);
      expect(performance.now() - start).toBeLessThan(2000);
    }
  });
});

describe('tags that are misspelt', () => {
  test.each([
    ['// SPDX-Licence-Identifier: MIT', 'SPDX-Licence-Identifier:'],
    ['/* SPDX-License-Identifier MIT */', 'SPDX-License-Identifier'],
    ['/* SPDX License Identifier = (GPL-2.0 OR MIT) */', 'SPDX License Identifier ='],
    ['/*\n * Spdx-License-Id: MIT\n */', 'Spdx-License-Id:'],
  ])('%s', (text, tag) => {
    expect(noticesOf(text)).toEqual([['misspelt-spdx', tag]]);
  });

  test.each([
    '// SPDX-License-Identifier: MIT',
    '// See the SPDX license list: MIT',
    '// SPDX-Licence-Identifier: see COPYING',
    'char *s = "SPDX-Licence-Identifier: MIT";',
  ])('%s is none', (text) => {
    expect(noticesOf(text)).toEqual([]);
  });

  test('in a Makefile', () => {
    expect(noticesOf('# SPDX-Licence-Identifier: MIT\nobj-m := a.o\n', '/Makefile')).toEqual([
      ['misspelt-spdx', 'SPDX-Licence-Identifier:'],
    ]);
  });
});

describe('the line of a tag', () => {
  test.each([
    ['// SPDX-License-Identifier: MIT\nint a;', '// SPDX-License-Identifier: MIT\n'],
    ['/* SPDX-License-Identifier: MIT */\r\nint a;', '/* SPDX-License-Identifier: MIT */\r\n'],
    ['/*\n * SPDX-License-Identifier: MIT\n */', ' * SPDX-License-Identifier: MIT\n'],
    ['/* SPDX-License-Identifier: MIT\n */', undefined],
    ['/*\n * SPDX-License-Identifier: MIT */', undefined],
    ['int a; // SPDX-License-Identifier: MIT\n', undefined],
    ['/* SPDX-License-Identifier: MIT */ int a;\n', undefined],
  ])('%j', (text, line) => {
    const own = extractFacts('/a.c', text).spdx[0]?.ownLine;
    expect(own && text.slice(own.start, own.end)).toBe(line);
  });
});

test.each(['GPL-2.0+', '(GPL-2.0 WITH Linux-syscall-note) OR (MIT AND ISC)', 'mit or isc or Zlib', '((GPL-2.0))'])(
  'nothing is wrong with %s',
  (text) => {
    expect(spdxError(text)).toBeUndefined();
  },
);

test('what is wrong with an expression is found in any text', () => {
  for (const text of ['', ')', '((', 'WITH', 'MIT WITH', '('.repeat(10_000), 'MIT '.repeat(10_000), 'ä', '\0']) {
    expect(spdxError(text)?.message, text.slice(0, 20)).toMatch(/^[A-Z]/);
  }
});
