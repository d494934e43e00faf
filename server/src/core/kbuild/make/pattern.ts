import { maximumText, type Piece, space, tooLarge } from './value';

/** `patsubst` on words: those that do not match stay as they are. */
export function substitutePattern(list: readonly Piece[], pattern: string, target: string): Piece[] {
  const out: Piece[] = [];
  let left = maximumText;
  for (const word of list) {
    if (out.length > 0) out.push(space);
    left -= word.text.length + target.length;
    if (left < 0) return [tooLarge];
    const stem = word.unknown ? undefined : matchPattern(word.text, pattern);
    out.push(stem === undefined ? word : { ...word, text: target.replace('%', () => stem), shown: undefined });
  }
  return out;
}

/** What `%` stands for if the pattern matches the word, empty for a pattern without one. */
export function matchPattern(word: string, pattern: string): string | undefined {
  const percent = pattern.indexOf('%');
  if (percent < 0) return word === pattern ? '' : undefined;
  const head = pattern.slice(0, percent);
  const tail = pattern.slice(percent + 1);
  if (word.length < head.length + tail.length || !word.startsWith(head) || !word.endsWith(tail)) return undefined;
  return word.slice(head.length, word.length - tail.length);
}
