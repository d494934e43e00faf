import { describe, expect, test } from 'vitest';
import {
  parseRelease,
  parseTopMakefile,
  parseUtsRelease,
  parseVersionHeader,
} from '../../server/src/core/kernel/version';

test.each([
  ['6.1.0-56-amd64', 6, 1, 0],
  ['6.17-rc3', 6, 17, 0],
  ['5.10.234+', 5, 10, 234],
  ['v6.6', 6, 6, 0],
  ['2.6.32.71', 2, 6, 32],
])('release %s', (release, major, minor, patch) => {
  expect(parseRelease(release)).toEqual({ major, minor, patch });
});

test.each(['', 'next', '6', '.1.2', '123456.1'])('no release: %j', (release) => {
  expect(parseRelease(release)).toBeUndefined();
});

test('utsrelease.h', () => {
  expect(parseUtsRelease('#define UTS_RELEASE "6.1.0-56-amd64"\n')).toBe('6.1.0-56-amd64');
  expect(parseUtsRelease('#define UTS_RELEASE "6.1')).toBeUndefined();
});

test('version.h with and without the parts', () => {
  const code = '#define LINUX_VERSION_CODE 330495\n';
  expect(parseVersionHeader(code)).toEqual({ major: 5, minor: 10, patch: 255 });
  const parts =
    '#define LINUX_VERSION_MAJOR 5\n#define LINUX_VERSION_PATCHLEVEL 10\n#define LINUX_VERSION_SUBLEVEL 260';
  expect(parseVersionHeader(code + parts)).toEqual({ major: 5, minor: 10, patch: 260 });
  expect(parseVersionHeader('')).toBeUndefined();
});

describe('top Makefile', () => {
  test('of a source tree', () => {
    const text = '# SPDX\nVERSION = 6\nPATCHLEVEL = 18\r\nSUBLEVEL = 0\nEXTRAVERSION = -rc2\nNAME = Baby\n';
    expect(parseTopMakefile(text)).toEqual({
      version: { major: 6, minor: 18, patch: 0 },
      release: '6.18.0-rc2',
      sourceFolder: undefined,
    });
  });

  test('of split headers', () => {
    const text = 'include /usr/src/linux-headers-6.1.0-56-common/Makefile\n';
    expect(parseTopMakefile(text).sourceFolder).toBe('/usr/src/linux-headers-6.1.0-56-common');
  });

  test('of a build folder, with the version in two parts only', () => {
    const text =
      'VERSION = 4\nPATCHLEVEL = 9\n\nMAKEARGS := -C /usr/src/linux-headers-4.9.0-19-common\nMAKEARGS += O=/x\n';
    expect(parseTopMakefile(text)).toEqual({
      version: undefined,
      release: undefined,
      sourceFolder: '/usr/src/linux-headers-4.9.0-19-common',
    });
  });

  test('of anything else', () => {
    const nothing = { version: undefined, release: undefined, sourceFolder: undefined };
    expect(parseTopMakefile('obj-m := a.o\ninclude $(KDIR)/Makefile\n')).toEqual(nothing);
    expect(parseTopMakefile('VERSION = $(shell git describe)\nPATCHLEVEL = 1\nSUBLEVEL = 1\n')).toEqual(nothing);
  });
});
