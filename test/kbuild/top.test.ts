import { expect, test } from 'vitest';
import { build, problems } from './memory';

const there = [
  'arch/x86/include/asm/page.h',
  'arch/x86/include/generated/asm/unistd.h',
  'include/linux/kconfig.h',
  'include/linux/compiler_types.h',
  'include/uapi/linux/types.h',
  'include/generated/autoconf.h',
];
const whole = [
  'LINUXINCLUDE := -I$(srctree)/include -include $(srctree)/include/linux/kconfig.h',
  'KBUILD_CPPFLAGS := -D__KERNEL__',
  'KBUILD_CFLAGS := -std=gnu89',
  'export LINUXINCLUDE KBUILD_CPPFLAGS KBUILD_CFLAGS',
].join('\n');
const standard = [
  ...['arch/x86/include', 'arch/x86/include/generated', 'include', 'include/uapi'].map((path) => `-I /kernel/${path}`),
  ...['kconfig.h', 'compiler_types.h'].map((name) => `-include /kernel/include/linux/${name}`),
];

/** The flags of a module against a kernel with this top Makefile, and what is said of it. */
function against(makefile: string) {
  const files = {
    ...Object.fromEntries(there.map((path) => [`/kernel/${path}`, ''])),
    '/kernel/Makefile': makefile,
    Makefile: 'obj-m := a.o\n',
    'a.c': '',
  };
  const found = build(files, { CONFIG_X86: 'y' });
  const flags = found.modules[0]?.members[0]?.flags ?? [];
  return {
    flags: flags.filter(({ option }) => /^-[Ii]/.test(option)).map(({ option, value }) => `${option} ${value}`),
    defines: flags.filter(({ option }) => option === '-D').map(({ value }) => value),
    said: problems(found, files),
  };
}

test('a top Makefile that is read to the end says it all', () => {
  const { flags, said } = against(whole);
  expect(flags).toEqual(['-I /kernel/include', '-include /kernel/include/linux/kconfig.h']);
  expect(said).toEqual([]);
});

test.each([
  [
    'an error that make would end with',
    `ifndef MAGIC\n$(error no magic)\nendif\nifdef MAGIC\n${whole}\nendif\n`,
    "/kernel/Makefile:$(error no magic): The kernel's top Makefile gives no LINUXINCLUDE, KBUILD_CPPFLAGS, KBUILD_CFLAGS: it ends with 'no magic'.",
  ],
  [
    'a conditional around most of it',
    `ifeq ($(MAGIC),y)\n${whole}\nendif\n`,
    "/kernel/Makefile:ifeq ($(MAGIC),y): The kernel's top Makefile gives no LINUXINCLUDE, KBUILD_CPPFLAGS, KBUILD_CFLAGS: 'ifeq ($(MAGIC),y)' left out 4 lines.",
  ],
  [
    'include paths that hang on what is not evaluated',
    `${whole.replace('-I$(srctree)/include', '$(shell ./paths)').replace('-include $(srctree)/include/linux/kconfig.h', '')}\n`,
    "/kernel/Makefile:$(shell ./paths): The kernel's top Makefile gives no LINUXINCLUDE: '$(shell ./paths)' is not evaluated.",
  ],
])('the standard layout takes over behind %s, and one message says so', (_, makefile, message) => {
  const { flags, defines, said } = against(makefile);
  expect(flags).toEqual(standard);
  expect(defines).toContain('__KERNEL__');
  const advice = ' The standard layout of a kernel is taken instead; flags that only this kernel has are not known.';
  expect(said).toEqual([message + advice]);
});
