import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { severities } from '../../server/src/core/finding';
import { rules } from '../../server/src/core/rules';

interface Section {
  readonly properties: Readonly<Record<string, { readonly properties: Readonly<Record<string, RuleSetting>> }>>;
}
interface RuleSetting {
  readonly default: string;
  readonly enum: readonly string[];
}

const root = join(import.meta.dirname, '../..');

it('the manifest and the README are what the registry says', () => {
  // Ends with a status, and so throws, if something is out of date.
  execFileSync(process.execPath, ['scripts/generate.mjs', '--check'], { cwd: root });
});

it('each rule has its setting in the manifest', () => {
  const manifest: { contributes: { configuration: Section | Section[] } } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  const settings = [manifest.contributes.configuration]
    .flat()
    .flatMap((section) => section.properties['untainted.rules'] ?? [])
    .map((setting) => setting.properties);
  expect(settings).toHaveLength(1);
  expect(Object.keys(settings[0] ?? {})).toEqual(rules.map(({ id }) => id));
  for (const rule of rules) {
    expect(settings[0]?.[rule.id]?.default).toBe(rule.severity);
    expect(settings[0]?.[rule.id]?.enum).toEqual([...severities, 'off']);
  }
});
