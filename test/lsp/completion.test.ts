import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ClientCapabilities, CompletionItem, CompletionList } from 'vscode-languageserver/node';
import { type Editor, fullCapabilities, makeFolder, positionAt, startEditor, toUri } from './editor';
import { clean } from './samples';

const capabilities: ClientCapabilities = {
  ...fullCapabilities,
  textDocument: {
    ...fullCapabilities.textDocument,
    completion: { completionItem: { documentationFormat: ['markdown', 'plaintext'], tagSupport: { valueSet: [1] } } },
  },
};

async function open(text: string, given = capabilities): Promise<{ editor: Editor; file: string }> {
  const folder = makeFolder({ 'a.c': text });
  const editor = await startEditor({ folders: [folder], capabilities: given });
  const file = join(folder, 'a.c');
  await editor.open(file);
  return { editor, file };
}

function completeAfter(editor: Editor, file: string, needle: string): Promise<CompletionList | null> {
  const text = editor.text(file);
  const position = positionAt(text, text.indexOf(needle) + needle.length);
  return editor.request('textDocument/completion', { textDocument: { uri: toUri(file) }, position });
}

test('a license while it is typed, at each key', async () => {
  const { editor, file } = await open(clean.replace('MODULE_LICENSE("GPL");', ''));
  expect(editor.initialized?.capabilities.completionProvider?.triggerCharacters).toEqual(['"', '(', ' ']);
  await editor.replace(file, '"Does nothing");\n', '"Does nothing");\nMODULE_LICENSE("');
  const first = await completeAfter(editor, file, 'MODULE_LICENSE("');
  const found = first?.items.find(({ label }) => label === 'Dual MIT/GPL');
  expect(found).toMatchObject({ detail: 'compatible with the GPL', documentation: { kind: 'markdown' } });
  expect(found?.textEdit).toEqual({
    range: { start: { line: 10, character: 16 }, end: { line: 10, character: 16 } },
    newText: 'Dual MIT/GPL");',
  });
  await editor.replace(file, 'MODULE_LICENSE("', 'MODULE_LICENSE("Dual M');
  const later = await completeAfter(editor, file, 'MODULE_LICENSE("Dual M');
  expect(later?.items.find(({ label }) => label === 'Dual MIT/GPL')?.textEdit).toMatchObject({
    range: { start: { line: 10, character: 16 }, end: { line: 10, character: 22 } },
  });
  const old = (item: CompletionItem) => item.tags?.includes(1);
  expect(later?.items.filter(old).map(({ label }) => label)).toEqual(['GPL v2', 'GPL and additional rights']);
  const sorted = later?.items.map(({ sortText }) => sortText ?? '') ?? [];
  expect(sorted).toEqual([...sorted].sort());
});

test('nothing in other code, and nothing for a file that is not open', async () => {
  const { editor, file } = await open(clean);
  expect(await completeAfter(editor, file, 'clean_init(')).toBeNull();
  expect(await completeAfter(editor, file, 'module_init(')).toBeNull();
  expect(await completeAfter(editor, file, 'return ')).toBeNull();
  const uri = toUri(join(file, '../b.c'));
  expect(
    await editor.request('textDocument/completion', { textDocument: { uri }, position: { line: 0, character: 0 } }),
  ).toBeNull();
});

test('a client that knows neither Markdown nor tags', async () => {
  const { editor, file } = await open(clean.replace('GPL-2.0-only', ''), fullCapabilities);
  const list = await completeAfter(editor, file, 'SPDX-License-Identifier: ');
  const found = list?.items.find(({ label }) => label === 'GPL-2.0-only');
  expect(found?.documentation).toContain('Goes with MODULE_LICENSE("GPL").');
  expect(list?.items.every(({ tags }) => tags === undefined)).toBe(true);
});
