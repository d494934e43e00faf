import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findRule, rules } from '../../server/src/core/rules';
import { parseCase } from '../harness/fixture';
import { lint } from '../harness/run';
import { readFixture, readRuleFile, ruleFiles } from './fixtures';
import { closeReader, fromStructure, openReader } from './readers';

const headings = ['## What it does', '## Why', '## Example', '## How to fix', '## When to turn it off', '## Source'];

beforeAll(openReader);
afterAll(closeReader);

describe('the set of rules', () => {
  const ids = rules.map(({ id }) => id);

  it('has one page, one fixture and one entry per rule', () => {
    expect(new Set(ids).size).toBe(ids.length);
    expect(ruleFiles('.md').sort()).toEqual([...ids].sort());
    expect(ruleFiles('.c').sort()).toEqual([...ids].sort());
    for (const id of ids) expect(ruleFiles('.ts')).toContain(id);
  });

  it('finds a rule by its id', () => {
    expect(findRule('missing-spdx')?.id).toBe('missing-spdx');
    expect(findRule('nothing')).toBeUndefined();
  });
});

describe.each(rules)('$id', ({ id, summary }) => {
  const page = readRuleFile(`${id}.md`);

  it('has a page with the fixed headings', () => {
    expect(id).toMatch(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/);
    expect(page.split('\n').slice(0, 4)).toEqual([`# ${id}`, '', summary, '']);
    expect(page.match(/^## .*$/gm)).toEqual(headings);
    for (const line of page.split('\n')) {
      if (!line.startsWith('|')) expect(line.length, line).toBeLessThanOrEqual(122);
    }
  });

  it('has links only to pages of rules', () => {
    for (const [, target = ''] of page.matchAll(/\]\((.*?)\)/g)) {
      expect(findRule(target.replace(/\.md$/, '')), target).toBeDefined();
    }
  });

  it('finds its bad example and not its good one', () => {
    const blocks = [...page.matchAll(/^```c\n([\s\S]*?)^```$/gm)].map(([, code = '']) => code);
    expect(blocks).toHaveLength(2);
    const [bad, good] = blocks.map((code) => lint(parseCase(`//# example\n${code}`), id, fromStructure));
    expect(bad?.map((finding) => finding.rule)).toContain(id);
    expect(good).toEqual([]);
  });

  it('has at least six cases, some without and some with a finding', () => {
    const { cases } = readFixture(id);
    expect(cases.length).toBeGreaterThanOrEqual(6);
    expect(new Set(cases.map(({ title }) => title)).size).toBe(cases.length);
    const counts = cases.map((one) => lint(one, id, fromStructure).length);
    expect(counts.some((count) => count === 0)).toBe(true);
    expect(counts.some((count) => count > 0)).toBe(true);
  });
});
