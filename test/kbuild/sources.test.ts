import { expect, test } from 'vitest';
import { build, problems, summary } from './memory';

test('the source of an object that a rule names', () => {
  const files = {
    Makefile: [
      'obj-m := all.o',
      'all-y := shared/a.o b.o c.o own.o gone.o',
      '$(obj)/shared/%.o: $(src)/common/%.c FORCE',
      '\t$(call if_changed_rule,cc_o_c)',
      '$(obj)/b.o: $(src)/common/other.c $(src)/common/a.c',
      '$(addprefix $(obj)/,c.o): $(obj)/%.o: $(src)/common/%.c',
      '$(obj)/own.o: $(src)/common/a.c',
      '$(obj)/gone.o: $(src)/common/gone.c',
    ].join('\n'),
    'common/a.c': '',
    'common/c.c': '',
    'common/other.c': '',
    'own.c': '',
  };
  const found = build(files);
  expect(summary(found)).toEqual(['all: common/a.c common/other.c common/c.c own.c gone.o!']);
  expect(problems(found, files)).toEqual([]);
});
