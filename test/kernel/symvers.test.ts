import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exportTable, mergeExports } from '../../server/src/core/kernel/exports';
import { parseSymvers } from '../../server/src/core/kernel/symvers';

const file = '/k/Module.symvers';
const lines = (...rows: readonly (readonly string[])[]) => rows.map((row) => `${row.join('\t')}\n`).join('');
const plain = (text: string) => parseSymvers(text, file).exports.map(({ at: _, ...rest }) => rest);

describe('layouts', () => {
  const expected = [
    { name: 'ktime_get', isGplOnly: true, namespace: '', provider: 'vmlinux' },
    { name: 'dma_buf_get', isGplOnly: false, namespace: 'DMA_BUF', provider: 'drivers/dma-buf/dma-buf' },
  ];

  test('five columns', () => {
    const text = lines(
      ['0x3c3ff9fd', 'ktime_get', 'vmlinux', 'EXPORT_SYMBOL_GPL', ''],
      ['0x00000000', 'dma_buf_get', 'drivers/dma-buf/dma-buf', 'EXPORT_SYMBOL', 'DMA_BUF'],
    );
    expect(plain(text)).toEqual(expected);
  });

  test('the namespace in the third column', () => {
    const text = lines(
      ['0x3c3ff9fd', 'ktime_get', '', 'vmlinux', 'EXPORT_SYMBOL_GPL'],
      ['0x00000000', 'dma_buf_get', 'DMA_BUF', 'drivers/dma-buf/dma-buf', 'EXPORT_SYMBOL'],
    );
    expect(plain(text)).toEqual(expected);
  });

  test('four columns', () => {
    expect(plain(lines(['0x3c3ff9fd', 'ktime_get', 'vmlinux', 'EXPORT_SYMBOL_GPL']))).toEqual([expected[0]]);
  });

  test('a namespace that looks like an export type', () => {
    const namespace = 'EXPORTED_FOR_KUNIT_TESTING';
    expect(plain(lines(['0x1', 'a', 'm', 'EXPORT_SYMBOL', namespace]))[0]).toMatchObject({ namespace, provider: 'm' });
    expect(plain(lines(['0x1', 'a', namespace, 'm', 'EXPORT_SYMBOL']))[0]).toMatchObject({ namespace, provider: 'm' });
  });

  test('historic export types', () => {
    const types = ['EXPORT_UNUSED_SYMBOL', 'EXPORT_UNUSED_SYMBOL_GPL', 'EXPORT_SYMBOL_GPL_FUTURE'];
    const text = lines(...types.map((type) => ['0x1', type.toLowerCase(), 'vmlinux', type]));
    expect(plain(text).map((one) => one.isGplOnly)).toEqual([false, true, false]);
  });

  test('CRLF, empty lines and a byte order mark', () => {
    const { exports, problems } = parseSymvers(
      '\ufeff0x1\ta\tm\tEXPORT_SYMBOL\t\r\n\r\n0x1\tb\tm\tEXPORT_SYMBOL\tN\r\n',
      file,
    );
    expect(exports.map((one) => [one.name, one.namespace])).toEqual([
      ['a', ''],
      ['b', 'N'],
    ]);
    expect(problems).toEqual([]);
  });

  test('an export knows its line', () => {
    const text = '0x1\ta\tm\tEXPORT_SYMBOL\t\r\n0x2\tbc\tm\tEXPORT_SYMBOL\t\n';
    const spans = parseSymvers(text, file).exports.map((one) => one.at?.span);
    expect(spans.map((span) => text.slice(span?.start, span?.end))).toEqual([
      '0x1\ta\tm\tEXPORT_SYMBOL\t',
      '0x2\tbc\tm\tEXPORT_SYMBOL\t',
    ]);
  });
});

describe('bad input', () => {
  const good = '0x1\ta\tm\tEXPORT_SYMBOL\t\n';

  test('garbage is reported once, at its first line, and the rest is read', () => {
    const { exports, problems } = parseSymvers(
      `${good}\0\x01garbage\n${good.replace('a', 'b')}0x1 c m EXPORT_SYMBOL\n`,
      file,
    );
    expect(exports.map((one) => one.name)).toEqual(['a', 'b']);
    expect(problems).toEqual([
      {
        message: `'${file}' has 2 lines (the first is 2) that are not 'CRC, symbol, module, export type' apart by tabs: what they export is not known.`,
        file,
        span: { start: good.length, end: good.length + 9 },
      },
    ]);
  });

  test('an unknown export type makes no claim', () => {
    const { exports, problems } = parseSymvers(`0x1\tx\tm\tEXPORT_SYMBOL_MAGIC\t\n0x1\ty\tm\t(unknown)\n${good}`, file);
    expect(exports.map((one) => one.name)).toEqual(['a']);
    expect(problems.map((one) => one.message)).toEqual([
      `'${file}' has 2 lines (the first is 1) with an unknown export type 'EXPORT_SYMBOL_MAGIC': what they export is not known.`,
    ]);
  });

  test.each(['0x1\tb', '0x1\tb\tm\tEXPORT_SYM', '0x1\tb\tm\tEXPORT_SYMBOL\tDMA_B'])('cut off at %j', (rest) => {
    const { exports, problems } = parseSymvers(good + rest, file);
    expect(exports.map((one) => one.name)).toEqual(['a']);
    expect(problems.map((one) => one.message)).toEqual([
      `'${file}' ends within line 2: it seems to be cut off, so exports may be missing; build the kernel again or install its headers anew.`,
    ]);
  });

  test('a whole last line counts, though its end is not written', () => {
    const { exports, problems } = parseSymvers(good.trimEnd(), file);
    expect(exports).toHaveLength(1);
    expect(problems).toHaveLength(1);
  });

  test('anything at all is read without throwing, with few problems', () => {
    const piece = fc.oneof(
      fc.constantFrom('\t', '\n', '\r', '0x1', 'EXPORT_SYMBOL', 'EXPORT_SYMBOL_GPL', 'name', good),
      fc.string(),
    );
    const property = fc.property(fc.array(piece), (pieces) => {
      const text = pieces.join('');
      const { exports, problems } = parseSymvers(text, file);
      expect(problems.length).toBeLessThanOrEqual(3);
      for (const one of exports) expect(text.slice(one.at?.span.start, one.at?.span.end)).toContain(one.name);
    });
    fc.assert(property);
  });

  test('a text cut anywhere gives the exports of its whole lines', () => {
    const text = lines(
      ['0x1', 'a', 'm', 'EXPORT_SYMBOL_GPL', ''],
      ['0x1', 'b', 'm', 'EXPORT_SYMBOL', 'NS'],
      ['0x1', 'c', 'm', 'EXPORT_SYMBOL', ''],
    );
    const whole = plain(text);
    for (let length = 0; length < text.length; length++) {
      const cut = text.slice(0, length);
      const ended = cut.split('\n').length - 1;
      expect(plain(cut).slice(0, ended)).toEqual(whole.slice(0, ended));
      expect(plain(cut).length).toBeLessThanOrEqual(ended + 1);
    }
  });
});

test('a later file replaces exports of modules, never those of vmlinux', () => {
  const read = (text: string) => parseSymvers(text, file).exports;
  const kernel = exportTable(read(lines(['0x1', 'a', 'vmlinux', 'EXPORT_SYMBOL'], ['0x1', 'b', 'm', 'EXPORT_SYMBOL'])));
  const extra = read(
    lines(
      ['0x1', 'a', '/x/y', 'EXPORT_SYMBOL_GPL'],
      ['0x1', 'b', '/x/y', 'EXPORT_SYMBOL_GPL'],
      ['0x1', 'c', '/x/y', 'EXPORT_SYMBOL'],
    ),
  );
  const merged = mergeExports(kernel, extra);
  expect([...merged].map((one) => `${one.name} ${one.provider}`)).toEqual(['a vmlinux', 'b /x/y', 'c /x/y']);
  expect(kernel.size).toBe(2);
  expect(merged.size).toBe(3);
});
