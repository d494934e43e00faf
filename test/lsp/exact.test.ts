import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Diagnostic } from 'vscode-languageserver/node';
import { type Editor, makeFolder, pause, startEditor, toUri } from './editor';
import { headers as kernel, secret as source } from './samples';

async function items(editor: Editor, file: string) {
  const report = await editor.pull(file);
  return report.kind === 'full' ? report.items : [];
}

const messages = (diagnostics: readonly Diagnostic[]) =>
  diagnostics
    .filter(({ code }) => code === 'gpl-only-symbol')
    .map(({ message }) => String(message).replace(/^.*symbol /s, ''));

test('uses through the kernel headers come with the way there, and follow an edit', async () => {
  const headers = makeFolder(kernel);
  const folder = makeFolder({ 'secret.c': source, Makefile: '# SPDX-License-Identifier: MIT\nobj-m := secret.o\n' });
  const editor = await startEditor({ rootUri: toUri(folder), settings: { kernel: headers } });
  const file = join(folder, 'secret.c');
  await editor.open(file);
  const untilSaid = async (expected: readonly string[]) => {
    for (let left = 200; ; left--) {
      const found = messages(await items(editor, file));
      if (JSON.stringify(found) === JSON.stringify(expected) || left === 0) return expect(found).toEqual(expected);
      await pause(25);
    }
  };
  const both = ["'__work_init', reached through INIT_WORK()", "'__lock_slow', reached through take_lock()"];
  await untilSaid(both);
  expect(await editor.codes(file)).toEqual(['gpl-only-symbol:6', 'gpl-only-symbol:7']);
  const [first] = (await items(editor, file)).filter(({ code }) => code === 'gpl-only-symbol');
  const steps = first?.relatedInformation?.map(({ location, message }) => [message, location.uri]) ?? [];
  expect(steps).toContainEqual(['the way goes through INIT_WORK()', toUri(join(headers, 'include/linux/module.h'))]);
  expect(editor.refreshes).toBeGreaterThan(0);

  // A line above moves what is known at once.
  await editor.replace(file, 'int secret', '\n\nint secret');
  expect(await editor.codes(file)).toEqual(['gpl-only-symbol:8', 'gpl-only-symbol:9']);
  await editor.replace(file, '\tINIT_WORK(lock);\n', '');
  await untilSaid(both.slice(1));
  await editor.replace(file, 'take_lock(lock)', 'take_lock(lock), never_called()');
  await untilSaid([...both.slice(1), "'never_called'"]);
});

test('a header that is missing leaves the direct uses', async () => {
  const headers = makeFolder(kernel);
  const folder = makeFolder({
    'secret.c': source
      .replace('\tINIT', '\tnever_called();\n\tINIT')
      .replace('#include', '#include "gone.h"\n#include'),
    Makefile: '# SPDX-License-Identifier: MIT\nobj-m := secret.o\n',
  });
  const editor = await startEditor({ rootUri: toUri(folder), settings: { kernel: headers } });
  const file = join(folder, 'secret.c');
  await editor.open(file);
  expect(messages(await items(editor, file))).toEqual(["'never_called'"]);
  await pause(500);
  expect(messages(await items(editor, file))).toEqual(["'never_called'"]);
});
