import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Severity } from '../core/finding';
import { rules } from '../core/rules/index';

/** A rule as the terminal shows it. */
export interface RulePage {
  readonly id: string;
  readonly severity: Severity;
  readonly summary: string;
  /** Markdown. */
  readonly page: string;
}

/** Every rule with its page, in the registry's order. */
export function rulePages(): RulePage[] {
  return rules.map(({ id, severity, summary }) => ({ id, severity, summary, page: readPage(id) ?? summary }));
}

/** Pages lie beside the bundle, or beside the rules in the source tree. */
function readPage(id: string): string | undefined {
  const folders = [join(__dirname, 'rules'), join(__dirname, '../core/rules')];
  const file = folders.map((folder) => join(folder, `${id}.md`)).find((path) => existsSync(path));
  return file && readFileSync(file, 'utf8');
}
