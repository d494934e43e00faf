import { branchKind, directiveAt, readCondition, readInclude, readMacro } from './directives';
import type { Branch } from './facts';
import { readInvocation } from './invocation';
import type { Items } from './items';
import * as kinds from './kinds';
import type { Tokens } from './lexer';

/** What assembly for the C preprocessor says: `NAME(…)` at the start of a line and directives; no functions, no uses. */
export function readAssembly(tokens: Tokens): Omit<Items, 'uses'> {
  const invocations: Items['invocations'] = [];
  const macros: Items['macros'] = [];
  const includes: Items['includes'] = [];
  const branches: (Omit<Branch, 'span'> & { span: Branch['span'] })[] = [];
  const open: number[] = [];
  const endBranch = (index: number | undefined, at: number): void => {
    const branch = index === undefined ? undefined : branches[index];
    if (branch !== undefined) branch.span = { start: branch.span.start, end: at };
  };

  for (let i = 0; i < tokens.count; i++) {
    if (tokens.kind[i] === kinds.identifier) {
      const list = invocationAt(tokens, i);
      if (list !== undefined) invocations.push(readInvocation(tokens, list, 0, -1));
      continue;
    }
    if (tokens.kind[i] !== kinds.hash) continue;
    const directive = directiveAt(tokens, i);
    const at = tokens.start[i] as number;
    const kind = branchKind(directive.name);
    const macro = directive.name === 'define' || directive.name === 'undef' ? readMacro(tokens, directive) : undefined;
    const include = directive.name === 'include' ? readInclude(tokens, directive) : undefined;
    if (macro !== undefined) macros.push(macro);
    if (include !== undefined) includes.push(include);
    if (kind !== undefined) {
      const isFirst = kind === 'if' || kind === 'ifdef' || kind === 'ifndef';
      const previous = isFirst ? undefined : open.pop();
      endBranch(previous, at);
      if (kind !== 'endif' && (isFirst || previous !== undefined)) {
        const index = branches.length;
        const group = previous === undefined ? index : (branches[previous]?.first ?? index);
        const parent = open[open.length - 1] ?? -1;
        const condition = readCondition(tokens, directive);
        branches.push({ span: { start: at, end: at }, directive: kind, condition, parent, first: group });
        open.push(index);
      }
    }
    i = directive.to;
  }
  for (const index of open) endBranch(index, tokens.text.length);
  return { invocations, functions: [], variables: [], macros, includes, branches, bodies: [], isUnbalanced: false };
}

/** The tokens of `NAME(…)` if it begins and ends on one line. */
function invocationAt(tokens: Tokens, i: number): number[] | undefined {
  const { text, start, end, kind } = tokens;
  if (kind[i + 1] !== kinds.openParen || start[i + 1] !== end[i]) return undefined;
  const before = i === 0 ? '' : text.slice(end[i - 1], start[i]);
  if (i > 0 && kind[i - 1] !== kinds.directiveEnd && !/[\r\n]/.test(before)) return undefined;
  const list = [i];
  let depth = 0;
  for (let at = i + 1; at < tokens.count && kind[at] !== kinds.hash; at++) {
    if (at > i + 1 && /[\r\n]/.test(text.slice(end[at - 1], start[at]))) return undefined;
    list.push(at);
    if (kind[at] === kinds.openParen) depth++;
    else if (kind[at] === kinds.closeParen && --depth === 0) return list;
  }
  return undefined;
}
