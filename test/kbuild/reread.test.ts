import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BuildReader, readBuild } from '../../server/src/core/kbuild/read';
import { kernelWith, MemoryFiles, summary } from './memory';

const kernel = kernelWith({ CONFIG_ON: 'y', CONFIG_MOD: 'm' });

/** All that a build says, without the order of what has none. */
function said(build: ReturnType<typeof readBuild>): unknown {
  const problems = build.problems.map((problem) => JSON.stringify(problem)).sort();
  return { ...build, problems, inputs: [], buildFiles: [] };
}

describe('a change of one file', () => {
  const files: Record<string, string> = {
    Kbuild: 'subdir-ccflags-y := -DTOP\nobj-y += one/ two/\nobj-$(CONFIG_ON) += three/\nexport NAME := b\n',
    'one/Makefile': 'obj-m := a.o\n',
    'one/a.c': '',
    'two/Makefile': 'obj-m := $(NAME).o\ninclude $(src)/more.mk\n',
    'two/more.mk': 'ccflags-y := -DMORE\n',
    'two/b.c': '',
    'two/c.c': '',
    'three/Makefile': 'obj-m := d.o\n',
  };

  test('of flags reaches the folders below, and no others are asked for', () => {
    const reader = new BuildReader('/w', kernel);
    reader.read(new MemoryFiles(files));
    const memory = new MemoryFiles({ ...files, 'two/more.mk': 'ccflags-y := -DLESS\n' });
    const found = reader.read(memory, ['/w/two/more.mk']);
    expect(found.modules.map((module) => module.members[0]?.defines)).toEqual([
      { TOP: '1' },
      { TOP: '1', LESS: '1' },
      { TOP: '1' },
    ]);
    expect(memory.asked.some((path) => path.includes('/one') || path.includes('/three'))).toBe(false);
  });

  test('of an exported name is seen below', () => {
    const reader = new BuildReader('/w', kernel);
    expect(summary(reader.read(new MemoryFiles(files)))).toEqual([
      'one/a: one/a.c',
      'two/b: two/b.c',
      'three/d: three/d.o!',
    ]);
    const changed = { ...files, Kbuild: files.Kbuild?.replace('NAME := b', 'NAME := c') ?? '' };
    expect(summary(reader.read(new MemoryFiles(changed), ['/w/Kbuild']))[1]).toBe('two/c: two/c.c');
  });

  test('that makes a source real', () => {
    const reader = new BuildReader('/w', kernel);
    expect(reader.read(new MemoryFiles(files)).problems).toHaveLength(1);
    const found = reader.read(new MemoryFiles({ ...files, 'three/d.c': '' }), ['/w/three/d.c']);
    expect(found.problems).toEqual([]);
  });

  test('gives what a reading of everything gives', () => {
    const paths = ['Makefile', 'Kbuild', 'a/Makefile', 'a/b/Kbuild', 'a/x.mk', 'c/Makefile', 'x.c', 'a/x.c', 'a/b/y.c'];
    const lines = [
      'obj-m += x.o',
      'obj-y += a/ c/',
      'obj-m += b/ y.o',
      'obj-$(X) += x.o',
      'export X := m',
      'X := y',
      'ccflags-y += -DA=$(X) -I$(src)/i',
      'subdir-ccflags-y += -DB',
      'CFLAGS_x.o := -DC',
      'include $(src)/x.mk',
      'x-objs := x.o y.o z.o',
      'ifeq ($(shell ./s),y)',
      'endif',
      'all:\n\tmake -C /k M=$(PWD)/a X=m modules',
      'obj-m += $(patsubst $(src)/%.c,%.o,$(wildcard $(src)/*.c))',
    ];
    const text = fc.array(fc.constantFrom(...lines), { maxLength: 6 }).map((list) => list.join('\n'));
    const edit = fc.tuple(fc.constantFrom(...paths), fc.option(text, { nil: undefined }));
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 8 }), fc.array(edit, { minLength: 1, maxLength: 8 }), (first, edits) => {
        const now: Record<string, string> = { 'a/keep.c': '', 'a/b/keep.c': '', 'c/keep.c': '' };
        const apply = ([path, content]: readonly [string, string | undefined]): void => {
          if (content === undefined) delete now[path];
          else now[path] = content;
        };
        for (const each of first) apply(each);
        const reader = new BuildReader('/w', kernel);
        reader.read(new MemoryFiles(now));
        for (const each of edits) {
          apply(each);
          const again = reader.read(new MemoryFiles(now), [`/w/${each[0]}`]);
          expect(said(again)).toEqual(said(readBuild('/w', new MemoryFiles(now), kernel)));
        }
      }),
      { numRuns: 400 },
    );
  });
});
