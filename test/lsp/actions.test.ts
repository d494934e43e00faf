import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Range } from 'vscode-languageserver/node';
import { applyEdit, fullCapabilities, makeFolder, positionAt, startEditor, toUri, wholeFile } from './editor';
import { clean, noImport, oldSpelling, proprietary } from './samples';

test('a safe fix is preferred, carries its finding and mends the text', async () => {
  const folder = makeFolder({ 'old.c': oldSpelling });
  const editor = await startEditor({ folders: [folder] });
  const file = join(folder, 'old.c');
  await editor.open(file);
  const [action, ...others] = await editor.actions(file, at(oldSpelling, 'GPL v2'), ['quickfix']);
  expect(others.map(({ title }) => title)).toEqual([
    "Suppress 'gpl-v2-spelling' on this line",
    "Suppress 'gpl-v2-spelling' in this file",
  ]);
  expect(action).toMatchObject({ kind: 'quickfix', isPreferred: true, diagnostics: [{ code: 'gpl-v2-spelling' }] });
  expect(action?.edit?.documentChanges?.[0]).toMatchObject({ textDocument: { uri: toUri(file), version: 1 } });
  expect(applyEdit(file, oldSpelling, action?.edit)).toBe(clean);
});

test('only findings that the range touches have fixes', async () => {
  const folder = makeFolder({ 'old.c': oldSpelling });
  const editor = await startEditor({ folders: [folder] });
  await editor.open(join(folder, 'old.c'));
  expect(await editor.actions(join(folder, 'old.c'), at(oldSpelling, 'return 0'), ['quickfix'])).toEqual([]);
});

test('an unsafe fix is offered, not preferred and not part of "fix all"', async () => {
  const text = proprietary.replace('MODULE_LICENSE("Proprietary");\n', '').replace('LicenseRef-Secret', 'MIT');
  const folder = makeFolder({ 'none.c': text, Makefile: 'obj-m := none.o\n' });
  const editor = await startEditor({ folders: [folder] });
  const file = join(folder, 'none.c');
  await editor.open(file);
  expect(await editor.codes(file)).toContain('missing-module-license:13');
  for (const action of await editor.actions(file, wholeFile, ['quickfix'])) {
    if (action.isPreferred) continue;
    const all = await editor.actions(file, wholeFile, ['source.fixAll']);
    const fixed = all[0] ? applyEdit(file, text, all[0].edit) : text;
    expect(fixed).not.toBe(applyEdit(file, text, action.edit));
  }
});

test('"fix all" applies what two findings ask for once', async () => {
  const folder = makeFolder({ 'import.c': noImport });
  const editor = await startEditor({ folders: [folder] });
  const file = join(folder, 'import.c');
  await editor.open(file);
  expect((await editor.codes(file)).filter((code) => code.startsWith('namespace'))).toHaveLength(2);
  const all = await editor.actions(file, wholeFile, ['source.fixAll.untainted']);
  expect(all.map(({ kind }) => kind)).toEqual(['source.fixAll.untainted']);
  const fixed = applyEdit(file, noImport, all[0]?.edit);
  expect(fixed.match(/MODULE_IMPORT_NS/g)).toHaveLength(1);
  await editor.replace(file, noImport, fixed);
  expect(await editor.codes(file)).toEqual([]);
  expect(await editor.actions(file)).toEqual([]);
});

test('a suppression is offered in the style of the file, and holds the finding back', async () => {
  const text = oldSpelling.replaceAll('\n', '\r\n');
  const folder = makeFolder({ 'old.c': text });
  const editor = await startEditor({ folders: [folder] });
  const file = join(folder, 'old.c');
  await editor.open(file);
  const [, line] = await editor.actions(file, at(text, 'GPL v2'), ['quickfix']);
  const comment = '/* untainted-ignore-next-line gpl-v2-spelling: <reason> */\r\n';
  expect(line?.isPreferred).toBeUndefined();
  const changed = applyEdit(file, text, line?.edit);
  expect(changed).toBe(text.replace('MODULE_LICENSE', `${comment}MODULE_LICENSE`));
  await editor.replace(file, text, changed);
  expect(await editor.codes(file)).toEqual([]);
  await editor.replace(file, 'GPL v2', 'GPL');
  expect(await editor.codes(file)).toEqual(['unused-suppression:11']);
});

test('kinds that are asked for', async () => {
  const folder = makeFolder({ 'old.c': oldSpelling });
  const editor = await startEditor({ folders: [folder] });
  const file = join(folder, 'old.c');
  await editor.open(file);
  const kinds = async (only?: readonly string[]) =>
    (await editor.actions(file, wholeFile, only)).map(({ kind }) => kind);
  expect(await kinds()).toEqual(['quickfix', 'quickfix', 'quickfix', 'source.fixAll.untainted']);
  expect(await kinds(['source'])).toEqual(['source.fixAll.untainted']);
  expect(await kinds(['source.fixAll'])).toEqual(['source.fixAll.untainted']);
  expect(await kinds(['source.fixAll.other', 'refactor', 'quickfixes'])).toEqual([]);
});

test('an editor that knows no versioned edits and no preference', async () => {
  const folder = makeFolder({ 'old.c': oldSpelling });
  const capabilities = {
    ...fullCapabilities,
    workspace: { configuration: true, workspaceFolders: true },
    textDocument: { diagnostic: {}, codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } } },
  };
  const editor = await startEditor({ folders: [folder], capabilities });
  const file = join(folder, 'old.c');
  await editor.open(file);
  const [action] = await editor.actions(file, wholeFile, ['quickfix']);
  expect(action?.isPreferred).toBeUndefined();
  expect(action?.edit?.documentChanges).toBeUndefined();
  expect(applyEdit(file, oldSpelling, action?.edit)).toBe(clean);
});

function at(text: string, needle: string): Range {
  const start = positionAt(text, text.indexOf(needle));
  return { start, end: start };
}
