import { expect, test } from 'vitest';
import type { ModuleSummary } from '../../server/src/core/features/summary';
import { layOut, maximumNodes } from '../../server/src/page/graph';
import { columns, select, sortBy } from '../../server/src/page/rows';
import { escapeXml, toSvg } from '../../server/src/page/svg';

const summary = (name: string, more: Partial<ModuleSummary> = {}): ModuleSummary => ({
  name,
  folder: '',
  licenses: ['GPL'],
  verdict: 'compatible',
  errors: 0,
  warnings: 0,
  others: 0,
  symbols: 3,
  gplOnly: 1,
  isExact: true,
  providers: [{ name: 'vmlinux', symbols: 3, gplOnly: 1 }],
  ...more,
});
const secret = summary('secret', { licenses: ['Proprietary'], verdict: 'incompatible', errors: 2 });

test('the graph leads from licenses over modules to providers', () => {
  const graph = layOut([summary('plain', { providers: [{ name: 'other', symbols: 1, gplOnly: 0 }] }), secret]);
  expect(graph.nodes.map(({ label, kind }) => `${kind} ${label}`)).toEqual([
    'license Proprietary',
    'license GPL',
    'module secret',
    'module plain',
    'provider vmlinux',
    'provider other',
  ]);
  expect(graph.edges.map(({ from, to, kind }) => `${from.label} ${kind} ${to.label}`)).toEqual([
    'Proprietary says secret',
    'secret refused vmlinux',
    'GPL says plain',
    'plain plain other',
  ]);
});

test('what needs attention is in the picture of many modules, and the rest is counted', () => {
  const many = Array.from({ length: 4000 }, (_, index) =>
    summary(`m${index}`, {
      providers: [
        { name: `p${index}`, symbols: 1, gplOnly: 0 },
        { name: 'vmlinux', symbols: 1, gplOnly: 0 },
      ],
    }),
  );
  const graph = layOut([...many, secret]);
  expect(graph.nodes.filter(({ kind }) => kind === 'module')).toHaveLength(maximumNodes);
  expect(graph.nodes.map(({ label }) => label)).toContain('secret');
  expect(graph.leftOut).toEqual({ modules: 4001 - maximumNodes, providers: 0 });
  const boxes = graph.nodes.filter(({ kind }) => kind === 'module').map(({ y }) => y);
  expect(boxes.every((y, index) => index === 0 || y - (boxes[index - 1] ?? 0) > 20)).toBe(true);
});

test('names cannot break out of the picture', () => {
  const bad = '</text><script>alert(1)</script>"\u0000\ud800';
  const svg = toSvg(layOut([summary(bad, { licenses: [bad] })]), true);
  expect(svg).not.toContain('<script');
  expect(svg.includes('\u0000') || svg.includes('\ud800')).toBe(false);
  expect(escapeXml(`<a b='c' d="e">&`)).toBe('&lt;a b=&#39;c&#39; d=&quot;e&quot;&gt;&amp;');
});

test('rows are filtered by text and state and sorted by number or text', () => {
  const all = [summary('b10', { gplOnly: 2 }), summary('b9', { gplOnly: 10 }), secret];
  const names = (modules: readonly ModuleSummary[]) => modules.map(({ name }) => name);
  expect(names(select(all, { text: 'PROPRI', state: 'all' }))).toEqual(['secret']);
  expect(names(select(all, { text: '', state: 'findings' }))).toEqual(['secret']);
  expect(names(select(all, { text: 'b', state: 'compatible' }))).toEqual(['b10', 'b9']);
  const column = (title: string) => columns.find((one) => one.title === title) ?? expect.fail(title);
  expect(names(sortBy(all, column('Module'), false))).toEqual(['b9', 'b10', 'secret']);
  expect(names(sortBy(all, column('GPL-only'), true))).toEqual(['b9', 'b10', 'secret']);
  expect(columns.map((one) => one.text(secret))).toEqual([
    'secret',
    'Proprietary',
    'not GPL-compatible',
    '2 errors',
    '3',
    '1',
    'vmlinux',
  ]);
});
