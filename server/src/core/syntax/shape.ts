import { Hash } from '../hash';
import type { Branch, FileFacts } from './facts';

/** A hash of all that other files and the module graph can see of a file: no spans, nothing of function bodies. */
export function shapeOf(facts: Omit<FileFacts, 'shape' | 'uses'>): string {
  const hash = new Hash();
  const where = branchFinder(facts.branches);
  for (const branch of facts.branches) {
    hash.text(branch.directive);
    hash.text(branch.condition);
    hash.number(branch.parent);
  }
  for (const invocation of facts.invocations) {
    hash.number(where(invocation.span.start));
    hash.text(invocation.name);
    for (const argument of invocation.arguments) {
      hash.text(',');
      for (const piece of argument.pieces) {
        hash.text(piece.kind);
        hash.text(piece.value);
      }
    }
  }
  for (const tag of facts.spdx) {
    hash.text(tag.text);
    hash.text(tag.style);
    hash.number(tag.line);
  }
  for (const notice of facts.notices) hash.text(notice.kind);
  for (const f of facts.functions) {
    hash.number(where(f.span.start));
    hash.text(f.name);
    hash.number(
      (f.isStatic ? 1 : 0) + (f.isInline ? 2 : 0) + (f.section === 'init' ? 4 : f.section === 'exit' ? 8 : 0),
    );
  }
  for (const variable of facts.variables) {
    hash.number(where(variable.span.start));
    hash.text(variable.name);
    hash.number(variable.isStatic ? 1 : 0);
  }
  for (const macro of facts.macros) {
    hash.number(where(macro.span.start));
    hash.text(macro.name);
    hash.text(macro.parameters?.join() ?? (macro.isUndef ? '#undef' : '#define'));
    hash.text(macro.body);
  }
  for (const include of facts.includes) {
    hash.number(where(include.span.start));
    hash.text(include.isLocal ? '"' : '<');
    hash.text(include.path);
  }
  return hash.result();
}

/** Tells the innermost branch of an offset, -1 for none. */
function branchFinder(branches: readonly Branch[]): (offset: number) => number {
  return (offset) => {
    let low = 0;
    let high = branches.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((branches[middle] as Branch).span.start <= offset) low = middle + 1;
      else high = middle;
    }
    let at = low - 1;
    while (at >= 0 && (branches[at] as Branch).span.end <= offset) at = (branches[at] as Branch).parent;
    return at;
  };
}
