import { Command } from 'commander';
import { suggestion } from '../../core/nearest';
import { CannotRun } from '../failure';
import { markdownToText } from '../format/markdown';
import { rulePages } from '../rules';
import type { Terminal } from '../terminal';

/** `untainted explain [RULE]`: a rule's page, or all rules in a line each. */
export function explainCommand(terminal: Terminal): Command {
  return new Command('explain')
    .summary('explain a rule')
    .description('Prints the page of a rule: what it finds, why, and the way out. Lists all rules if none is named.')
    .argument('[rule]', 'the id in the brackets of a finding')
    .action(async (id: string | undefined) => {
      await terminal.write(id === undefined ? listRules(terminal) : page(terminal, id));
    });
}

function listRules({ colors }: Terminal): string {
  const rules = rulePages();
  const width = Math.max(...rules.map((rule) => rule.id.length));
  const lines = rules.map(({ id, severity, summary }) => {
    return `${colors.bold(id.padEnd(width))}  ${severity.padEnd(7)}  ${summary}\n`;
  });
  return lines.join('');
}

function page(terminal: Terminal, id: string): string {
  const rules = rulePages();
  const rule = rules.find((other) => other.id === id);
  if (rule) return markdownToText(rule.page, terminal.colors, Math.min(terminal.columns, 100));
  const ids = rules.map((other) => other.id);
  throw new CannotRun(`there is no rule '${id}'${suggestion(id, ids)}; 'untainted explain' lists all rules`);
}
