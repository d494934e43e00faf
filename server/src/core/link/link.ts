import type { TranslationUnit } from '../preprocess/unit';
import type { LinkFacts, LinkSymbol } from './facts';
import type { Global, Globals } from './globals';
import { readUnit, type UnitReading } from './kept';
import { moduleInfo } from './modinfo';
import type { Shared } from './reader';
import type { Tokens } from './tokens';
import { gatherTrails } from './trails';
import { isFunction, isInlineOnly, Walk } from './walk';
import { flag } from './words';

/** What the object file of a translation unit asks the linker for, at -O2. Never throws. */
export function linkFacts(unit: TranslationUnit): LinkFacts {
  const { shared, changed } = readUnit(unit);
  const { tokens, globals } = shared;
  const { walk, roots } = beginWalk(shared, changed);
  const defines = addRoots(walk, roots);
  walk.finish();
  const { symbols, lookups } = gatherTrails(unit, walk, defines);
  return {
    files: unit.files,
    symbols,
    defines: [...defines].sort(),
    lookups,
    info: moduleInfo(shared, roots),
    doubts: [...doubtsOf(walk), ...brokenItems(tokens, globals), ...failedAssertions(symbols, shared)].sort(),
  };
}

/** A walk and where it starts, assembler text aside. */
interface Begun {
  readonly walk: Walk;
  readonly roots: readonly Global[];
}

/** The walk of the unit before. */
const walks = new WeakMap<Shared, Begun>();

/** The walk of the unit before, to go again, or a new one. */
function beginWalk(shared: Shared, changed: UnitReading['changed']): Begun {
  const before = changed && walks.get(shared);
  if (before) {
    before.walk.again(changed);
    return before;
  }
  const begun = { walk: new Walk(shared), roots: findRoots(shared) };
  if (shared.kept !== undefined) walks.set(shared, begun);
  return begun;
}

/** What the compiler must keep, assembler text aside. */
function findRoots(shared: Shared): readonly Global[] {
  const roots: Global[] = [];
  shared.globals.byName.forEach((global) => {
    if (isRoot(shared, global)) roots.push(global);
  });
  return roots;
}

/** Starts the walk at what the compiler must keep; returns the names that the object file defines. */
function addRoots(walk: Walk, roots: readonly Global[]): Set<string> {
  const { shared } = walk;
  const defines = new Set<string>();
  for (const global of roots) {
    const isAlias = (global.flags & flag.alias) !== 0;
    if (!isAlias && (global.flags & flag.body) !== 0) walk.functionNode(global, []);
    else if (!isAlias || global.alias !== undefined) walk.variableNode(global);
    if ((global.flags & flag.static) === 0) defines.add(symbolOf(shared, global));
  }
  for (const [first, end] of shared.globals.asms) {
    for (const name of walk.assembler(first, end)) defines.add(name);
  }
  return defines;
}

/** The compiler must keep it whether or not anything of the unit mentions it. */
function isRoot(shared: Shared, global: Global): boolean {
  const { flags } = global;
  if ((flags & (flag.typedef | flag.register)) !== 0) return false;
  const isLocal = (flags & flag.static) !== 0;
  const isKept = (flags & (flag.used | flag.constructor)) !== 0;
  if ((flags & flag.alias) !== 0) return (flags & flag.weakref) === 0;
  if ((flags & flag.body) !== 0) return isLocal ? isKept : !isInlineOnly(global);
  return global.isDefined && (!isLocal || isKept) && !isFunction(shared, global);
}

/** The name the linker knows a global by. */
export function symbolOf(shared: Shared, global: Global): string {
  return global.label ?? shared.tokens.names.text(global.name);
}

function doubtsOf(walk: Walk): Set<string> {
  return new Set(walk.nodes.flatMap(({ doubts }) => [...(doubts ?? [])]));
}

function brokenItems({ names, name }: Tokens, { broken }: Globals): string[] {
  const starts = broken.map(([first]) => names.text(name[first] as number));
  return [...new Set(starts)].map((text) => `a declaration that begins with '${text}'`);
}

/** The compiler would have stopped at these: what leads there was evaluated wrongly, or not at all. */
function failedAssertions(symbols: readonly LinkSymbol[], { globals, tokens }: Shared): string[] {
  const isFatal = ({ name }: LinkSymbol): boolean =>
    ((globals.byName.get(tokens.names.intern(name))?.flags ?? 0) & flag.error) !== 0;
  const names = symbols.filter(isFatal).map(({ name }) => name.replace(/\d+$/, ''));
  return [...new Set(names)].map((name) => `an assertion, '${name}', that would fail`);
}
