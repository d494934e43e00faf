import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Build } from '../../server/src/core/kbuild/build';
import { preprocessorFlags } from '../../server/src/core/kbuild/flags';
import { preprocessorArguments } from '../../server/src/core/kbuild/kernelflags';
import { readBuild } from '../../server/src/core/kbuild/read';
import { build, kernelWith, MemoryFiles, problems } from './memory';

/** Flags of a module's first member as they stand in the compiler's call. */
function flags(found: Build, module = 0, member = 0): string[] {
  const one = found.modules[module]?.members[member];
  return [...(one?.flags ?? []), ...(one?.names ?? [])].map(({ option, value }) =>
    option === 'target' ? value : `${option} ${value}`.trim(),
  );
}

const names = (name: string, module = name) => [
  `-D KBUILD_BASENAME="${name}"`,
  `-D KBUILD_MODNAME="${module}"`,
  `-D __KBUILD_MODNAME=kmod_${module}`,
];

describe('flags', () => {
  test('stand in the order of the compiler call, with the names of object and module behind', () => {
    const Makefile = [
      'obj-m := my-mod.o',
      'my-mod-y := a-b.o c.o',
      'ccflags-y := -DONE -I$(src)/inc -iquote $(src)/q -isystem /kernel/sys -include $(src)/pre.h -UX',
      'EXTRA_CFLAGS := -DOLD',
      'CFLAGS_c.o := -DC -std=gnu99',
      'CFLAGS_REMOVE_c.o := -DONE',
      'CFLAGS_MODULE := -DLAST',
    ].join('\n');
    const found = build({ Makefile, 'a-b.c': '', 'c.c': '', 'pre.h': '' });
    const more = ['-I /w/inc', '-iquote /w/q', '-isystem /kernel/sys', '-include /w/pre.h', '-U X'];
    expect(flags(found)).toEqual([
      ...['-D __KERNEL__', '-D ONE', ...more, '-D OLD', '-D MODULE', '-D LAST'],
      ...names('a_b', 'my_mod'),
    ]);
    expect(flags(found, 0, 1)).toEqual([
      ...['-D __KERNEL__', ...more, '-D OLD', '-D C', '-std=gnu99', '-D MODULE', '-D LAST'],
      ...names('c', 'my_mod'),
    ]);
  });

  test('variables that a target has for itself', () => {
    const Makefile = [
      'obj-m := one.o two.o three.o',
      'ccflags-y := -DALL',
      '$(obj)/one.o: ccflags-y += -DONE',
      '$(obj)/t%.o: ccflags-y += -DPATTERN',
      '$(obj)/three.o: private ccflags-y := -DALONE',
      '$(obj)/one.o: $(obj)/header.h',
    ].join('\n');
    const found = build({ Makefile, 'one.c': '', 'two.c': '', 'three.c': '' });
    const own = found.modules.map((module) => Object.keys(module.members[0]?.defines ?? {}));
    expect(own).toEqual([['ALL', 'ONE'], ['ALL', 'PATTERN'], ['ALONE']]);
  });

  test('of assembler sources are their own, and an object of two modules has both names', () => {
    const Makefile = 'obj-m := x.o y.o\nx-y := s.o c.o\ny-y := c.o\nccflags-y := -DC\nasflags-y := -DS\n';
    const found = build({ Makefile, 's.S': '', 'c.c': '' });
    const [, module, token] = names('', 'x');
    expect(flags(found)).toEqual(['-D __KERNEL__', '-D __ASSEMBLY__', '-D S', '-D MODULE', module, token]);
    expect(flags(found, 1)).toEqual(['-D __KERNEL__', '-D C', '-D MODULE', ...names('c', 'x:y')]);
  });

  test('that a call hands in come where the kernel adds them, and those of LINUXINCLUDE first', () => {
    const Makefile = [
      'ifneq ($(KERNELRELEASE),)',
      'obj-m := a.o',
      'LINUXINCLUDE := -I$(src)/first $(LINUXINCLUDE)',
      'ccflags-y := -DOWN',
      'else',
      'all:',
      '\tmake -C /k M=$(PWD) KCFLAGS=-DHANDED modules',
      'endif',
    ].join('\n');
    const found = build({ Makefile, 'a.c': '' });
    expect(flags(found)).toEqual([
      ...['-I /w/first', '-D __KERNEL__', '-D HANDED', '-D OWN', '-D MODULE'],
      ...names('a'),
    ]);
  });

  test('come from the kernel that it is built against, where that is there', () => {
    const kernel = {
      '/kernel/Makefile': [
        'LINUXINCLUDE := -I$(srctree)/include -I$(objtree)/include/generated -include $(srctree)/include/linux/kconfig.h',
        'KBUILD_CPPFLAGS := -D__KERNEL__',
        'KBUILD_CFLAGS := -std=gnu11 $(call cc-option,-fno-PIE)',
        'KBUILD_CFLAGS_MODULE := -DMODULE',
        'include $(srctree)/arch/$(SRCARCH)/Makefile',
        'export LINUXINCLUDE KBUILD_CPPFLAGS KBUILD_CFLAGS KBUILD_CFLAGS_MODULE',
      ].join('\n'),
      '/kernel/arch/x86/Makefile':
        'KBUILD_CFLAGS += -m64\nifdef CONFIG_FENTRY\nKBUILD_CFLAGS += -DCC_USING_FENTRY\nendif\n',
      '/kernel/scripts/Kbuild.include': '',
      '/kernel/scripts/Makefile.build': [
        'subdir-ccflags-y :=',
        'include $(srctree)/scripts/Kbuild.include',
        'include $(kbuild-file)',
        'include $(srctree)/scripts/Makefile.lib',
        'KBUILD_CFLAGS += $(subdir-ccflags-y)',
        'all:',
        'KBUILD_CFLAGS += -DTOO_LATE',
      ].join('\n'),
      '/kernel/scripts/Makefile.lib': [
        'c_flags = $(LINUXINCLUDE) $(KBUILD_CPPFLAGS) $(KBUILD_CFLAGS) $(ccflags-y) $(KBUILD_CFLAGS_MODULE) $(modfile_flags)',
        'modfile_flags = -DKBUILD_MODFILE=\'"$(obj)/$(__modname)"\'',
        '__modname = none',
      ].join('\n'),
    };
    const files = {
      ...kernel,
      Makefile: 'obj-m := a.o\nccflags-y := -DOWN -DMODULE\nsubdir-ccflags-y := -DBELOW\n',
      'a.c': '',
    };
    const found = build(files, { CONFIG_X86: 'y', CONFIG_FENTRY: 'y' });
    expect(flags(found)).toEqual([
      ...['-I /kernel/include', '-I /kernel/include/generated', '-include /kernel/include/linux/kconfig.h'],
      ...['-D __KERNEL__', '-std=gnu11', '-fno-PIE', '-m64', '-D CC_USING_FENTRY'],
      ...['-D BELOW', '-D OWN', '-D MODULE', '-D MODULE'],
      '-D KBUILD_MODFILE="/w/a"',
    ]);
    const [module] = found.modules;
    expect(module?.members[0]).toMatchObject({ defines: { BELOW: '1', OWN: '1' }, includes: [] });
    expect(found.kernelFlags.map(({ value }) => value)).not.toContain('OWN');
  });

  test("of a part of a kernel's source lead to its own folders where the headers have none", () => {
    const ccflags = [
      'drivers/media/dvb-core',
      'drivers/media/none',
      'drivers/net',
      'media',
      '/w/tree/drivers/media/tuners',
    ];
    const files = {
      '/kernel/Makefile':
        'LINUXINCLUDE := -I$(srctree)/include\nKBUILD_CFLAGS := -O2\nexport LINUXINCLUDE KBUILD_CFLAGS\n',
      '/kernel/scripts/Kbuild.include': '',
      '/kernel/media/here.h': '',
      '/w/tree/drivers/media/dvb-core/dvb.h': '',
      '/w/tree/drivers/media/tuners/tuner.h': '',
      '/w/tree/drivers/media/media/not.h': '',
      '/w/tree/drivers/net/net.h': '',
      '/w/tree/drivers/media/Makefile': `obj-m := a.o\nccflags-y := ${ccflags.map((path) => `-I$(srctree)/${path}`).join(' ')}\n`,
      '/w/tree/drivers/media/a.c': '',
    };
    const found = readBuild('/w/tree/drivers/media', new MemoryFiles(files), kernelWith({}));
    expect(found.modules[0]?.members[0]?.includes).toEqual([
      '/w/tree/drivers/media/dvb-core',
      '/kernel/drivers/media/none',
      '/kernel/drivers/net',
      '/kernel/media',
      '/w/tree/drivers/media/tuners',
    ]);
  });

  test('become arguments: the search order of the compiler, and defines in order', () => {
    const Makefile =
      'obj-m := a.o\nccflags-y := -DF(x)=x -DV=a=b -I$(src)/i -isystem $(src)/s -I$(src)/s -idirafter $(src)/z -iquote $(src)/q -I$(src)/i -UV -imacros m.h\n';
    const found = build({ Makefile, 'a.c': '' });
    const member = found.modules[0]?.members[0];
    if (!member) throw new Error('no member');
    const result = preprocessorArguments(member, found);
    expect(result.includes.map(({ path, kind }) => `${kind} ${path}`)).toEqual([
      'quote /w/q',
      'plain /w/i',
      'system /w/s',
      'after /w/z',
    ]);
    expect(result.defines.slice(0, 5)).toEqual([
      ['__KERNEL__', '1'],
      ['F(x)', 'x'],
      ['V', 'a=b'],
      ['V', undefined],
      ['MODULE', '1'],
    ]);
    expect(result.preMacros).toEqual(['m.h']);
    const lone = preprocessorArguments({ object: '/w/x-y.o', source: '/w/x-y.c', defines: {}, includes: [] }, found);
    expect(lone.defines).toContainEqual(['KBUILD_MODNAME', '"x_y"']);
    expect(lone.defines).toContainEqual(['__KERNEL__', '1']);
  });

  test('with a part that is not known are left out, their quotes with them', () => {
    const text = [
      '-DA="a $(shell x)" -DB',
      `-DC='$(shell y) c' "-DD=$(W) d"`,
      '-DE="\\"$(V)\\"" -DF',
      '-DG=\\$(shell z) -DH',
    ];
    const Makefile = `ifeq ($(shell v),)\nV := 1 2\nW = x y\nendif\nobj-m := a.o\nccflags-y := ${text.join(' ')}\n`;
    expect(build({ Makefile, 'a.c': '' }).modules[0]?.members[0]?.defines).toEqual({ B: '1', F: '1', H: '1' });
  });

  test('with a part that is not known are left out, with the word they take', () => {
    const words = ['-isystem', '\0', '-DA', '-D\0', '-I', 'x', '-Wp,-DB,-MD,x', '-include', 'y.h', '-nostdinc'];
    const found = preprocessorFlags(words, undefined, () => false);
    expect(found.map(({ option, value }) => `${option} ${value}`)).toEqual([
      '-D A',
      '-D B',
      '-include y.h',
      '-nostdinc ',
    ]);
  });

  test('of random words never throw and hold nothing unknown', () => {
    const word = fc.oneof(
      fc.constantFrom(
        '-D',
        '-I',
        '-include',
        '-U',
        '-isystem',
        '-Wp,',
        '\0',
        '-DX=',
        '-std=gnu11',
        '-iquote/a',
        '../..',
      ),
      fc.string({ maxLength: 5 }),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), (words) => {
        for (const flag of preprocessorFlags(words, '/w', () => false)) expect(flag.value).not.toContain('\0');
      }),
    );
  });
});

describe('names', () => {
  test('of two modules built together', () => {
    const files = {
      Kbuild: 'obj-m := a/ b/\n',
      'a/Kbuild': 'obj-m := same-x.o\n',
      'a/same-x.c': '',
      'b/Kbuild': 'obj-m := same_x.o\n',
      'b/same_x.c': '',
    };
    expect(problems(build(files), files)).toEqual([
      "b/Kbuild:same_x.o: Two modules are called 'same_x', this one and '/w/a/same-x.ko': the kernel loads only one of them.",
    ]);
  });

  test('of modules that are built apart are of no interest', () => {
    const files = { 'a/Kbuild': 'obj-m := x.o\n', 'a/x.c': '', 'b/Kbuild': 'obj-m := x.o\n', 'b/x.c': '' };
    expect(problems(build(files), files)).toEqual([]);
  });
});
