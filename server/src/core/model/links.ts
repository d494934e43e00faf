import type { LinkFacts, Trail } from '../link/facts';
import { type Change, changeOf } from '../text';

/** What one unit asks the linker for, and the files that it was read from. */
export interface UnitLink {
  readonly facts: LinkFacts;
  readonly reads: readonly string[];
}

/** The links of units by their source. They outlive an edit, their places moved along, until the unit is read again. */
export class Links {
  readonly #bySource = new Map<string, { readonly facts: LinkFacts; readonly reads: Uint32Array }>();
  /** Files as numbers: a kernel's units have ten million between them. */
  readonly #numbers = new Map<string, number>();

  get(source: string): LinkFacts | undefined {
    return this.#bySource.get(source)?.facts;
  }

  set(source: string, { facts, reads }: UnitLink): void {
    this.#bySource.set(source, { facts, reads: Uint32Array.from(reads, (path) => this.#number(path)) });
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
  const symbols = facts.symbols.map((symbol) => ({
    ...symbol,
    uses: symbol.uses.flatMap((trail) => [move(trail) ?? []].filter((t) => t.length > 0)),
  }));
  const lookups = facts.lookups.flatMap((lookup) => {
    const trail = move(lookup.trail);
    return trail ? [{ ...lookup, trail }] : [];
  });
  return { ...facts, symbols: symbols.filter((symbol) => symbol.uses.length > 0), lookups };
}
