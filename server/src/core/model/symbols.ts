import type { Location } from '../finding';
import type { ExportTable, KernelExport } from '../kernel/kernel';
import type { LinkFacts } from '../link/facts';
import { noOwner, type UseTable, useIsUncertain } from '../syntax/facts';
import { linkedUses } from './linked';
import type { Presence, Step, SymbolUse, UseSite } from './module';
import { weaker } from './presence';
import { rustUses } from './rustuses';
import { type Definition, type FactSource, type FileTables, lookup, type Unit } from './unit';

/** What the uses of a module are looked up in. */
export interface SymbolContext {
  readonly facts: FactSource;
  readonly tables: FileTables;
  /** Exports of sibling modules, extra symvers files and the kernel, in this order. */
  findExport(name: string): KernelExport | undefined;
  /** The kernel's exports. */
  readonly exports: ExportTable;
  /** What the unit of a source asks the linker for, if that is known. */
  link(source: string): LinkFacts | undefined;
}

/** What is gathered of one symbol. */
interface Found {
  readonly export: KernelExport;
  /** Places, and how to find those of units that were linked: of most symbols nobody asks for them. */
  readonly sites: (UseSite | (() => readonly UseSite[]))[];
  readonly places: Set<string>;
  more: number;
}

/** One way from a name to an exported symbol. */
interface Way {
  readonly export: KernelExport;
  readonly through: readonly Step[];
  readonly presence: Presence;
  readonly condition: string | undefined;
}

/** A name on the way, with how it was reached. */
interface Node extends Omit<Way, 'export'> {
  readonly name: string;
}

/** Whether code is compiled, and the condition that decides it if that is not known. */
type Place = Pick<Way, 'presence' | 'condition'>;

const maximumSteps = 32;

/**
 * Exported symbols that a module asks for. Of a unit that was preprocessed, what its object file will ask the linker
 * for. Of others, what its own files ask for: from everything the compiler keeps (functions, file-scope data) through
 * macros and inline functions of the workspace, not through the kernel's headers.
 */
export function moduleSymbols(units: readonly Unit[], context: SymbolContext): SymbolUse[] {
  const own = globalNames(units, context);
  const found = new Map<string, Found>();
  const entryOf = (of: KernelExport): Found => {
    const entry = found.get(of.name) ?? { export: of, sites: [], places: new Set<string>(), more: 0 };
    found.set(of.name, entry);
    return entry;
  };
  const report = ({ export: from, through, presence, condition }: Way, at: Location) => {
    const entry = entryOf(from);
    const place = placeKey(at);
    if (entry.places.has(place)) return;
    entry.places.add(place);
    entry.sites.push({ at, through, ownSteps: through.length, presence, condition });
  };
  for (const unit of units) {
    const link = context.link(unit.source);
    const facts = unit.source.endsWith('.rs') ? context.facts.get(unit.source) : undefined;
    for (const [from, site] of facts ? rustUses(unit.source, facts, context.exports) : [])
      entryOf(from).sites.push(site);
    if (!link) {
      new UnitWalk(unit, own, context).run(report);
      continue;
    }
    const files = new Set(unit.files);
    for (const symbol of link.symbols) {
      // modpost ignores weak ones.
      const from = symbol.weak || own.has(symbol.name) ? undefined : context.findExport(symbol.name);
      if (!from) continue;
      const entry = entryOf(from);
      entry.more += symbol.more;
      entry.sites.push(() => linkedUses(link, symbol, (path) => files.has(path)));
    }
  }
  return [...found.values()].map(symbolUse);
}

function symbolUse({ export: from, sites, more }: Found): SymbolUse {
  let known: readonly UseSite[] | undefined;
  return {
    name: from.name,
    export: from,
    get sites() {
      known ??= oncePerPlace(sites.flatMap((site) => (typeof site === 'function' ? site() : site)));
      return known;
    },
    more,
  };
}

function oncePerPlace(sites: readonly UseSite[]): UseSite[] {
  const places = new Set<string>();
  return sites.filter(({ at }) => {
    const place = placeKey(at);
    const isNew = !places.has(place);
    places.add(place);
    return isNew;
  });
}

function placeKey({ file, span }: Location): string {
  return `${file}:${span.start}`;
}

/** Names with external linkage that the module's units define themselves. */
export function globalNames(units: readonly Unit[], { facts, tables, link }: SymbolContext): Set<string> {
  const names = new Set<string>();
  for (const unit of units) {
    const linked = link(unit.source);
    for (const name of linked?.defines ?? []) names.add(name);
    if (linked) continue;
    for (const file of unit.files) {
      const fileFacts = facts.get(file);
      if (!fileFacts) continue;
      const presence = tables.presence(file, unit.member);
      for (const definition of [...fileFacts.functions, ...fileFacts.variables]) {
        if (!definition.isStatic && presence.at(definition.nameSpan.start) !== 'no') names.add(definition.name);
      }
    }
  }
  return names;
}

class UnitWalk {
  readonly #unit: Unit;
  readonly #own: ReadonlySet<string>;
  readonly #context: SymbolContext;
  readonly #ways = new Map<string, readonly Way[]>();
  /** Uses of each function of a file, by index, as positions in its use table. */
  readonly #bodies = new Map<string, ReadonlyMap<number, readonly number[]>>();

  constructor(unit: Unit, own: ReadonlySet<string>, context: SymbolContext) {
    this.#unit = unit;
    this.#own = own;
    this.#context = context;
  }

  run(report: (way: Way, at: Location) => void): void {
    for (const file of this.#unit.files) {
      const facts = this.#context.facts.get(file);
      if (!facts) continue;
      const { uses } = facts;
      for (let i = 0; i < uses.start.length; i++) {
        const owner = uses.within[i] ?? noOwner;
        // Arguments of a macro at file scope may be declared by it as well as used; a use that may be a local is no claim.
        if (owner === noOwner || (uses.flags[i] ?? 0) & useIsUncertain) continue;
        // An inline function counts where it is called; what is not called leaves nothing in the object.
        if (owner >= 0 && facts.functions[owner]?.isInline && facts.functions[owner]?.isStatic) continue;
        const name = useName(uses, i);
        const ways = this.#waysOf(name);
        const start = uses.start[i] ?? 0;
        const here = ways.length === 0 ? undefined : this.#presence(file, start);
        if (!here || here.presence === 'no') continue;
        const at = { file, span: { start, end: start + name.length } };
        for (const way of ways) {
          report(
            { ...way, presence: weaker(here.presence, way.presence), condition: here.condition ?? way.condition },
            at,
          );
        }
      }
    }
  }

  /** Ways from a name, shortest first, at most one for each symbol. */
  #waysOf(name: string): readonly Way[] {
    const known = this.#ways.get(name);
    if (known) return known;
    const ways = this.#search(name);
    this.#ways.set(name, ways);
    return ways;
  }

  #search(name: string): Way[] {
    const ways = new Map<string, Way>();
    const queue: Node[] = [{ name, through: [], presence: 'yes', condition: undefined }];
    const seen = new Set<string>();
    for (let i = 0; i < queue.length; i++) {
      const node = queue[i];
      if (!node || node.through.length > maximumSteps) continue;
      // A macro's own name in its body is no macro again: it is the function or symbol of that name.
      const isPainted = node.through.some((step) => step.name === node.name);
      const key = isPainted ? `#${node.name}` : node.name;
      if (seen.has(key)) continue;
      seen.add(key);
      const found = this.#definitions(node.name).filter(({ definition }) => !isPainted || definition.kind !== 'macro');
      for (const { definition, ...here } of found) queue.push(...this.#enter(definition, here, node));
      if (found.some(({ presence }) => presence === 'yes')) continue;
      const presence = found.length > 0 ? 'maybe' : 'yes';
      for (const way of this.#direct(node, presence)) if (!ways.has(way.export.name)) ways.set(way.export.name, way);
    }
    return [...ways.values()];
  }

  /** Definitions of a name in the unit that are compiled, or may be. */
  #definitions(name: string): ({ readonly definition: Definition } & Place)[] {
    return lookup(this.#unit, this.#context.tables, name)
      .map((definition) => ({ definition, ...this.#presence(definition.file, definition.span.start) }))
      .filter(({ presence }) => presence !== 'no');
  }

  /** Whether a place is compiled, and what decides it if that is not known. */
  #presence(file: string, offset: number): Place {
    const map = this.#context.tables.presence(file, this.#unit.member);
    const included = this.#unit.conditions.get(file);
    const here = map.at(offset);
    const presence = included === undefined ? here : weaker(here, 'maybe');
    return { presence, condition: presence === 'maybe' ? (map.unknownAt(offset) ?? included) : undefined };
  }

  #direct(node: Node, presence: Presence): Way[] {
    const found = this.#own.has(node.name) ? undefined : this.#context.findExport(node.name);
    return found ? [{ ...node, export: found, presence: weaker(presence, node.presence) }] : [];
  }

  /** The names inside a macro or a static inline function; other definitions are ends of their own. */
  #enter(definition: Definition, here: Place, from: Node): Node[] {
    const { file, span } = definition;
    const inside = {
      through: [...from.through, { name: from.name, at: { file, span } }],
      presence: weaker(here.presence, from.presence),
      condition: here.condition ?? from.condition,
    };
    if (definition.kind === 'macro') return definition.macro.uses.map((name) => ({ name, ...inside }));
    if (definition.kind === 'variable' || !definition.fn.isInline || !definition.fn.isStatic) return [];
    const uses = this.#context.facts.get(file)?.uses;
    if (!uses) return [];
    return (this.#body(file, uses).get(definition.index) ?? []).flatMap((i) => {
      const use = this.#presence(file, uses.start[i] ?? 0);
      if (use.presence === 'no' || (uses.flags[i] ?? 0) & useIsUncertain) return [];
      const presence = weaker(inside.presence, use.presence);
      return [{ name: useName(uses, i), ...inside, presence, condition: use.condition ?? inside.condition }];
    });
  }

  #body(file: string, uses: UseTable): ReadonlyMap<number, readonly number[]> {
    const known = this.#bodies.get(file);
    if (known) return known;
    const bodies = new Map<number, number[]>();
    for (let i = 0; i < uses.within.length; i++) {
      const owner = uses.within[i] ?? noOwner;
      if (owner < 0) continue;
      const list = bodies.get(owner);
      if (list) list.push(i);
      else bodies.set(owner, [i]);
    }
    this.#bodies.set(file, bodies);
    return bodies;
  }
}

function useName(uses: UseTable, index: number): string {
  return uses.names[uses.name[index] ?? 0] ?? '';
}
