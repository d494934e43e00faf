import type { Edit, Fix } from '../finding';
import { didYouMean } from '../nearest';
import { defineRule, type Idle } from './rule';

/** A comment that holds nothing back hides the next finding of its rule. */
export const unusedSuppression = defineRule<Idle & { readonly isWhole: boolean }>({
  id: 'unused-suppression',
  severity: 'warning',
  scope: 'suppression',
  summary: 'A comment suppresses a rule that finds nothing there.',
  tag: 'unnecessary',

  *check({ file, idle }, kernel) {
    for (const one of idle) {
      const { suppression, name, scope } = one;
      const isWhole = idle.filter((other) => other.suppression === suppression).length >= suppression.rules.length;
      const message = `Unused suppression: ${describe(one)}`;
      // What a module uses depends on the kernel.
      const related = scope === 'module' ? [{ message: `checked against kernel ${kernel.release}` }] : [];
      yield {
        at: { file: file.path, span: name?.span ?? suppression.commentSpan },
        message,
        related,
        data: { ...one, isWhole },
      };
    }
  },

  fix({ suppression, name, scope, near: [meant], isWhole }, { file }) {
    const edit = (span: Edit['span'], newText = ''): Edit => ({ file: file.path, span, newText });
    const removal: Fix = {
      title: isWhole ? 'Remove the suppression' : `Remove '${name?.id}' from the suppression`,
      safe: scope !== undefined,
      edits: [edit(isWhole || !name ? suppression.removal : nameSpan(suppression.rules, name))],
    };
    if (meant === undefined || !name) return [removal];
    return [{ title: `Change to '${meant}'`, safe: false, edits: [edit(name.span, meant)] }, removal];
  },
});

function describe({ suppression, name, scope, near }: Idle): string {
  if (!name) return 'it names no rule';
  if (scope === undefined) return `there is no rule '${name.id}'${didYouMean(near)}`;
  const where = { 'next-line': 'on the next line', line: 'on this line', file: 'in this file' }[suppression.scope];
  return `'${name.id}' finds nothing ${where}`;
}

/** A name with the comma that goes with it. */
function nameSpan(names: Idle['suppression']['rules'], name: NonNullable<Idle['name']>): Edit['span'] {
  const at = names.indexOf(name);
  const next = names[at + 1];
  return next
    ? { start: name.span.start, end: next.span.start }
    : { start: names[at - 1]?.span.end ?? name.span.start, end: name.span.end };
}
