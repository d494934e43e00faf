import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Diagnostic } from 'vscode-languageserver/node';
import { type Editor, makeFolder, pause, startEditor, toUri, write } from './editor';
import { headers as kernel, secret as source } from './samples';

async function items(editor: Editor, file: string) {
  const report = await editor.pull(file);
  return report.kind === 'full' ? report.items : [];
}

const messages = (diagnostics: readonly Diagnostic[]) =>
  diagnostics
    .filter(({ code }) => code === 'gpl-only-symbol')
    .map(({ message }) => String(message).replace(/^.*symbol /s, ''));

/** Waits until a file's diagnostics are these: `rule:line`. */
const untilCodes = (editor: Editor, path: string, expected: string) =>
  expect.poll(async () => (await editor.codes(path)).join(' '), { timeout: 10_000, interval: 25 }).toBe(expected);

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

test('exact findings stay while a function is half typed', async () => {
  const folder = makeFolder({
    Makefile: '# SPDX-License-Identifier: MIT\nobj-m := secret.o broken.o\n',
    'secret.c': source,
    'broken.c': source.replace('INIT_WORK(lock);', 'if (1) { never_called();'),
  });
  const editor = await startEditor({ rootUri: toUri(folder), settings: { kernel: makeFolder(kernel) } });
  const file = join(folder, 'secret.c');
  await editor.open(file);
  await untilCodes(editor, file, 'gpl-only-symbol:6 gpl-only-symbol:7');
  const type = async (from: string, to: string) => {
    await editor.replace(file, from, to);
    await pause(300);
    return editor.codes(file);
  };
  const above = 'int half(void)\n{\n';
  expect(await type('int secret', `${above}int secret`)).toEqual(['gpl-only-symbol:8', 'gpl-only-symbol:9']);
  expect(await type(above, `${above}\tif (1) {\n`)).toEqual(['gpl-only-symbol:9', 'gpl-only-symbol:10']);
  // Where nothing is known from before, the direct uses are.
  await untilCodes(editor, join(folder, 'broken.c'), 'gpl-only-symbol:6 not-understood:5');
});

test('a text that is closed unsaved leaves no trace', async () => {
  const folder = makeFolder({ 'secret.c': source, Makefile: '# SPDX-License-Identifier: MIT\nobj-m := secret.o\n' });
  const editor = await startEditor({ rootUri: toUri(folder), settings: { kernel: makeFolder(kernel) } });
  const file = join(folder, 'secret.c');
  await editor.open(file);
  const untilSaid = (expected: string) => untilCodes(editor, file, expected);
  await untilSaid('gpl-only-symbol:6 gpl-only-symbol:7');
  await editor.replace(file, '\tINIT_WORK(lock);\n', '\n\n\n');
  await untilSaid('gpl-only-symbol:9');
  await editor.close(file);
  // What is known is at the saved text's places at once; the rest follows.
  expect(await editor.codes(file)).toEqual(['gpl-only-symbol:7']);
  await untilSaid('gpl-only-symbol:6 gpl-only-symbol:7');
});

test('a source that is new in the editor is the member that was missing, also when its file comes later', async () => {
  const folder = makeFolder({ Makefile: '# SPDX-License-Identifier: MIT\nobj-m := secret.o\n' });
  const editor = await startEditor({ rootUri: toUri(folder), settings: { kernel: makeFolder(kernel) } });
  const file = join(folder, 'secret.c');
  const makefile = join(folder, 'Makefile');
  const untilSaid = (path: string, expected: string) => untilCodes(editor, path, expected);
  await untilSaid(makefile, 'not-understood:2');
  await editor.open(file, source);
  await untilSaid(file, 'gpl-only-symbol:6 gpl-only-symbol:7');
  await untilSaid(makefile, '');
  write(file, source);
  await editor.changedOutside(file, 1);
  await pause(200);
  await editor.close(file);
  await untilSaid(file, 'gpl-only-symbol:6 gpl-only-symbol:7');
  await editor.open(file);
  rmSync(file);
  await editor.changedOutside(file, 3);
  await pause(200);
  await untilSaid(file, 'gpl-only-symbol:6 gpl-only-symbol:7');
  await editor.close(file);
  await untilSaid(makefile, 'not-understood:2');
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
