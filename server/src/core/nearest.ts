import { distance } from 'fastest-levenshtein';

/** Those of `known` that `asked` may be a misspelling or a part of, best first; at most three. */
export function nearest(asked: string, known: readonly string[]): string[] {
  const wanted = asked.toLowerCase().slice(0, 100);
  const scored = known.map((name) => ({
    name,
    score:
      wanted.length >= 3 && name.includes(wanted) ? 0 : distance(wanted, name) / Math.max(name.length, wanted.length),
  }));
  const near = scored.filter(({ score }) => score <= 0.5).sort((a, b) => a.score - b.score);
  return near.slice(0, 3).map(({ name }) => name);
}

/** `; did you mean 'a' or 'b'?`, or nothing. */
export function suggestion(asked: string, known: readonly string[]): string {
  return didYouMean(nearest(asked, known));
}

/** The same of names that are found already. */
export function didYouMean(names: readonly string[]): string {
  return names.length === 0 ? '' : `; did you mean ${names.map((name) => `'${name}'`).join(' or ')}?`;
}
