import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Finding } from '../../server/src/core/finding';
import {
  type Baseline,
  readBaseline,
  staleEntries,
  toEntries,
  withoutBaseline,
  writeBaseline,
} from '../../server/src/core/project/baseline';

const place = '/p/sub/untainted-baseline.json';

interface Found extends Finding {
  /** Stands in for the text of the line. */
  readonly line: string;
}

const lineOf = (finding: Finding) => (finding as Found).line;
const found = fc
  .record({
    rule: fc.constantFrom('missing-spdx', 'gpl-only-symbol'),
    file: fc.constantFrom('/p/sub/a.c', '/p/b.c', '/p/sub/c/d.c'),
    message: fc.constantFrom('x', 'y "z"'),
    line: fc.constantFrom('f();', 'g();', ''),
    start: fc.nat(1000),
  })
  .map(({ rule, file, message, line, start }): Found => {
    const at = { file, span: { start, end: start } };
    return { rule, severity: 'error', at, message, related: [], fixes: [], line };
  });
const many = fc.array(found, { maxLength: 12 });

function baselineOf(findings: readonly Finding[], file = place): Baseline {
  const baseline = readBaseline(file, writeBaseline(file, toEntries(findings, lineOf)));
  if (typeof baseline === 'string') throw new Error(baseline);
  return baseline;
}

test('a baseline holds back what it was written of, wherever its lines have moved', () => {
  const moved = fc.array(fc.nat(1000), { minLength: 12, maxLength: 12 });
  fc.assert(
    fc.property(many, moved, (findings, starts) => {
      const later = findings.map((one, i) => ({ ...one, at: { ...one.at, span: { start: starts[i] ?? 0, end: 0 } } }));
      const { findings: open, held } = withoutBaseline(later, baselineOf(findings), lineOf);
      expect([open, held]).toEqual([[], later]);
      expect(staleEntries(baselineOf(findings), held)).toEqual([]);
    }),
  );
});

test('what is new is open, and what is gone is stale: no more and no less', () => {
  const key = ({ rule, at, message }: Finding) => `${rule} ${at.file} ${message}`;
  fc.assert(
    fc.property(many, many, (old, now) => {
      const baseline = baselineOf(old);
      const { findings: open, held } = withoutBaseline(now, baseline, lineOf);
      expect([...open, ...held].sort((a, b) => now.indexOf(a as Found) - now.indexOf(b as Found))).toEqual(now);
      const stale = staleEntries(baseline, held).map((entry) => `${entry.rule} ${entry.file} ${entry.message}`);
      for (const name of new Set([...old, ...now].map(key))) {
        const before = old.filter((one) => key(one) === name).length;
        const after = now.filter((one) => key(one) === name).length;
        expect(held.filter((one) => key(one) === name).length).toBe(Math.min(before, after));
        expect(stale.includes(name)).toBe(after < before);
      }
    }),
  );
});

test('of several the ones on lines that are known are held back', () => {
  const at = (start: number, line: string): Found => ({
    rule: 'r',
    severity: 'error',
    at: { file: '/p/a.c', span: { start, end: start } },
    message: 'm',
    related: [],
    fixes: [],
    line,
  });
  const fresh = at(1, 'fresh();');
  const known = at(50, '\tknown( );');
  expect(withoutBaseline([fresh, known], baselineOf([at(9, 'known();')]), lineOf)).toEqual({
    findings: [fresh],
    held: [known],
  });
  expect(withoutBaseline([at(1, 'edited();')], baselineOf([at(9, 'known();')]), lineOf).findings).toEqual([]);
});

test('the text has an order of its own and moves with its folder', () => {
  fc.assert(
    fc.property(many, (findings) => {
      const entries = toEntries(findings, lineOf);
      expect(writeBaseline(place, toEntries([...findings].reverse(), lineOf))).toBe(writeBaseline(place, entries));
      const elsewhere = readBaseline('/q/r/sub/b.json', writeBaseline(place, entries));
      const files = typeof elsewhere === 'string' ? [] : elsewhere.entries.map(({ file }) => file).sort();
      expect(files).toEqual(entries.map(({ file }) => file.replace('/p/', '/q/r/')).sort());
    }),
  );
});

test.each([
  ['', 'is not JSON'],
  ['[]', "has no list 'findings'"],
  ['{"formVersion":1}', "has no list 'findings'"],
  ['{"formVersion":2,"findings":[]}', 'has the form 2 and not 1'],
  ['{"findings":[]}', 'has the form undefined and not 1'],
  ['{"formVersion":1,"findings":[{"rule":"r"}]}', 'has an entry, number 1,'],
  ['{"formVersion":1,"findings":[{"rule":"r","file":"f","message":"m","lines":[1]}]}', 'has an entry, number 1,'],
])('%j is no baseline', (text, why) => {
  expect(readBaseline(place, text)).toContain(why);
});
