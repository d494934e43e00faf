import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder, pause, placesOf, startEditor } from './editor';
import { headers, pair, secret } from './samples';

async function openPair() {
  const folder = makeFolder(pair);
  const editor = await startEditor({ folders: [folder] });
  for (const name of Object.keys(pair)) await editor.open(join(folder, name));
  return async (name: string, needle: string, isAll = false) =>
    placesOf(await editor.references(join(folder, name), needle, isAll), folder)?.sort() ?? null;
}

test('an export: every use of it, from the export, its function and any use', async () => {
  const uses = ['core_io.c:6: core_start', 'user.c:6: core_start', 'user.c:7: core_toggle'];
  const used = await openPair();
  expect(await used('core_main.c', 'core_start);')).toEqual(uses);
  expect(await used('core_main.c', 'core_start(int')).toEqual(uses);
  expect(await used('user.c', 'core_start(1)')).toEqual(uses);
  const declared = ['core_main.c:5: core_start', 'core_main.c:9: core_start'];
  expect(await used('user.c', 'core_start(1)', true)).toEqual([...uses, ...declared].sort());
  expect(await used('user.c', 'core_toggle(1)')).toEqual(['user.c:7: core_toggle']);
});

test('a symbol of the kernel; a namespace: its imports and the uses of its symbols', async () => {
  const used = await openPair();
  expect(await used('user.c', 'vfree')).toEqual(['user.c:14: vfree']);
  expect(await used('user.c', 'user_init(void)')).toBeNull();
  const uses = ['user.c:13: core_stop', 'user.c:18: CORE_IO', 'user.c:7: core_toggle'];
  expect(await used('user.c', 'CORE_IO')).toEqual(uses);
  expect(await used('core_io.c', 'CORE_IO', true)).toEqual(['core_io.c:8: core_stop', ...uses]);
});

test('a module of a Makefile: its words and who uses it', async () => {
  const used = await openPair();
  expect(await used('Makefile', 'core.o')).toEqual([
    'Makefile:1: core.o',
    'Makefile:2: core_io.o',
    'Makefile:2: core_main.o',
    'user.c:13: core_stop',
    'user.c:6: core_start',
    'user.c:7: core_toggle',
  ]);
  expect(await used('Makefile', 'core_io.o')).toEqual(['Makefile:2: core_io.o']);
});

test('ways through the headers of the kernel count where they begin', async () => {
  const kernel = makeFolder(headers);
  const folder = makeFolder({
    Makefile: 'obj-m := secret.o other.o\n',
    'secret.c': secret,
    'other.c': secret.replace('take_lock(lock)', '__lock_slow(lock)'),
  });
  const editor = await startEditor({ folders: [folder], settings: { kernel } });
  const file = join(folder, 'other.c');
  await editor.open(file);
  for (let left = 200; ; left--) {
    const found = placesOf(await editor.references(file, '__lock_slow'), folder)?.sort();
    if (found?.length !== 2 && left > 0) await pause(25);
    else break;
  }
  const uses = ['other.c:7: __lock_slow', 'secret.c:7: take_lock'];
  expect(placesOf(await editor.references(file, '__lock_slow'), folder)?.sort()).toEqual(uses);
  await editor.open(join(folder, 'secret.c'));
  expect(placesOf(await editor.references(join(folder, 'secret.c'), 'take_lock'), folder)).toEqual(uses.slice(1));
});
