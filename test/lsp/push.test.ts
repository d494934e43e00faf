import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder, pause, startEditor, toUri, write } from './editor';
import { clean, oldSpelling, proprietary } from './samples';

test('an editor that can do nothing gets diagnostics pushed', async () => {
  const folder = makeFolder({ 'secret.c': proprietary, 'sub/old.c': oldSpelling });
  const editor = await startEditor({
    capabilities: {},
    rootUri: toUri(folder),
    initializationOptions: { kernel: 'embedded' },
  });
  expect(editor.initialized?.capabilities.diagnosticProvider).toBeUndefined();
  const file = join(folder, 'secret.c');
  await editor.open(file);
  const first = await editor.untilPublished(file, (codes) => codes.includes('gpl-only-symbol:7'));
  expect(first.version).toBe(1);
  const [finding] = first.diagnostics.filter(({ code }) => code === 'gpl-only-symbol');
  // Causes stand in the message, as there is no other place for them.
  expect(finding?.relatedInformation).toBeUndefined();
  expect(finding?.codeDescription).toBeUndefined();
  expect(finding?.message).toMatch(
    /uses GPL-only symbol 'dma_buf_get'\n- "Proprietary" is not compatible with the GPL\n/,
  );

  await editor.replace(file, 'Proprietary', 'GPL');
  await editor.untilPublished(file, (codes) => codes.every((code) => !code.startsWith('gpl-only-symbol')));
  // The rest of the folder follows in a pause.
  await editor.untilPublished(join(folder, 'sub/old.c'), (codes) => codes.includes('gpl-v2-spelling:11'));
  expect(await editor.request('textDocument/moniker', {}).catch((error) => error.code)).toBe(-32601);
  expect(editor.registered).toEqual([]);
});

test('settings of an editor that only sends them', async () => {
  const folder = makeFolder({ 'old.c': oldSpelling });
  const editor = await startEditor({
    capabilities: {},
    rootUri: toUri(folder),
    initializationOptions: { untainted: { kernel: 'embedded' } },
  });
  const file = join(folder, 'old.c');
  await editor.open(file);
  await editor.untilPublished(file, (codes) => codes.includes('gpl-v2-spelling:11'));
  const settings = { untainted: { rules: { 'gpl-v2-spelling': 'off' } } };
  await editor.notify('workspace/didChangeConfiguration', { settings });
  await editor.untilPublished(file, (codes) => codes.length === 0);
  // Nothing said: what the editor began with holds again.
  await editor.notify('workspace/didChangeConfiguration', { settings: {} });
  await editor.untilPublished(file, (codes) => codes.includes('gpl-v2-spelling:11'));
});

test('a file without a folder, and nothing of it after it is closed', async () => {
  const folder = makeFolder({ 'secret.c': proprietary, 'old.c': oldSpelling, 'below/old.c': oldSpelling });
  const editor = await startEditor({ capabilities: {}, initializationOptions: { kernel: 'embedded' } });
  const file = join(folder, 'secret.c');
  await editor.open(file);
  await editor.untilPublished(file, (codes) => codes.includes('gpl-only-symbol:7'));
  await pause(700);
  expect(editor.published.map(({ uri }) => uri)).toEqual([toUri(file)]);
  await editor.close(file);
  await editor.untilPublished(file, (codes) => codes.length === 0);
});

test('typing costs few publications, and the last word is right', async () => {
  const folder = makeFolder({ 'a.c': clean });
  const editor = await startEditor({ capabilities: {}, rootUri: toUri(folder), initializationOptions: embeddedOnly });
  const file = join(folder, 'a.c');
  await editor.open(file);
  await editor.untilPublished(file, (codes) => codes.length === 0);
  const before = editor.published.length;
  for (const letter of ['G', 'GP', 'GPL', 'GPL ', 'GPL v', 'GPL v2']) {
    await editor.replace(file, /"G[^"]*"/.exec(editor.text(file))?.[0] ?? '', `"${letter}"`);
  }
  await editor.untilPublished(file, (codes) => codes.join() === 'gpl-v2-spelling:11');
  expect(editor.published.length - before).toBeLessThanOrEqual(3);
});

test('a file changed outside, in an editor that tells of it without being asked', async () => {
  const folder = makeFolder({ 'a.c': oldSpelling });
  const editor = await startEditor({ capabilities: {}, rootUri: toUri(folder), initializationOptions: embeddedOnly });
  const file = join(folder, 'a.c');
  await editor.open(file);
  await editor.untilPublished(file, (codes) => codes.length === 1);
  write(file, clean);
  await editor.changedOutside(file);
  await pause(300);
  // The open text counts, until it is closed.
  expect((await editor.untilPublished(file, () => true)).diagnostics.length).toBe(1);
  await editor.close(file);
  await editor.untilPublished(file, (codes) => codes.length === 0);
});

const embeddedOnly = { kernel: 'embedded' };

test('a word of a Makefile that is not understood is marked there, and follows the unsaved text', async () => {
  const folder = makeFolder({ 'clean.c': clean, Makefile: '# SPDX-License-Identifier: MIT\nobj-m := clean.o\n' });
  const editor = await startEditor({
    capabilities: {},
    rootUri: toUri(folder),
    initializationOptions: { kernel: 'embedded' },
  });
  const file = join(folder, 'Makefile');
  await editor.open(file);
  await editor.replace(file, 'clean.o', 'clean.o gone.o');
  const { diagnostics } = await editor.untilPublished(file, (codes) => codes.includes('not-understood:2'));
  expect(diagnostics[0]?.message).toContain('gone');
  expect(diagnostics[0]?.range).toEqual({ start: { line: 1, character: 17 }, end: { line: 1, character: 23 } });
  await editor.replace(file, ' gone.o', '');
  await editor.untilPublished(file, (codes) => codes.length === 0);
});
