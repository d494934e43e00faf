import { join } from 'node:path';
import { expect, test } from 'vitest';
import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  CallHierarchyOutgoingCall,
} from 'vscode-languageserver/node';
import { type Editor, makeFolder, pause, placesOf, startEditor, toUri } from './editor';
import { headers, pair, secret } from './samples';

async function open(files: Readonly<Record<string, string>>, name: string, kernel = 'embedded') {
  const folder = makeFolder(files);
  const editor = await startEditor({ folders: [folder], settings: { kernel } });
  const file = join(folder, name);
  await editor.open(file);
  return { editor, folder, file };
}

async function prepared(editor: Editor, file: string, needle: string): Promise<CallHierarchyItem[]> {
  return (await editor.request('textDocument/prepareCallHierarchy', editor.at(file, needle))) ?? [];
}

/** `name: places of the calls` of every caller. */
async function callers(editor: Editor, item: CallHierarchyItem | undefined, folder: string) {
  const calls = await editor.request<CallHierarchyIncomingCall[]>('callHierarchy/incomingCalls', { item });
  const drawn = calls.map(({ from, fromRanges }) => {
    const places = fromRanges.map((range) => ({ uri: from.uri, range }));
    return `${from.name} (${from.detail}): ${placesOf(places, folder)?.join(', ')}`;
  });
  return { drawn, items: calls.map(({ from }) => from) };
}

async function callees(editor: Editor, item: CallHierarchyItem | undefined, folder: string) {
  const calls = await editor.request<CallHierarchyOutgoingCall[]>('callHierarchy/outgoingCalls', { item });
  const drawn = calls.map(({ to, fromRanges }) => {
    const places = fromRanges.map((range) => ({ uri: item?.uri ?? '', range }));
    return `${to.name} (${to.detail}): ${placesOf(places, folder)?.join(', ')}`;
  });
  return { drawn, items: calls.map(({ to }) => to) };
}

test('an export of the workspace: its callers in every module, through the macro between', async () => {
  const { editor, folder, file } = await open(pair, 'user.c');
  const [symbol] = await prepared(editor, file, 'core_start(1)');
  expect([symbol?.name, symbol?.detail, symbol?.uri]).toEqual([
    'core_start',
    'GPL-only, core',
    toUri(join(folder, 'core_main.c')),
  ]);
  const { drawn, items } = await callers(editor, symbol, folder);
  expect(drawn.sort()).toEqual([
    'core_stop (core_io.c, core.ko): core_io.c:6: core_start',
    'core_toggle (core.h): core.h:3: core_toggle',
    'user_init (user.c, user.ko): user.c:6: core_start',
  ]);
  const macro = items.find(({ name }) => name === 'core_toggle');
  expect((await callers(editor, macro, folder)).drawn).toEqual(['user_init (user.c, user.ko): user.c:7: core_toggle']);
  const reached = await callees(editor, macro, folder);
  expect(reached.items.map(({ name }) => name).sort()).toEqual(['core_start', 'core_stop']);
});

test('a function: what it reaches, and who calls it', async () => {
  const { editor, folder, file } = await open(pair, 'user.c');
  const [exit] = await prepared(editor, file, 'user_exit(void)');
  expect((await callees(editor, exit, folder)).drawn).toEqual([
    'core_stop (core): user.c:13: core_stop',
    'vfree (vmlinux): user.c:14: vfree',
  ]);
  const core = join(folder, 'core_main.c');
  await editor.open(core);
  const [start] = await prepared(editor, core, 'core_start(int');
  expect((await callers(editor, start, folder)).items.map(({ name }) => name).sort()).toEqual([
    'core_stop',
    'core_toggle',
    'user_init',
  ]);
  expect(await prepared(editor, file, 'MODULE_LICENSE')).toEqual([]);
});

test("a GPL-only symbol of the kernel: its trail, through the kernel's headers", async () => {
  const kernel = makeFolder(headers);
  const { editor, folder, file } = await open(
    { Makefile: 'obj-m := secret.o\n', 'secret.c': secret },
    'secret.c',
    kernel,
  );
  let [step] = await prepared(editor, file, 'take_lock(lock)');
  for (let left = 200; !step && left > 0; left--) {
    await pause(25);
    [step] = await prepared(editor, file, 'take_lock(lock)');
  }
  expect(step?.uri).toBe(toUri(join(kernel, 'include/linux/module.h')));
  const { drawn, items } = await callees(editor, step, kernel);
  expect(drawn).toEqual(['__lock_slow (GPL-only, vmlinux): include/linux/module.h:6: __lock_slow']);
  const above = await callers(editor, items[0], kernel);
  expect(above.drawn).toEqual(['take_lock (module.h): include/linux/module.h:6: __lock_slow']);
  expect((await callers(editor, above.items[0], folder)).drawn).toEqual([
    'secret (secret.c, secret.ko): secret.c:7: take_lock',
  ]);
  const [secretItem] = await prepared(editor, file, 'secret(int');
  expect((await callees(editor, secretItem, folder)).drawn).toEqual([
    'INIT_WORK (module.h): secret.c:6: INIT_WORK',
    'take_lock (module.h): secret.c:7: take_lock',
  ]);
});

test('an item that nobody made is no item', async () => {
  const { editor, file } = await open(pair, 'user.c');
  const [item] = await prepared(editor, file, 'core_start(1)');
  for (const data of [undefined, null, {}, { folder: '/', node: {} }, { folder: 1, node: { kind: 'symbol' } }]) {
    expect(await editor.request('callHierarchy/incomingCalls', { item: { ...item, data } })).toBeNull();
  }
});
