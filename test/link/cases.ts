import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One piece of C and the symbols that gcc -O2 leaves undefined in its object file. */
export interface Case {
  readonly title: string;
  readonly code: string;
  readonly undefined: readonly string[];
}

/** The cases of `cases.txt`; the symbols stand in `expected.json`, made by `scripts/check-link-cases.mjs`. */
export function readCases(folder: string): Case[] {
  const expected: Record<string, string[]> = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8'));
  return readFileSync(join(folder, 'cases.txt'), 'utf8')
    .split(/^=== /m)
    .slice(1)
    .map((text) => {
      const end = text.indexOf('\n');
      const title = text.slice(0, end).trim();
      return { title, code: text.slice(end + 1), undefined: expected[title] ?? [] };
    });
}
