import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rules } from '../../server/src/core/rules';
import { parseCase } from '../harness/fixture';
import { renderCase } from '../harness/marks';
import { applied, caseFiles, lint, runCase } from '../harness/run';
import { readFixture, rulesFolder } from './fixtures';
import { closeReader, fromStructure, fromTokens, openReader } from './readers';

beforeAll(openReader);
afterAll(closeReader);

describe.each(rules.map(({ id }) => id))('%s', (id) => {
  const { preamble, cases } = readFixture(id);

  if (process.env.UPDATE_FIXTURES) {
    it('has its marks rewritten', () => {
      const text = cases.map((one) => renderCase(one, runCase(one, id, fromStructure))).join('\n\n');
      writeFileSync(join(rulesFolder, `${id}.c`), `${preamble}${text}\n`);
    });
    return;
  }

  it.each(cases)('$title', (one) => {
    expect(renderCase(one, runCase(one, id, fromStructure))).toBe(one.source);
  });

  it.each(cases)('from tokens alone: $title', (one) => {
    expect(renderCase(one, runCase(one, id, fromTokens))).toBe(one.source);
  });

  it.each(cases)('each fix removes its finding: $title', (one) => {
    for (const finding of lint(one, id, fromStructure)) {
      for (const fix of finding.fixes) {
        const after = lint(one, id, fromStructure, applied(caseFiles(one), fix.edits));
        const same = after.filter((other) => other.rule === finding.rule && other.message === finding.message);
        const before = lint(one, id, fromStructure).filter((other) => other.message === finding.message);
        expect(same.length, fix.title).toBeLessThan(before.length);
      }
    }
  });

  it.each(cases)('cut off at any line: $title', (one) => {
    const lines = one.source.split('\n');
    for (let end = 0; end < lines.length; end++) {
      const part = parseCase(lines.slice(0, end).join('\n'));
      expect(() => lint(part, id, fromStructure), `after line ${end}`).not.toThrow();
    }
  });

  it('leaves nothing that is safe to fix', () => {
    for (const one of cases) {
      const { fixed } = runCase(one, id, fromStructure);
      const after = lint(one, id, fromStructure, new Map([...caseFiles(one), ...fixed]));
      expect(
        after.flatMap(({ fixes }) => fixes.filter((fix) => fix.safe)),
        one.title,
      ).toEqual([]);
    }
  });
});
