import { describe, expect, it } from 'vitest';
import type { Finding } from '../../server/src/core/finding';
import { defaultPath, parseCase, parseFixture } from './fixture';
import { caseKernel } from './kernel';
import { renderCase } from './marks';

const annotated = `//# a title
//! version = 6.13.0
//- a.c
int a;
//^line error[r] (fix) first
//  also: elsewhere
\tint b;
//      ^^^ warning[r] (fix?) second
//  offers: do this
/* wide
//<---- hint[r] third
 */
// a comment
//- Makefile
obj-m := a.o
#        ^^^ also: why
//= a.c
int fixed;`;

const place = (file: string, start: number, end: number) => ({ file, span: { start, end } });
const finding = (more: Partial<Finding>): Finding => ({
  rule: 'r',
  severity: 'error',
  at: place('a.c', 0, 6),
  message: 'first',
  related: [],
  fixes: [],
  ...more,
});

describe('annotated C', () => {
  it('is split into cases and files, marks cut out', () => {
    const one = parseCase(annotated);
    expect(one.title).toBe('a title');
    expect(one.settings).toEqual([{ key: 'version', value: '6.13.0' }]);
    expect(one.files).toEqual([
      { path: 'a.c', isImplicit: false, text: 'int a;\n\tint b;\n/* wide\n */\n// a comment\n' },
      { path: 'Makefile', isImplicit: false, text: 'obj-m := a.o\n' },
    ]);
  });

  it('is rendered as it was written', () => {
    const findings = [
      finding({
        fixes: [{ title: 't', safe: true, edits: [] }],
        related: [{ message: 'elsewhere' }, { message: 'why', at: place('Makefile', 9, 12) }],
      }),
      finding({
        severity: 'warning',
        at: place('a.c', 8, 11),
        message: 'second',
        fixes: [{ title: 'do this', safe: false, edits: [] }],
      }),
      finding({ severity: 'hint', at: place('a.c', 15, 19), message: 'third' }),
    ];
    expect(renderCase(parseCase(annotated), { findings, fixed: new Map([['a.c', 'int fixed;\n']]) })).toBe(annotated);
  });

  it('marks empty ranges, whole files and ranges over several lines', () => {
    const one = parseCase('//# t\nint a;\nint b;');
    const marks = (start: number, end: number) =>
      renderCase(one, { findings: [finding({ at: place(defaultPath, start, end) })], fixed: new Map() }).split('\n');
    expect(marks(0, 0)[2]).toBe('//< error[r] first');
    expect(marks(0, 14)[2]).toBe('//^file error[r] first');
    expect(marks(4, 12)[2]).toBe('//  ^^... error[r] first');
    expect(marks(0, 9)[2]).toBe('//<------... error[r] first');
  });

  it('keeps what stands before the first case', () => {
    const { preamble, cases } = parseFixture('// about\n\n//# one\nint a;\n\n//# two\n\n');
    expect(preamble).toBe('// about\n\n');
    expect(cases.map(({ title, files }) => [title, files.length])).toEqual([
      ['one', 1],
      ['two', 0],
    ]);
    expect(parseFixture('//# one\nint a;\n').preamble).toBe('');
  });
});

describe('the kernel of a case', () => {
  it('is 6.1 with exports of every kind', () => {
    const kernel = caseKernel([]);
    expect(kernel.version).toEqual({ major: 6, minor: 1, patch: 0 });
    expect(kernel.exports.get('dma_buf_put')).toEqual({
      name: 'dma_buf_put',
      isGplOnly: true,
      namespace: 'DMA_BUF',
      provider: 'vmlinux',
    });
    expect(kernel.exports.get('vfio_group_open')?.namespace).toBe('module:vfio-*,t');
    expect(kernel.exports.get('kfree')?.isGplOnly).toBe(false);
  });

  it('takes what the case says', () => {
    const kernel = caseKernel([
      { key: 'version', value: '5.10.3' },
      { key: 'export', value: 'f*@NS:drivers/f g' },
      { key: 'config', value: 'CONFIG_A CONFIG_B=m' },
      { key: 'license', value: 'GPL v3' },
    ]);
    expect(kernel.version?.minor).toBe(10);
    expect(kernel.exports.get('f')).toEqual({ name: 'f', isGplOnly: true, namespace: 'NS', provider: 'drivers/f' });
    expect(kernel.config.get('CONFIG_A')).toBe('y');
    expect(kernel.config.get('CONFIG_B')).toBe('m');
    expect(kernel.compatibleLicenses.has('GPL v3')).toBe(true);
    expect(caseKernel([{ key: 'version', value: 'unknown' }]).version).toBeUndefined();
  });
});
