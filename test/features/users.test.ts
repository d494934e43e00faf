import { expect, test } from 'vitest';
import { describeUsers } from '../../server/src/core/features/lens';
import { usersOf } from '../../server/src/core/features/users';
import type { Snapshot } from '../../server/src/core/model/snapshot';
import { join } from '../../server/src/core/path';
import { root } from '../harness/workspace';
import { ask } from './try';

const exporter = (macro: string) => `int shared(void)\n{\n\treturn 0;\n}\n${macro}(shared);\nMODULE_LICENSE("GPL");\n`;
const user = (license: string) => `void f(void)\n{\n\tshared();\n}\nMODULE_LICENSE("${license}");\n`;

function users(snapshot: Snapshot, name: string, path: string) {
  const work = usersOf(snapshot, name, join(root, path));
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

test('users of an export are counted, the proprietary ones among them too', () => {
  const { snapshot } = ask({
    'a/a.c': exporter('EXPORT_SYMBOL'),
    'b/b.c': user('GPL'),
    'c/c.c': user('Proprietary'),
    'd/d.c': user('GPL v3'),
    'e/e.c': 'void g(void)\n{\n\tother();\n}\nMODULE_LICENSE("GPL");\n',
  });
  const found = users(snapshot, 'shared', 'a/a.c');
  expect(found.modules.map(({ name }) => name)).toEqual(['b', 'c', 'd']);
  expect(found.places.map(({ file }) => file)).toEqual(['b/b.c', 'c/c.c', 'd/d.c'].map((path) => join(root, path)));
  expect(describeUsers(found)).toBe('used by 3 modules, 2 of them proprietary');
  expect(describeUsers({ ...found, modules: found.modules.slice(0, 1) })).toBe('used by 1 module');
});

test('a use of another export of the same name does not count', () => {
  const { snapshot } = ask({
    'a/a.c': exporter('EXPORT_SYMBOL'),
    'b/b.c': `static int shared(void)\n{\n\treturn 1;\n}\n${user('GPL')}`,
    'c/c.c': exporter('EXPORT_SYMBOL_GPL'),
    'd/d.c': user('GPL'),
  });
  const counts = ['a/a.c', 'c/c.c'].map((path) => users(snapshot, 'shared', path).modules.length);
  expect(counts.sort()).toEqual([0, 1]);
});

test('a symbol of the kernel itself, whose source belongs to no module', () => {
  const { snapshot } = ask({
    Makefile: 'obj-m += b.o\n',
    'b.c': 'void f(void)\n{\n\tkfree(0);\n}\nMODULE_LICENSE("Proprietary");\n',
    'slab.c': 'void kfree(const void *p)\n{\n}\nEXPORT_SYMBOL(kfree);\n',
  });
  const found = users(snapshot, 'kfree', 'slab.c');
  expect(describeUsers(found)).toBe('used by 1 module, which is proprietary');
});

test('where a name is found in very many modules they are not looked at one by one', () => {
  const files: Record<string, string> = { 'a/a.c': exporter('EXPORT_SYMBOL') };
  for (let i = 0; i < 251; i++) files[`m${i}/m${i}.c`] = user('GPL');
  const { snapshot } = ask(files);
  expect(describeUsers(users(snapshot, 'shared', 'a/a.c'))).toBe('named by 252 modules');
});
