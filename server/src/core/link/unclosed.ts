import type { Location } from '../finding';
import { grown } from '../preprocess/names';
import type { Leading, TranslationUnit } from '../preprocess/unit';
import * as kinds from '../syntax/kinds';
import { leftOpen, openers } from './tokens';

/** Leading parts that leave nothing open. */
const closed = new WeakSet<Leading>();

/**
 * The first bracket that nothing closes: the rest of the unit is inside of it, and what the compiler would make of that
 * cannot be told. Half-typed code is like that; a bracket that misses its partner inside of braces ends with them.
 */
export function unclosedBracket(unit: TranslationUnit): Location | undefined {
  const { kind, count, leading } = unit;
  let open = new Uint32Array(64);
  let depth = 0;
  const from = leading !== undefined && closed.has(leading) ? leading.tokens : 0;
  for (let i = from; i < count; i++) {
    if (i === leading?.tokens && depth === 0) closed.add(leading);
    const k = kind[i] as number;
    if (k === kinds.hash) while (i < count && kind[i] !== kinds.directiveEnd) i++;
    const opener = openers[k] as number;
    if (opener === 0) continue;
    if (opener !== k) depth = leftOpen(open, depth, kind, opener);
    else {
      if (depth === open.length) open = grown(open, Uint32Array);
      open[depth++] = i;
    }
  }
  if (depth === 0) return undefined;
  const first = open[0] as number;
  const start = unit.offset[first] as number;
  return { file: unit.files[unit.file[first] as number] ?? '', span: { start, end: start + 1 } };
}
