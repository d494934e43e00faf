import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder, startEditor, toUri, until, write } from './editor';
import { clean, oldSpelling, proprietary } from './samples';

const files = async (editor: Awaited<ReturnType<typeof startEditor>>) =>
  (await editor.workspaceReport()).items.map(({ uri }) => uri).sort();

test('folders come and go', async () => {
  const first = makeFolder({ 'old.c': oldSpelling });
  const second = makeFolder({ 'secret.c': proprietary });
  const editor = await startEditor({ folders: [first] });
  expect(await files(editor)).toEqual([toUri(join(first, 'old.c'))]);
  const change = (added: string[], removed: string[]) =>
    editor.notify('workspace/didChangeWorkspaceFolders', {
      event: {
        added: added.map((path) => ({ uri: toUri(path), name: path })),
        removed: removed.map((path) => ({ uri: toUri(path), name: path })),
      },
    });
  await change([second], []);
  await expect.poll(() => files(editor), { timeout: 5000 }).toHaveLength(2);
  await change([], [first]);
  await expect.poll(() => files(editor), { timeout: 5000 }).toEqual([toUri(join(second, 'secret.c'))]);
});

test('a file in a folder inside another belongs to the inner one', async () => {
  const outer = makeFolder({ 'inner/old.c': oldSpelling });
  const editor = await startEditor({ folders: [outer, join(outer, 'inner')] });
  expect(await files(editor)).toEqual([toUri(join(outer, 'inner/old.c'))]);
});

test('an open file without a folder is taken over by a folder that is added', async () => {
  const folder = makeFolder({ 'sub/old.c': oldSpelling });
  const editor = await startEditor({ folders: null });
  const file = join(folder, 'sub/old.c');
  await editor.open(file);
  expect(await editor.codes(file)).toEqual(['gpl-v2-spelling:11']);
  await editor.replace(file, 'return 0', 'return 5');
  await editor.notify('workspace/didChangeWorkspaceFolders', {
    event: { added: [{ uri: toUri(folder), name: 'x' }], removed: [] },
  });
  await editor.replace(file, 'int __init', 'int\n__init');
  expect(await editor.codes(file)).toEqual(['gpl-v2-spelling:12']);
});

test('settings are asked for and heard of', async () => {
  const folder = makeFolder({ 'old.c': oldSpelling, 'closed.c': oldSpelling });
  const editor = await startEditor({ folders: [folder] });
  const file = join(folder, 'old.c');
  await editor.open(file);
  expect(await editor.codes(file)).toEqual(['gpl-v2-spelling:11']);
  expect(await files(editor)).toHaveLength(2);
  expect(editor.registered).toContain('workspace/didChangeConfiguration');

  editor.settings = { kernel: 'embedded', rules: { 'gpl-v2-spelling': 'error' } };
  await editor.notify('workspace/didChangeConfiguration', { settings: null });
  await until(() => editor.refreshes > 0);
  await expect
    .poll(async () => {
      const report = await editor.pull(file);
      return report.kind === 'full' ? report.items[0]?.severity : undefined;
    })
    .toBe(1);

  editor.settings = { kernel: 'embedded', exclude: ['**/*.c'] };
  await editor.notify('workspace/didChangeConfiguration', { settings: null });
  await expect.poll(() => files(editor), { timeout: 5000 }).toEqual([toUri(file)]);
});

test('settings that make no sense are named and left out', async () => {
  const folder = makeFolder({ 'old.c': oldSpelling });
  const settings = { kernel: 5, rules: { 'no-such-rule': 'off', 'gpl-v2-spelling': 'loud' }, exclude: 'all' };
  const editor = await startEditor({ folders: [folder], settings });
  await editor.open(join(folder, 'old.c'));
  expect(await editor.codes(join(folder, 'old.c'))).toEqual(['gpl-v2-spelling:11']);
  const log = editor.logged.join('\n');
  for (const word of ["'untainted.kernel'", "'no-such-rule'", "'gpl-v2-spelling'", "'untainted.exclude'"]) {
    expect(log).toContain(word);
  }
});

test('how the open module stands', async () => {
  const folder = makeFolder({ 'secret.c': proprietary, 'clean.c': clean });
  const editor = await startEditor({ folders: [folder] });
  await editor.open(join(folder, 'secret.c'));
  await editor.notify('untainted/activeDocument', { uri: toUri(join(folder, 'secret.c')) });
  const last = () => editor.notified.findLast(({ method }) => method === 'untainted/status')?.params;
  await expect.poll(last, { timeout: 5000 }).toMatchObject({
    uri: toUri(join(folder, 'secret.c')),
    isIndexing: false,
    kernel: { origin: 'embedded', folder: null },
    modules: [{ name: 'secret', verdict: 'incompatible', licenses: ['Proprietary'] }],
  });
  await editor.replace(join(folder, 'secret.c'), 'Proprietary', 'GPL');
  await expect.poll(last, { timeout: 5000 }).toMatchObject({ modules: [{ verdict: 'compatible' }] });
  await editor.notify('untainted/activeDocument', { uri: null });
  await expect.poll(last, { timeout: 5000 }).toMatchObject({ uri: null, kernel: null });
});

test('kernels to choose from, pages of rules, a check of everything', async () => {
  const folder = makeFolder({ 'secret.c': proprietary, 'old.c': oldSpelling });
  const editor = await startEditor({ folders: [folder] });
  const kernels = await editor.request<{ choices: { setting: string }[]; current: string }>('untainted/kernels', {
    uri: null,
  });
  expect(kernels.choices.map(({ setting }) => setting)).toContainEqual(expect.stringMatching(/^embedded:/));
  expect(await editor.request('untainted/explain', { rule: 'missing-spdx' })).toMatch(/^# missing-spdx\n/);
  expect(await editor.request('untainted/explain', { rule: '../../package' })).toBeNull();
  const summary = await editor.request<{ files: number; errors: number }>('untainted/check', {});
  expect(summary.files).toBe(2);
  expect(summary.errors).toBeGreaterThanOrEqual(2);
});

test('a check of everything sees what nobody told of', async () => {
  const folder = makeFolder({ 'a.c': clean });
  const editor = await startEditor({ folders: [folder] });
  expect(await files(editor)).toEqual([]);
  write(join(folder, 'a.c'), oldSpelling);
  write(join(folder, 'b.c'), oldSpelling);
  expect(await editor.request('untainted/check', {})).toEqual({ files: 2, errors: 0, warnings: 0, others: 2 });
  expect(await files(editor)).toHaveLength(2);
});
