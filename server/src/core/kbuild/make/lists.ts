import { matchPattern } from './pattern';
import { type Piece, unwords, type Value, withText, withWhen, words } from './value';

/** Words that match one of the patterns, or none. A pattern that may be there makes the words it takes uncertain. */
export function filter(patterns: readonly Piece[], list: readonly Piece[], isKept: boolean): Value {
  const exact = new Map(patterns.filter((p) => !p.text.includes('%')).map((p) => [p.text, p]));
  const open = patterns.filter((p) => p.text.includes('%') && !p.unknown);
  const vague = patterns.find((p) => p.unknown);
  const out: Piece[] = [];
  for (const item of list) {
    if (item.unknown) {
      out.push(item);
      continue;
    }
    const hit = exact.get(item.text) ?? open.find((pattern) => matchPattern(item.text, pattern.text) !== undefined);
    const sure = hit !== undefined && !hit.when && !hit.unknown;
    const doubt = sure ? undefined : (hit?.when ?? hit?.unknown ?? vague?.unknown);
    if (doubt) out.push(withWhen(item, doubt));
    else if (sure === isKept) out.push(item);
  }
  return unwords(out);
}

/** Sorted by code units, each word once. */
export function sort(list: readonly Piece[]): Value {
  const byText = new Map<string, Piece>();
  const unknown: Piece[] = [];
  for (const item of list) {
    if (item.unknown) unknown.push(item);
    else if (!byText.has(item.text) || byText.get(item.text)?.when) byText.set(item.text, item);
  }
  const sorted = [...byText.values()].sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
  return unwords([...sorted, ...unknown]);
}

/** The words, if it is known which and how many they are. */
export function countable(value: Value): Piece[] | undefined {
  const list = words(value);
  return list.some((item) => item.unknown || item.when) ? undefined : list;
}

/** Words of two lists put together one by one. */
export function joinWords(left: Value, right: Value): Value {
  const a = words(left);
  const b = words(right);
  const out: Piece[] = [];
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const first = a[i];
    const second = b[i];
    const base = first ?? second;
    if (!base) continue;
    const unknown = first?.unknown ?? second?.unknown;
    out.push({
      ...withText(base, (first?.text ?? '') + (second?.text ?? '')),
      unknown,
      when: first?.when ?? second?.when,
    });
  }
  return unwords(out);
}
