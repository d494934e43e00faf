import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Build } from '../../server/src/core/kbuild/build';
import { readBuild } from '../../server/src/core/kbuild/read';
import { kernelWith, MemoryFiles, problems, summary } from './memory';

/** A build of files that were written at second 1, or at the one given. */
function built(files: Readonly<Record<string, string>>, times: Readonly<Record<string, number>> = {}): Build {
  return readBuild('/w', new MemoryFiles(files, times), kernelWith({}));
}

function defines(found: Build): unknown {
  return found.modules[0]?.members.map((member) => member.defines);
}

const open = { Makefile: 'obj-m := m.o\nm-y := a.o $(shell ./list)\n', 'a.c': '', 'b.c': '' };

describe('what a build left', () => {
  test('names the members, in both forms of foo.mod', () => {
    for (const mod of ['/w/a.o\n/w/b.o\n', 'a.o b.o\nprintk kfree\n']) {
      const found = built({ ...open, 'm.mod': mod }, { 'm.mod': 2 });
      expect(summary(found)).toEqual(['m: a.c b.c']);
      expect(found.problems).toEqual([]);
    }
  });

  test('may be named from where make ran in the kernel itself, or from the folder of the modules', () => {
    const files = { '/kernel/d/Makefile': open.Makefile, '/kernel/d/a.c': '', '/kernel/d/b.c': '' };
    for (const mod of ['d/a.o d/b.o\n', 'a.o\nb.o\n']) {
      const all = new MemoryFiles({ ...files, '/kernel/d/m.mod': mod }, { '/kernel/d/m.mod': 2 });
      const found = readBuild('/kernel/d', all, kernelWith({}));
      expect(summary(found)).toEqual(['/kernel/d/m: /kernel/d/a.c /kernel/d/b.c']);
      expect(found.problems).toEqual([]);
    }
  });

  test('is not used if it is older than the Makefile, and that is said', () => {
    const found = built({ ...open, 'm.mod': '/w/a.o\n/w/b.o\n' }, { Makefile: 3, 'm.mod': 2 });
    expect(summary(found)).toEqual(['m: a.c $(shell .∕list)!?']);
    expect(problems(found, open)).toContain(
      "m.mod:: 'm.mod' is older than the makefile: what the last build left in '/w' is not used. Build again.",
    );
  });

  test('is not used if what it names is gone, or lies elsewhere', () => {
    for (const gone of ['/w/gone.o', '/elsewhere/a.o']) {
      const found = built({ ...open, 'm.mod': `/w/a.o\n${gone}\n` }, { 'm.mod': 2 });
      expect(found.problems.some(({ message }) => message.includes('whose source is gone'))).toBe(true);
      expect(summary(found)[0]).toContain('?');
    }
  });

  test('has the flags of each object', () => {
    const Makefile = 'obj-m := a.o\nccflags-y := -DA=$(shell ./a) -DB\n';
    const command =
      'savedcmd_/w/a.o := gcc -Wp,-MMD,/w/.a.o.d -D__KERNEL__ -DA=\'"x y"\' -DB -DMODULE -DKBUILD_MODNAME=\'"a"\' -I./inc -c -o /w/a.o /w/a.c ; ./tools/objtool -DNO /w/a.o\n';
    const files = { Makefile, 'a.c': '', '.a.o.cmd': command };
    expect(defines(built(files))).toEqual([{ A: '"x y"', B: '1' }]);
    expect(built(files).modules[0]?.members[0]?.includes).toEqual(['/kernel/inc']);
    // A source may change as it likes, the flags stay right; a Makefile may not.
    expect(defines(built(files, { 'a.c': 2 }))).toEqual([{ A: '"x y"', B: '1' }]);
    expect(defines(built(files, { Makefile: 2 }))).toEqual([{ B: '1' }]);
  });

  test('of an assembler source lacks the headers that only C sources get', () => {
    const files = {
      Makefile: 'obj-m := m.o\nm-y := a.o s.o\n',
      'a.c': '',
      's.S': '',
      '.s.o.cmd': 'cmd_/w/s.o := gcc -I/kernel/include -DLEFT -c -o /w/s.o /w/s.S\n',
      '/kernel/Makefile':
        'LINUXINCLUDE := -I$(srctree)/include\nKBUILD_CPPFLAGS := -D__KERNEL__\nKBUILD_CFLAGS := -O2\nexport LINUXINCLUDE KBUILD_CPPFLAGS KBUILD_CFLAGS\n',
      '/kernel/scripts/Makefile.build': 'include scripts/Kbuild.include\ninclude $(kbuild-file)\ninclude scripts/lib\n',
      '/kernel/scripts/lib': 'c_flags = $(LINUXINCLUDE) -include types.h\na_flags = $(LINUXINCLUDE)\n',
    };
    const found = built(files);
    expect(defines(found)).toEqual([{}, { LEFT: '1' }]);
    expect(problems(found)).toEqual([]);
  });

  test('of another kernel is not used', () => {
    const files = {
      Makefile: 'obj-m := a.o\n',
      'a.c': '',
      '.a.o.cmd': 'cmd_/w/a.o := gcc -I/usr/src/old/include -DOLD -c -o /w/a.o /w/a.c\n',
      '/kernel/Makefile':
        'LINUXINCLUDE := -I$(srctree)/include\nKBUILD_CFLAGS := -O2\nexport LINUXINCLUDE KBUILD_CFLAGS\n',
    };
    const found = built(files);
    expect(defines(found)).toEqual([{}]);
    expect(problems(found)).toEqual([
      ".a.o.cmd:: '.a.o.cmd' is of a build against another kernel than 6.1.0-test: what the last build left in '/w' is not used. Build again.",
    ]);
  });

  test('says which of the modules that may be were built', () => {
    const Makefile = 'ifeq ($(shell ./s),y)\nobj-m := a.o\nelse\nobj-m := b.o\nendif\n';
    const files = { Makefile, 'a.c': '', 'b.c': '' };
    expect(summary(built(files))).toEqual(['a?: a.c', 'b?: b.c']);
    expect(summary(built({ ...files, 'modules.order': '/w/b.ko\n' }))).toEqual(['b: b.c']);
    expect(summary(built({ ...files, 'modules.order': '/w/b.ko\n' }, { Makefile: 2 }))).toEqual(['a?: a.c', 'b?: b.c']);
  });

  test('may be a compile_commands.json', () => {
    const Makefile = 'obj-m := a.o b.o\nccflags-y := $(shell ./flags)\n';
    const commands = [
      { directory: '/w', file: 'a.c', arguments: ['gcc', '-DA', '-Iinc', '-c', 'a.c'] },
      { directory: '/w', file: '/w/b.c', command: 'gcc -DB="1 2" -c b.c' },
      { file: 7 },
      null,
    ];
    const files = { Makefile, 'a.c': '', 'b.c': '', 'compile_commands.json': JSON.stringify(commands) };
    const [a, b] = built(files).modules.map((module) => module.members[0]);
    expect(a).toMatchObject({ defines: { A: '1' }, includes: ['/w/inc'] });
    expect(b).toMatchObject({ defines: { B: '1 2' } });
    const gone = JSON.stringify([{ directory: '/old', file: 'a.c', command: 'gcc -DA -c a.c' }]);
    const found = built({ ...files, 'compile_commands.json': gone });
    expect(problems(found)).toContain(
      "compile_commands.json:: 'compile_commands.json' names only files that are gone: what the last build left in '/w' is not used. Build again.",
    );
  });

  test('never throws and leads nowhere, whatever is in it', () => {
    const word = fc.oneof(
      fc.constantFrom(
        'a.o',
        '/w/b.o',
        '/etc/x.o',
        '../../y.o',
        '\n',
        ' ',
        '"',
        '-I',
        '-D',
        'cmd_a.o := ',
        '-include /etc/p',
        '[{',
        '}]',
      ),
      fc.constantFrom('"file":', '"/etc/passwd"', '"command":', ',', '\0', '$(pound)', "'", '-I/etc', '-I../..'),
      fc.string({ maxLength: 4 }),
    );
    const text = fc.array(word, { maxLength: 20 }).map((list) => list.join(''));
    fc.assert(
      fc.property(text, text, text, text, (mod, command, order, commands) => {
        const left = { 'm.mod': mod, '.a.o.cmd': `cmd_a.o := ${command}`, 'modules.order': order };
        const memory = new MemoryFiles({ ...open, ...left, 'compile_commands.json': commands }, {});
        readBuild('/w', memory, kernelWith({}));
        expect(memory.asked.filter((path) => !/^\/(w|kernel)(\/|$)/.test(path))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
