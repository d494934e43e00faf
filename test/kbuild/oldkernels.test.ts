import { describe, expect, test } from 'vitest';
import { splitMakefileBuild } from '../../server/src/core/kbuild/makefilebuild';
import { readBuild } from '../../server/src/core/kbuild/read';
import { kernelWith, MemoryFiles } from './memory';

/** In the form of 4.19: Makefiles include each other by `--include-dir`, and flags are put together among the rules. */
const kernel = {
  '/kernel/Makefile': [
    'LINUXINCLUDE := $(if $(KBUILD_SRC),-I$(srctree)/include) -I$(objtree)/gen -include $(srctree)/include/linux/kconfig.h',
    'KBUILD_CPPFLAGS := -D__KERNEL__',
    'KBUILD_CFLAGS := -O2',
    'ifeq ($(cc-name),clang)\nKBUILD_CFLAGS += -DCLANG\nelse\nKBUILD_CFLAGS += -DGCC\nendif',
    'KBUILD_CFLAGS += $(shell [ $(cc-version) -ge 0500 ] && echo -DNEW || echo -DOLD)',
    'KBUILD_AFLAGS := -D__ASSEMBLY__',
    'KBUILD_CFLAGS_MODULE := -DMODULE',
    'KBUILD_AFLAGS_MODULE := -DMODULE -DASSEMBLED',
    'KBUILD_AFLAGS_KERNEL := -DBUILTIN',
    'export KBUILD_SRC LINUXINCLUDE KBUILD_CPPFLAGS KBUILD_CFLAGS KBUILD_AFLAGS',
    'export KBUILD_CFLAGS_MODULE KBUILD_AFLAGS_MODULE KBUILD_AFLAGS_KERNEL',
  ].join('\n'),
  '/kernel/include/linux/kconfig.h': '',
  '/kernel/scripts/Kbuild.include': 'basetarget = $(basename $(notdir $@))\n',
  '/kernel/scripts/Makefile.build': [
    'asflags-y :=\nccflags-y :=',
    'include scripts/Kbuild.include',
    'include $(kbuild-file)',
    'include scripts/Makefile.lib',
    '__build: $(obj-m)\n\t@:',
    'ifdef CONFIG_NONE\nmodkern_cflags = -DNEVER\nelse',
    'modkern_cflags = $(if $(part-of-module),$(KBUILD_CFLAGS_MODULE),-DBUILTIN)\nendif',
    'modkern_aflags := $(KBUILD_AFLAGS_KERNEL)',
    '$(real-obj-m): modkern_aflags := $(KBUILD_AFLAGS_MODULE)',
  ].join('\n'),
  '/kernel/scripts/Makefile.lib': [
    'real-obj-m := $(addprefix $(obj)/,$(foreach m,$(obj-m),$(or $($(m:.o=-objs)) $($(m:.o=-y)),$(m))))',
    'modname = $(basetarget)',
    'basename_flags = -DKBUILD_BASENAME=$(basetarget)',
    'modname_flags = -DKBUILD_MODNAME=$(modname)',
    'c_flags = $(LINUXINCLUDE) $(if $(KBUILD_SRC),-I$(obj)) $(KBUILD_CPPFLAGS) $(KBUILD_CFLAGS) $(modkern_cflags) \\',
    '  $(basename_flags) $(modname_flags)',
    'a_flags = $(LINUXINCLUDE) $(KBUILD_CPPFLAGS) $(KBUILD_AFLAGS) $(modkern_aflags)',
  ].join('\n'),
};
const sources = { Makefile: 'obj-m := x.o y.o\nx-y := a.o s.o\ny-y := a.o t.o\n', 'a.c': '', 's.S': '', 't.S': '' };

/** The flags of each member by its source, against a kernel that is built in `folder`. */
function flagsIn(folder: string, config: Readonly<Record<string, string>>): Record<string, string[]> {
  const files = new MemoryFiles({ ...kernel, ...sources, [`${folder}/.config`]: '' });
  const found = readBuild('/w', files, { ...kernelWith(config), folder, sourceFolder: '/kernel' });
  const members = found.modules.flatMap((module) => module.members);
  return Object.fromEntries(
    members.map(({ source, flags = [], names = [] }) => [
      source ?? '',
      [...flags, ...names].map(({ option, value }) => (option === 'target' ? value : `${option} ${value}`)),
    ]),
  );
}

const gcc = { CONFIG_CC_IS_GCC: 'y', CONFIG_GCC_VERSION: '120200' };

describe('the flags of an old kernel', () => {
  test('that is built out of its sources', () => {
    const found = flagsIn('/out', gcc);
    const headers = ['-I /kernel/include', '-I /out/gen', '-include /kernel/include/linux/kconfig.h'];
    expect(found['/w/a.c']).toEqual([
      ...[...headers, '-I /w', '-D __KERNEL__', '-O2', '-D GCC', '-D NEW', '-D MODULE'],
      ...['-D KBUILD_BASENAME=a', '-D KBUILD_MODNAME=x:y'],
    ]);
    const assembled = [...headers, '-D __KERNEL__', '-D __ASSEMBLY__', '-D MODULE', '-D ASSEMBLED'];
    expect(found['/w/s.S']).toEqual(assembled);
    expect(found['/w/t.S']).toEqual(assembled);
  });

  test('that is built in its own folder', () => {
    const found = flagsIn('/kernel', { CONFIG_CC_IS_CLANG: 'y', CONFIG_GCC_VERSION: '0' });
    expect(found['/w/a.c']).toEqual([
      ...['-I /kernel/gen', '-include /kernel/include/linux/kconfig.h'],
      ...['-D __KERNEL__', '-O2', '-D CLANG', '-D OLD', '-D MODULE', '-D KBUILD_BASENAME=a', '-D KBUILD_MODNAME=x:y'],
    ]);
  });
});

test('of Makefile.build, the rules and all among them that is no flag are left out', () => {
  const text = [
    'ccflags-y :=',
    'include scripts/Kbuild.include',
    'include $(kbuild-file)',
    'include scripts/Makefile.lib',
    'define early\n\tx\nendef',
    '__build: x\n\t@:',
    'ifdef A\nifdef B\ncmd_cc = cc $(c_flags)\nelse\n-include x\nendif',
    'else ifdef C\na_flags = 1\nendif',
    'define rule_cc\nb_flags = 2\nifdef D\nendef',
    'x: c_flags += 3\nx: y = 4',
  ].join('\n');
  expect(splitMakefileBuild(text)).toEqual({
    head: 'ccflags-y :=\n',
    tail: [
      'include scripts/Makefile.lib\ndefine early\n\tx\nendef',
      'ifdef A\nelse ifdef C\na_flags = 1\nendif',
      'x: c_flags += 3\n',
    ].join('\n'),
  });
});
