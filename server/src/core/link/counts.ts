import * as kinds from '../syntax/kinds';
import type { Global } from './globals';
import type { Shared } from './reader';
import type { Tokens } from './tokens';
import { flag } from './words';

/** More than this is not counted. */
const most = 3;

/** How often names are written in a unit, up to `most` times. */
export function countNames({ tokens, kept }: Shared): Uint8Array {
  return countFrom(tokens, kept?.count ?? 0, kept?.names);
}

/** How often each name is written from a token on, more than it was before. */
export function countFrom({ kind, name, names, count }: Tokens, from: number, before?: Uint8Array): Uint8Array {
  const counts = new Uint8Array(names.count);
  if (before !== undefined) counts.set(before);
  for (let i = from; i < count; i++) {
    const n = name[i] as number;
    if (kind[i] === kinds.identifier && (counts[n] as number) < most) counts[n] = (counts[n] as number) + 1;
  }
  return counts;
}

/** Whether something is assigned to a static variable or its address is taken anywhere. */
export function findWrites({ tokens, globals, kept }: Shared): (global: Global) => boolean {
  const writes = writesFrom(tokens, kept?.count ?? 0, (name) => {
    const global = globals.byName.get(name);
    return global !== undefined && isVariable(global);
  });
  // The declaration itself looks like a write.
  const isIn = (found: Writes | undefined, { name, declared }: Global) => {
    const at = found?.get(name);
    return at !== undefined && at !== declared.token;
  };
  return (global) => isVariable(global) && (isIn(writes, global) || isIn(kept?.writes, global));
}

function isVariable({ flags }: Global): boolean {
  return (flags & (flag.static | flag.function | flag.body | flag.typedef)) === flag.static;
}

/** For each name that is written to the token that does it, -1 if there are several. */
export type Writes = ReadonlyMap<number, number>;

/** Writes from a token on to names that are wanted. */
export function writesFrom({ kind, name, count }: Tokens, from: number, isWanted?: (name: number) => boolean): Writes {
  const writes = new Map<number, number>();
  for (let i = from; i < count; i++) {
    if (kind[i] !== kinds.identifier) continue;
    const next = kind[i + 1] as number;
    let before = i - 1;
    while (kind[before] === kinds.openParen) before--;
    const k = kind[before] as number;
    const isWrite =
      next === kinds.assign ||
      next === kinds.compoundAssign ||
      next === kinds.increment ||
      next === kinds.decrement ||
      k === 0x26 ||
      k === kinds.increment ||
      k === kinds.decrement ||
      (k === kinds.string && before < i - 1);
    const n = name[i] as number;
    if (isWrite && (isWanted === undefined || isWanted(n))) writes.set(n, writes.has(n) ? -1 : i);
  }
  return writes;
}
