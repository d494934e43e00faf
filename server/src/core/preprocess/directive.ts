import * as kinds from '../syntax/kinds';
import { known } from './names';

/** What a directive is. */
export const unknown = 0;
export const define = 1;
export const undef = 2;
export const include = 3;
export const includeNext = 4;
export const importOnce = 5;
export const pragma = 6;
export const line = 7;
export const error = 8;
export const warning = 9;
/** From here on conditionals; from `elif` on those that go on with a group. */
export const ifTrue = 10;
export const ifdef = 11;
export const ifndef = 12;
export const elif = 13;
export const elifdef = 14;
export const elifndef = 15;
export const otherwise = 16;
export const endif = 17;

const codes = new Map([
  [known('define'), define],
  [known('undef'), undef],
  [known('include'), include],
  [known('include_next'), includeNext],
  [known('import'), importOnce],
  [known('pragma'), pragma],
  [known('line'), line],
  [known('error'), error],
  [known('warning'), warning],
  [known('if'), ifTrue],
  [known('ifdef'), ifdef],
  [known('ifndef'), ifndef],
  [known('elif'), elif],
  [known('elifdef'), elifdef],
  [known('elifndef'), elifndef],
  [known('else'), otherwise],
  [known('endif'), endif],
]);

/** The directives of a file in order, in columns: found once, while what they do depends on the unit. */
export class Directives {
  readonly code: Uint8Array;
  /** Tokens: the `#`, the first behind the name, the end. */
  readonly hash: Int32Array;
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** The next `#elif`, `#else` or `#endif` of the same group; -1 if there is none, -2 for one without `#if`. */
  readonly next: Int32Array;
  /** The group's `#endif`; -1 if there is none. */
  readonly endif: Int32Array;
  /** Number of the macro that a `#define` defines and its name; 0 until somebody asked, -1 if it defines nothing. */
  readonly macro: Int32Array;
  readonly macroName: Int32Array;
  /** The path that an `#include` names; 0 until somebody asked. */
  readonly header: Int32Array;

  constructor(readonly count: number) {
    this.code = new Uint8Array(count);
    const columns = new Int32Array(count * 8);
    const column = (i: number) => columns.subarray(i * count, (i + 1) * count);
    this.hash = column(0);
    this.from = column(1);
    this.to = column(2);
    this.next = column(3).fill(-1);
    this.endif = column(4).fill(-1);
    this.macro = column(5);
    this.macroName = column(6);
    this.header = column(7);
  }
}

/** The directives at these `#` tokens, groups linked. */
export function readDirectives(
  hashes: readonly number[],
  kind: Uint8Array,
  name: Uint32Array,
  count: number,
): Directives {
  const directives = new Directives(hashes.length);
  /** The branches so far of each open group. */
  const open: number[][] = [];
  for (let d = 0; d < hashes.length; d++) {
    const hash = hashes[d] as number;
    let to = hash + 1;
    while (to < count && kind[to] !== kinds.directiveEnd) to++;
    const hasName = kind[hash + 1] === kinds.identifier;
    const code = hasName ? (codes.get(name[hash + 1] as number) ?? unknown) : unknown;
    directives.code[d] = code;
    directives.hash[d] = hash;
    directives.from[d] = hasName ? hash + 2 : hash + 1;
    directives.to[d] = to;
    if (code >= elif) linkBranch(directives, d, open);
    else if (code >= ifTrue) open.push([d]);
  }
  return directives;
}

function linkBranch(directives: Directives, d: number, open: number[][]): void {
  const { code, next } = directives;
  const group = open[open.length - 1];
  const last = group?.[group.length - 1];
  if (group === undefined || last === undefined || (code[last] === otherwise && code[d] !== endif)) {
    next[d] = -2;
    return;
  }
  next[last] = d;
  group.push(d);
  if (code[d] !== endif) return;
  for (const one of group) directives.endif[one] = d;
  open.pop();
}

const defined = known('defined');

/** The macro that, when defined, leaves nothing of the file: its include guard; 0 for none. */
export function guardOf(directives: Directives, kind: Uint8Array, name: Uint32Array, count: number): number {
  const last = directives.count - 1;
  if (last < 1 || directives.hash[0] !== 0 || directives.next[0] !== last || directives.to[last] !== count - 1)
    return 0;
  let at = directives.from[0] as number;
  const to = directives.to[0] as number;
  if (directives.code[0] === ifTrue) {
    if (name[at] !== 0x21 || name[at + 1] !== defined) return 0;
    at += 2;
    const isWrapped = kind[at] === kinds.openParen;
    if (isWrapped) at++;
    return kind[at] === kinds.identifier && to === at + (isWrapped ? 2 : 1) ? (name[at] as number) : 0;
  }
  return directives.code[0] === ifndef && kind[at] === kinds.identifier && to === at + 1 ? (name[at] as number) : 0;
}
