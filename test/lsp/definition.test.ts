import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder, pause, placesOf, startEditor } from './editor';
import { headers, pair, secret } from './samples';

async function openPair() {
  const folder = makeFolder(pair);
  const editor = await startEditor({ folders: [folder] });
  for (const name of Object.keys(pair)) await editor.open(join(folder, name));
  return async (name: string, needle: string) => placesOf(await editor.definition(join(folder, name), needle), folder);
}

test('an export of the workspace: the function and the line that exports it', async () => {
  const defined = await openPair();
  const both = ['core_main.c:5: core_start', 'core_main.c:9: core_start'];
  expect(await defined('user.c', 'core_start(1)')).toEqual(both);
  expect(await defined('user.c', 'core_stop()')).toEqual(['core_io.c:4: core_stop', 'core_io.c:8: core_stop']);
  expect(await defined('user.c', 'core_toggle(1)')).toEqual(['core.h:3: core_toggle']);
  expect(await defined('core_main.c', 'core_start);')).toEqual(both);
  expect(await defined('core_main.c', 'core_start(int')).toEqual(both);
});

test('a namespace leads to its exports, a license macro to its definition', async () => {
  const defined = await openPair();
  expect(await defined('user.c', 'CORE_IO')).toEqual(['core_io.c:8: core_stop']);
  expect(await defined('user.c', '"Proprietary"')).toBeNull();
  expect(await defined('core_main.c', 'CORE_LICENSE);')).toEqual(['core_main.c:3: CORE_LICENSE']);
  expect(await defined('core_io.c', 'CORE_IO')).toEqual(['core_io.c:8: core_stop']);
});

test('objects of a Makefile lead to their sources', async () => {
  const defined = await openPair();
  expect(await defined('Makefile', 'core_io.o')).toEqual(['core_io.c:1: ']);
  expect(await defined('Makefile', 'user.o')).toEqual(['user.c:1: ']);
  expect(await defined('Makefile', 'core.o')).toEqual(['core_main.c:1: ', 'core_io.c:1: ']);
  expect(await defined('Makefile', 'core-y')).toBeNull();
});

test('what only a C language server knows is left to it', async () => {
  const defined = await openPair();
  for (const name of ['user_init(void)', 'module_exit', 'vfree', 'return', '"core.h"']) {
    expect(await defined('user.c', name)).toBeNull();
  }
});

/** A kernel's source with what was built in it. */
const tree = {
  ...headers,
  'Module.symvers': [
    '0x1\t__work_init\tvmlinux\tEXPORT_SYMBOL_GPL\t',
    '0x2\t__lock_slow\tdrivers/base/locks/locking\tEXPORT_SYMBOL_GPL\t',
    '0x3\tnever_called\tvmlinux\tEXPORT_SYMBOL_GPL\t',
    '0x4\tarch_thing\tvmlinux\tEXPORT_SYMBOL_GPL\t',
    '0x5\t__tracepoint_seen\tvmlinux\tEXPORT_SYMBOL_GPL\t\n',
  ].join('\n'),
  'include/config/auto.conf': 'CONFIG_64BIT=y\nCONFIG_X86_64=y\nCONFIG_X86=y\nCONFIG_MODULES=y\n',
  'init/main.c': 'int main;\n',
  'kernel/work.c': 'void __work_init(void *work)\n{\n}\nEXPORT_SYMBOL_GPL(__work_init);\n',
  'drivers/base/locks/slow.c': 'void __lock_slow(int *lock)\n{\n}\nEXPORT_SYMBOL_GPL(__lock_slow);\n',
  // Not what the provider names.
  'drivers/net/lock_slow.c': 'EXPORT_SYMBOL_GPL(__lock_slow);\n',
  'arch/mips/thing.c': 'EXPORT_SYMBOL_GPL(arch_thing);\n',
  'arch/x86/thing.S': 'SYM_FUNC_START(arch_thing)\nEXPORT_SYMBOL_GPL(arch_thing)\n',
  'mm/seen.c': 'EXPORT_TRACEPOINT_SYMBOL_GPL(seen);\n',
};

async function openSecret(files: Readonly<Record<string, string>>, text = secret) {
  const kernel = makeFolder(files);
  const folder = makeFolder({ 'secret.c': text, Makefile: 'obj-m := secret.o\n' });
  const editor = await startEditor({ folders: [folder], settings: { kernel } });
  const file = join(folder, 'secret.c');
  await editor.open(file);
  return { editor, kernel, file, folder };
}

const direct = secret.replace(
  '\tINIT_WORK',
  '\t__work_init(lock), __lock_slow(lock), never_called();\n\tarch_thing(__tracepoint_seen);\n\tINIT_WORK',
);

test("a kernel's export: its source where that is on disk, else the line of Module.symvers", async () => {
  const { editor, kernel, file } = await openSecret(tree, direct);
  const defined = async (needle: string) => placesOf(await editor.definition(file, needle), kernel);
  expect(await defined('__work_init')).toEqual(['kernel/work.c:1: __work_init', 'kernel/work.c:4: __work_init']);
  expect(await defined('__lock_slow')).toEqual([
    'drivers/base/locks/slow.c:1: __lock_slow',
    'drivers/base/locks/slow.c:4: __lock_slow',
  ]);
  expect(await defined('arch_thing')).toEqual(['arch/x86/thing.S:2: arch_thing']);
  expect(await defined('__tracepoint_seen')).toEqual(['mm/seen.c:1: seen']);
  expect(await defined('never_called')).toEqual(['Module.symvers:3: 0x3\tnever_called\tvmlinux\tEXPORT_SYMBOL_GPL\t']);
});

test('headers without the source lead to Module.symvers', async () => {
  const { editor, kernel, file } = await openSecret(headers, direct);
  expect(placesOf(await editor.definition(file, '__work_init'), kernel)).toEqual([
    'Module.symvers:1: 0x1\t__work_init\tvmlinux\tEXPORT_SYMBOL_GPL\t',
  ]);
});

test('the steps of a trail, one after the other', async () => {
  const { editor, kernel, file } = await openSecret(tree);
  const untilExact = async (needle: string) => {
    for (let left = 200; ; left--) {
      const found = placesOf(await editor.definition(file, needle), kernel);
      if (found || left === 0) return found;
      await pause(25);
    }
  };
  expect(await untilExact('take_lock')).toEqual(['include/linux/module.h:6: __lock_slow']);
  const header = join(kernel, 'include/linux/module.h');
  await editor.open(header);
  expect(placesOf(await editor.definition(header, '__work_init(work)'), kernel)).toEqual([
    'kernel/work.c:1: __work_init',
    'kernel/work.c:4: __work_init',
  ]);
  expect(await editor.definition(header, 'MODULE_LICENSE')).toBeNull();
});
