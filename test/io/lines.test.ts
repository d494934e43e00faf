import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readText, stampOf } from '../../server/src/io/disk';
import { LineMaps } from '../../server/src/io/lines';
import { makeFolder, write } from '../lsp/editor';

test('lines of a file are counted once, and again when it is another text', () => {
  const folder = makeFolder({ 'a.h': 'int a;\nint b;\n' });
  const path = join(folder, 'a.h');
  let reads = 0;
  const text = (file: string) => {
    reads++;
    const result = readText(file);
    return 'text' in result ? result.text : undefined;
  };
  const lines = new LineMaps({ text, stamp: stampOf });
  expect(lines.get(path)?.position(7)).toEqual({ line: 1, column: 0 });
  expect(lines.get(path)?.lineCount).toBe(3);
  expect(reads).toBe(1);
  write(path, '\n\nint a;\n');
  // As if it had been written a while later.
  utimesSync(path, new Date(), new Date(Date.now() + 5000));
  expect(lines.get(path)?.position(7)).toEqual({ line: 2, column: 5 });
  expect(reads).toBe(2);
  expect(lines.get(join(folder, 'none.h'))).toBeUndefined();
  expect(stampOf('a\0b')).toBeUndefined();
});
