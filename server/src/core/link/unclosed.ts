import type { Location } from '../finding';
import type { Leading, TranslationUnit } from '../preprocess/unit';
import * as kinds from '../syntax/kinds';
import { openers } from './tokens';

/** Leading parts that leave nothing open. */
const closed = new WeakSet<Leading>();

/**
 * The first bracket that nothing closes: the rest of the unit is inside of it, and what the compiler would make of that
 * cannot be told. Half-typed code is like that; a bracket that misses its partner inside of braces ends with them.
 */
export function unclosedBracket(unit: TranslationUnit): Location | undefined {
  const { kind, count, leading } = unit;
  const open: number[] = [];
  const from = leading !== undefined && closed.has(leading) ? leading.tokens : 0;
  for (let i = from; i < count; i++) {
    if (i === leading?.tokens && open.length === 0) closed.add(leading);
    const k = kind[i] as number;
    if (k === kinds.hash) while (i < count && kind[i] !== kinds.directiveEnd) i++;
    const opener = openers[k] as number;
    if (opener === 0) continue;
    if (opener === k) open.push(i);
    else close(open, kind, opener);
  }
  const [first] = open;
  if (first === undefined) return undefined;
  const start = unit.offset[first] as number;
  return { file: unit.files[unit.file[first] as number] ?? '', span: { start, end: start + 1 } };
}

/** Takes away the last open bracket of a kind and those inside of it; a stray closing one is left alone. */
function close(open: number[], kind: Uint8Array, wanted: number): void {
  for (let at = open.length - 1; at >= 0; at--) {
    const one = kind[open[at] as number];
    if (one === wanted) {
      open.length = at;
      return;
    }
    if (one === kinds.openBrace) return;
  }
}
