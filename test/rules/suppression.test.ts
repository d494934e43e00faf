import { describe, expect, it } from 'vitest';
import { suppressor } from '../../server/src/core/features/suppress';
import type { Finding } from '../../server/src/core/finding';
import { rules } from '../../server/src/core/rules';
import { applyEdits } from '../../server/src/core/rules/fixes';
import { caseFiles, lint } from '../harness/run';
import { readFixture } from './fixtures';
import { fromTokens } from './readers';

describe.each(rules.filter(({ scope }) => scope !== 'suppression'))('what is offered against $id', ({ id }) => {
  const { cases } = readFixture(id);

  it('holds back the finding and changes no other', () => {
    for (const one of cases) {
      const files = caseFiles(one);
      const before = lint(one, id, fromTokens);
      for (const finding of before) {
        const { file } = finding.at;
        const text = files.get(file) ?? '';
        const offers = suppressor(file, text, fromTokens(file, text))(finding);
        expect(offers.at(-1)?.title).toBe(`Suppress '${finding.rule}' in this file`);
        for (const fix of offers) {
          const changed = applyEdits(file, text, fix.edits);
          const after = lint(one, id, fromTokens, new Map([...files, [file, changed]]));
          const told = `${one.title}: ${fix.title}\n${changed}`;
          expect(after.length, told).toBeLessThan(before.length);
          for (const left of after) expect(count(after, left), told).toBeLessThanOrEqual(count(before, left));
        }
      }
    }
  });
});

function count(findings: readonly Finding[], { rule, message, at }: Finding): number {
  return findings.filter((one) => one.rule === rule && one.message === message && one.at.file === at.file).length;
}
