import { describe, expect, test } from 'vitest';
import { extractFacts } from '../../server/src/core/syntax/extract';
import { parseSpdx } from '../../server/src/core/syntax/spdx';

describe('parseSpdx', () => {
  test.each([
    ['GPL-2.0', { license: 'GPL-2.0', plus: false }],
    ['GPL-2.0+', { license: 'GPL-2.0', plus: true }],
    ['gpl-2.0-ONLY', { license: 'GPL-2.0-only', plus: false }],
    [' ( GPL-2.0-or-later ) ', { license: 'GPL-2.0-or-later', plus: false }],
    ['GPL-2.0 WITH Linux-syscall-note', { license: 'GPL-2.0', plus: false, exception: 'Linux-syscall-note' }],
    [
      '(GPL-2.0+ OR MIT)',
      {
        conjunction: 'or',
        left: { license: 'GPL-2.0', plus: true },
        right: { license: 'MIT', plus: false },
      },
    ],
  ])('%s', (text, expression) => {
    expect(parseSpdx(text)).toEqual(expression);
  });

  test.each(['', 'GPL', 'GPL v2', 'GPL-2.0 OR', '(', '(((((', 'MIT/GPL', 'x'.repeat(10_000), '('.repeat(100_000)])(
    'what is no expression gives nothing: %#',
    (text) => {
      expect(parseSpdx(text)).toBeUndefined();
    },
  );
});

const tagsOf = (path: string, text: string) =>
  extractFacts(path, text).spdx.map((tag) => [tag.style, tag.line, tag.text, text.slice(tag.span.start, tag.span.end)]);

describe('tags', () => {
  test('in both comment styles of C, with CRLF', () => {
    const text = '// SPDX-License-Identifier: GPL-2.0\r\n/* SPDX-License-Identifier:  MIT  */\r\nint x;\r\n';
    expect(tagsOf('/a.c', text)).toEqual([
      ['//', 0, 'GPL-2.0', 'GPL-2.0'],
      ['/*', 1, 'MIT', 'MIT'],
    ]);
  });

  test('in the middle of a comment, not in strings', () => {
    const text = 'char *s = "SPDX-License-Identifier: MIT";\n/*\n * SPDX-License-Identifier: BSD-2-Clause\n */\n';
    expect(tagsOf('/a.h', text)).toEqual([['/*', 2, 'BSD-2-Clause', 'BSD-2-Clause']]);
  });

  test.each(['/Makefile', '/Kbuild', '/Kconfig', '/Kconfig.debug', '/a.mk', '/a.S'])('behind # in %s', (path) => {
    expect(tagsOf(path, '\n  # SPDX-License-Identifier: GPL-2.0-only\n')).toEqual([
      ['#', 1, 'GPL-2.0-only', 'GPL-2.0-only'],
    ]);
  });

  test('the comment spans from its mark to its end', () => {
    const text = '# SPDX-License-Identifier: GPL-2.0\r\nobj-m += a.o\n';
    expect(extractFacts('/Makefile', text).spdx[0]?.commentSpan).toEqual({ start: 0, end: 34 });
  });
});
