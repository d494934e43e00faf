import fc from 'fast-check';
import { expect, test } from 'vitest';
import { configOf, parseConfig, unknownConfig } from '../../server/src/core/kernel/config';

const file = '/k/.config';

test('values as they are set', () => {
  const text = `#
# Linux/x86 6.1.192 Kernel Configuration
#
CONFIG_Y=y
CONFIG_M=m
CONFIG_HZ=250
CONFIG_BASE=0xffffffff81000000
CONFIG_NEGATIVE=-5
CONFIG_TEXT="a \\"b\\" \\\\c"
CONFIG_EMPTY=""
# CONFIG_OFF is not set
CONFIG_N=n
CONFIG_64BIT=y
`;
  const { options, version, problems } = parseConfig(text, file);
  expect(Object.fromEntries(options)).toEqual({
    CONFIG_Y: 'y',
    CONFIG_M: 'm',
    CONFIG_HZ: '250',
    CONFIG_BASE: '0xffffffff81000000',
    CONFIG_NEGATIVE: '-5',
    CONFIG_TEXT: 'a "b" \\c',
    CONFIG_EMPTY: '',
    CONFIG_64BIT: 'y',
  });
  expect(version).toBe('6.1.192');
  expect(problems).toEqual([]);
  expect(configOf(options).get('CONFIG_OFF')).toBeUndefined();
  expect(configOf(options).isKnown).toBe(true);
  expect(unknownConfig.isKnown).toBe(false);
});

test('a later line wins', () => {
  const text = 'CONFIG_A=y\nCONFIG_B=y\nCONFIG_A=m\r\n# CONFIG_B is not set\r\n';
  expect([...parseConfig(text, file).options]).toEqual([['CONFIG_A', 'm']]);
});

test('strings without quotes stand only in auto.conf', () => {
  const text = 'CONFIG_LSM=landlock,yama\nCONFIG_NONE=\n';
  expect([...parseConfig(text, '/k/include/config/auto.conf').options]).toEqual([
    ['CONFIG_LSM', 'landlock,yama'],
    ['CONFIG_NONE', ''],
  ]);
  expect(parseConfig(text, file).options.size).toBe(0);
});

test.each(['CONFIG_', 'CONFIG_B', 'CONFIG_B=', 'CONFIG_B="te', 'CONFIG_B=12'])('half written: %s', (rest) => {
  const { options, problems } = parseConfig(`CONFIG_A=y\n${rest}`, file);
  expect([...options]).toEqual([['CONFIG_A', 'y']]);
  expect(problems).toEqual([
    {
      message: `Line 2 of '${file}' cannot be read as a kernel configuration: these options are taken as not set.`,
      file,
      span: { start: 11, end: 11 + rest.length },
    },
  ]);
});

test('anything at all is read without throwing, with one problem at most', () => {
  const piece = fc.oneof(
    fc.constantFrom('CONFIG_A', '=', '"', '\\', 'y', '\n', '\r', '# ', ' is not set'),
    fc.string(),
  );
  const property = fc.property(fc.array(piece), (pieces) => {
    expect(parseConfig(pieces.join(''), file).problems.length).toBeLessThanOrEqual(1);
  });
  fc.assert(property);
});
