import { expect, test } from 'vitest';
import { complete, type Suggestion } from '../../server/src/core/features/complete';
import { extractFacts } from '../../server/src/core/syntax/extract';
import { ask, cursor } from './try';

const names = (suggestions: readonly Suggestion[]) => suggestions.map(({ label }) => label);

function suggest(text: string, settings: Readonly<Record<string, string>> = {}, path = 'drivers/t/t.c') {
  const asked = ask({ [path]: text }, settings);
  return complete(asked.snapshot, asked.path, asked.text, asked.offset);
}

/** The text after the suggestion with this label was taken. */
function taken(text: string, label: string, settings: Readonly<Record<string, string>> = {}): string | undefined {
  const found = suggest(text, settings).find((one) => one.label === label);
  if (!found) return undefined;
  const whole = text.replace(cursor, '');
  const offset = text.indexOf(cursor);
  const { start, end } = found.span;
  expect(start).toBeLessThanOrEqual(offset);
  expect(end).toBeGreaterThanOrEqual(offset);
  expect(whole.slice(start, end)).not.toMatch(/[\r\n]/);
  // An editor drops what does not begin as the text does that is replaced.
  const typed = whole.slice(start, offset);
  expect((found.filter ?? found.label).startsWith(typed) || typed === '' || text.includes('wrong')).toBe(true);
  return whole.slice(0, start) + found.newText + whole.slice(end);
}

test('the license strings of the kernel, documented ones first, with what they mean', () => {
  const found = suggest('MODULE_LICENSE("¦");\n', { license: 'GPL vendor' });
  expect(names(found)).toEqual([
    'GPL',
    'Dual MIT/GPL',
    'Dual BSD/GPL',
    'Dual MPL/GPL',
    'GPL v2',
    'GPL and additional rights',
    'GPL vendor',
    'Proprietary',
  ]);
  expect(found[0]?.documentation).toMatch(
    /^GPL version 2; .*\n\nCompatible with the GPL: GPL-only symbols may be used\./,
  );
  expect(found.at(-1)).toMatchObject({ detail: 'taints the kernel' });
  expect(found.filter(({ isOld }) => isOld).map(({ label }) => label)).toEqual(['GPL v2', 'GPL and additional rights']);
  expect(found.at(-2)?.documentation).toContain('A string of this kernel alone.');
});

test('the string that says what the SPDX line says comes first', () => {
  const spdx = (id: string) => names(suggest(`// SPDX-License-Identifier: ${id}\nMODULE_LICENSE("¦");\n`))[0];
  expect(spdx('GPL-2.0-only OR MIT')).toBe('Dual MIT/GPL');
  expect(spdx('GPL-2.0-only OR BSD-3-Clause')).toBe('Dual BSD/GPL');
  expect(spdx('LicenseRef-Secret')).toBe('Proprietary');
  expect(spdx('GPL-2.0-or-later')).toBe('GPL');
});

test.each([
  ['MODULE_LICENSE("¦")', 'MODULE_LICENSE("GPL")'],
  ['MODULE_LICENSE("¦");', 'MODULE_LICENSE("GPL");'],
  ['MODULE_LICENSE("wrong¦ too");', 'MODULE_LICENSE("GPL");'],
  ['MODULE_LICENSE("GP¦', 'MODULE_LICENSE("GPL");'],
  ['MODULE_LICENSE("¦\n\nint x;', 'MODULE_LICENSE("GPL");\n\nint x;'],
  ['MODULE_LICENSE("¦);\n', 'MODULE_LICENSE("GPL");\n'],
  ['MODULE_LICENSE(¦', 'MODULE_LICENSE("GPL");'],
  ['MODULE_LICENSE(¦)', 'MODULE_LICENSE("GPL")'],
  ['MODULE_LICENSE(GP¦);', 'MODULE_LICENSE("GPL");'],
  ['MODULE_LICENSE( /* of course */ "¦");', 'MODULE_LICENSE( /* of course */ "GPL");'],
  ['MODULE_LICENSE(\n\t"¦"\n);', 'MODULE_LICENSE(\n\t"GPL"\n);'],
  ['MODULE_INFO(license, "¦");', 'MODULE_INFO(license, "GPL");'],
  ['#define ALL MODULE_LICENSE("¦")\n', '#define ALL MODULE_LICENSE("GPL")\n'],
  ['}}} int x = "\nMODULE_LICENSE("¦', '}}} int x = "\nMODULE_LICENSE("GPL");'],
])('%s', (text, expected) => {
  expect(taken(text, 'GPL')).toBe(expected);
});

test.each([
  'MODULE_LICENSE¦("GPL");',
  'MODULE_LICENSE("GPL"¦);',
  'MODULE_LICENSE("GPL")¦;',
  'MODULE_LICENSE("GPL"); ¦',
  'MODULE_LICENSE("GPL", ¦);',
  '// MODULE_LICENSE("¦");',
  '/* MODULE_LICENSE("¦',
  'MODULE_LICENSE("GPL\n¦',
  'MODULE_LICENSE("a" "¦");',
  'MODULE_LICENSE(f(¦));',
  'MODULE_AUTHOR("¦"); MODULE_LICENSE("GPL");',
  'MODULE_INFO(author, "¦");',
  'EXPORT_TRACEPOINT_SYMBOL(¦);',
  'const char *text = "MODULE_LICENSE(¦";',
  'char *text = "SPDX-License-Identifier: ¦";',
  '// SPDX-License-Identifier:¦',
  '/* SPDX-License-Identifier: MIT */ ¦',
  'int MODULE_x = f(¦);',
  '¦',
])('nothing in %s', (text) => {
  expect(suggest(text)).toEqual([]);
});

test('SPDX identifiers, those of the kernel first, then operators and exceptions', () => {
  const ids = suggest('// SPDX-License-Identifier: ¦\n');
  expect(names(ids).slice(0, 6)).toEqual([
    'GPL-2.0-only',
    'GPL-2.0-or-later',
    'GPL-2.0',
    'GPL-2.0+',
    'MIT',
    'BSD-2-Clause',
  ]);
  expect(ids.length).toBeGreaterThan(700);
  expect(ids[0]).toMatchObject({ detail: 'GNU General Public License v2.0 only' });
  expect(ids[0]?.documentation).toContain('the kernel prefers');
  expect(ids.find(({ label }) => label === 'Apache-2.0')?.documentation).toContain('only beside a license');
  expect(ids.find(({ label }) => label === 'AGPL-3.0')).toMatchObject({ isOld: true });
  expect(names(suggest('// SPDX-License-Identifier: GPL-2.0 ¦'))).toEqual(['OR', 'WITH', 'AND']);
  expect(names(suggest('/* SPDX-License-Identifier: GPL-2.0 WITH ¦ */')).slice(0, 2)).toEqual([
    'Linux-syscall-note',
    'GCC-exception-2.0',
  ]);
  expect(names(suggest('// SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note ¦'))).toEqual(['OR', 'AND']);
  for (const before of ['(', 'MIT OR ', '(MIT AND ISC) or (']) {
    expect(names(suggest(`# SPDX-License-Identifier: ${before}¦`, {}, 'drivers/t/Makefile')), before).toContain('MIT');
  }
  expect(names(suggest('// SPDX-License-Identifier: (MIT OR ISC) ¦'))).toContain('AND');
  expect(names(suggest('/*\n * SPDX-License-Identifier: ¦\n'))).toContain('MIT');
});

test.each([
  ['/* SPDX-License-Identifier: GPL-¦*/', '/* SPDX-License-Identifier: GPL-2.0-or-later*/'],
  ['// SPDX-License-Identifier: MIT OR GPL¦-1.0', '// SPDX-License-Identifier: MIT OR GPL-2.0-or-later'],
  ['// SPDX-License-Identifier: (G¦', '// SPDX-License-Identifier: (GPL-2.0-or-later'],
])('%s', (text, expected) => {
  expect(taken(text, 'GPL-2.0-or-later')).toBe(expected);
});

test('the SPDX expression that says what MODULE_LICENSE says', () => {
  const found = suggest('// SPDX-License-Identifier: ¦\nMODULE_LICENSE("Dual MIT/GPL");\n');
  expect(names(found).slice(0, 2)).toEqual(['GPL-2.0-only OR MIT', 'GPL-2.0-or-later OR MIT']);
  expect(names(suggest('// SPDX-License-Identifier: ¦\nMODULE_LICENSE("Proprietary");\n'))[0]).toBe(
    'LicenseRef-Proprietary',
  );
});

const user = 'void f(void)\n{\n\tdma_buf_get(0);\n}\n';

test('namespaces: what the module needs first, spelled as the kernel wants it', () => {
  const found = suggest(`${user}MODULE_IMPORT_NS(¦);\n`);
  expect(names(found)[0]).toBe('DMA_BUF');
  expect(names(found)).toEqual(expect.arrayContaining(['CRYPTO_INTERNAL', 'USB_STORAGE', 'NET_MANA']));
  expect(names(found).some((name) => name.startsWith('module:'))).toBe(false);
  expect(found[0]).toMatchObject({ detail: '1 symbol used here' });
  expect(taken(`${user}MODULE_IMPORT_NS(¦`, 'DMA_BUF')).toBe(`${user}MODULE_IMPORT_NS(DMA_BUF);`);
  expect(taken(`${user}MODULE_IMPORT_NS("¦");`, 'DMA_BUF')).toBe(`${user}MODULE_IMPORT_NS(DMA_BUF);`);
  expect(taken(`${user}MODULE_IMPORT_NS("DMA¦`, 'DMA_BUF')).toBe(`${user}MODULE_IMPORT_NS(DMA_BUF);`);
  const strings = { version: '6.13.0' };
  expect(taken(`${user}MODULE_IMPORT_NS(D¦);`, 'DMA_BUF', strings)).toBe(`${user}MODULE_IMPORT_NS("DMA_BUF");`);
  expect(taken(`${user}MODULE_IMPORT_NS("D¦");`, 'DMA_BUF', strings)).toBe(`${user}MODULE_IMPORT_NS("DMA_BUF");`);
  expect(taken(`MODULE_INFO(import_ns, "¦");`, 'DMA_BUF', strings)).toBe(`MODULE_INFO(import_ns, "DMA_BUF");`);
});

test('a namespace that is imported already comes last; those of the workspace are known', () => {
  const asked = ask({
    'a/a.c': 'MODULE_IMPORT_NS(DMA_BUF);\nMODULE_IMPORT_NS(¦);\n',
    'b/b.c': 'int ours(void)\n{\n\treturn 0;\n}\nEXPORT_SYMBOL_NS(ours, OURS);\n',
  });
  const found = complete(asked.snapshot, asked.path, asked.text, asked.offset);
  expect(names(found)[0]).toBe('OURS');
  expect(found.at(-1)).toMatchObject({ label: 'DMA_BUF', detail: 'imported already' });
});

test('names to export: what can be, the nearest first', () => {
  const text = `int count;
static int hidden;
static int quiet(void)
{
	return 0;
}
int far(void)
{
	return 0;
}
int near(void)
{
	return 0;
}
EXPORT_SYMBOL_GPL(¦)
int below(void)
{
	return 0;
}
EXPORT_SYMBOL(far);
`;
  const found = suggest(text);
  expect(names(found)).toEqual(['near', 'count', 'below', 'quiet', 'hidden']);
  expect(found.map(({ kind }) => kind)).toEqual(['function', 'variable', 'function', 'function', 'variable']);
  expect(found.at(-1)?.detail).toBe('static: cannot be exported');
  expect(taken(text.replace('(¦)', '(n¦'), 'near')).toBe(text.replace('(¦)', '(near);'));
  expect(names(suggest(text.replace('_GPL(¦)', '_NS(near, ¦)')))).toContain('DMA_BUF');
});

test('a text cut off anywhere is no reason to fall over', () => {
  const text = `/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
int near(void) { return 0; }
EXPORT_SYMBOL_NS_GPL(near, "DMA_BUF");
MODULE_IMPORT_NS(DMA_BUF);
MODULE_LICENSE("Dual MIT/GPL");
`;
  const { snapshot, path } = ask({ 'drivers/t/t.c': `${text}${cursor}` });
  for (let end = 0; end <= text.length; end++) {
    const cut = text.slice(0, end);
    expect(extractFacts(path, cut)).toBeDefined();
    for (const { span } of complete(snapshot, path, cut, end)) {
      expect(span.start).toBeLessThanOrEqual(end);
      expect(span.end).toBe(end);
    }
    complete(snapshot, path, text, end);
  }
});
