import type { Module, SymbolUse } from '../model/module';
import type { Snapshot } from '../model/snapshot';
import type { Led } from './describe';

/** What a macro or inline function leads to, as far as modules' trails go through it. */
export interface Reach {
  /** Each symbol once, by the shortest way. */
  readonly led: readonly Led[];
  /** Modules whose trails go through it. */
  readonly modules: readonly Module[];
}

/**
 * Follows trails through a name: those of the file's modules, and of others that are known to their end. The ways that
 * `own` picks of a symbol's count too. Yields between modules.
 */
export function* reachOf(
  snapshot: Snapshot,
  path: string,
  name: string,
  own: (symbol: SymbolUse) => readonly (readonly string[])[] = () => [],
): Generator<void, Reach | undefined> {
  const led = new Map<string, Led>();
  const users = new Set<Module>();
  for (const module of modulesToAsk(snapshot, path)) {
    for (const symbol of module.symbols()) {
      const ways = [...own(symbol)];
      for (const { through } of symbol.sites) {
        const index = through.findIndex((step) => step.name === name);
        if (index >= 0) ways.push(through.slice(index + 1).map((step) => step.name));
      }
      for (const way of ways) {
        users.add(module);
        const known = led.get(symbol.name);
        if (!known || way.length < known.through.length) led.set(symbol.name, { symbol, through: way });
      }
    }
    yield;
    // Throws where a text has changed meanwhile.
    snapshot.file(path);
  }
  return led.size === 0 ? undefined : { led: [...led.values()], modules: [...users] };
}

/** The modules whose trails are known to their end, and those of a file. */
function modulesToAsk(snapshot: Snapshot, path: string): readonly Module[] {
  return [...new Set([...snapshot.modulesOf(path), ...snapshot.modules.filter((module) => module.isExact)])];
}
