import * as kinds from '../syntax/kinds';
import type { Macro } from './macro';
import { known } from './names';

/** A directive of a file, found once; what it does depends on the unit. */
export interface Directive {
  /** Number of its name, 0 without one. */
  readonly name: number;
  /** Its tokens: the `#`, the first behind the name, the end. */
  readonly hash: number;
  readonly from: number;
  readonly to: number;
  /** Index of the next `#elif`, `#else` or `#endif` of the same group; -1 if there is none. */
  next: number;
  /** Index of the group's `#endif`; -1 if there is none. */
  endif: number;
  /** `#else` without `#if` and the like. */
  isStray: boolean;
  /** What a `#define` defines, once somebody asked; `null` if it is none. */
  macro: Macro | null | undefined;
  /** The path that an `#include` names, as a number; 0 until somebody asked, -1 if it takes macros. */
  header: number;
}

export const names = {
  if: known('if'),
  ifdef: known('ifdef'),
  ifndef: known('ifndef'),
  elif: known('elif'),
  elifdef: known('elifdef'),
  elifndef: known('elifndef'),
  else: known('else'),
  endif: known('endif'),
  define: known('define'),
  undef: known('undef'),
  include: known('include'),
  includeNext: known('include_next'),
  import: known('import'),
  pragma: known('pragma'),
  line: known('line'),
  error: known('error'),
  warning: known('warning'),
  defined: known('defined'),
} as const;

/** The directives of a file, groups linked, and the file's include guard. */
export function linkDirectives(
  hashes: readonly number[],
  kind: Uint8Array,
  name: Uint32Array,
  count: number,
): { directives: Directive[]; guard: number } {
  const directives: Directive[] = [];
  /** The branches so far of each open group. */
  const open: Directive[][] = [];
  for (const hash of hashes) {
    let to = hash + 1;
    while (to < count && kind[to] !== kinds.directiveEnd) to++;
    const hasName = kind[hash + 1] === kinds.identifier;
    const directive: Directive = {
      name: hasName ? (name[hash + 1] as number) : 0,
      hash,
      from: hasName ? hash + 2 : hash + 1,
      to,
      next: -1,
      endif: -1,
      isStray: false,
      macro: undefined,
      header: 0,
    };
    directives.push(directive);
    linkBranch(directive, directives.length - 1, open);
  }
  return { directives, guard: guardOf(directives, kind, name, count) };
}

function linkBranch(directive: Directive, index: number, open: Directive[][]): void {
  switch (directive.name) {
    case names.if:
    case names.ifdef:
    case names.ifndef:
      open.push([directive]);
      return;
    case names.elif:
    case names.elifdef:
    case names.elifndef:
    case names.else:
    case names.endif: {
      const group = open[open.length - 1];
      const last = group?.[group.length - 1];
      if (group === undefined || last === undefined || (last.name === names.else && directive.name !== names.endif)) {
        directive.isStray = true;
        return;
      }
      last.next = index;
      group.push(directive);
      if (directive.name !== names.endif) return;
      for (const one of group) one.endif = index;
      open.pop();
    }
  }
}

function guardOf(directives: readonly Directive[], kind: Uint8Array, name: Uint32Array, count: number): number {
  const first = directives[0];
  if (first === undefined || first.hash !== 0 || first.next < 0 || first.next !== directives.length - 1) return 0;
  if (directives[first.next]?.to !== count - 1) return 0;
  let at = first.from;
  if (first.name === names.if) {
    if (name[at] !== 0x21 || name[at + 1] !== names.defined) return 0;
    at += 2;
    const isWrapped = kind[at] === kinds.openParen;
    if (isWrapped) at++;
    if (kind[at] !== kinds.identifier || first.to !== at + (isWrapped ? 2 : 1)) return 0;
    return name[at] as number;
  }
  return first.name === names.ifndef && kind[at] === kinds.identifier && first.to === at + 1 ? (name[at] as number) : 0;
}
