import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { MarkupContent } from 'vscode-languageserver/node';
import { type Editor, fullCapabilities, makeFolder, pause, startEditor } from './editor';
import { clean, headers, noImport, pair, proprietary, secret } from './samples';

test('a GPL-only symbol in a proprietary module', async () => {
  const { editor, file } = await open(proprietary);
  const hover = await editor.hover(file, 'dma_buf_get');
  expect(hover?.range).toEqual({ start: { line: 6, character: 26 }, end: { line: 6, character: 37 } });
  const text = await said(editor, file, 'dma_buf_get');
  expect(text).toContain('`dma_buf_get` is exported **GPL-only** by `vmlinux`.');
  expect(text).toContain('Namespace: `DMA_BUF`');
  expect(text).toMatch(/Kernel `6\.1[^`]*` \(embedded\)/);
  expect(text).toContain('`a.ko` may not use it: its license (`"Proprietary"`) is not compatible with the GPL.');
});

test('what a local macro reaches', async () => {
  const macro = '#define my_get(fd) dma_buf_get(fd)\n\nstatic int __init';
  const text = proprietary.replace('static int __init', macro).replace('= dma_buf_get(0)', '= my_get(0)');
  const { editor, file } = await open(text);
  expect(await said(editor, file, 'my_get(0)')).toMatch(
    /`dma_buf_get` is exported[\s\S]*Reached through `my_get\(\)`\./,
  );
});

test('a symbol for everybody, and one that is not a symbol', async () => {
  const body = 'int kfree = 1;\n\tprintk("x");\n\treturn kfree;';
  const { editor, file } = await open(proprietary.replace('return 0;', body));
  expect(await said(editor, file, 'printk("x")')).toBeUndefined();
  expect(await said(editor, file, 'kfree;')).toBeUndefined();
  expect(await said(editor, file, 'buffer')).toBeUndefined();
  const vfree = await open(proprietary.replace('return 0;', 'vfree(buffer);\n\treturn 0;'));
  expect(await said(vfree.editor, vfree.file, 'vfree')).toContain('to modules of **any license** by `vmlinux`');
});

test('a name that the module defines itself', async () => {
  const own = 'static void vfree(void *p)\n{\n}\n\nstatic int __init';
  const { editor, file } = await open(
    clean.replace('static int __init', own).replace('return 0', 'vfree(0);\n\treturn 0'),
  );
  expect(await said(editor, file, 'vfree(0)')).toBeUndefined();
});

test('licenses and exports of its own', async () => {
  const { editor, file } = await open(
    `${clean}int shared(void)\n{\n\treturn 0;\n}\nEXPORT_SYMBOL_NS_GPL(shared, OURS);\n`,
  );
  expect(await said(editor, file, '"GPL"')).toContain('`"GPL"` is compatible with the GPL');
  expect(await said(editor, file, '"GPL"')).toContain('GPL version 2; says nothing of');
  expect(await said(editor, file, '"GPL"')).toContain('`a.ko` uses 0 GPL-only symbols. Direct uses only');
  expect(await said(editor, file, 'shared, OURS')).toBe(
    '`shared` is exported to modules with a GPL-compatible license only in the namespace `OURS`.\n\nUsed by no other module here.',
  );
});

test('plain text where Markdown is not understood', async () => {
  const textDocument = { ...fullCapabilities.textDocument, hover: {} };
  const { editor, file } = await open(proprietary, { ...fullCapabilities, textDocument });
  expect(await said(editor, file, 'dma_buf_get')).toContain('dma_buf_get is exported GPL-only by vmlinux.');
});

test('SPDX identifiers: their names, and how they go together with the GPL', async () => {
  const spdx = 'GPL-2.0-only WITH Linux-syscall-note OR (MIT AND Apache-2.0) OR LicenseRef-Ours OR Nonsense-1.0';
  const { editor, file } = await open(clean.replace('GPL-2.0-only', spdx));
  const one = (name: string) => said(editor, file, name);
  expect(await one('GPL-2.0-only')).toContain('`GPL-2.0-only`: **GNU General Public License v2.0 only**');
  expect(await one('GPL-2.0-only')).toContain('OSI-approved; one of the licenses that the kernel prefers.');
  expect(await one('GPL-2.0-only')).toContain('It is GPL version 2, as the kernel itself.');
  expect(await one('Linux-syscall-note')).toContain('exception to a license. The kernel has its text');
  expect(await one('MIT AND')).toContain('can become part of a work under GPL version 2.');
  expect(await one('Apache-2.0')).toContain('alone cannot become part of a work under GPL version 2.');
  expect(await one('LicenseRef-Ours')).toContain('outside of the SPDX list');
  expect(await one('Nonsense')).toContain('`Nonsense-1.0` is not in the SPDX list.');
  expect(await one('Nonsense')).toContain('is no SPDX expression that could be understood');
  const choice = await open(clean.replace('GPL-2.0-only', 'GPL-2.0-only OR MIT'));
  expect(await said(choice.editor, choice.file, 'OR MIT')).toBe('Goes with `MODULE_LICENSE("Dual MIT/GPL")`.');
});

test('exports, imports and objects of modules that build upon each other', async () => {
  const folder = makeFolder(pair);
  const editor = await startEditor({ folders: [folder] });
  const file = (name: string) => join(folder, name);
  for (const name of Object.keys(pair)) await editor.open(file(name));
  expect(await said(editor, file('core_main.c'), 'core_start);')).toContain(
    'Used by 1 module, which is proprietary: `user.ko`.',
  );
  const imported = await said(editor, file('user.c'), 'CORE_IO');
  expect(imported).toContain('Namespace `CORE_IO`: 1 symbol of this workspace.');
  expect(imported).toContain('`user.ko` uses 1 of them: `core_stop`. Direct uses only');
  const toggle = await said(editor, file('user.c'), 'core_toggle');
  expect(toggle).toContain(
    '`core_toggle()` leads to a **GPL-only** symbol, and to 1 symbol for modules of any license:',
  );
  expect(toggle).toContain('- `core_start` of `core`');
  expect(toggle).toContain('`user.ko` may not use it');
  const definition = await said(editor, file('core.h'), 'core_toggle');
  expect(definition).toContain('- `core_start` of `core`');
  expect(definition).toContain('Seen in `user.ko`. Direct uses only');

  const made = await said(editor, file('Makefile'), 'core.o');
  expect(made).toContain('`core.ko`: its license (`"GPL"`) is compatible with the GPL.');
  expect(made).toContain('Members: `core_main.o`, `core_io.o`');
  expect(await said(editor, file('Makefile'), 'core_io.o')).toContain(
    '`core_io.o` is part of `core.ko`, made from `core_io.c`.',
  );
  expect(await said(editor, file('Makefile'), 'user.o')).toContain('`user.ko` uses 1 GPL-only symbol.');
});

test('a namespace of the kernel', async () => {
  const { editor, file } = await open(noImport.replace('MODULE_LICENSE', 'MODULE_IMPORT_NS(DMA_BUF);\nMODULE_LICENSE'));
  const text = await said(editor, file, 'DMA_BUF');
  expect(text).toMatch(/Namespace `DMA_BUF`: \d+ symbols of the kernel \(`vmlinux`[^)]*\)\./);
  expect(text).toContain('`a.ko` uses 2 of them: `dma_buf_get`, `dma_buf_put`.');
});

test('macros and inline functions of the kernel, at their use and in an opened header', async () => {
  const kernel = makeFolder(headers);
  const folder = makeFolder({ 'secret.c': secret, Makefile: 'obj-m := secret.o\n' });
  const editor = await startEditor({ folders: [folder], settings: { kernel } });
  const file = join(folder, 'secret.c');
  const header = join(kernel, 'include/linux/module.h');
  await editor.open(file);
  await editor.open(header);
  for (let left = 200; left > 0 && !(await said(editor, file, 'take_lock')); left--) await pause(25);
  const used = await said(editor, file, 'take_lock');
  expect(used).toContain('`__lock_slow` is exported **GPL-only** by `vmlinux`.');
  expect(used).toContain('Reached through `take_lock()`.');
  expect(used).not.toContain('Direct uses only');
  const defined = await said(editor, header, 'take_lock');
  expect(defined).toBe(
    '`take_lock()` leads to a **GPL-only** symbol:\n\n- `__lock_slow` of `vmlinux`\n\nSeen in `secret.ko`.',
  );
  expect(await said(editor, header, 'INIT_WORK')).toContain('- `__work_init` of `vmlinux`');
  // What nothing here leads through is not claimed to lead anywhere.
  expect(await said(editor, header, 'unused')).toBeUndefined();
  expect(await said(editor, header, 'never_called')).toContain('`never_called` is exported **GPL-only**');
});

async function open(text: string, capabilities = fullCapabilities): Promise<{ editor: Editor; file: string }> {
  const folder = makeFolder({ 'a.c': text });
  const editor = await startEditor({ folders: [folder], capabilities });
  const file = join(folder, 'a.c');
  await editor.open(file);
  return { editor, file };
}

async function said(editor: Editor, file: string, needle: string): Promise<string | undefined> {
  const hover = await editor.hover(file, needle);
  return (hover?.contents as MarkupContent | undefined)?.value;
}
