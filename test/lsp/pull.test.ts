import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DiagnosticTag, type WorkspaceDiagnosticReport } from 'vscode-languageserver/node';
import { codesOf, makeFolder, pause, startEditor, toUri, until, write } from './editor';
import { clean, noImport, oldSpelling, proprietary } from './samples';

test('findings of a document, with causes and the way to its rule', async () => {
  const folder = makeFolder({ 'secret.c': proprietary });
  const editor = await startEditor({ folders: [folder] });
  const file = join(folder, 'secret.c');
  await editor.open(file);
  const report = await editor.pull(file);
  if (report.kind !== 'full') throw new Error('the report is not full');
  const [first] = report.items.filter(({ code }) => code === 'gpl-only-symbol');
  expect(first).toMatchObject({
    range: { start: { line: 6, character: 26 }, end: { line: 6, character: 37 } },
    severity: 1,
    source: 'untainted',
    message: "GPL-incompatible module secret.ko uses GPL-only symbol 'dma_buf_get'",
  });
  expect(first?.codeDescription?.href).toMatch(/^file:.*rules\/gpl-only-symbol\.md$/);
  expect(first?.relatedInformation?.[0]).toMatchObject({
    location: { uri: toUri(file), range: { start: { line: 13, character: 15 } } },
  });
  // An export of the embedded kernel has no place of its own.
  expect(first?.relatedInformation?.at(-1)?.location).toEqual({ uri: toUri(file), range: first?.range });
  expect(editor.published).toEqual([]);
});

test('what something better took the place of is struck out', async () => {
  const folder = makeFolder({ 'old.c': oldSpelling });
  const editor = await startEditor({ folders: [folder] });
  await editor.open(join(folder, 'old.c'));
  const report = await editor.pull(join(folder, 'old.c'));
  const found = report.kind === 'full' && report.items.find(({ code }) => code === 'gpl-v2-spelling');
  expect(found).toMatchObject({ tags: [DiagnosticTag.Deprecated] });
});

test('an editor can name where rules are explained', async () => {
  const folder = makeFolder({ 'secret.c': proprietary });
  const initializationOptions = { ruleLink: 'command:explain?{rule}' };
  const editor = await startEditor({ folders: [folder], initializationOptions });
  await editor.open(join(folder, 'secret.c'));
  const report = await editor.pull(join(folder, 'secret.c'));
  const href =
    report.kind === 'full' && report.items.find(({ code }) => code === 'gpl-only-symbol')?.codeDescription?.href;
  expect(href).toBe('command:explain?gpl-only-symbol');
});

test('the same answer is not sent twice, a new one is', async () => {
  const folder = makeFolder({ 'old.c': oldSpelling });
  const editor = await startEditor({ folders: [folder] });
  const file = join(folder, 'old.c');
  await editor.open(file);
  const { resultId } = await editor.pull(file);
  expect(await editor.pull(file, resultId)).toEqual({ kind: 'unchanged', resultId });
  await editor.replace(file, 'return 0;', 'return 1;');
  expect(await editor.pull(file, resultId)).toEqual({ kind: 'unchanged', resultId });
  await editor.replace(file, '"GPL v2"', '"GPL"');
  expect(await editor.pull(file, resultId)).toMatchObject({ kind: 'full', items: [] });
});

test('edits by range follow each other, surrogate pairs and CRLF included', async () => {
  const folder = makeFolder({ 'a.c': clean.replaceAll('\n', '\r\n') });
  const editor = await startEditor({ folders: [folder] });
  const file = join(folder, 'a.c');
  await editor.open(file);
  expect(await editor.codes(file)).toEqual([]);
  await editor.replace(file, 'Does nothing', 'Does 𝄞 nothing 𝄞');
  await editor.replace(file, '"GPL"', '"GPL v2"');
  await editor.replace(file, 'Does 𝄞', 'Does 𝄞𝄞');
  expect(await editor.codes(file)).toEqual(['gpl-v2-spelling:11']);
  await editor.replace(file, '"GPL v2"', '"GPL"');
  expect(await editor.codes(file)).toEqual([]);
});

test('a header decides about the file that includes it', async () => {
  const user = clean.replace('"GPL"', 'THE_LICENSE').replace('#include <', '#include "license.h"\n#include <');
  const define = (text: string) => `/* SPDX-License-Identifier: GPL-2.0-only */\n#define THE_LICENSE "${text}"\n`;
  const folder = makeFolder({ 'user.c': user, 'license.h': define('GPL') });
  const editor = await startEditor({ folders: [folder] });
  await editor.open(join(folder, 'user.c'));
  expect(await editor.codes(join(folder, 'user.c'))).toEqual([]);
  await editor.open(join(folder, 'license.h'));
  await editor.replace(join(folder, 'license.h'), '"GPL"', '"GPL v3"');
  expect(await editor.codes(join(folder, 'user.c'))).toEqual(['unknown-license-string:12']);
  // Closed without saving: what is on disk counts.
  await editor.close(join(folder, 'license.h'));
  expect(await editor.codes(join(folder, 'user.c'))).toEqual([]);
});

test('the whole workspace, then only what is new', async () => {
  const folder = makeFolder({ 'a/secret.c': proprietary, 'b/old.c': oldSpelling, 'c/clean.c': clean });
  const editor = await startEditor({ folders: [folder] });
  const first = await editor.workspaceReport();
  expect(summary(first)).toEqual({
    'old.c': ['gpl-v2-spelling:11'],
    'secret.c': expect.arrayContaining(['gpl-only-symbol:7', 'gpl-only-symbol:8']),
  });
  const previous = first.items.map(({ uri, resultId }) => ({ uri, value: resultId ?? '' }));
  const second = await editor.workspaceReport(previous);
  expect(second.items.map(({ kind }) => kind)).toEqual(['unchanged', 'unchanged']);

  write(join(folder, 'b/old.c'), clean);
  await editor.changedOutside(join(folder, 'b/old.c'));
  await expect
    .poll(async () => summary(await editor.workspaceReport(previous))['old.c'], { timeout: 5000 })
    .toEqual([]);
});

test('the workspace report comes in parts, and the next one waits for a change', async () => {
  const files = Object.fromEntries(Array.from({ length: 250 }, (_, i) => [`m${i}/old${i}.c`, oldSpelling]));
  const folder = makeFolder(files);
  const editor = await startEditor({ folders: [folder] });
  const ask = (token: string) =>
    editor.request<WorkspaceDiagnosticReport>('workspace/diagnostic', {
      previousResultIds: [],
      partialResultToken: token,
    });
  const rest = await ask('first');
  const parts = editor.progress.filter((one) => (one as { token: unknown }).token === 'first');
  expect(parts.length).toBe(2);
  expect(rest.items.length).toBe(50);

  let isAnswered = false;
  const next = ask('second').then((report) => {
    isAnswered = true;
    return report;
  });
  await pause(200);
  expect(isAnswered).toBe(false);
  await editor.open(join(folder, 'm0/old0.c'));
  await editor.replace(join(folder, 'm0/old0.c'), '"GPL v2"', '"GPL"');
  await next;
});

test('a file changed, made and deleted outside', async () => {
  const folder = makeFolder({ 'a.c': clean });
  const editor = await startEditor({ folders: [folder] });
  expect(summary(await editor.workspaceReport())).toEqual({});
  expect(editor.registered).toContain('workspace/didChangeWatchedFiles');

  write(join(folder, 'b.c'), noImport);
  await editor.changedOutside(join(folder, 'b.c'), 1);
  await expect
    .poll(async () => Object.keys(summary(await editor.workspaceReport())), { timeout: 5000 })
    .toEqual(['b.c']);
  await until(() => editor.refreshes > 0);
  const before = await editor.workspaceReport();

  rmSync(join(folder, 'b.c'));
  await editor.changedOutside(join(folder, 'b.c'), 3);
  const previous = before.items.map(({ uri, resultId }) => ({ uri, value: resultId ?? '' }));
  await expect
    .poll(async () => summary(await editor.workspaceReport(previous)), { timeout: 5000 })
    .toEqual({ 'b.c': [] });
});

function summary({ items }: WorkspaceDiagnosticReport): Record<string, string[]> {
  return Object.fromEntries(
    items
      .map((item): [string, string[]] => [
        item.uri.slice(item.uri.lastIndexOf('/') + 1),
        item.kind === 'full' ? codesOf(item.items) : ['unchanged'],
      ])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
