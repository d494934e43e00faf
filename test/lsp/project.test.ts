import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Modules } from '../../server/src/lsp/protocol';
import { type Editor, embedded, makeFolder, pause, startEditor, until, write } from './editor';
import { oldSpelling } from './samples';

const off = '{ "rules": { "gpl-v2-spelling": "off" } }';

test("the project's own file counts at once, changed and deleted", async () => {
  const folder = makeFolder({ 'old.c': oldSpelling, 'untainted.json': off });
  const editor = await startEditor({ folders: [folder] });
  const source = join(folder, 'old.c');
  const settings = join(folder, 'untainted.json');
  await editor.open(source);
  expect(await editor.codes(source)).toEqual([]);
  const comesTo = async (wanted: readonly number[]) => {
    for (let tries = 0; tries < 100; tries++) {
      const report = await editor.pull(source);
      const severities = report.kind === 'full' ? report.items.map(({ severity }) => severity) : [];
      if (JSON.stringify(severities) === JSON.stringify(wanted)) return true;
      await pause(50);
    }
    return false;
  };
  write(settings, off.replace('off', 'error'));
  await editor.changedOutside(settings);
  expect(await comesTo([1])).toBe(true);
  rmSync(settings);
  await editor.changedOutside(settings, 3);
  expect(await comesTo([4])).toBe(true);
});

test('what the user set for a rule wins, and what is wrong is a diagnostic of the file', async () => {
  const folder = makeFolder({ 'old.c': oldSpelling, 'untainted.json': off.replace('}', ', "nothing": 1 }') });
  const editor = await startEditor({
    folders: [folder],
    settings: { ...embedded, rules: { 'gpl-v2-spelling': 'warning' } },
  });
  await editor.open(join(folder, 'old.c'));
  expect(await editor.codes(join(folder, 'old.c'))).toEqual(['gpl-v2-spelling:11']);
  const { items } = await editor.workspaceReport();
  const own = items.find(({ uri }) => uri.endsWith('untainted.json'));
  expect(own?.kind === 'full' && own.items.map(({ message }) => message)).toEqual([
    "'rules.nothing' names a rule 'nothing' that does not exist.",
  ]);
});

test('in an untrusted workspace it names no kernel until trust is given', async () => {
  const folder = makeFolder({ 'old.c': oldSpelling, 'untainted.json': '{ "kernel": "/nowhere/linux" }' });
  const editor = await startEditor({ folders: [folder], settings: {}, initializationOptions: { isTrusted: false } });
  const told = async () => {
    await editor.pull(join(folder, 'old.c'));
    const { items } = await editor.workspaceReport();
    const own = items.find(({ uri }) => uri.endsWith('untainted.json'));
    return own?.kind === 'full' ? own.items.map(({ message }) => message) : [];
  };
  expect(await told()).toEqual([
    "'kernel' may lead outside of the project and is not used until the workspace is trusted.",
  ]);
  expect(editor.logged.join()).not.toContain('/nowhere/linux');
  const before = editor.refreshes;
  await editor.notify('untainted/trust', { isTrusted: true });
  await until(() => editor.refreshes > before);
  expect(await told()).toEqual([]);
});

test('what is in the baseline is not shown, until it is no more in it', async () => {
  const entry = { rule: 'gpl-v2-spelling', file: 'old.c', lines: ['x'] };
  const message = 'Prefer "GPL" over "GPL v2" - see commit bf7fbeeae6db';
  const baseline = (findings: readonly unknown[]) => JSON.stringify({ formVersion: 1, findings });
  const folder = makeFolder({
    'old.c': oldSpelling,
    'untainted.json': '{ "baseline": "untainted-baseline.json" }',
    'untainted-baseline.json': baseline([{ ...entry, message }]),
  });
  const editor = await startEditor({ folders: [folder] });
  const source = join(folder, 'old.c');
  await editor.open(source);
  expect(await editor.codes(source)).toEqual([]);
  const counted = async () => (await editor.request<Modules>('untainted/modules', {})).folders[0]?.modules[0]?.others;
  expect(await counted()).toBe(0);
  const known = join(folder, 'untainted-baseline.json');
  write(known, baseline([]));
  await editor.changedOutside(known);
  await untilCodes(editor, source, ['gpl-v2-spelling:11']);
  expect(await counted()).toBe(1);
});

async function untilCodes(editor: Editor, path: string, wanted: readonly string[]): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (JSON.stringify(await editor.codes(path)) === JSON.stringify(wanted)) return;
    await pause(50);
  }
  expect(await editor.codes(path)).toEqual(wanted);
}
