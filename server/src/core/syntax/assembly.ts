import { BodyReader } from './body';
import { BranchList } from './branches';
import type { Items } from './declared';
import { branchKind, directiveAt, readInclude, readMacro } from './directives';
import { readInvocation } from './invocation';
import * as kinds from './kinds';
import type { Tokens } from './lexer';
import { Uses } from './uses';

/** What assembly for the C preprocessor says: `NAME(…)` at the start of a line and directives; no functions, no uses. */
export function readAssembly(tokens: Tokens): Omit<Items, 'uses'> {
  const invocations: Items['invocations'] = [];
  const macros: Items['macros'] = [];
  const includes: Items['includes'] = [];
  const branches = new BranchList(tokens);
  const bodies = new BodyReader(tokens, new Uses());

  for (let i = 0; i < tokens.count; i++) {
    if (tokens.kind[i] === kinds.identifier) {
      const list = invocationAt(tokens, i);
      if (list !== undefined) invocations.push(readInvocation(tokens, list, 0, -1));
      continue;
    }
    if (tokens.kind[i] !== kinds.hash) continue;
    const directive = directiveAt(tokens, i);
    const kind = branchKind(directive.name);
    const macro =
      directive.name === 'define' || directive.name === 'undef' ? readMacro(tokens, directive, bodies) : undefined;
    const include = directive.name === 'include' ? readInclude(tokens, directive) : undefined;
    if (macro !== undefined) macros.push(macro);
    if (include !== undefined) includes.push(include);
    if (kind === 'endif') branches.end(directive);
    else if (kind?.startsWith('if')) branches.begin(directive, kind);
    else if (kind !== undefined) branches.next(directive, kind);
    i = directive.to;
  }
  return {
    invocations,
    functions: [],
    variables: [],
    macros,
    includes,
    branches: branches.finish(),
    lookups: [],
    bodies: [],
    isUnbalanced: false,
  };
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
