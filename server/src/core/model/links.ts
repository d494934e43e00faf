import type { MadeHeader } from '../kbuild/build';
import type { LinkFacts, LinkSymbol, Trail } from '../link/facts';
import { type Change, changeOf } from '../text';

/** What one unit asks the linker for, and the files that it was read from. */
export interface UnitLink {
  readonly facts: LinkFacts;
  readonly reads: readonly string[];
  /** Headers that the build makes and that are not there: what only they would bring is not in the facts. */
  readonly unmade: readonly MadeHeader[];
}

interface Known {
  readonly facts: LinkFacts;
  readonly reads: Uint32Array;
  readonly isWhole: boolean;
}

/** The links of units by their source. They outlive an edit, their places moved along, until the unit is read again. */
export class Links {
  readonly #strong = new Map<string, LinkSymbol>();
  readonly #weak = new Map<string, LinkSymbol>();
  readonly #bySource = new Map<string, Known>();
  /** Files as numbers: a kernel's units have ten million between them. */
  readonly #numbers = new Map<string, number>();

  get(source: string): LinkFacts | undefined {
    return this.#bySource.get(source)?.facts;
  }

  /** Whether nothing can be missing from the facts of a unit. */
  isWhole(source: string): boolean {
    return this.#bySource.get(source)?.isWhole === true;
  }

  /** False if just that was known already, places that were moved along included. */
  set(source: string, { facts, reads, unmade }: UnitLink): boolean {
    const before = this.#bySource.get(source);
    const isWhole = unmade.length === 0;
    const known = before?.facts;
    const isNew = !isSame(known, facts) || before?.isWhole !== isWhole;
    const link = {
      isWhole,
      facts: known && !isNew ? known : { ...facts, symbols: facts.symbols.map((symbol) => this.#shared(symbol)) },
      reads: Uint32Array.from(reads, (path) => this.#number(path)),
    };
    this.#bySource.set(source, link);
    return isNew;
  }

  /** One object for all symbols of a name of which nothing else is known: a kernel's units ask for millions. */
  #shared(symbol: LinkSymbol): LinkSymbol {
    const { name, weak, uses, more, declared } = symbol;
    if (uses.length > 0 || more > 0 || declared) return symbol;
    const shared = weak ? this.#weak : this.#strong;
    const known = shared.get(name) ?? symbol;
    shared.set(name, known);
    return known;
  }

  delete(source: string): boolean {
    return this.#bySource.delete(source);
  }

  clear(): void {
    this.#bySource.clear();
    this.#numbers.clear();
  }

  /** Sources whose units read a file. */
  readers(path: string): string[] {
    const number = this.#numbers.get(path);
    if (number === undefined) return [];
    return [...this.#bySource].filter(([, link]) => link.reads.includes(number)).map(([source]) => source);
  }

  /** Moves places in a file along with an edit; ways through the changed part are left out. Gives the units concerned. */
  edit(path: string, before: string, after: string): readonly string[] {
    const readers = this.readers(path);
    if (readers.length === 0) return readers;
    const change = changeOf(before, after);
    for (const source of readers) {
      const link = this.#bySource.get(source);
      if (link) this.#bySource.set(source, { ...link, facts: moved(link.facts, path, change) });
    }
    return readers;
  }

  #number(path: string): number {
    const number = this.#numbers.get(path) ?? this.#numbers.size;
    this.#numbers.set(path, number);
    return number;
  }
}

/** Whether two pieces of plain data are the same. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((one, i) => isSame(one, b[i]));
  }
  const keys = Object.keys(a);
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  return keys.length === Object.keys(b).length && keys.every((key) => isSame(left[key], right[key]));
}

function moved(facts: LinkFacts, path: string, { start, end, delta }: Change): LinkFacts {
  const file = facts.files.indexOf(path);
  if (file < 0) return facts;
  const move = (trail: Trail): Trail | undefined => {
    if (trail.every((mention) => mention.file !== file || mention.offset + mention.name.length <= start)) return trail;
    const isHit = trail.some(
      (mention) => mention.file === file && mention.offset < end && mention.offset + mention.name.length > start,
    );
    if (isHit) return undefined;
    return trail.map((mention) =>
      mention.file === file && mention.offset >= end ? { ...mention, offset: mention.offset + delta } : mention,
    );
  };
  const declaration = (declared: LinkSymbol['declared']) =>
    declared?.file === file && declared.offset >= end ? { file, offset: declared.offset + delta } : declared;
  const symbols = facts.symbols.map((symbol) => ({
    ...symbol,
    declared: declaration(symbol.declared),
    uses: symbol.uses.flatMap((trail) => [move(trail) ?? []].filter((t) => t.length > 0)),
  }));
  const lookups = facts.lookups.flatMap((lookup) => {
    const trail = move(lookup.trail);
    return trail ? [{ ...lookup, trail }] : [];
  });
  return { ...facts, symbols: symbols.filter((symbol) => symbol.uses.length > 0), lookups };
}
