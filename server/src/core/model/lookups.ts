import { placed } from './linked';
import type { SymbolLookup } from './module';
import type { SymbolContext } from './symbols';
import type { Unit } from './unit';

/** What the kernel calls its functions that find a symbol by its name. */
const kernels = /^(?:(?:__)?symbol_(?:get|request)|kallsyms_lookup_name|find_symbol)$/;

/**
 * Symbols that a module's code looks up by name while it runs: of a unit that was preprocessed, what its live code asks
 * for; of others what their files say on their face. A probe's member is a fact of the file in both.
 */
export function symbolLookups(units: readonly Unit[], context: SymbolContext): SymbolLookup[] {
  const found = new Map<string, SymbolLookup>();
  const add = (lookup: SymbolLookup) => {
    const key = `${lookup.at.file}:${lookup.at.span.start}:${lookup.name}`;
    if (!found.has(key)) found.set(key, lookup);
  };
  for (const unit of units) {
    const link = context.link(unit.source);
    const files = new Set(unit.files);
    for (const { name, by, trail } of link?.lookups ?? []) {
      if (!link) break;
      const { at } = placed(link, trail, (path) => files.has(path));
      add({ name, by, kind: 'call', at, presence: 'yes' });
    }
    for (const file of unit.files) {
      for (const { name, by, kind, span } of context.facts.get(file)?.lookups ?? []) {
        // Which calls of the kernel's own functions are live is known; pointers of the module's own are called otherwise.
        if (link && kind === 'call' && kernels.test(by)) continue;
        const presence = context.tables.presence(file, unit.member).at(span.start);
        if (presence !== 'no') add({ name, by, kind, at: { file, span }, presence });
      }
    }
  }
  return [...found.values()];
}
