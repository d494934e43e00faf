import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CodeLens } from 'vscode-languageserver/node';
import { type Editor, embedded, fullCapabilities, makeFolder, pause, startEditor, toUri, until } from './editor';
import { headers, pair, secret } from './samples';

const commands = ['untainted.whatIf', 'untainted.showPlaces'];

const lenses = (editor: Editor, file: string) =>
  editor.request<CodeLens[] | null>('textDocument/codeLens', { textDocument: { uri: toUri(file) } });
const resolved = (editor: Editor, lens: CodeLens | undefined) => editor.request<CodeLens>('codeLens/resolve', lens);
const lines = (all: readonly CodeLens[] | null) =>
  all?.map(({ range, command }) => `${range.start.line + 1}: ${command?.title ?? '?'}`);

async function openPair(options: object, name: string): Promise<{ editor: Editor; file: string; folder: string }> {
  const folder = makeFolder(pair);
  const editor = await startEditor({ folders: [folder], ...options });
  const file = join(folder, name);
  await editor.open(file);
  return { editor, file, folder };
}

test('how the module stands above its license, and who uses an export', async () => {
  const { editor, file, folder } = await openPair({ initializationOptions: { commands } }, 'core_main.c');
  const all = await lenses(editor, file);
  expect(lines(all)).toEqual(['12: core: 0 GPL-only symbols, direct uses only, GPL', '9: ?']);
  expect(all?.[0]?.command).toMatchObject({
    command: 'untainted.whatIf',
    arguments: [toUri(file), join(folder, 'core')],
  });
  const { command } = await resolved(editor, all?.[1]);
  expect(command).toMatchObject({ title: 'used by 1 module, which is proprietary', command: 'untainted.showPlaces' });
  const [uri, position, places] = command?.arguments ?? [];
  expect([uri, position]).toEqual([toUri(file), { line: 8, character: 18 }]);
  const user = toUri(join(folder, 'user.c'));
  expect(places).toMatchObject([
    { uri: user, range: { start: { line: 5 } } },
    { uri: user, range: { start: { line: 6 } } },
  ]);
  await editor.open(join(folder, 'user.c'));
  const other = await lenses(editor, join(folder, 'user.c'));
  expect(lines(other)).toEqual(['20: user: 1 GPL-only symbol, direct uses only, Proprietary']);
});

test('an export that nobody uses any more', async () => {
  const { editor, file, folder } = await openPair({ initializationOptions: { commands } }, 'core_io.c');
  const user = join(folder, 'user.c');
  await editor.open(user);
  await editor.replace(user, 'core_stop();', '');
  await editor.replace(user, 'core_toggle(1)', '0');
  const [lens] = (await lenses(editor, file)) ?? [];
  expect((await resolved(editor, lens)).command).toEqual({ title: 'used by no other module here', command: '' });
});

test('without commands of its own a client gets lines to read only', async () => {
  const { editor, file } = await openPair({}, 'core_main.c');
  const [license, exported] = (await lenses(editor, file)) ?? [];
  expect(license?.command).toEqual({ title: 'core: 0 GPL-only symbols, direct uses only, GPL', command: '' });
  expect((await resolved(editor, exported)).command).toEqual({
    title: 'used by 1 module, which is proprietary',
    command: '',
  });
});

test('switched off', async () => {
  const { editor, file } = await openPair({ settings: { ...embedded, codeLens: false } }, 'core_main.c');
  expect(await lenses(editor, file)).toBeNull();
});

test('exact uses replace the direct ones, and the editor is told to ask again', async () => {
  const kernel = makeFolder(headers);
  const folder = makeFolder({ 'secret.c': secret, Makefile: 'obj-m := secret.o\n' });
  const { workspace } = fullCapabilities;
  const capabilities = { ...fullCapabilities, workspace: { ...workspace, codeLens: { refreshSupport: true } } };
  const editor = await startEditor({ folders: [folder], settings: { kernel }, capabilities });
  let refreshes = 0;
  editor.connection.onRequest('workspace/codeLens/refresh', () => {
    refreshes++;
    return null;
  });
  const file = join(folder, 'secret.c');
  await editor.open(file);
  const line = secret.split('\n').findIndex((text) => text.startsWith('MODULE_LICENSE'));
  const wanted = [`${line + 1}: secret: 2 GPL-only symbols, Proprietary`];
  for (let left = 200; left > 0; left--) {
    if (JSON.stringify(lines(await lenses(editor, file))) === JSON.stringify(wanted)) break;
    await pause(25);
  }
  expect(lines(await lenses(editor, file))).toEqual(wanted);
  await until(() => refreshes > 0);
});
