import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Fixture, parseFixture } from '../harness/fixture';

/** Where a rule's three files stand. */
export const rulesFolder = join(import.meta.dirname, '../../server/src/core/rules');

export function readRuleFile(name: string): string {
  return readFileSync(join(rulesFolder, name), 'utf8');
}

export function readFixture(rule: string): Fixture {
  return parseFixture(readRuleFile(`${rule}.c`));
}

/** Names of the files of this kind, without the suffix. */
export function ruleFiles(suffix: string): string[] {
  return readdirSync(rulesFolder)
    .filter((name) => name.endsWith(suffix))
    .map((name) => name.slice(0, -suffix.length));
}
