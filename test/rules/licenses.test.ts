import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { knownCompatibleLicenses } from '../../server/src/core/kernel/license';
import { type Alternatives, alternatives, combine } from '../../server/src/core/rules/license-families';
import { readLicenseString, stringsFor } from '../../server/src/core/rules/licenses';
import type { SpdxExpression } from '../../server/src/core/syntax/facts';

const read = (value: string) => readLicenseString(value, knownCompatibleLicenses);
const first = (value: string) => read(value).offers[0]?.value;

describe('reading a license string', () => {
  it.each([
    ['GPLv2', 'GPL', true],
    ['gpl v2', 'GPL', true],
    ['GPL-2.0', 'GPL', true],
    ['GPL-2.0+', 'GPL', true],
    ['GPL2', 'GPL', false],
    ['GPLv2 only', 'GPL', false],
    ['GPL v2 or any newer', 'GPL', false],
    ['GNU GPL', 'GPL', false],
    ['GPL v3', 'GPL', false],
    ['MIT/GPL', 'Dual MIT/GPL', false],
    ['GPL/BSD', 'Dual BSD/GPL', false],
    ['Dual GPL/BSD', 'Dual BSD/GPL', false],
    ['dual mpl/gpl', 'Dual MPL/GPL', true],
    ['BSD 3-Clause', 'Dual BSD/GPL', false],
    ['3-clause BSD', 'Dual BSD/GPL', false],
    ['MIT License', 'Dual MIT/GPL', false],
    ['GPL and additional right', 'GPL and additional rights', false],
    ['Propietary', 'Proprietary', false],
  ])('%s is %s', (value, wanted, safe) => {
    expect(read(value).offers[0]).toEqual({ value: wanted, safe });
  });

  it('never takes one short license for another', () => {
    for (const name of ['EPL', 'MPL', 'CPL', 'APL', 'LGPL', 'AGPL', 'BSL'])
      expect(read(name).isNearMiss, name).toBe(false);
    expect(first('CDDL')).toBeUndefined();
    expect(first('Apache-2.0')).toBeUndefined();
  });

  it('offers only what the kernel accepts', () => {
    expect(readLicenseString('MPL', new Set(['GPL'])).offers).toEqual([]);
    expect(readLicenseString('GPLv2', new Set(['GPL v2'])).offers).toEqual([]);
  });

  it('reads any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        for (const { value } of read(text).offers) expect([...knownCompatibleLicenses, 'Proprietary']).toContain(value);
      }),
    );
  });

  it('takes no longer for a hostile text', () => {
    const texts = ['GPL or '.repeat(100_000), `${'2'.repeat(100_000)}+`, ' '.repeat(100_000)];
    for (const text of texts) expect(read(text).families.size).toBe(0);
  });
});

const id = (license: string, plus = false): SpdxExpression => ({ license, plus });
const both = (conjunction: 'and' | 'or', left: SpdxExpression, right: SpdxExpression): SpdxExpression => ({
  conjunction,
  left,
  right,
});
const strings = (expression: SpdxExpression) => stringsFor(alternatives(expression) ?? []);

describe('the strings that fit an SPDX expression', () => {
  it.each([
    [id('GPL-2.0-only'), ['GPL'], true],
    [id('GPL-1.0', true), ['GPL'], true],
    [both('or', id('GPL-2.0', true), id('MIT')), ['Dual MIT/GPL'], true],
    [both('or', id('BSD-2-Clause'), id('GPL-2.0')), ['Dual BSD/GPL'], true],
    [both('and', id('GPL-2.0'), id('MIT')), ['GPL'], true],
    [both('and', id('GPL-2.0'), both('or', id('GPL-2.0'), id('MIT'))), ['GPL'], true],
    [
      both('or', id('GPL-2.0'), both('or', id('MIT'), id('BSD-3-Clause'))),
      ['Dual MIT/GPL', 'Dual BSD/GPL', 'GPL'],
      false,
    ],
    [both('or', id('GPL-2.0'), id('Apache-2.0')), ['GPL'], false],
    [id('MIT'), ['Dual MIT/GPL'], false],
    [id('GPL-3.0-only'), [], false],
    [id('LicenseRef-Acme'), ['Proprietary'], false],
  ])('%o', (expression, wanted, safe) => {
    expect(strings(expression)).toEqual(wanted.map((value) => ({ value, safe })));
  });

  it('gives up on an expression with too many alternatives', () => {
    const choice: Alternatives = Array.from({ length: 9 }, () => new Set(['gpl'] as const));
    expect(combine(choice, choice)).toBeUndefined();
  });
});
