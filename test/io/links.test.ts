import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defaultSettings } from '../../server/src/core/settings';
import { Workspace } from '../../server/src/io/workspace';
import { makeFolder, write } from '../lsp/editor';
import { headers as kernelFiles } from '../lsp/samples';

const source = (header: string) =>
  `#include <linux/module.h>\n#include "${header}"\nint f(int *lock) { return USE(lock), 0; }\nMODULE_LICENSE("GPL");\n`;
const files = {
  Makefile: 'obj-m := a.o b.o\n',
  'a.c': source('a.h'),
  'b.c': source('b.h'),
  'a.h': '#define USE(x) take_lock(x)\n',
  'b.h': '#define USE(x) INIT_WORK(x)\n',
};

/** A workspace of two modules; what `links` gives is how many units were read, and each module's GPL-only symbols. */
async function open(given: Readonly<Record<string, string>> = files) {
  const kernel = makeFolder(kernelFiles);
  const folder = makeFolder(given);
  const workspace = new Workspace(folder, { settings: { ...defaultSettings, kernel } });
  await workspace.load();
  const links = async () => {
    let units = 0;
    const onProgress = ({ message }: { message: string }) => {
      units = Number(/ headers of (\d+) /.exec(message)?.[1] ?? units);
    };
    await workspace.link({ isBlocking: true, onProgress });
    const { modules } = workspace.snapshot;
    return [
      units,
      ...modules.map((module) =>
        module
          .symbols()
          .map((use) => use.name)
          .join(),
      ),
    ];
  };
  const change = async (path: string, text: string | undefined) => {
    if (text === undefined) rmSync(path);
    else write(path, text);
    await workspace.filesChanged([path]);
    return links();
  };
  return { kernel, folder, workspace, links, change };
}

test('a file that changes on disk costs the units that read it', async () => {
  const { kernel, folder, links, change } = await open();
  expect(await links()).toEqual([2, '__lock_slow', '__work_init']);
  expect(await links()).toEqual([0, '__lock_slow', '__work_init']);
  expect(await change(join(folder, 'b.h'), '#define USE(x) never_called()\n')).toEqual([
    1,
    '__lock_slow',
    'never_called',
  ]);
  expect(await change(join(folder, 'a.c'), source('b.h'))).toEqual([1, 'never_called', 'never_called']);
  expect(await change(join(folder, 'a.h'), '#define USE(x) INIT_WORK(x)\n')).toEqual([
    0,
    'never_called',
    'never_called',
  ]);
  expect(await change(join(folder, 'b.h'), '#include "a.h"\n')).toEqual([2, '__work_init', '__work_init']);
  expect(await change(join(folder, 'new.c'), source('a.h'))).toEqual([0, '__work_init', '__work_init']);
  const header = kernelFiles['include/linux/module.h'].replace('__work_init(work)', '__lock_slow(work)');
  expect(await change(join(kernel, 'include/linux/module.h'), header)).toEqual([2, '__lock_slow', '__lock_slow']);
});

test('flags of a Makefile, and headers that come to be found, cost all units', async () => {
  const { folder, links, change } = await open({ ...files, 'b.c': source('sub/b.h') });
  expect(await links()).toEqual([2, '__lock_slow', '']);
  expect(await change(join(folder, 'sub/b.h'), files['b.h'])).toEqual([2, '__lock_slow', '__work_init']);
  const flags = `${files.Makefile}CFLAGS_b.o := -DUSE=never_called -Dtake_lock=INIT_WORK\n`;
  expect(await change(join(folder, 'sub/b.h'), '')).toEqual([1, '__lock_slow', '']);
  expect(await change(join(folder, 'Makefile'), flags)).toEqual([2, '__lock_slow', 'never_called']);
  expect(await change(join(folder, 'sub/b.h'), undefined)).toEqual([1, '__lock_slow', '']);
  expect(await change(join(folder, 'sub/b.h'), '')).toEqual([2, '__lock_slow', 'never_called']);
});

test('a Makefile that is not saved costs the units that get other flags', async () => {
  const { folder, workspace, links } = await open();
  const makefile = join(folder, 'Makefile');
  expect(await links()).toEqual([2, '__lock_slow', '__work_init']);
  await workspace.openText(makefile, files.Makefile);
  expect(await links()).toEqual([0, '__lock_slow', '__work_init']);
  await workspace.openText(makefile, `${files.Makefile}CFLAGS_b.o := -D__work_init=never_called\n`);
  expect(await links()).toEqual([1, '__lock_slow', 'never_called']);
  await workspace.closeText(makefile);
  expect((await links()).slice(1)).toEqual(['__lock_slow', '__work_init']);
});

test('an export that hangs on a macro of a header is there if its symbol is', async () => {
  const user = (name: string) =>
    `#include <linux/module.h>\nvoid ${name}(void);\nint use_${name}(void) { return ${name}(), 0; }\nMODULE_LICENSE("GPL");\n`;
  const define = (name: string, how: string) => `void ${name}(void) {}\nEXPORT_SYMBOL${how}(${name});\n`;
  const ways = `#if SEEN\n${define('two', '_GPL')}#else\n${define('two', '')}#endif\n`;
  const { folder, links, change } = await open({
    Makefile: 'obj-m := core.o one.o two.o\n',
    'core.c': `#include <linux/module.h>\n#include "config.h"\n#if SEEN\n${define('one', '_GPL')}#endif\n${ways}MODULE_LICENSE("GPL");\n`,
    'config.h': '#define EXPORT_SYMBOL(x)\n#define EXPORT_SYMBOL_GPL(x)\n#include "more.h"\n',
    'more.h': '#define SEEN __WORDSIZE_IS(64)\n#define __WORDSIZE_IS(x) (x == 64)\n',
    'one.c': user('one'),
    'two.c': user('two'),
  });
  // Of what is exported in two ways nothing is claimed.
  expect(await links()).toEqual([3, '', 'one', '']);
  expect(await change(join(folder, 'more.h'), '#define SEEN 0 && __LINE__\n')).toEqual([1, '', '', '']);
});

test('what is asked for without the ways there is the same', async () => {
  const kernel = makeFolder(kernelFiles);
  const workspace = new Workspace(makeFolder(files), { settings: { ...defaultSettings, kernel } });
  await workspace.load();
  await workspace.link({ isBlocking: true, isBrief: true });
  const { modules } = workspace.snapshot;
  expect(modules.map((module) => module.symbols())).toMatchObject([
    [{ name: '__lock_slow', sites: [] }],
    [{ name: '__work_init', sites: [] }],
  ]);
});

test('a unit that waits for its turn while a header it includes is typed in is read again', async () => {
  const folder = makeFolder(files);
  const workspace = new Workspace(folder, { settings: { ...defaultSettings, kernel: makeFolder(kernelFiles) } });
  await workspace.load();
  let goOn = () => {};
  const gate = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const first = workspace.link({ isBlocking: true, turn: () => gate });
  await workspace.openText(join(folder, 'a.h'), '#define USE(x) never_called()\n');
  goOn();
  await first;
  await workspace.link({ isBlocking: true });
  const symbols = workspace.snapshot.modules.map((module) => module.symbols().map(({ name }) => name));
  expect(symbols).toEqual([['never_called'], ['__work_init']]);
});

test('a header that the build makes is no reason to follow none, and is told of once', async () => {
  const header = 'generated/table.h';
  const makefile = `${files.Makefile}$(obj)/generated/%.h: $(src)/%.txt\n\t./make-table $< > $@\n`;
  const text = source('a.h').replace('#include "a.h"', `#include "a.h"\n#include "${header}"`);
  const { folder, workspace, links, change } = await open({
    ...files,
    Makefile: makefile,
    'a.c': text,
    'b.c': `${text}void g(void *work) { INIT_WORK(work); }\n`,
  });
  expect(await links()).toEqual([2, '__lock_slow', '__lock_slow,__work_init']);
  const told = () => workspace.snapshot.problems.map(({ message, file }) => `${file}: ${message}`);
  const makes = `${folder}/generated/%.h`;
  expect(told()).toEqual([
    `${folder}/Makefile: '${makes}' is made by the build and is not there: what only it brings in is not known. Build once.`,
  ]);
  expect(workspace.snapshot.modules.map(({ isExact, isWhole }) => [isExact, isWhole])).toEqual([
    [true, false],
    [true, false],
  ]);
  expect(await change(join(folder, header), '#define TABLE 1\n')).toEqual([
    2,
    '__lock_slow',
    '__lock_slow,__work_init',
  ]);
  expect(told()).toEqual([]);
  expect(workspace.snapshot.modules.every(({ isWhole }) => isWhole)).toBe(true);
});

test('headers of a kernel that are not whole are one problem, at the kernel', async () => {
  const { kernel, folder, workspace, links, change } = await open({
    ...files,
    Makefile: 'obj-m := a.o b.o c.o d.o\n',
    'c.c': source('a.h'),
    'd.c': source('none.h'),
  });
  const header = join(kernel, 'include/linux/module.h');
  const before = kernelFiles['include/linux/module.h'];
  await change(header, `#include <asm/module.h>\n${before}`);
  await links();
  const told = () => workspace.snapshot.problems.map(({ file, message }) => `${file}: ${message}`);
  const fault = `${kernel}: The headers of 6.1.0-test cannot be followed from <linux/module.h> on: 'asm/module.h' is not there. Only direct uses are known of all modules; run 'make modules_prepare' in '${kernel}', or install the whole package of its headers.`;
  const own = `${folder}/d.c: 'none.h', which '${folder}/d.c' includes, was not found: only its direct uses are known`;
  expect(told().sort()).toEqual([fault, own].sort());
  await change(header, before);
  await links();
  expect(told()).toEqual([
    `${folder}/d.c: 'none.h', which '${folder}/d.c' includes, was not found: only its direct uses are known`,
  ]);
});
