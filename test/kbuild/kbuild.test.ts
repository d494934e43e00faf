import { describe, expect, test } from 'vitest';
import { readBuild } from '../../server/src/core/kbuild/read';
import { build, kernelWith, MemoryFiles, problems, summary } from './memory';

describe('modules', () => {
  test('of one source, with the word that names them', () => {
    const text = '# comment\nobj-m := foo-bar.o\n';
    const found = build({ Makefile: text, 'foo-bar.c': '' });
    expect(summary(found)).toEqual(['foo-bar: foo-bar.c']);
    const [module] = found.modules;
    expect(module?.name).toBe('foo_bar');
    expect(module?.at?.file).toBe('/w/Makefile');
    expect(text.slice(module?.at?.span.start, module?.at?.span.end)).toBe('foo-bar.o');
  });

  test('of several sources, from -objs, -y, -m and by the configuration', () => {
    const makefile = [
      'obj-m += foo.o',
      'foo-objs := a.o \\',
      '\tb.o   sub/c.o # not.o',
      'foo-y += d.o a.o',
      'foo-$(CONFIG_ON) += on.o',
      'foo-$(CONFIG_MOD) += mod.o',
      'foo-$(CONFIG_OFF) += off.o',
    ].join('\n');
    const sources = { 'a.c': '', 'b.S': '', 'sub/c.c': '', 'd.rs': '', 'on.c': '', 'mod.c': '', 'off.c': '' };
    const found = build({ Makefile: makefile, ...sources }, { CONFIG_ON: 'y', CONFIG_MOD: 'm' });
    expect(summary(found)).toEqual(['foo: a.c b.S sub/c.c d.rs on.c mod.c']);
    expect(found.problems).toEqual([]);
  });

  test('by the configuration: m is a module, y is built in, unset is not built', () => {
    const Makefile = 'obj-$(CONFIG_A) += a.o\nobj-$(CONFIG_B) += b.o\nobj-$(CONFIG_C) += c.o\n';
    const files = { Makefile, 'a.c': '', 'b.c': '', 'c.c': '' };
    expect(summary(build(files, { CONFIG_A: 'm', CONFIG_B: 'y' }))).toEqual(['a: a.c']);
  });

  test('an unknown configuration leaves everything possible, and says what it depends on', () => {
    const files = { Makefile: 'obj-$(CONFIG_A) += a.o sub/\n', 'a.c': '', 'sub/Kbuild': 'obj-m := b.o', 'sub/b.c': '' };
    const found = build(files, 'unknown');
    expect(summary(found)).toEqual(['a?: a.c', 'sub/b?: sub/b.c']);
    expect(found.modules.map((module) => module.dependsOn)).toEqual(['CONFIG_A', 'CONFIG_A']);
    expect(found.problems).toEqual([]);
  });

  test('a folder without any module says what the configuration leaves out', () => {
    const files = { Makefile: 'obj-$(CONFIG_OFF) += a.o\n', 'a.c': '' };
    const found = build(files);
    expect(summary(found)).toEqual([]);
    expect(problems(found, files)).toEqual([
      "Makefile:a.o: 'a.o' is not built: its option is not set in the configuration of 6.1.0-test.",
    ]);
  });

  test('definitions of the kernel that it is built against', () => {
    const files = {
      Makefile: 'ifeq ($(call at-least,6),y)\nobj-m := a.o\nendif\nobj-m += $(subst $(comma), ,b.o,c.o)\n',
      'a.c': '',
      'b.c': '',
      'c.c': '',
      '/kernel/Makefile': '',
      '/kernel/scripts/Kbuild.include': 'at-least = $(shell test $(VERSION) -ge $1 && echo y)\n',
    };
    expect(summary(build(files))).toEqual(['a: a.c', 'b: b.c', 'c: c.c']);
  });

  test('what is built in is no module as well', () => {
    expect(summary(build({ Makefile: 'obj-y := a.o\nobj-m := a.o b.o\n', 'a.c': '', 'b.c': '' }))).toEqual(['b: b.c']);
  });

  test('an option that the Makefile itself sets is taken', () => {
    expect(summary(build({ Makefile: 'CONFIG_X := m\nobj-$(CONFIG_X) := x.o\n', 'x.c': '' }))).toEqual(['x: x.c']);
  });
});

describe('folders', () => {
  test('Kbuild comes before Makefile', () => {
    const files = { Kbuild: 'obj-m := a.o', Makefile: 'obj-m := b.o', 'a.c': '', 'b.c': '' };
    expect(summary(build(files))).toEqual(['a: a.c']);
  });

  test('obj-y and obj-m descend, with exported variables and flags', () => {
    const files = {
      Kbuild: 'export NAME := b\nsubdir-ccflags-y := -DDEEP=2 -I$(src)/include\nobj-y += one/\nobj-m += two/ three/\n',
      'one/Makefile': 'obj-m := a.o\n',
      'one/a.c': '',
      'two/Kbuild': 'obj-m := $(NAME).o\n',
      'two/b.c': '',
    };
    const found = build(files);
    expect(summary(found)).toEqual(['one/a: one/a.c', 'two/b: two/b.c']);
    expect(found.modules[0]?.members[0]).toMatchObject({ defines: { DEEP: '2' }, includes: ['/w/include'] });
    expect(problems(found, files)).toEqual(["Kbuild:three/: 'three/' has neither a Kbuild file nor a Makefile."]);
  });

  test('a folder that Kbuild does not descend into is not read on its own', () => {
    const files = { Kbuild: 'obj-$(CONFIG_OFF) += off/\n', 'off/Makefile': 'obj-m := a.o\n', 'off/a.c': '' };
    expect(summary(build(files))).toEqual([]);
  });

  test('several modules in several folders without a Makefile on top', () => {
    const files = { 'a/Makefile': 'obj-m := a.o', 'a/a.c': '', 'x/y/Makefile': 'obj-m := b.o', 'x/y/b.c': '' };
    expect(summary(build(files))).toEqual(['a/a: a/a.c', 'x/y/b: x/y/b.c']);
  });

  test('folders that name each other in a ring end', () => {
    const files = { Kbuild: 'obj-y += a/ ./\n', 'a/Kbuild': 'obj-y += ../ \nobj-m := x.o\n', 'a/x.c': '' };
    expect(summary(build(files))).toEqual(['a/x: a/x.c']);
  });
});

describe('out-of-tree habits', () => {
  test('KERNELRELEASE is set when Kbuild reads, and the kernel folder of the other half is a hint', () => {
    const Makefile = [
      'ifneq ($(KERNELRELEASE),)',
      '\tobj-m := a.o',
      'else',
      'KVER ?= $(shell uname -r)',
      'KDIR ?= /lib/modules/$(KVER)/build',
      'all:',
      '\t$(MAKE) -C $(KDIR) M=$$PWD CONFIG_B=m modules',
      'endif',
      'obj-$(CONFIG_B) += b.o',
    ].join('\n');
    const found = build({ Makefile, 'a.c': '', 'b.c': '' });
    expect(summary(found)).toEqual(['a: a.c', 'b: b.c']);
    expect(found.kernelFolders).toMatchObject([
      { value: '/lib/modules/$(shell uname -r)/build', at: { file: '/w/Makefile' } },
    ]);
    const span = found.kernelFolders[0]?.at.span;
    expect(Makefile.slice(span?.start, span?.end)).toBe('/lib/modules/$(KVER)/build');
  });

  test('M= names the folder that Kbuild reads', () => {
    const files = {
      Makefile:
        'PWD := $(shell pwd)\nall:\n\tmake -C /lib/modules/`uname -r`/build M="$(PWD)/src" CONFIG_Z=m modules\n',
      'src/Kbuild': 'obj-$(CONFIG_Z) := z.o\n',
      'src/z.c': '',
    };
    const found = build(files);
    expect(summary(found)).toEqual(['src/z: src/z.c']);
    expect(found.kernelFolders.map((hint) => hint.value)).toEqual(['/lib/modules/$(shell uname -r)/build']);
  });

  test('dkms.conf says how make is called, and a module it promises in vain is told', () => {
    const files = {
      'dkms.conf': [
        'PACKAGE_NAME="p"',
        'PACKAGE_VERSION=1.0',
        'OTHER=`find / -name x`',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: a shell's form, not a template's
        'MAKE[0]="make -C ${kernel_source_dir} M=${dkms_tree}/${PACKAGE_NAME}/${PACKAGE_VERSION}/build/src NAME=\\"${PACKAGE_NAME} x\\" WITH_B=1" # y',
        'BUILT_MODULE_NAME[0]="a-x"',
        'BUILT_MODULE_NAME[1]="none"',
      ].join('\n'),
      'src/Makefile': 'obj-m := a-x.o\nifeq ($(WITH_B)$(NAME),1p x)\nobj-m += b.o\nendif\n',
      'src/a-x.c': '',
      'src/b.c': '',
    };
    const found = build(files);
    expect(summary(found)).toEqual(['src/a-x: src/a-x.c', 'src/b: src/b.c']);
    expect(problems(found)).toEqual([
      "dkms.conf:: dkms.conf promises the module 'none', and nothing that was read builds it.",
    ]);
  });

  test('dkms.conf may call the folder by the place where dkms puts it', () => {
    const conf =
      'PACKAGE_NAME=w\nPACKAGE_VERSION=1\nO=`find x`\nMAKE="ln -s $O/a b; make -C /k M=/usr/src/w-1/src X=m"\n';
    const files = { 'dkms.conf': conf, 'src/Kbuild': 'obj-$(X) := a.o', 'src/a.c': '' };
    const inPlace = Object.entries(files).map(([path, text]) => [`/usr/src/w-1/${path}`, text]);
    expect(summary(build(files))).toEqual(['src/a: src/a.c']);
    const found = readBuild('/usr/src/w-1', new MemoryFiles(Object.fromEntries(inPlace)), kernelWith({}));
    expect(summary(found)).toEqual(['/usr/src/w-1/src/a: /usr/src/w-1/src/a.c']);
    expect(found.problems).toEqual([]);
  });

  test('extra symbol files, defines and include folders', () => {
    const Makefile = [
      'obj-m := a.o b.o',
      'KBUILD_EXTRA_SYMBOLS := $(src)/../w/dep/Module.symvers /etc/passwd',
      'ccflags-y := -DALL -I$(src)/inc -I $(M)/two -UGONE -DTEXT=\\"x\\" -D$(shell secret) -Wall',
      'EXTRA_CFLAGS += -DEXTRA=1',
      'CFLAGS_b.o := -DONLY_B',
      'CFLAGS_REMOVE_b.o := -DALL',
    ].join('\n');
    const found = build({ Makefile, 'a.c': '', 'b.c': '' });
    expect(found.extraSymvers).toEqual(['/w/dep/Module.symvers']);
    const [a, b] = found.modules.map((module) => module.members[0]);
    expect(a?.defines).toEqual({ ALL: '1', EXTRA: '1', GONE: undefined, TEXT: '"x"' });
    expect(a?.includes).toEqual(['/w/inc', '/w/two']);
    expect(b?.defines).toEqual({ EXTRA: '1', GONE: undefined, TEXT: '"x"', ONLY_B: '1' });
  });

  test('a Makefile that has nothing to do with Kbuild says nothing', () => {
    const found = build({ Makefile: 'all: x\n\tcc -o x x.c\nsome garbage here\ninclude missing.mk\n', 'x.c': '' });
    expect(found.modules).toEqual([]);
    expect(found.problems).toEqual([]);
  });
});

describe('members', () => {
  test('without a source are told, generated ones are not', () => {
    const files = {
      Makefile: 'obj-m := m.o\nm-y := a.o gone.o asn.asn1.o shipped.o ruled.o\n$(obj)/ruled.c: x.in\n\t./gen > $@\n',
      'a.c': '',
      'asn.asn1': '',
      'shipped.o_shipped': '',
    };
    const found = build(files);
    expect(found.modules[0]?.members.map((member) => member.source?.replace('/w/', ''))).toEqual([
      'a.c',
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(problems(found, files)).toEqual(["Makefile:gone.o: 'gone.o' has no source: there is no 'gone.c'."]);
    expect(found.inputs).toContain('/w/gone.c');
    expect(found.inputs).not.toContain('/w/a.c');
  });

  test('that nobody can know leave a member without a source', () => {
    const files = { Makefile: 'obj-m := m.o\nm-y := a.o $(shell ./list)\n', 'a.c': '' };
    const found = build(files);
    expect(found.modules[0]?.members.map((member) => member.dependsOn)).toEqual([undefined, '$(shell ./list)']);
    expect(problems(found, files)).toEqual([
      "Makefile:$(shell ./list): '$(shell ./list)' is not evaluated; what the module is made of depends on it.",
    ]);
  });
});

describe('the kernel itself', () => {
  const tree = {
    Makefile: [
      'VERSION = 5',
      'PATCHLEVEL = 10',
      'ifeq ($(KBUILD_EXTMOD),)',
      'core-y := init/',
      'drivers-y := drivers/',
      'endif',
      'include arch/$(SRCARCH)/Makefile',
      'vmlinux-dirs := $(patsubst %/,%,$(filter %/, $(core-y) $(drivers-y)))',
    ].join('\n'),
    'scripts/Kbuild.include': '',
    'init/Makefile': 'obj-y := main.o\n',
    'arch/x86/Makefile': 'core-y += arch/x86/\n',
    'arch/x86/Kbuild': 'obj-m := cpu.o\n',
    'arch/x86/cpu.c': '',
    'arch/arm/Kbuild': 'obj-m := no.o\n',
    'drivers/Makefile': 'obj-$(CONFIG_NET) += net/\n',
    'drivers/net/Makefile': 'obj-$(CONFIG_DUMMY) += dummy.o\ninclude $(src)/more.mk\n',
    'drivers/net/more.mk': 'obj-m += more.o\n',
    'drivers/net/dummy.c': '',
    'drivers/net/more.c': '',
    'tools/Makefile': 'obj-m := tool.o\n',
    'tools/tool.c': '',
  };

  test('is read from its top as its own build does', () => {
    const found = build(tree, { CONFIG_X86: 'y', CONFIG_NET: 'y', CONFIG_DUMMY: 'm' });
    expect(summary(found)).toEqual([
      'arch/x86/cpu: arch/x86/cpu.c',
      'drivers/net/dummy: drivers/net/dummy.c',
      'drivers/net/more: drivers/net/more.c',
    ]);
    expect(found.isKernelTree).toBe(true);
  });

  test('of an architecture whose option is not called like its folder', () => {
    const files = {
      ...tree,
      // Its first option holds for others too.
      'arch/alpha/Kconfig': 'config 64BIT\n\tdef_bool y\n',
      'arch/alpha/Makefile': '',
      'arch/powerpc/Makefile': 'core-y += arch/powerpc/\n',
      'arch/powerpc/Kbuild': 'obj-m := power.o\n',
      'arch/powerpc/power.c': '',
    };
    const found = build(files, { CONFIG_PPC: 'y', CONFIG_64BIT: 'y' });
    expect(summary(found)).toEqual(['arch/powerpc/power: arch/powerpc/power.c']);
  });

  test('with a top Kbuild file, and folders that its Makefile exports', () => {
    const Makefile = `${tree.Makefile}\nvmlinux-dirs :=\nexport ARCH_CORE := $(core-y)\n`;
    const files = { ...tree, Makefile, Kbuild: 'obj-y += $(ARCH_CORE) drivers/\n' };
    const found = build(files, { CONFIG_X86: 'y', CONFIG_NET: 'y' });
    expect(summary(found)).toEqual(['arch/x86/cpu: arch/x86/cpu.c', 'drivers/net/more: drivers/net/more.c']);
  });
});
