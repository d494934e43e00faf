/** One character, a group or an end of the text. */
type Atom =
  | { readonly kind: 'one'; readonly has: (c: string) => boolean }
  | { readonly kind: 'group'; readonly index: number; readonly branches: readonly Branch[] }
  | { readonly kind: 'start' | 'end' };

interface Item {
  readonly atom: Atom;
  readonly least: number;
  readonly most: number;
}

type Branch = readonly Item[];

/** Begin and end of what each group matched, the whole at 0. */
type Groups = readonly (readonly [start: number, end: number] | undefined)[];

/** Thrown inside of this file only: more than the plain forms, or more steps than a match is worth. */
class Beyond extends Error {}

/** Of a line and of a script: a match goes as deep as both are long. */
const maximumLength = 200;
const maximumSteps = 20_000;

/**
 * What `sed`, or `sed -E` if extended, makes of one line with a script `s/pattern/replacement/` and no flag but `g`;
 * `undefined` for everything else. A pattern never becomes one of JavaScript's: its steps are counted.
 */
export function substitute(line: string, script: string, isExtended: boolean): string | undefined {
  if (line.length > maximumLength || script.length > maximumLength) return undefined;
  try {
    const { pattern, replacement, isGlobal } = parts(script);
    const parser = new Parser(pattern, isExtended);
    const branches = parser.whole();
    // A reference to a group that is not there is an error even where nothing matches.
    replace(replacement, line, [], parser.groups);
    const matcher = new Matcher(line);
    let output = '';
    let at = 0;
    do {
      const groups = matcher.find(branches, at);
      const [start, end] = groups?.[0] ?? [];
      if (!groups || start === undefined || end === undefined) break;
      // With `g`, empty matches have rules of their own.
      if (isGlobal && start === end) throw new Beyond();
      output += line.slice(at, start) + replace(replacement, line, groups, parser.groups);
      at = end;
    } while (isGlobal && at < line.length);
    return output + line.slice(at);
  } catch (error) {
    if (error instanceof Beyond) return undefined;
    throw error;
  }
}

function parts(script: string): { pattern: string; replacement: string; isGlobal: boolean } {
  const delimiter = script[1] ?? '';
  if (script[0] !== 's' || !/^[/|,:#@%!]$/.test(delimiter)) throw new Beyond();
  const found = [''];
  for (let at = 2; at < script.length; at++) {
    const c = script[at] ?? '';
    const next = script[at + 1] ?? '';
    if (c === delimiter) found.push('');
    else if (c !== '\\') found[found.length - 1] += c;
    else {
      // An operator that is the delimiter as well is read in more than one way.
      if (next === delimiter && next !== '/') throw new Beyond();
      found[found.length - 1] += next === delimiter ? next : c + next;
      at++;
    }
  }
  const [pattern = '', replacement, flags] = found;
  if (found.length !== 3 || replacement === undefined || pattern === '') throw new Beyond();
  if (flags !== '' && flags !== 'g') throw new Beyond();
  return { pattern, replacement, isGlobal: flags === 'g' };
}

function replace(replacement: string, line: string, groups: Groups, count: number): string {
  return replacement.replace(/\\(.)|&/gs, (written: string, escaped: string | undefined) => {
    if (escaped !== undefined && /[\\&]/.test(escaped)) return escaped;
    const index = written === '&' ? 0 : Number(escaped);
    if (!(index <= count)) throw new Beyond();
    const group = groups[index];
    return group ? line.slice(...group) : '';
  });
}

/** Reads a pattern of POSIX, basic or extended, without counts, classes and references. */
class Parser {
  readonly #text: string;
  readonly #isExtended: boolean;
  #at = 0;
  #groups = 0;

  constructor(text: string, isExtended: boolean) {
    this.#text = text;
    this.#isExtended = isExtended;
  }

  /** How many groups were read. */
  get groups(): number {
    return this.#groups;
  }

  whole(): Branch[] {
    const branches = this.#branches();
    if (this.#at < this.#text.length) throw new Beyond();
    return branches;
  }

  #branches(): Branch[] {
    const branches = [this.#branch()];
    while (this.#takes('|')) branches.push(this.#branch());
    return branches;
  }

  #branch(): Branch {
    const items: Item[] = [];
    while (this.#at < this.#text.length && !this.#is('|') && !this.#is(')')) {
      const atom = this.#atom(items.length === 0);
      const isCountable = atom.kind === 'one' || atom.kind === 'group';
      const [least, most] = (isCountable && this.#counts()) || [1, 1];
      items.push({ atom, least, most });
    }
    return items;
  }

  #counts(): [least: number, most: number] | undefined {
    if (this.#takes('*')) return [0, maximumLength];
    if (this.#takes('+')) return [1, maximumLength];
    return this.#takes('?') ? [0, 1] : undefined;
  }

  #atom(isFirst: boolean): Atom {
    if (this.#takes('(')) {
      const index = ++this.#groups;
      const branches = this.#branches();
      if (!this.#takes(')')) throw new Beyond();
      return { kind: 'group', index, branches };
    }
    const c = this.#text[this.#at++] ?? '';
    if (c === '^' && isFirst) return { kind: 'start' };
    if (c === '$' && this.#at === this.#text.length) return { kind: 'end' };
    if (c === '.') return { kind: 'one', has: () => true };
    if (c === '[') return { kind: 'one', has: this.#set() };
    if (/[*^${}]/.test(c) || (this.#isExtended && /[+?]/.test(c))) throw new Beyond();
    if (c !== '\\') return { kind: 'one', has: (each) => each === c };
    const escaped = this.#text[this.#at++] ?? '';
    if (!/[^\w\s]/.test(escaped) || (!this.#isExtended && /[{}+?]/.test(escaped))) throw new Beyond();
    return { kind: 'one', has: (each) => each === escaped };
  }

  #set(): (c: string) => boolean {
    const isNegated = this.#text[this.#at] === '^';
    const start = this.#at + (isNegated ? 1 : 0);
    const end = this.#text.indexOf(']', start + 1);
    const inside = this.#text.slice(start, end);
    if (end < 0 || /\[[:.=]/.test(inside)) throw new Beyond();
    this.#at = end + 1;
    const ranges: [string, string][] = [];
    for (let at = 0; at < inside.length; at++) {
      const from = inside[at] ?? '';
      const isRange = inside[at + 1] === '-' && at + 2 < inside.length;
      ranges.push([from, isRange ? (inside[at + 2] ?? '') : from]);
      if (isRange) at += 2;
    }
    return (c) => ranges.some(([from, to]) => from <= c && c <= to) !== isNegated;
  }

  /** Whether an operator comes next, which basic patterns write with a backslash; `*` is one in both. */
  #is(operator: string): boolean {
    return this.#text.startsWith(this.#isExtended || operator === '*' ? operator : `\\${operator}`, this.#at);
  }

  #takes(operator: string): boolean {
    if (!this.#is(operator)) return false;
    this.#at += this.#isExtended || operator === '*' ? 1 : 2;
    return true;
  }
}

type Next = (at: number, groups: Groups) => void;

/** Tries all ways in which a pattern matches: of those that begin first, the longest counts. */
class Matcher {
  readonly #text: string;
  #steps = maximumSteps;

  constructor(text: string) {
    this.#text = text;
  }

  find(branches: readonly Branch[], from: number): Groups | undefined {
    for (let start = from; start <= this.#text.length; start++) {
      let longest: { readonly end: number; readonly groups: Groups } | undefined;
      this.#any(branches, start, [], (end, groups) => {
        if (!longest || end > longest.end) longest = { end, groups };
      });
      if (longest) return [[start, longest.end], ...longest.groups.slice(1)];
    }
    return undefined;
  }

  #any(branches: readonly Branch[], at: number, groups: Groups, next: Next): void {
    for (const branch of branches) this.#branch(branch, 0, at, groups, next);
  }

  #branch(branch: Branch, index: number, at: number, groups: Groups, next: Next): void {
    const item = branch[index];
    if (item) this.#item(item, 0, at, groups, (end, found) => this.#branch(branch, index + 1, end, found, next));
    else next(at, groups);
  }

  #item(item: Item, count: number, at: number, groups: Groups, next: Next): void {
    if (--this.#steps < 0) throw new Beyond();
    if (count < item.most) {
      this.#atom(item.atom, at, groups, (end, found) => {
        if (end > at || count < item.least) this.#item(item, count + 1, end, found, next);
      });
    }
    if (count >= item.least) next(at, groups);
  }

  #atom(atom: Atom, at: number, groups: Groups, next: Next): void {
    if (atom.kind === 'group') {
      this.#any(atom.branches, at, groups, (end, found) => {
        const all = [...found];
        all[atom.index] = [at, end];
        next(end, all);
      });
    } else if (atom.kind === 'one') {
      const c = this.#text[at];
      if (c !== undefined && atom.has(c)) next(at + 1, groups);
    } else if (at === (atom.kind === 'start' ? 0 : this.#text.length)) next(at, groups);
  }
}
