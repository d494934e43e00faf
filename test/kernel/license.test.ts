import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { knownCompatibleLicenses, licenseStrings, parseLicenseHeader } from '../../server/src/core/kernel/license';

const file = '/k/include/linux/license.h';
const header = (body: string) =>
  `#ifndef __LICENSE_H\n#define __LICENSE_H\n\nstatic inline int license_is_gpl_compatible(const char *license)\n{\n${body}\n}\n\n#endif\n`;
const accepted = (body: string) => [...parseLicenseHeader(header(body), file).accepted];

test('the known strings', () => {
  expect([...knownCompatibleLicenses].sort()).toEqual([
    'Dual BSD/GPL',
    'Dual MIT/GPL',
    'Dual MPL/GPL',
    'GPL',
    'GPL and additional rights',
    'GPL v2',
  ]);
  expect(licenseStrings.filter((one) => !one.isCompatible).map((one) => one.value)).toEqual(['Proprietary']);
  expect(new Set(licenseStrings.map((one) => one.value)).size).toBe(licenseStrings.length);
});

describe('understood', () => {
  test('the kernel as it is', () => {
    const body = `return (strcmp(license, "GPL") == 0
		|| strcmp(license, "GPL v2") == 0 /* || strcmp(license, "No") == 0 */
		|| strcmp(license, "Dual " "BSD/GPL") == 0);`;
    expect(parseLicenseHeader(header(body), file)).toEqual({
      accepted: new Set(['GPL', 'GPL v2', 'Dual BSD/GPL']),
      problems: [],
    });
  });

  test('other notations of the same', () => {
    expect(accepted('return !strcmp("GPL", license) || !(strcmp(license, "Mine"));')).toEqual(['GPL', 'Mine']);
    expect(accepted('if (!strcmp(license, "GPL")) { return true; } return 0 == strcmp(license, "B");')).toEqual([
      'GPL',
      'B',
    ]);
    expect(accepted('if (!strcmp(license, "GPL"))\n\treturn 1;\n\treturn false;')).toEqual(['GPL']);
  });
});

describe('not understood: the known strings and a problem', () => {
  test.each([
    ['an excluded string', 'if (!strcmp(license, "Evil")) return 0; return !strcmp(license, "GPL");'],
    ['a negated comparison', 'return strcmp(license, "GPL") != 0;'],
    ['a prefix', 'return strncmp(license, "GPL", 3) == 0;'],
    ['and', 'return !strcmp(license, "GPL") && x;'],
    ['a condition', '#ifdef A\nreturn !strcmp(license, "GPL");\n#else\nreturn !strcmp(license, "B");\n#endif'],
    ['a table', 'static const char *const ok[] = { "GPL" }; return !strcmp(license, ok[0]);'],
    ['nothing', ''],
  ])('%s', (_, body) => {
    const { accepted: strings, problems } = parseLicenseHeader(header(body), file);
    expect(strings).toEqual(knownCompatibleLicenses);
    expect(problems).toEqual([
      {
        message: `license_is_gpl_compatible() is written in a way that is not understood in '${file}': the license strings of the unpatched kernel are taken.`,
        file,
      },
    ]);
  });

  test('no such function', () => {
    const text = 'int license_is_gpl_compatible(const char *license);\n/* "';
    expect(parseLicenseHeader(text, file).problems[0]?.message).toContain('was not found');
  });

  test('cut off anywhere it never throws', () => {
    const text = header('return !strcmp(license, "GPL") || strcmp(license, "B\\"") == 0;');
    for (let length = 0; length < text.length; length++) parseLicenseHeader(text.slice(0, length), file);
    fc.assert(fc.property(fc.string(), (body) => parseLicenseHeader(header(body), file).accepted.size > 0));
  });
});
