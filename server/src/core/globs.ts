/**
 * Glob patterns over paths with `/`: `*` is any characters of one segment and `?` one of them, `**` any number of
 * folders, `{a,b}` one of several, `[a-z]` and `[!a-z]` one character, `\` takes the next character as it is. They come
 * from files that nobody vouches for, so matching takes time in the product of the two lengths and never more.
 */

/** More alternatives than this in one pattern are nobody's intention. */
const mostAlternatives = 100;
const longest = 1000;

/** One character of a segment, by what it may be; `*` is `undefined`. */
type Sign = ((c: number) => boolean) | undefined;
/** A segment without any sign is its text; `undefined` is `**`. */
type Segment = string | readonly Sign[] | undefined;

/** Whether a pattern is one that `globMatcher` takes; if not, why, as the end of "The pattern …". */
export function globProblem(pattern: string): string | undefined {
  if (pattern.length > longest) return `is longer than ${longest} characters`;
  return alternatives(pattern) === undefined ? `has more than ${mostAlternatives} alternatives` : undefined;
}

/** Whether a path matches one of the patterns; a pattern that `globProblem` objects to matches nothing. */
export function globMatcher(patterns: readonly string[]): (path: string) => boolean {
  const compiled = patterns
    .filter((pattern) => pattern.length <= longest)
    .flatMap((pattern) => (alternatives(pattern) ?? []).map(compile));
  return (path) => {
    const segments = path.split('/');
    return compiled.some((glob) => matches(glob, segments, matchesSegment));
  };
}

/** The pattern once for each way through its braces. */
function alternatives(pattern: string): string[] | undefined {
  const open = [pattern];
  const done: string[] = [];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const group = firstGroup(next);
    if (!group) done.push(next);
    else for (const part of group.parts) open.push(next.slice(0, group.start) + part + next.slice(group.end));
    if (open.length + done.length > mostAlternatives) return undefined;
  }
  return done;
}

/** The first braces with a comma in them. */
function firstGroup(text: string): { start: number; end: number; parts: string[] } | undefined {
  for (let start = 0; start < text.length; start++) {
    if (text[start] === '\\') start++;
    else if (text[start] === '{') {
      const commas: number[] = [];
      let depth = 0;
      let at = start;
      for (; at < text.length; at++) {
        if (text[at] === '\\') at++;
        else if (text[at] === '{') depth++;
        else if (text[at] === '}' && --depth === 0) break;
        else if (text[at] === ',' && depth === 1) commas.push(at);
      }
      if (at >= text.length || commas.length === 0) continue;
      const cuts = [start, ...commas, at];
      const parts = cuts.slice(1).map((cut, i) => text.slice((cuts[i] ?? 0) + 1, cut));
      return { start, end: at + 1, parts };
    }
  }
  return undefined;
}

/** `folder/` and `folder/**` stand for all that is in the folder. */
function compile(glob: string): readonly Segment[] {
  const text = glob.replace(/^(?:\.?\/)+/, '').replace(/\/(?:\*\*)?$/, '/**/*');
  return text.split('/').map((segment) => {
    if (segment === '**') return undefined;
    return /[*?[\\]/.test(segment) ? signsOf(segment) : segment;
  });
}

function signsOf(segment: string): Sign[] {
  const signs: Sign[] = [];
  for (let i = 0; i < segment.length; i++) {
    const c = segment[i];
    const end = c === '[' ? segment.indexOf(']', i + 2) : -1;
    if (c === '*') {
      if (signs.length === 0 || signs.at(-1) !== undefined) signs.push(undefined);
    } else if (c === '?') signs.push(() => true);
    else if (end > 0) {
      signs.push(oneOf(segment.slice(i + 1, end)));
      i = end;
    } else {
      if (c === '\\' && i + 1 < segment.length) i++;
      const code = segment.charCodeAt(i);
      signs.push((other) => other === code);
    }
  }
  return signs;
}

function oneOf(text: string): (c: number) => boolean {
  const isNegated = text[0] === '!' || text[0] === '^';
  const ranges: [number, number][] = [];
  for (let i = isNegated ? 1 : 0; i < text.length; i++) {
    const from = text.charCodeAt(i);
    const isRange = text[i + 1] === '-' && i + 2 < text.length;
    ranges.push([from, isRange ? text.charCodeAt(i + 2) : from]);
    if (isRange) i += 2;
  }
  return (c) => ranges.some(([from, to]) => from <= c && c <= to) !== isNegated;
}

/** Whether items match a pattern in which `undefined` stands for any number of them: only the last such is widened. */
function matches<P, T>(
  pattern: readonly (P | undefined)[],
  items: { readonly length: number; readonly [i: number]: T },
  fits: (one: P, item: T) => boolean,
): boolean {
  let p = 0;
  let i = 0;
  let wide = -1;
  let from = 0;
  while (i < items.length) {
    const one = pattern[p];
    if (p < pattern.length && one === undefined) {
      wide = p++;
      from = i;
    } else if (one !== undefined && fits(one, items[i] as T)) {
      p++;
      i++;
    } else if (wide >= 0) {
      p = wide + 1;
      i = ++from;
    } else return false;
  }
  while (p < pattern.length && pattern[p] === undefined) p++;
  return p === pattern.length;
}

function matchesSegment(signs: string | readonly Sign[], segment: string): boolean {
  if (typeof signs === 'string') return signs === segment;
  const codes = Uint16Array.from({ length: segment.length }, (_, i) => segment.charCodeAt(i));
  return matches(signs, codes, (sign, c) => sign(c));
}
