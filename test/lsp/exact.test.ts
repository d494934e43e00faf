import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Diagnostic } from 'vscode-languageserver/node';
import { type Editor, makeFolder, pause, startEditor, toUri } from './editor';

/** As much of a kernel's headers as a module needs: an inline function and a macro that lead to GPL-only symbols. */
const kernel = {
  Makefile: `VERSION = 6
PATCHLEVEL = 1
SUBLEVEL = 0
EXTRAVERSION = -test
LINUXINCLUDE := -I$(srctree)/include -include $(srctree)/include/linux/kconfig.h
KBUILD_CFLAGS := -std=gnu11
KBUILD_CPPFLAGS := -D__KERNEL__
export LINUXINCLUDE KBUILD_CFLAGS KBUILD_CPPFLAGS
`,
  'Module.symvers': [
    '0x1\t__work_init\tvmlinux\tEXPORT_SYMBOL_GPL\t',
    '0x2\t__lock_slow\tvmlinux\tEXPORT_SYMBOL_GPL\t',
    '0x3\tnever_called\tvmlinux\tEXPORT_SYMBOL_GPL\t\n',
  ].join('\n'),
  'include/config/auto.conf': 'CONFIG_64BIT=y\nCONFIG_X86_64=y\nCONFIG_MODULES=y\n',
  'include/generated/autoconf.h': '#define CONFIG_X86_64 1\n',
  'include/linux/kconfig.h': '#include <generated/autoconf.h>\n',
  'include/linux/compiler-version.h': '',
  'include/linux/compiler_types.h': '',
  'include/linux/module.h': `#define MODULE_LICENSE(x) static const char license[] __attribute__((used)) = x
extern void __work_init(void *work);
extern void __lock_slow(int *lock);
extern void never_called(void);
#define INIT_WORK(work) __work_init(work)
static inline void take_lock(int *lock) { if (*lock) __lock_slow(lock); else if (0) never_called(); }
static inline void unused(void) { never_called(); }
`,
};
const source = `// SPDX-License-Identifier: LicenseRef-Secret
#include <linux/module.h>

int secret(int *lock)
{
	INIT_WORK(lock);
	take_lock(lock);
	return 0;
}

MODULE_LICENSE("Proprietary");
`;

async function items(editor: Editor, file: string) {
  const report = await editor.pull(file);
  return report.kind === 'full' ? report.items : [];
}

const messages = (diagnostics: readonly Diagnostic[]) =>
  diagnostics
    .filter(({ code }) => code === 'gpl-only-symbol')
    .map(({ message }) => String(message).replace(/^.*symbol /s, ''));

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
