import type { Edit, Finding } from '../finding';

/**
 * The edits of "fix all": the first safe fix of each finding, in the order of the findings. Identical edits are applied
 * once (two uses of one namespace ask for the same import); a fix that overlaps an earlier one is left for the next
 * round.
 */
export function safeEdits(findings: readonly Finding[]): Edit[] {
  const taken = new Map<string, Edit[]>();
  for (const finding of findings) {
    const edits = finding.fixes.find((fix) => fix.safe)?.edits ?? [];
    const fresh = edits.filter((edit) => !taken.get(edit.file)?.some((other) => isSame(edit, other)));
    if (fresh.some((edit) => taken.get(edit.file)?.some((other) => overlaps(edit, other)))) continue;
    for (const edit of fresh) taken.set(edit.file, [...(taken.get(edit.file) ?? []), edit]);
  }
  return [...taken.values()].flat();
}

/** `text` with the edits applied that name `file`; those at one place stand in their order. */
export function applyEdits(file: string, text: string, edits: readonly Edit[]): string {
  const own = edits.filter((edit) => edit.file === file).sort((a, b) => a.span.start - b.span.start);
  let out = '';
  let at = 0;
  for (const { span, newText } of own) {
    out += text.slice(at, Math.max(at, span.start)) + newText;
    at = Math.max(at, span.end);
  }
  return out + text.slice(at);
}

function isSame(a: Edit, b: Edit): boolean {
  return a.span.start === b.span.start && a.span.end === b.span.end && a.newText === b.newText;
}

/** Two insertions at one place do not overlap. */
function overlaps(a: Edit, b: Edit): boolean {
  return a.span.start < b.span.end && b.span.start < a.span.end;
}
