import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ClientCapabilities, DocumentSymbol, SymbolInformation } from 'vscode-languageserver/node';
import { matchScore } from '../../server/src/core/features/find';
import { fullCapabilities, makeFolder, placesOf, startEditor, toUri } from './editor';
import { headers, pair } from './samples';

const withTree = {
  ...fullCapabilities,
  textDocument: {
    ...fullCapabilities.textDocument,
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
  },
};

async function outlines(capabilities: ClientCapabilities = withTree) {
  const folder = makeFolder(pair);
  const editor = await startEditor({ folders: [folder], capabilities });
  return (name: string) => {
    const textDocument = { uri: toUri(join(folder, name)) };
    return editor.request<(DocumentSymbol & SymbolInformation)[]>('textDocument/documentSymbol', { textDocument });
  };
}

/** `name (detail) from-to`, lines from 1, children indented. */
function drawn(symbols: readonly DocumentSymbol[], indent = ''): string[] {
  return symbols.flatMap(({ name, detail, range, children }) => [
    `${indent}${name} (${detail}) ${range.start.line + 1}-${range.end.line + 1}`,
    ...drawn(children ?? [], `${indent}  `),
  ]);
}

test("a source's tags under its module, and its exports; a Makefile's modules with their objects", async () => {
  const outlineOf = await outlines();
  expect(drawn(await outlineOf('core_main.c'))).toEqual([
    'core_start (exported GPL-only) 9-9',
    'core (GPL) 11-12',
    '  MODULE_DESCRIPTION (Starts and stops) 11-11',
    '  MODULE_LICENSE (GPL) 12-12',
  ]);
  expect(drawn(await outlineOf('core_io.c'))).toEqual(['core_stop (exported in CORE_IO) 8-8']);
  expect(drawn(await outlineOf('user.c'))).toEqual([
    'user (Proprietary) 18-20',
    '  MODULE_IMPORT_NS (CORE_IO) 18-18',
    '  MODULE_DESCRIPTION (Uses them) 19-19',
    '  MODULE_LICENSE (Proprietary) 20-20',
  ]);
  expect(drawn(await outlineOf('Makefile'))).toEqual([
    'core (GPL) 1-1',
    '  core_main.o () 2-2',
    '  core_io.o () 2-2',
    'user (Proprietary) 1-1',
  ]);
});

test('a list where trees are not understood', async () => {
  const outlineOf = await outlines(fullCapabilities);
  const list = await outlineOf('user.c');
  expect(list.map(({ name, containerName }) => [name, containerName])).toEqual([
    ['user', undefined],
    ['MODULE_IMPORT_NS', 'user'],
    ['MODULE_DESCRIPTION', 'user'],
    ['MODULE_LICENSE', 'user'],
  ]);
});

test('exports, modules and namespaces of the workspace, then the exports of the kernel', async () => {
  const kernel = makeFolder(headers);
  const more = 'void not__lock_slowly(void)\n{\n}\nEXPORT_SYMBOL(not__lock_slowly);\nMODULE_LICENSE("GPL");\n';
  const folder = makeFolder({ ...pair, Makefile: `${pair.Makefile}obj-m += more.o\n`, 'more.c': more });
  const editor = await startEditor({ folders: [folder], settings: { kernel } });
  const found = async (query: string) => {
    const symbols = await editor.request<SymbolInformation[]>('workspace/symbol', { query });
    const at = placesOf(
      symbols.map(({ location }) => location),
      folder,
    );
    return symbols.map(({ name, containerName }, i) => `${name} (${containerName}) ${at?.[i]}`);
  };
  expect(await found('')).toEqual([
    'core (Makefile) Makefile:1: core.o',
    'more (Makefile) Makefile:3: more.o',
    'user (Makefile) Makefile:1: user.o',
    'CORE_IO (core) core_io.c:8: core_stop',
    'core_stop (core) core_io.c:8: core_stop',
    'core_start (core) core_main.c:9: core_start',
    'not__lock_slowly (more) more.c:4: not__lock_slowly',
  ]);
  expect(await found('cstop')).toEqual(['core_stop (core) core_io.c:8: core_stop']);
  expect(await found('CIO')).toEqual(['CORE_IO (core) core_io.c:8: core_stop']);
  expect(await found('ne')).toEqual([]);
  const line = '0x2\t__lock_slow\tvmlinux\tEXPORT_SYMBOL_GPL\t';
  expect((await found('lock slow'))[1]).toMatch(/^__lock_slow \(vmlinux, GPL-only\) .*Module\.symvers:2: /);
  expect((await found('__lock_slow')).map((one) => one.split(' ')[0])).toEqual(['__lock_slow', 'not__lock_slowly']);
  expect((await found('slow'))[1]?.endsWith(line)).toBe(true);
});

test('the better a name answers, the more', () => {
  const order = ['get', 'get_page', 'dma_buf_get', 'target', 'g_e_t', 'gxextx'];
  const scores = order.map((name) => matchScore(name, 'get') ?? Number.NaN);
  expect(scores.every((score, i) => i === 0 || (scores[i - 1] ?? 0) > score)).toBe(true);
  expect(matchScore('teg', 'get')).toBeUndefined();
  expect(matchScore('anything', '')).toBeDefined();
});
