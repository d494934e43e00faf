import type { Location } from '../finding';
import type { Module } from '../model/module';
import type { Snapshot } from '../model/snapshot';

/** The modules that ask for one exported symbol. */
export interface Users {
  readonly modules: readonly Module[];
  /** Where their ways to the symbol begin. */
  readonly places: readonly Location[];
  /** So many modules name the symbol that they were not looked at one by one. */
  readonly isUncounted: boolean;
}

/** More modules than this are not looked into: in a kernel's own source thousands may use a symbol. */
const mostModules = 250;

/** Who uses a symbol that a file exports. Yields between two modules; only those that name it are looked into. */
export function* usersOf(snapshot: Snapshot, name: string, file: string): Generator<void, Users> {
  const isModules = snapshot.modulesOf(file).length > 0;
  const exported = [...new Set([name, ...(snapshot.file(file)?.exports ?? []).map((tag) => tag.name)])].sort();
  const key = exported.join(' ');
  const wanted = new Set(exported);
  const candidates: Module[] = [];
  for (const module of snapshot.modules) {
    if (module.isExact || mentioned(module, key, wanted).has(name)) candidates.push(module);
    yield;
    // Throws where a text has changed meanwhile.
    snapshot.file(file);
  }
  if (candidates.length > mostModules) return { modules: candidates, places: [], isUncounted: true };
  const modules: Module[] = [];
  const places: Location[] = [];
  for (const module of candidates) {
    const symbol = module.symbols().find((one) => one.name === name);
    yield;
    snapshot.file(file);
    // Another module may export the same name; a symbol of vmlinux is known from the kernel's own list.
    if (!symbol || (isModules && symbol.export.at?.file !== file)) continue;
    modules.push(module);
    places.push(...symbol.sites.map(({ at }) => at));
  }
  return { modules, places, isUncounted: false };
}

/** By module, which an edit elsewhere leaves as it is; by the names that were asked for. */
const remembered = new WeakMap<Module, Map<string, ReadonlySet<string>>>();
/** So many files are looked at in turn. */
const mostKeys = 4;

/** Which of the names stand anywhere in a module's files where a symbol's may. */
function mentioned(module: Module, key: string, wanted: ReadonlySet<string>): ReadonlySet<string> {
  const byKey = remembered.get(module) ?? new Map<string, ReadonlySet<string>>();
  remembered.set(module, byKey);
  const known = byKey.get(key);
  if (known) return known;
  const found = new Set<string>();
  for (const { facts } of module.files) {
    for (const name of facts.uses.names) if (wanted.has(name)) found.add(name);
    for (const macro of facts.macros) for (const name of macro.uses) if (wanted.has(name)) found.add(name);
  }
  if (byKey.size >= mostKeys) byKey.clear();
  byKey.set(key, found.size === 0 ? nothing : found);
  return found;
}

const nothing: ReadonlySet<string> = new Set();
