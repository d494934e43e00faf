import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rules } from '../../server/src/core/rules';
import { extractFacts } from '../../server/src/core/syntax/extract';
import { parseCase } from '../harness/fixture';
import { renderCase } from '../harness/marks';
import { applied, caseFiles, lint, runCase } from '../harness/run';
import type { ReadFacts } from '../harness/workspace';
import { readFixture, rulesFolder } from './fixtures';

const readFacts: ReadFacts = extractFacts;

describe.each(rules.map(({ id }) => id))('%s', (id) => {
  const { preamble, cases } = readFixture(id);

  if (process.env.UPDATE_FIXTURES) {
    it('has its marks rewritten', () => {
      const text = cases.map((one) => renderCase(one, runCase(one, id, readFacts))).join('\n\n');
      writeFileSync(join(rulesFolder, `${id}.c`), `${preamble}${text}\n`);
    });
    return;
  }

  it.each(cases)('$title', (one) => {
    expect(renderCase(one, runCase(one, id, readFacts))).toBe(one.source);
  });

  it.each(cases)('each fix removes its finding: $title', (one) => {
    for (const finding of lint(one, id, readFacts)) {
      for (const fix of finding.fixes) {
        const after = lint(one, id, readFacts, applied(caseFiles(one), fix.edits));
        const same = after.filter((other) => other.rule === finding.rule && other.message === finding.message);
        const before = lint(one, id, readFacts).filter((other) => other.message === finding.message);
        expect(same.length, fix.title).toBeLessThan(before.length);
      }
    }
  });

  it.each(cases)('cut off at any line: $title', (one) => {
    const lines = one.source.split('\n');
    for (let end = 0; end < lines.length; end++) {
      const part = parseCase(lines.slice(0, end).join('\n'));
      expect(() => lint(part, id, readFacts), `after line ${end}`).not.toThrow();
    }
  });

  it('leaves nothing that is safe to fix', () => {
    for (const one of cases) {
      const { fixed } = runCase(one, id, readFacts);
      const after = lint(one, id, readFacts, new Map([...caseFiles(one), ...fixed]));
      expect(
        after.flatMap(({ fixes }) => fixes.filter((fix) => fix.safe)),
        one.title,
      ).toEqual([]);
    }
  });
});
