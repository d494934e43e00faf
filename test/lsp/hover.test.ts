import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { MarkupContent } from 'vscode-languageserver/node';
import { type Editor, fullCapabilities, makeFolder, startEditor } from './editor';
import { clean, proprietary } from './samples';

test('a GPL-only symbol in a proprietary module', async () => {
  const { editor, file } = await open(proprietary);
  const hover = await editor.hover(file, 'dma_buf_get');
  expect(hover?.range).toEqual({ start: { line: 6, character: 26 }, end: { line: 6, character: 37 } });
  const text = await said(editor, file, 'dma_buf_get');
  expect(text).toContain('`dma_buf_get` is exported **GPL-only** by `vmlinux`.');
  expect(text).toContain('Namespace: `DMA_BUF`');
  expect(text).toMatch(/Kernel `6\.1[^`]*` \(embedded\)/);
  expect(text).toContain('`a.ko` may not use it: its license (`"Proprietary"`) is not compatible with the GPL.');
});

test('what a local macro reaches', async () => {
  const macro = '#define my_get(fd) dma_buf_get(fd)\n\nstatic int __init';
  const text = proprietary.replace('static int __init', macro).replace('= dma_buf_get(0)', '= my_get(0)');
  const { editor, file } = await open(text);
  expect(await said(editor, file, 'my_get(0)')).toMatch(
    /`dma_buf_get` is exported[\s\S]*Reached through `my_get\(\)`\./,
  );
});

test('a symbol for everybody, and one that is not a symbol', async () => {
  const body = 'int kfree = 1;\n\tprintk("x");\n\treturn kfree;';
  const { editor, file } = await open(proprietary.replace('return 0;', body));
  expect(await said(editor, file, 'printk("x")')).toBeUndefined();
  expect(await said(editor, file, 'kfree;')).toBeUndefined();
  expect(await said(editor, file, 'buffer')).toBeUndefined();
  const vfree = await open(proprietary.replace('return 0;', 'vfree(buffer);\n\treturn 0;'));
  expect(await said(vfree.editor, vfree.file, 'vfree')).toContain('to modules of **any license** by `vmlinux`');
});

test('a name that the module defines itself', async () => {
  const own = 'static void vfree(void *p)\n{\n}\n\nstatic int __init';
  const { editor, file } = await open(
    clean.replace('static int __init', own).replace('return 0', 'vfree(0);\n\treturn 0'),
  );
  expect(await said(editor, file, 'vfree(0)')).toBeUndefined();
});

test('licenses and exports of its own', async () => {
  const { editor, file } = await open(
    `${clean}int shared(void)\n{\n\treturn 0;\n}\nEXPORT_SYMBOL_NS_GPL(shared, OURS);\n`,
  );
  expect(await said(editor, file, '"GPL"')).toContain('`"GPL"` is compatible with the GPL');
  expect(await said(editor, file, 'shared, OURS')).toBe(
    '`shared` is exported to modules with a GPL-compatible license only in the namespace `OURS`.',
  );
});

test('plain text where Markdown is not understood', async () => {
  const textDocument = { ...fullCapabilities.textDocument, hover: {} };
  const { editor, file } = await open(proprietary, { ...fullCapabilities, textDocument });
  expect(await said(editor, file, 'dma_buf_get')).toContain('dma_buf_get is exported GPL-only by vmlinux.');
});

async function open(text: string, capabilities = fullCapabilities): Promise<{ editor: Editor; file: string }> {
  const folder = makeFolder({ 'a.c': text });
  const editor = await startEditor({ folders: [folder], capabilities });
  const file = join(folder, 'a.c');
  await editor.open(file);
  return { editor, file };
}

async function said(editor: Editor, file: string, needle: string): Promise<string | undefined> {
  const hover = await editor.hover(file, needle);
  return (hover?.contents as MarkupContent | undefined)?.value;
}
