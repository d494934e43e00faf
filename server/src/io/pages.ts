import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from '../core/rules/index';

/** The page of a rule, in Markdown; `undefined` if there is no such rule or its page is missing. */
export function readPage(rule: string): string | undefined {
  if (!rules.some(({ id }) => id === rule)) return undefined;
  for (const folder of pageFolders()) {
    try {
      return readFileSync(join(folder, `${rule}.md`), 'utf8');
    } catch {
      // Not there: the other folder may have it.
    }
  }
  return undefined;
}

/** Where the page of a rule lies beside the bundle. */
export function pageFile(rule: string): string {
  return join(__dirname, 'rules', `${rule}.md`);
}

/** Pages lie beside the bundle, or beside the rules in the source tree. */
function pageFolders(): string[] {
  return [join(__dirname, 'rules'), join(__dirname, '../core/rules')];
}
