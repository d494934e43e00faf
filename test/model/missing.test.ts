import { describe, expect, it } from 'vitest';
import { exportTable, noExports } from '../../server/src/core/kernel/exports';
import type { Kernel } from '../../server/src/core/kernel/kernel';
import { extractFacts } from '../../server/src/core/syntax/extract';
import { caseKernel } from '../harness/kernel';
import { analyze } from '../harness/workspace';

const source = `#include <linux/kallsyms.h>
#include <linux/module.h>
unsigned long f(void) { return kallsyms_lookup_name("x") + _printk("x"); }
MODULE_LICENSE("GPL");
`;

function missing(change: Partial<Kernel>, isExact = true) {
  const kernel = { ...caseKernel([]), ...change };
  const [module] = analyze(new Map([['t/t.c', source]]), kernel, extractFacts, isExact).modules;
  return module?.missing()?.map(({ name, declaredAt }) => [name, declaredAt?.file]);
}

describe('symbols that nobody exports', () => {
  it('are known with their declarations where all exports are', () => {
    expect(missing({})).toEqual([['kallsyms_lookup_name', '/kernel/include/linux/kallsyms.h']]);
  });

  it('are not known without the units or the exports', () => {
    expect(missing({}, false)).toBeUndefined();
    expect(missing({ exports: noExports })).toBeUndefined();
    const lone = { name: 'other', isGplOnly: false, namespace: '', provider: 'drivers/other' };
    expect(missing({ exports: exportTable([lone]) })).toBeUndefined();
    expect(missing({ problems: [{ message: 'A symvers file is not there.' }] })).toBeUndefined();
  });
});
