import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defaultSettings } from '../../server/src/core/settings';
import { readSettings } from '../../server/src/lsp/settings';

test.each([
  ['', ''],
  ['  embedded:6.1-amd64 ', 'embedded:6.1-amd64'],
  ['/usr/src/linux/', '/usr/src/linux'],
  ['../linux', '/home/me/linux'],
  [`$\{workspaceFolder}/kernel`, '/home/me/module/kernel'],
  ['~/linux', join(homedir(), 'linux')],
])('kernel %j', (kernel, expected) => {
  expect(read({ kernel })).toEqual([{ ...defaultSettings, kernel: expected }, []]);
});

test('everything at once', () => {
  const all = {
    extraSymvers: ['sub/Module.symvers', '/abs/Module.symvers', ' '],
    exclude: [],
    codeLens: false,
    inlayHints: true,
    rules: { 'missing-spdx': 'off', 'gpl-only-symbol': 'warning' },
  };
  expect(read(all)).toEqual([
    { ...defaultSettings, ...all, extraSymvers: ['/home/me/module/sub/Module.symvers', '/abs/Module.symvers'] },
    [],
  ]);
});

test.each([undefined, null, {}, { kernel: null, extraSymvers: null, exclude: null, rules: null }])(
  'nothing said: %j',
  (value) => {
    expect(read(value)).toEqual([defaultSettings, []]);
  },
);

test.each([
  'x',
  [],
  { kernel: {} },
  { extraSymvers: [1] },
  { exclude: Array.from({ length: 1001 }, () => 'x') },
  { rules: [] },
  { codeLens: 1 },
  { inlayHints: 'on' },
  { rules: { nothing: 'off' } },
  { rules: { 'missing-spdx': 1 } },
  JSON.parse('{"rules":{"__proto__":"off"}}'),
])('nonsense keeps the default and is told: %j', (value) => {
  const [settings, problems] = read(value);
  expect(settings).toEqual(defaultSettings);
  expect(problems).toHaveLength(1);
});

function read(value: unknown) {
  const problems: string[] = [];
  return [readSettings(value, '/home/me/module', (problem) => problems.push(problem)), problems];
}
