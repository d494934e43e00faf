import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { LicenseChoices, ModuleDetails, Modules, WhatIfAnswer } from '../../server/src/lsp/protocol';
import { type Editor, makeFolder, pause, positionAt, startEditor, toUri, until } from './editor';
import { clean, proprietary } from './samples';

const changes = (editor: Editor) =>
  editor.notified.filter(({ method }) => method === 'untainted/modulesChanged').length;

test('every module with its license, findings, symbols and providers', async () => {
  const folder = makeFolder({
    'clean.c': clean,
    'sub/secret.c': proprietary,
    Makefile: 'obj-m := clean.o sub/\n',
    'sub/Makefile': 'obj-m := secret.o\n',
  });
  const editor = await startEditor({ folders: [folder] });
  const { folders } = await editor.request<Modules>('untainted/modules', {});
  expect(folders).toMatchObject([{ uri: toUri(folder), kernel: { origin: 'embedded' } }]);
  const [first, second] = folders[0]?.modules ?? [];
  expect(first).toMatchObject({
    name: 'clean',
    folder: '',
    verdict: 'compatible',
    licenses: ['GPL'],
    errors: 0,
    gplOnly: 0,
  });
  expect(second).toMatchObject({
    name: 'secret',
    folder: 'sub',
    verdict: 'incompatible',
    licenses: ['Proprietary'],
    errors: 4,
    gplOnly: 2,
    isExact: false,
    providers: [{ name: 'vmlinux', symbols: 2, gplOnly: 2 }],
    place: { uri: toUri(join(folder, 'sub/secret.c')), range: { start: { line: 13, character: 15 } } },
  });
  const details = await editor.request<ModuleDetails>('untainted/module', { path: second?.path });
  expect(details).toMatchObject({
    licenses: [{ text: 'Proprietary', isCompatible: false }],
    members: [{ name: 'secret.c', uri: toUri(join(folder, 'sub/secret.c')) }],
    providers: [{ name: 'vmlinux', gplOnly: 2, symbols: [{ name: 'dma_buf_get' }, { name: 'dma_buf_put' }] }],
  });
  expect(await editor.request('untainted/module', { path: join(folder, 'none') })).toBeNull();
});

test('the editor is told once of a change, and again only after it has asked', async () => {
  const folder = makeFolder({ 'clean.c': clean, Makefile: 'obj-m := clean.o\n' });
  const editor = await startEditor({ folders: [folder] });
  const file = join(folder, 'clean.c');
  await editor.open(file);
  await editor.pull(file);
  await pause(400);
  expect(changes(editor)).toBe(0);
  await editor.request('untainted/modules', {});
  await editor.replace(file, '"GPL"', '"Dual MIT/GPL"');
  await until(() => changes(editor) === 1);
  await editor.replace(file, '"Dual MIT/GPL"', '"GPLv2"');
  await pause(400);
  expect(changes(editor)).toBe(1);
  const { folders } = await editor.request<Modules>('untainted/modules', {});
  expect(folders[0]?.modules).toMatchObject([{ licenses: ['GPLv2'], verdict: 'incompatible', errors: 1 }]);
});

test('what another license would break', async () => {
  const folder = makeFolder({ 'secret.c': proprietary, Makefile: 'obj-m := secret.o\n' });
  const editor = await startEditor({ folders: [folder] });
  const uri = toUri(join(folder, 'secret.c'));
  const question = { uri, module: null };
  const choices = await editor.request<LicenseChoices>('untainted/licenses', question);
  expect(choices.modules).toEqual(['secret']);
  expect(choices.strings.filter((one) => one.isCurrent).map(({ value }) => value)).toEqual(['Proprietary']);
  const ask = (license: string) => editor.request<WhatIfAnswer>('untainted/whatIf', { ...question, license });
  expect(await ask('GPL')).toMatchObject({ isCompatible: true, modules: [{ verdict: 'compatible', refused: [] }] });
  const line = (n: number) => ({ place: { uri, range: { start: { line: n } } }, through: [] });
  expect(await ask('MIT')).toMatchObject({
    isCompatible: false,
    modules: [
      {
        name: 'secret',
        isTainting: true,
        refused: [
          { name: 'dma_buf_get', uses: [line(6)] },
          { name: 'dma_buf_put', uses: [line(7)] },
        ],
        namespaces: ['DMA_BUF'],
      },
    ],
  });
  expect(
    await editor.request('untainted/whatIf', { uri: toUri('/nowhere.c'), module: null, license: 'GPL' }),
  ).toBeNull();
});

test('the question is offered on the license line, to an editor that has the command', async () => {
  const folder = makeFolder({ 'secret.c': proprietary, Makefile: 'obj-m := secret.o\n' });
  const file = join(folder, 'secret.c');
  const at = (needle: string) => {
    const start = positionAt(proprietary, proprietary.indexOf(needle));
    return { start, end: start };
  };
  const editor = await startEditor({ folders: [folder], initializationOptions: { commands: ['untainted.whatIf'] } });
  await editor.open(file);
  const title = 'What breaks under another license?';
  expect(await editor.actions(file, at('MODULE_LICENSE'), ['refactor'])).toEqual([
    { title, kind: 'refactor', command: { title, command: 'untainted.whatIf', arguments: [toUri(file)] } },
  ]);
  expect(await editor.actions(file, at('dma_buf_get'), ['refactor'])).toEqual([]);
  const plain = await startEditor({ folders: [folder] });
  await plain.open(file);
  expect(await plain.actions(file, at('MODULE_LICENSE'), ['refactor'])).toEqual([]);
});
