import type { TranslationUnit } from '../preprocess/unit';
import type { LinkSymbol, Lookup, Mention, Trail } from './facts';
import type { Global } from './globals';
import type { Node } from './node';
import type { Walk } from './walk';
import { flag } from './words';

/** So many uses of one symbol are told; the others are counted. */
const mostUses = 50;
/** A chain of macros is followed so deep. */
const deepestExpansion = 100;

/** A mention in a node: the first step of a way. */
interface Step {
  readonly node: Node;
  readonly token: number;
  /** The node that is mentioned; none where the symbol itself is. */
  readonly to: Node | undefined;
}

/** The undefined symbols with the ways to them, and the lookups with theirs. */
export function gatherTrails(
  unit: TranslationUnit,
  walk: Walk,
  defines: ReadonlySet<string>,
): { symbols: LinkSymbol[]; lookups: Lookup[] } {
  const places = new Places(unit, walk);
  const callers = new Map<Node, Step[]>();
  const direct = new Map<string, { isWeak: boolean; steps: Step[]; global: Global | undefined }>();
  for (const node of walk.nodes)
    for (const [target, tokens] of node.mentions) {
      if (typeof target === 'object' && 'mentions' in target) {
        const steps = callers.get(target) ?? [];
        callers.set(target, steps);
        for (const token of tokens) steps.push({ node, token, to: target });
        continue;
      }
      const name = typeof target === 'string' ? target : nameOf(walk, target);
      if (defines.has(name)) continue;
      const entry = direct.get(name) ?? { isWeak: true, steps: [], global: undefined };
      direct.set(name, entry);
      if (typeof target === 'object') entry.global ??= target;
      entry.isWeak &&= typeof target === 'object' && (target.flags & flag.weak) !== 0;
      for (const token of tokens) entry.steps.push({ node, token, to: undefined });
    }
  const symbols = [...direct].map(([name, { isWeak, steps, global }]) => {
    const found = waysTo(steps, callers, places, { name, kind: 'symbol' });
    const more = Math.max(0, found.length - mostUses);
    return { name, weak: isWeak, uses: found.slice(0, mostUses), more, declared: places.declaration(global) };
  });
  symbols.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const lookups = walk.nodes.flatMap((node) =>
    node.lookups.flatMap(({ token, name, by }) => {
      const [trail] = waysTo([{ node, token, to: undefined }], callers, places, { name: by, kind: 'function' });
      return trail === undefined ? [] : [{ name, by, trail }];
    }),
  );
  return { symbols, lookups };
}

function nameOf(walk: Walk, global: Global): string {
  return (
    global.label ??
    (global.alias !== undefined && (global.flags & flag.weakref) !== 0
      ? global.alias
      : walk.shared.tokens.names.text(global.name))
  );
}

/**
 * All ways to a symbol that begin at different places: backwards from its mentions through everything outside the
 * source, the shortest first, up to code of the source or to what nothing mentions.
 */
function waysTo(
  mentions: readonly Step[],
  callers: ReadonlyMap<Node, readonly Step[]>,
  places: Places,
  last: { name: string; kind: Mention['kind'] },
): Trail[] {
  /** For each node on the way, the step that leads nearer to the symbol. */
  const next = new Map<Node, Step>();
  const begins: Step[] = [];
  const orphans: Step[] = [];
  let steps: readonly Step[] = mentions;
  while (steps.length > 0) {
    const further: Step[] = [];
    for (const step of steps) {
      if (places.isInSource(step.node)) {
        begins.push(step);
        continue;
      }
      if (next.has(step.node)) continue;
      next.set(step.node, step);
      const above = callers.get(step.node);
      if (above === undefined) orphans.push(step);
      else further.push(...above);
    }
    steps = further;
  }
  const seen = new Set<string>();
  const trails: Trail[] = [];
  for (const begin of begins.length > 0 ? begins : orphans.length > 0 ? orphans : mentions.slice(0, 1)) {
    const trail: Mention[] = [];
    for (let step: Step | undefined = begin; step !== undefined && trail.length < deepestExpansion; ) {
      places.add(trail, step, last);
      step = step.to === undefined ? undefined : next.get(step.to);
    }
    const first = trail[0] as Mention;
    const key = `${first.file}:${first.offset}`;
    if (seen.has(key)) continue;
    seen.add(key);
    trails.push(trail);
  }
  return trails;
}

/** Where tokens were written. */
class Places {
  readonly #unit: TranslationUnit;
  readonly #walk: Walk;
  readonly #inSource = new Map<Node, boolean>();

  constructor(unit: TranslationUnit, walk: Walk) {
    this.#unit = unit;
    this.#walk = walk;
  }

  /** The node's code is written in the unit's source file, if only by a macro's call. */
  isInSource(node: Node): boolean {
    const known = this.#inSource.get(node);
    if (known !== undefined) return known;
    const token = this.#origin(node.token);
    const expansion = this.#outermost(this.#unit.expansion[token] ?? 0);
    const is = (expansion === undefined ? this.#unit.file[token] : expansion.callFile) === 0;
    this.#inSource.set(node, is);
    return is;
  }

  /** Where a global is declared first, unless it is one that must never be reached. */
  declaration(global: Global | undefined): LinkSymbol['declared'] {
    if (global === undefined || (global.flags & flag.error) !== 0) return undefined;
    const token = this.#origin(global.declared.token);
    return { file: this.#unit.file[token] ?? 0, offset: this.#unit.offset[token] ?? 0 };
  }

  /** Adds the mentions of one step: the macros that wrote its token, from the outside in, then the token itself. */
  add(trail: Mention[], step: Step, last: { name: string; kind: Mention['kind'] }): void {
    const unit = this.#unit;
    const token = this.#origin(step.token);
    const macros: Mention[] = [];
    let at = unit.expansion[token] ?? 0;
    for (let i = 0; at !== 0 && i < deepestExpansion; i++) {
      const expansion = unit.expansions.at(at);
      if (expansion === undefined) break;
      macros.push({
        name: unit.names.text(expansion.name),
        file: expansion.callFile,
        offset: expansion.callOffset,
        kind: 'macro',
      });
      at = expansion.parent;
    }
    trail.push(...macros.reverse());
    const file = unit.file[token] ?? 0;
    const offset = unit.offset[token] ?? 0;
    // A macro's argument is written where the macro is called: one place, one mention.
    if (step.to === undefined) trail.push({ name: last.name, file, offset, kind: last.kind });
    else {
      const kind = step.to.kind === 'assembler' ? 'assembler' : step.to.kind;
      const { tokens } = this.#walk.shared;
      trail.push({ name: tokens.names.text(tokens.name[step.to.token] as number), file, offset, kind });
    }
  }

  #origin(token: number): number {
    return this.#walk.shared.tokens.origin[token] ?? 0;
  }

  #outermost(expansion: number) {
    let found = expansion === 0 ? undefined : this.#unit.expansions.at(expansion);
    for (let i = 0; found !== undefined && found.parent !== 0 && i < deepestExpansion; i++)
      found = this.#unit.expansions.at(found.parent);
    return found;
  }
}
