import { expect, test } from 'vitest';
import { providers } from '../../server/src/core/features/providers';
import { whatIf } from '../../server/src/core/features/what-if';
import type { Snapshot } from '../../server/src/core/model/snapshot';
import { extractFacts } from '../../server/src/core/syntax/extract';
import { caseKernel } from '../harness/kernel';
import { analyze, root } from '../harness/workspace';

const source = (license: string, body = '') => `#include "t.h"
static int __init t_init(void)
{
	${body}
	return 0;
}
module_init(t_init);
${license === '' ? '' : `MODULE_LICENSE("${license}");\n`}`;

function read(files: Readonly<Record<string, string>>, version = '6.1.0'): Snapshot {
  return analyze(new Map(Object.entries(files)), caseKernel([{ key: 'version', value: version }]), extractFacts);
}

/** What would become of the module `t`. */
function ask(files: Readonly<Record<string, string>>, license: string, file?: string, version?: string) {
  const snapshot = read(files, version);
  const module = snapshot.modules.find(({ name }) => name === 't');
  if (!module) throw new Error('there is no module t');
  const answer = whatIf(snapshot, module, license, file === undefined ? undefined : `${root}/${file}`);
  return {
    verdict: answer.verdict,
    isTainting: answer.isTainting,
    refused: answer.refused.map(({ name }) => name),
    remaining: answer.remaining.map(({ value }) => value),
    inherited: answer.inherited.map(({ user, provider, symbols }) => [
      user.name,
      provider.name,
      ...symbols.map(({ name }) => name),
    ]),
    namespaces: answer.namespaces,
    trails: answer.refused.flatMap(({ sites }) => sites.map(({ through }) => through.map(({ name }) => name))),
  };
}

test('GPL-only symbols are refused under a license that is not compatible, each with its trail', () => {
  const files = {
    't.c': source('GPL', 'stop(); _printk("x");'),
    't.h': '#define stop() hrtimer_cancel(&timer)\n',
  };
  expect(ask(files, 'Proprietary')).toMatchObject({
    verdict: 'incompatible',
    isTainting: true,
    refused: ['hrtimer_cancel'],
    trails: [['stop']],
  });
  expect(ask(files, 'Dual MIT/GPL')).toMatchObject({ verdict: 'compatible', isTainting: false, refused: [] });
  expect(ask(files, 'GPLv2')).toMatchObject({ verdict: 'incompatible', refused: ['hrtimer_cancel'] });
});

test('a module without a license is judged by the one it would have', () => {
  expect(ask({ 't.c': source('', 'ktime_get();') }, 'GPL')).toMatchObject({ verdict: 'compatible', refused: [] });
  expect(ask({ 't.c': source('', 'ktime_get();') }, 'MIT')).toMatchObject({ refused: ['ktime_get'] });
});

test('modpost demands all tags, the loader reads the first', () => {
  const files = {
    Makefile: 'obj-m := t.o\nt-y := a.o b.o\n',
    'a.c': source('GPL', 'ktime_get();'),
    'b.c': 'MODULE_LICENSE("Proprietary");\n',
  };
  expect(ask(files, 'Dual BSD/GPL', 'a.c')).toMatchObject({
    verdict: 'incompatible',
    isTainting: false,
    remaining: ['Proprietary'],
    refused: ['ktime_get'],
  });
  expect(ask(files, 'GPL', 'b.c')).toMatchObject({ verdict: 'compatible', remaining: [], refused: [] });
  expect(ask(files, 'GPL')).toMatchObject({ verdict: 'compatible', remaining: [], refused: [] });
  expect(ask(files, 'MIT', 'b.c')).toMatchObject({ verdict: 'incompatible', isTainting: false });
});

test('a tag that #if chooses is a sure one when every choice says the same', () => {
  const text = '#ifdef X\nMODULE_LICENSE("GPL");\n#else\nMODULE_LICENSE("Proprietary");\n#endif\n';
  expect(ask({ 't.c': text }, 'MIT', 't.c')).toMatchObject({ verdict: 'incompatible', isTainting: true });
  expect(ask({ 't.c': text }, 'GPL', 't.c')).toMatchObject({ verdict: 'compatible', isTainting: false });
});

test('namespaces stay to be imported', () => {
  const files = { 't.c': source('GPL', 'dma_buf_get(0);') };
  expect(ask(files, 'GPL').namespaces).toEqual(['DMA_BUF']);
  expect(ask(files, 'Proprietary').namespaces).toEqual(['DMA_BUF']);
});

test('the loader keeps users of GPL-only symbols and proprietary modules apart, from 5.9 on', () => {
  const files = {
    Makefile: 'obj-m := t.o user.o\n',
    't.c': `void t_give(void)\n{\n}\nEXPORT_SYMBOL(t_give);\n${source('GPL')}`,
    'user.c': source('GPL', 't_give(); ktime_get();').replaceAll('t_init', 'u_init'),
  };
  expect(ask(files, 'GPL').inherited).toEqual([]);
  expect(ask(files, 'Proprietary').inherited).toEqual([['user', 't', 't_give']]);
  expect(ask(files, 'Proprietary', undefined, '5.8.0').inherited).toEqual([]);
  expect(ask(files, 'Proprietary', undefined, 'unknown').inherited).toEqual([]);
});

test('... also when it is the user that changes', () => {
  const files = {
    Makefile: 'obj-m := t.o give.o\n',
    'give.c': `void give(void)\n{\n}\nEXPORT_SYMBOL(give);\n${source('Proprietary').replaceAll('t_init', 'g_init')}`,
    't.c': source('Proprietary', 'give(); ktime_get();'),
  };
  expect(ask(files, 'GPL').inherited).toEqual([['t', 'give', 'give']]);
  expect(ask(files, 'MIT').inherited).toEqual([]);
});

test('the kernel itself is the first provider, modules follow by name', () => {
  const { modules } = read({ 't.c': source('GPL', 'usb_stor_probe1(); ktime_get(); _printk("");') });
  expect(modules.flatMap(providers)).toMatchObject([
    { name: 'vmlinux', gplOnly: 1, symbols: [{ name: '_printk' }, { name: 'ktime_get' }] },
    { name: 'drivers/usb/storage/usb-storage', gplOnly: 1, symbols: [{ name: 'usb_stor_probe1' }] },
  ]);
});
