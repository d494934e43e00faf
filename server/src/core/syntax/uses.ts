import type { NamedSymbol } from './facts';
import { Column } from './frames';
import type { Tokens } from './lexer';
import { lookupAt } from './lookups';

/** Names used, in columns; `within` in the terms of `UseTable`. */
export class Uses {
  readonly names: string[] = [];
  readonly #ids = new Map<string, number>();
  readonly name = new Column(64);
  readonly start = new Column(64);
  readonly within = new Column(64);
  readonly flags = new Column(64);
  readonly lookups: NamedSymbol[] = [];

  add(name: string, start: number, within: number, flags: number): void {
    let id = this.#ids.get(name);
    if (id === undefined) {
      id = this.names.length;
      this.names.push(name);
      this.#ids.set(name, id);
    }
    this.name.push(id);
    this.start.push(start);
    this.within.push(within);
    this.flags.push(flags);
  }

  /** Notes the symbol that an identifier token looks up by name, if it does. */
  readLookup(tokens: Tokens, i: number): void {
    const lookup = lookupAt(tokens, i);
    if (lookup !== undefined) this.lookups.push(lookup);
  }

  clear(): void {
    this.lookups.length = 0;
    this.names.length = 0;
    this.#ids.clear();
    for (const column of [this.name, this.start, this.within, this.flags]) column.clear();
  }
}
