import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { CancellationTokenSource } from 'vscode-languageserver/node';
import { Editor, embedded, fullCapabilities, makeFolder, pause, startEditor, toUri, until } from './editor';
import { clean, oldSpelling } from './samples';

const serverCancelled = -32802;

test('requests before and after its time, and the exit status', async () => {
  const editor = new Editor(embedded);
  onTestFinished(() => editor.dispose());
  const tooEarly = await editor.request('textDocument/hover', {}).catch((error) => error.code);
  expect(tooEarly).toBe(-32002);
  await editor.initialize({ folders: [] });
  expect(await editor.end()).toBe(0);
});

test('malformed requests are refused, the server lives on', async () => {
  const folder = makeFolder({ 'old.c': oldSpelling });
  const editor = await startEditor({ folders: [folder] });
  const file = join(folder, 'old.c');
  await editor.open(file);
  const names = [
    'hover',
    'codeAction',
    'diagnostic',
    'definition',
    'references',
    'documentSymbol',
    'prepareCallHierarchy',
    'completion',
    'codeLens',
    'inlayHint',
    'semanticTokens/full',
    'semanticTokens/range',
  ];
  const others = ['callHierarchy/incomingCalls', 'callHierarchy/outgoingCalls', 'codeLens/resolve'];
  const methods = [...names.map((name) => `textDocument/${name}`), 'workspace/symbol', ...others];
  const bad = [
    undefined,
    null,
    [],
    7,
    {},
    { textDocument: 5 },
    { textDocument: { uri: [] }, position: 'x', range: null },
  ];
  for (const method of [...methods, 'workspace/diagnostic', 'untainted/explain']) {
    for (const params of bad) {
      const code = await editor.request(method, params).catch((error) => error.code);
      expect([method, params, code]).toEqual([method, params, -32602]);
    }
  }
  await editor.notify('textDocument/didOpen', { textDocument: {} });
  await editor.notify('textDocument/didChange', { textDocument: { uri: toUri(file) }, contentChanges: [{ range: 5 }] });
  await editor.notify('workspace/didChangeWatchedFiles', { changes: 'all' });
  await editor.notify('workspace/didChangeConfiguration', { settings: 'none' });
  await editor.notify('no/such/notification', {});
  expect(await editor.codes(file)).toEqual(['gpl-v2-spelling:11']);
  expect(editor.logged.join('\n')).toContain('textDocument/didOpen: the parameters are malformed');
});

test('documents that are no files, are unknown, or lie outside', async () => {
  const folder = makeFolder({ 'old.c': oldSpelling });
  const editor = await startEditor({ folders: [folder] });
  for (const uri of [
    'untitled:Untitled-1',
    'git:/x/a.c',
    'file://elsewhere/share/a.c',
    'nonsense',
    '',
    'file:///%00',
  ]) {
    await editor.notify('textDocument/didOpen', {
      textDocument: { uri, languageId: 'c', version: 1, text: oldSpelling },
    });
    const report = await editor.request('textDocument/diagnostic', { textDocument: { uri } });
    expect([uri, report]).toMatchObject([uri, { kind: 'full', items: [] }]);
    const position = { line: 10, character: 18 };
    expect(await editor.request('textDocument/hover', { textDocument: { uri }, position })).toBeNull();
  }
  expect(await editor.codes('/etc/passwd')).toEqual([]);
});

test('a link that leads out of the folder is not followed', async () => {
  const outside = makeFolder({ 'old.c': oldSpelling });
  const folder = makeFolder({ 'clean.c': clean });
  symlinkSync(join(outside, 'old.c'), join(folder, 'link.c'));
  const editor = await startEditor({ folders: [folder] });
  expect((await editor.workspaceReport()).items).toEqual([]);
});

test('a cancelled request is answered as such, the next one as usual', async () => {
  const files = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`m${i}/old${i}.c`, oldSpelling]));
  const folder = makeFolder(files);
  const editor = await startEditor({ folders: [folder] });
  const source = new CancellationTokenSource();
  const report = editor.connection.sendRequest('workspace/diagnostic', { previousResultIds: [] }, source.token);
  source.cancel();
  expect(await report.catch((error) => error.code)).toBe(-32800);
  expect((await editor.workspaceReport()).items).toHaveLength(300);
});

test('a burst of edits and questions leaves the last answer right', async () => {
  const folder = makeFolder({ 'a.c': clean });
  const editor = await startEditor({ folders: [folder] });
  const file = join(folder, 'a.c');
  await editor.open(file);
  const answers: Promise<unknown>[] = [];
  for (let i = 0; i < 50; i++) {
    await editor.replace(file, 'return 0;', `/* ${i} */ return 0;`);
    answers.push(editor.pull(file).catch((error) => expect(error.code).toBe(serverCancelled)));
  }
  await editor.replace(file, '"GPL"', '"GPL v2"');
  await Promise.all(answers);
  expect(await editor.codes(file)).toEqual(['gpl-v2-spelling:11']);
});

test('broken, empty, binary and very large texts', async () => {
  const folder = makeFolder({ 'old.c': oldSpelling, 'x.c': '', 'large.c': clean });
  const editor = await startEditor({ folders: [folder] });
  const file = join(folder, 'x.c');
  const texts = [
    '',
    '\0\x01\x02',
    '{'.repeat(50_000),
    '#if\n'.repeat(20_000),
    '"',
    '/*',
    `MODULE_LICENSE(`,
    '\r\n\r\r\n',
  ];
  for (const [i, text] of texts.entries()) {
    await editor.notify('textDocument/didOpen', {
      textDocument: { uri: toUri(file), languageId: 'c', version: i, text },
    });
    expect(await editor.pull(file)).toMatchObject({ kind: 'full' });
    for (let cut = clean.length; cut > 0 && i === 0; cut -= 37) {
      const contentChanges = [{ text: clean.slice(0, cut) }];
      await editor.notify('textDocument/didChange', { textDocument: { uri: toUri(file), version: i }, contentChanges });
      expect(await editor.pull(file)).toMatchObject({ kind: 'full' });
    }
  }
  await editor.open(join(folder, 'large.c'), `${clean}/* ${'x'.repeat(20_000_000)} */`);
  expect(await editor.codes(join(folder, 'large.c'))).toEqual([]);
  expect(editor.logged.join('\n')).toContain('too large to be followed');
  await editor.open(join(folder, 'old.c'));
  expect(await editor.codes(join(folder, 'old.c'))).toEqual(['gpl-v2-spelling:11']);
});

test('an editor that does not answer requests of the server', async () => {
  const folder = makeFolder({ 'old.c': oldSpelling });
  const editor = new Editor(undefined);
  onTestFinished(() => editor.dispose());
  editor.connection.onRequest('workspace/configuration', () => {
    throw new Error('not now');
  });
  editor.connection.onRequest('client/registerCapability', () => {
    throw new Error('not ever');
  });
  await editor.initialize({ folders: [folder], capabilities: fullCapabilities });
  await editor.open(join(folder, 'old.c'));
  expect(await editor.codes(join(folder, 'old.c'))).toEqual(['gpl-v2-spelling:11']);
  await until(() => editor.logged.some((line) => line.includes('not now')));
  expect(await editor.end()).toBe(0);
});

test('an editor that never says what its settings are', async () => {
  const folder = makeFolder({ 'old.c': oldSpelling });
  const editor = new Editor(undefined);
  onTestFinished(() => editor.dispose());
  editor.connection.onRequest('workspace/configuration', () => new Promise(() => {}));
  await editor.initialize({ folders: [folder], initializationOptions: embedded });
  const file = join(folder, 'old.c');
  await editor.open(file);
  // Who waits for the folder can change his mind.
  const source = new CancellationTokenSource();
  const params = { textDocument: { uri: toUri(file) } };
  const report = editor.connection.sendRequest('textDocument/diagnostic', params, source.token);
  await pause(100);
  source.cancel();
  const cancelled = Date.now();
  expect(await report.catch((error) => error.code)).toBe(-32800);
  expect(Date.now() - cancelled).toBeLessThan(1000);
  expect(await editor.codes(file)).toEqual(['gpl-v2-spelling:11']);
  expect(editor.logged.join('\n')).toContain('did not answer workspace/configuration');
});
