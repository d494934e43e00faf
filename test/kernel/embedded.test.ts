import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readEmbedded, writeEmbedded } from '../../server/src/core/kernel/embedded';
import { exportTable } from '../../server/src/core/kernel/exports';
import type { KernelExport } from '../../server/src/core/kernel/kernel';
import { parseSymvers } from '../../server/src/core/kernel/symvers';

const head = {
  release: '6.1.0-1-test',
  version: { major: 6, minor: 1, patch: 7 },
  architecture: 'x86_64',
  distribution: 'Test 1',
  compatibleLicenses: new Set(['GPL', 'Ours']),
};
const options = new Map([
  ['CONFIG_B', 'y'],
  ['CONFIG_A', 'a "text"'],
  ['CONFIG___proto__', 'm'],
]);
const byName = (table: Iterable<KernelExport>) =>
  new Map([...table].map(({ name, isGplOnly, namespace, provider }) => [name, { isGplOnly, namespace, provider }]));

test('says what the symvers text says', () => {
  const word = fc.stringMatching(/^[A-Za-z_][\w.]{0,12}$/);
  const path = fc.stringMatching(/^[a-z][a-z/-]{0,12}$/);
  const type = fc.constantFrom('EXPORT_SYMBOL', 'EXPORT_SYMBOL_GPL');
  const namespace = fc.oneof(fc.constant(''), fc.stringMatching(/^[A-Z_]{1,6}$/), fc.constant('module:kvm,a-*'));
  const row = fc.tuple(word, path, type, namespace).map((columns) => `0x1\t${columns.join('\t')}\n`);
  const property = fc.property(fc.array(row), (rows) => {
    const { exports, problems } = parseSymvers(rows.join(''), '/f');
    expect(problems).toEqual([]);
    const read = readEmbedded(writeEmbedded({ ...head, exports, options }), 'test.bin');
    expect(read.problems).toEqual([]);
    expect(byName(read.kernel.exports)).toEqual(byName(exportTable(exports)));
  });
  fc.assert(property);
});

test('everything but the exports', () => {
  const { kernel } = readEmbedded(writeEmbedded({ ...head, exports: [], options }), 'test.bin');
  expect(kernel).toMatchObject(head);
  expect([...options.keys()].map((name) => kernel.config.get(name))).toEqual(['y', 'a "text"', 'm']);
  expect(kernel.config.get('CONFIG_toString')).toBeUndefined();
  expect(kernel.config.isKnown).toBe(true);
});

describe('bad data claims nothing and says so', () => {
  const whole = writeEmbedded({ ...head, exports: parseSymvers('0x1\ta\tm\tEXPORT_SYMBOL\n', '/f').exports, options });
  const refusal = (bytes: Uint8Array) => {
    const { kernel, problems } = readEmbedded(bytes, 'test.bin');
    expect(kernel.exports.size).toBe(0);
    expect(kernel.config.isKnown).toBe(false);
    expect(problems).toHaveLength(1);
    return problems[0]?.message;
  };

  test('another format', () => {
    const text = new TextDecoder().decode(whole).replace('untainted-kernel 1 ', 'untainted-kernel 2 ');
    expect(refusal(new TextEncoder().encode(text))).toBe(
      "The embedded kernel 'test.bin' has the format 2 where 1 is understood: nothing is known about the kernel's exports; install the extension anew or choose a folder of kernel headers.",
    );
  });

  test('nothing, garbage', () => {
    expect(refusal(new Uint8Array())).toContain('is not in the form');
    expect(refusal(new Uint8Array(5000).fill(7))).toContain('is not in the form');
  });

  test('a changed byte or a missing end, anywhere', () => {
    for (let i = 0; i < whole.length; i++) {
      const changed = whole.slice();
      changed[i] = (changed[i] ?? 0) ^ 1;
      refusal(changed);
      refusal(whole.slice(0, i));
    }
  });

  test('columns that do not fit together', () => {
    const fitting = new TextDecoder().decode(whole.subarray(whole.indexOf(10) + 1));
    for (const [from, to] of [
      ['["m",1]', '["m",2]'],
      ['"kindOf":[0]', '"kindOf":[9]'],
      ['"names":"a"', '"names":"a b"'],
      ['"licenses":', '"lizenzes":'],
    ] as const) {
      const body = new TextEncoder().encode(fitting.replace(from, to));
      let hash = 0x811c9dc5;
      for (const byte of body) hash = Math.imul(hash ^ byte, 0x01000193);
      const sum = (hash >>> 0).toString(16).padStart(8, '0');
      refusal(Uint8Array.from([...new TextEncoder().encode(`untainted-kernel 1 ${sum}\n`), ...body]));
    }
  });
});

describe('the shipped kernels', () => {
  const folder = new URL('../../server/kernels/', import.meta.url);
  const index: { name: string; release: string; exports: number }[] = JSON.parse(
    readFileSync(new URL('index.json', folder), 'utf8'),
  );

  test.each(index)('$name', ({ name, release, exports }) => {
    const packed = readFileSync(new URL(`${name}.bin`, folder));
    const { kernel, problems } = readEmbedded(brotliDecompressSync(packed), name);
    expect(problems).toEqual([]);
    expect(kernel.release).toBe(release);
    expect(kernel.exports.size).toBe(exports);
    expect(kernel.exports.get('ktime_get')).toEqual({
      name: 'ktime_get',
      isGplOnly: true,
      namespace: '',
      provider: 'vmlinux',
    });
    expect(kernel.config.get('CONFIG_MODULES')).toBe('y');
    expect(packed.length).toBeLessThan(600_000);
  });
});
