import type { Severity } from '../core/finding';
import { rules } from '../core/rules/index';
import { readPage } from '../io/pages';

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
