import { expect, it } from 'vitest';
import type { LinkFacts, Mention } from '../../server/src/core/link/facts';
import { Links } from '../../server/src/core/model/links';

const source = '/w/t.c';
const at = (name: string, offset: number, file = 0): Mention => ({ name, file, offset, kind: 'function' });
const facts: LinkFacts = {
  files: [source, '/kernel/module.h'],
  symbols: [
    { name: 'kfree', weak: false, uses: [[at('kfree', 50)]], more: 0, declared: { file: 1, offset: 7 } },
    { name: 'early', weak: false, uses: [[at('early', 5)]], more: 0, declared: undefined },
  ],
  defines: [],
  lookups: [
    { name: 'target', by: '__symbol_get', trail: [at('symbol_get', 60), at('__symbol_get', 9, 1)] },
    { name: 'gone', by: '__symbol_get', trail: [at('symbol_get', 20)] },
  ],
  info: [],
  doubts: [],
};

it('an edit moves the places of symbols and look-ups behind it, and drops what it hits', () => {
  const links = new Links();
  links.set(source, { facts, reads: [source], unmade: [] });
  const before = 'x'.repeat(100);
  const after = `${before.slice(0, 20)}yyyyyyyyyyyyy${before.slice(30)}`;
  expect(links.edit(source, before, after)).toEqual([source]);
  const moved = links.get(source);
  expect(moved?.symbols.map(({ name, uses }) => [name, uses[0]?.[0]?.offset])).toEqual([
    ['kfree', 53],
    ['early', 5],
  ]);
  expect(moved?.lookups.map(({ name, trail }) => [name, trail.map(({ offset }) => offset)])).toEqual([
    ['target', [63, 9]],
  ]);
});

it('what comes anew and says the same as what was moved along is no news', () => {
  const factsAt = (offset: number): LinkFacts => {
    const declared = { file: 0, offset: offset - 10 };
    const symbol = { name: 'kfree', weak: false, uses: [[at('kfree', offset)]], more: 0, declared };
    return { ...facts, symbols: [symbol], lookups: [] };
  };
  const links = new Links();
  expect(links.set(source, { facts: factsAt(50), reads: [source], unmade: [] })).toBe(true);
  links.edit(source, 'x'.repeat(100), `${'x'.repeat(10)}y${'x'.repeat(90)}`);
  const moved = links.get(source);
  expect(links.set(source, { facts: factsAt(51), reads: [source], unmade: [] })).toBe(false);
  expect(links.get(source)).toBe(moved);
  expect(links.set(source, { facts: factsAt(50), reads: [source], unmade: [] })).toBe(true);
});
