import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readBuild } from '../../server/src/core/kbuild/read';
import { build, kernelWith, MemoryFiles, problems, summary } from './memory';

/** The names of the modules that a Makefile makes, without their suffix. */
function modules(makefile: string, files: Readonly<Record<string, string>> = {}, config = {}): string {
  return summary(build({ Makefile: makefile, ...files }, config))
    .map((line) => line.slice(0, line.indexOf(':')))
    .join(' ');
}

describe('make', () => {
  test.each([
    ['simple and recursive', 'A = $(B)\nC := $(B)\nB = x\nobj-m := $(A).o $(C)y.o', 'x y'],
    ['?= and ::=', 'A ?= x\nA ?= y\nB ::= z\nobj-m := $(A).o $(B).o', 'x z'],
    ['+= keeps the flavor', 'A = $(B).o\nA += y.o\nB = x\nobj-m := $(A)', 'x y'],
    ['override and export', 'export override A := x\nA = y\nobj-m := $(A).o', 'y'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: make's form, not a template's
    ['braces and one letter', 'X = x\nobj-m := $X.o ${X}y.o', 'x xy'],
    ['computed names', 'K = two\nlist-two = a.o\nobj-m := $(list-$(K))', 'a'],
    ['substitution references', 'S = a.c b.c\nobj-m := $(S:.c=.o) $(S:%.c=x%.o)', 'a b xa xb'],
    ['define', 'define LIST\na.o\nb.o\nendef\nobj-m := $(LIST)', 'a b'],
    ['call', 'twice = $(1).o $(1)$(2).o\nobj-m := $(call twice,a,b)', 'a ab'],
    ['eval', '$(eval obj-m += a.o)\n$(foreach x,b c,$(eval obj-m += $(x).o))', 'a b c'],
    ['foreach', 'obj-m := $(foreach x,a b,$(x).o)', 'a b'],
    ['if, or, and', 'obj-m := $(if $(N),n,y).o $(or $(N),o).o $(and y,a).o', 'y o a'],
    ['filter', 'obj-m := $(filter %.o,a.o b.c) $(filter-out c%,c.o d.o)', 'a d'],
    [
      'lists',
      'L = c.o a.o b.o a.o\nobj-m := $(word 2,$(L)) $(wordlist 3,3,$(L)) $(lastword z.o $(sort $(L)))',
      'a b c',
    ],
    ['paths', 'obj-m := $(notdir x/a.c).o $(basename b.c).o $(patsubst %.c,%.o,c.c) $(subst x,d,x.o)', 'a.c b c d'],
    ['prefixes', 'obj-m := $(addsuffix .o,$(addprefix m-,a b)) $(join c ,.o)', 'm-a m-b c'],
    [
      'shell forms',
      'obj-m := $(shell echo a.o) $(shell [ $(VERSION) -ge 5 ] && echo b.o) $(shell dirname c.o/x)',
      'a b c',
    ],
    ['shell if', 'obj-m := $(shell if [ $(VERSION) -lt 5 -o \\( 1 -eq 2 \\) ]; then echo a.o; else echo b.o; fi)', 'b'],
    [
      'shell expr',
      'obj-m := $(shell expr 0xa \\< 0x9) $(shell expr 10 \\> 9).o x$(shell expr 0xb0 \\< 0xc0 2> /dev/null).o',
      '1 x1',
    ],
    [
      'shell sed',
      "obj-m := $(shell echo rv64fdcv | sed -E 's/(rv64)fd([^v]*)v?/\\1\\2/').o $(shell cd /q | pwd | sed -e s/.k/k/).o",
      'rv64c kernel',
    ],
    ['a target-specific variable', 'all: X := 1\nall: obj-m += no.o\nobj-m := a.o', 'a'],
    ['tabs outside of rules', 'ifdef X\nelse\n\tobj-m := a.o\nendif\n\t  obj-m += b.o', 'a b'],
    ['recipes are not read', 'all:\n\tobj-m := no.o\n\nobj-m := a.o', 'a'],
    ['carriage returns', 'obj-m := a.o \\\r\n  b.o\r\nifeq (a,a)\r\nobj-m += c.o\r\nendif\r\n', 'a b c'],
    ['a bracket too many', 'ifneq ($X),)\nobj-m := a.o\nendif', 'a'],
    ['quoted comparison', 'ifeq "a" "a"\nobj-m := a.o\nendif\nifneq \'a\' "a"\nobj-m += b.o\nendif', 'a'],
    ['else if', 'ifeq (a,b)\nobj-m := a.o\nelse ifeq (a,a)\nobj-m := b.o\nelse\nobj-m := c.o\nendif', 'b'],
    ['nested in what is not read', 'ifdef NO\nifdef X\nelse\nobj-m := a.o\nendif\nelse\nobj-m := b.o\nendif', 'b'],
    ['escaped hash', 'A := x\\#y\nifeq ($(A),x\\#y)\nobj-m := a.o\nendif # end', 'a'],
  ])('%s', (_name, makefile, expected) => {
    expect(modules(makefile)).toBe(expected);
  });

  test('include, from a folder that a variable names', () => {
    expect(modules('D := conf\ninclude $(src)/$(D)/*.mk\n-include none.mk', { 'conf/a.mk': 'obj-m += a.o' })).toBe('a');
  });

  test('wildcard', () => {
    expect(modules('obj-m := $(patsubst $(src)/%.c,%.o,$(wildcard $(src)/[ab]*.c))', { 'a1.c': '', 'c1.c': '' })).toBe(
      'a1',
    );
  });
});

describe('what is not known', () => {
  test('keeps both branches of a conditional, and says why', () => {
    const files = {
      Makefile: 'ifeq ($(shell ./probe),yes)\nobj-m := a.o\nelse\nobj-m := b.o\nendif\nobj-m += c.o\n',
      'a.c': '',
      'b.c': '',
      'c.c': '',
    };
    const found = build(files);
    expect(summary(found)).toEqual(['a?: a.c', 'b?: b.c', 'c: c.c']);
    expect(found.modules[0]?.dependsOn).toBe('$(shell ./probe)');
    expect(problems(found, files)).toContain(
      "Makefile:$(shell ./probe): '$(shell ./probe)' is not evaluated; the module 'a' depends on it.",
    );
  });

  test('spreads through variables and functions', () => {
    const makefile = 'X := $(strip $(shell ./x) )\nobj-$(X) += a.o\nobj-m += $(if $(X),b.o) $(filter $(X),c.o)\n';
    expect(modules(makefile)).toBe('a? b? c?');
  });

  test('is nothing that text on the other side decides', () => {
    expect(modules('X := a$(shell ./x)\nifneq ($(X),)\nobj-m := a.o\nendif')).toBe('a');
  });

  test('a version test of the kernel is answered', () => {
    expect(modules('ifeq ($(shell test $(PATCHLEVEL) -lt 2 && echo y),y)\nobj-m := old.o\nendif')).toBe('old');
  });
});

describe('bad input', () => {
  test('includes that go round', () => {
    const files = { Makefile: 'include $(src)/a.mk\nobj-m := x.o\n', 'a.mk': 'include $(src)/Makefile\n', 'x.c': '' };
    const found = build(files);
    expect(summary(found)).toEqual(['x: x.c']);
    expect(problems(found, files)).toEqual([
      "a.mk:$(src)/Makefile: '/w/Makefile' includes itself and is not read again.",
    ]);
  });

  test('an include that is not there', () => {
    const files = { Makefile: 'obj-m := x.o\ninclude gone.mk\n', 'x.c': '' };
    const found = build(files);
    expect(problems(found, files)).toEqual(["Makefile:gone.mk: 'gone.mk' is to be included and is not there."]);
    expect(found.inputs).toContain('/w/gone.mk');
  });

  test('a way out of the folder is never taken', () => {
    const files = {
      Makefile: [
        'obj-m := ../../x.o /etc/y.o sub/../../z.o ../up/ a.o',
        'a-y := ../b.o c.o',
        'include /etc/passwd ../secret.mk',
        'X := $(wildcard /etc/*) $(wildcard ../*)',
        'all:',
        '\tmake -C /k M=/etc modules',
      ].join('\n'),
      'c.c': '',
      '/etc/passwd': 'obj-m += stolen.o',
      '/secret.mk': 'obj-m += stolen.o',
      '/etc/Makefile': 'obj-m += stolen.o',
      '/b.c': '',
    };
    const memory = new MemoryFiles(files);
    const found = readBuild('/w', memory, kernelWith({}));
    expect(summary(found)).toEqual(['a: c.c']);
    expect(memory.asked.filter((path) => !/^\/(w|kernel)(\/|$)/.test(path))).toEqual([]);
    expect(problems(found, files).filter((line) => line.includes('outside'))).toHaveLength(8);
  });

  test('conditionals that do not match', () => {
    const files = { Makefile: 'endif\nelse\nobj-m := a.o\nifeq x\nifdef Y\n', 'a.c': '' };
    const found = build(files);
    expect(summary(found)).toEqual(['a: a.c']);
    expect(found.problems.length).toBeGreaterThanOrEqual(4);
  });

  test.each([
    ['doubling when assigned', `A0 := xxxxxxxxxxxxxxxx\n${doubling(':=')}obj-m := $(A60) a.o\n`],
    ['doubling when used', `A0 = xxxxxxxxxxxxxxxx\n${doubling('=')}obj-m := $(A60) a.o\n`],
    ['a variable in itself', 'A = $(A) x\nB = $(C)\nC = $(B)\nobj-m := $(A) $(B) a.o\n'],
    ['call in itself', 'f = $(call f,$(1)x)$(call f,$(1)y)\nobj-m := $(call f,a) a.o\n'],
    [
      'nested foreach',
      `L := ${'x '.repeat(1000)}\nobj-m := $(foreach a,$(L),$(foreach b,$(L),$(foreach c,$(L),$a$b$c))) a.o\n`,
    ],
    ['eval in itself', 'define E\n$(eval $(E))$(eval $(E))\nendef\n$(E)\nobj-m := a.o\n'],
    ['brackets', `obj-m := ${'$('.repeat(50_000)} a.o\n`],
    ['appending', `${'L += $(L) x\n'.repeat(2000)}obj-m := a.o\n`],
    ['conditionals', `${'ifeq ($(shell x),y)\n'.repeat(20_000)}obj-m := a.o\n`],
    ['including itself by a line that expands', '$(X)include *\n$(X)include $(src)/*\nobj-m := a.o\n'],
    ['including itself by eval', '$(foreach x,* * * *,$(eval include $(x)))\nobj-m := a.o\n'],
    ['names with open brackets', `${'$('.repeat(100_000)} = a.o\n`],
    ['patterns', `A := ${'%x '.repeat(60_000)}\nobj-m := $(filter $(A),${'y '.repeat(60_000)}) a.o\n`],
    ['replacing', `A := ${'x'.repeat(300_000)}\nobj-m := $(subst x,$(A),$(A)) a.o\n`],
    ['substituting', `A := ${'x'.repeat(300_000)}\nobj-m := $(patsubst %,%$(A),${'y '.repeat(60_000)}) a.o\n`],
  ])('%s ends soon', (_name, makefile) => {
    expect(build({ Makefile: makefile, 'a.c': '' }).modules.length).toBeLessThan(2);
  });

  function doubling(operator: string): string {
    return Array.from({ length: 60 }, (_, i) => `A${i + 1} ${operator} $(A${i}) $(A${i})\n`).join('');
  }

  test('random text never throws, hangs or looks outside', () => {
    const words = [
      'obj-m',
      ':=',
      '+=',
      '=',
      '$(',
      ')',
      '${',
      '}',
      '$',
      '\n',
      '\n\t',
      '\\\n',
      ' ',
      ',',
      ':',
      '%',
      '#',
      'a.o',
    ];
    const more = [
      'ifeq (',
      'ifdef X',
      'else',
      'endif',
      'define X',
      'endef',
      'include ',
      'X',
      'a/',
      '../',
      '$(X)',
      'shell ',
    ];
    const functions = [
      'foreach x,',
      'call X,',
      'eval ',
      'patsubst ',
      'wildcard *',
      'if ',
      'wordlist 1,2,',
      'all:',
      '\r\n',
    ];
    const piece = fc.oneof(fc.constantFrom(...words, ...more, ...functions), fc.string({ maxLength: 4 }));
    const text = fc.array(piece, { maxLength: 60 }).map((list) => list.join(''));
    fc.assert(
      fc.property(text, text, text, (makefile, kbuild, dkms) => {
        const memory = new MemoryFiles({ Makefile: makefile, 'a/Kbuild': kbuild, 'dkms.conf': dkms });
        const found = readBuild('/w', memory, kernelWith(undefined));
        for (const module of found.modules) expect(module.path.startsWith('/w/')).toBe(true);
        expect(memory.asked.filter((path) => !/^\/(w|kernel)(\/|$)/.test(path))).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });
});
