import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { InlayHint, Range, SemanticTokens } from 'vscode-languageserver/node';
import {
  type Editor,
  type EditorOptions,
  embedded,
  fullCapabilities,
  makeFolder,
  pause,
  startEditor,
  toUri,
  wholeFile,
} from './editor';
import { headers, proprietary, secret } from './samples';

const textDocument = {
  ...fullCapabilities.textDocument,
  semanticTokens: {
    requests: { full: true, range: true },
    tokenTypes: [],
    tokenModifiers: [],
    formats: ['relative' as const],
  },
};
const capabilities = { ...fullCapabilities, textDocument };

async function open(text: string, options: EditorOptions = {}): Promise<{ editor: Editor; file: string }> {
  const folder = makeFolder({ 'a.c': text, Makefile: 'obj-m := a.o\n' });
  const editor = await startEditor({ folders: [folder], capabilities, ...options });
  const file = join(folder, 'a.c');
  await editor.open(file);
  return { editor, file };
}

const hints = (editor: Editor, file: string, range: Range = wholeFile) =>
  editor.request<InlayHint[] | null>('textDocument/inlayHint', { textDocument: { uri: toUri(file) }, range });
const tokens = (editor: Editor, file: string, range?: Range) =>
  editor.request<SemanticTokens | null>(
    range ? 'textDocument/semanticTokens/range' : 'textDocument/semanticTokens/full',
    { textDocument: { uri: toUri(file) }, ...(range && { range }) },
  );
const lines = (from: number, to: number) => ({
  start: { line: from, character: 0 },
  end: { line: to, character: 0 },
});

test('hints behind the names of a range, for those who want them', async () => {
  const { editor, file } = await open(proprietary, { settings: { ...embedded, inlayHints: true } });
  const all = await hints(editor, file);
  expect(all).toEqual([
    {
      position: { line: 6, character: 37 },
      label: 'GPL',
      paddingLeft: true,
      tooltip: "'dma_buf_get' is exported GPL-only",
    },
    {
      position: { line: 7, character: 12 },
      label: 'GPL',
      paddingLeft: true,
      tooltip: "'dma_buf_put' is exported GPL-only",
    },
  ]);
  expect(await hints(editor, file, lines(7, 8))).toEqual(all?.slice(1));
  expect(await hints(editor, file, lines(0, 3))).toEqual([]);
  await editor.replace(file, '\tdma_buf_put(buffer);\n', '');
  expect(await hints(editor, file)).toEqual(all?.slice(0, 1));
});

test('no hints unless they are switched on', async () => {
  const { editor, file } = await open(proprietary);
  expect(await hints(editor, file)).toBeNull();
});

test('tokens of a file and of a range', async () => {
  const { editor, file } = await open(proprietary);
  expect(editor.initialized?.capabilities.semanticTokensProvider).toEqual({
    legend: { tokenTypes: ['gplOnlySymbol'], tokenModifiers: ['indirect'] },
    full: true,
    range: true,
  });
  expect((await tokens(editor, file))?.data).toEqual([6, 26, 11, 0, 0, 1, 1, 11, 0, 0]);
  expect((await tokens(editor, file, lines(7, 8)))?.data).toEqual([7, 1, 11, 0, 0]);
  expect((await tokens(editor, file, lines(0, 2)))?.data).toEqual([]);
});

test('what leads through the kernel headers is told apart', async () => {
  const kernel = makeFolder(headers);
  const { editor, file } = await open(secret, { settings: { kernel, inlayHints: true } });
  for (let left = 200; left > 0 && (await tokens(editor, file))?.data.length !== 10; left--) await pause(25);
  expect((await tokens(editor, file))?.data).toEqual([5, 1, 9, 0, 1, 1, 1, 9, 0, 1]);
  expect((await hints(editor, file))?.map(({ tooltip }) => tooltip)).toEqual([
    "'__work_init' is exported GPL-only; reached through INIT_WORK()",
    "'__lock_slow' is exported GPL-only; reached through take_lock()",
  ]);
});

test('a client without tokens, or with better ones, is not offered any', async () => {
  const { editor } = await open(proprietary, { capabilities: fullCapabilities });
  expect(editor.initialized?.capabilities.semanticTokensProvider).toBeUndefined();
  const other = await open(proprietary, { initializationOptions: { semanticTokens: false } });
  expect(other.editor.initialized?.capabilities.semanticTokensProvider).toBeUndefined();
});
