import type { Problem } from '../finding';
import type { TranslationUnit } from '../preprocess/unit';
import type { LinkFacts } from './facts';
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
  const { walk, roots } = beginWalk(unit, shared, changed);
  const defines = addRoots(walk, roots);
  walk.finish();
  const { symbols, lookups } = gatherTrails(unit, walk, defines);
  return {
    files: unit.files,
    symbols,
    defines: [...defines].sort(),
    lookups,
    info: moduleInfo(shared, roots),
    problems: [...walk.problems, ...brokenItems(unit, tokens, globals)],
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
function beginWalk(unit: TranslationUnit, shared: Shared, changed: UnitReading['changed']): Begun {
  const before = changed && walks.get(shared);
  if (before) {
    before.walk.again(changed);
    return before;
  }
  const begun = { walk: new Walk(shared, unit.files[0] ?? ''), roots: findRoots(shared) };
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

function brokenItems(unit: TranslationUnit, tokens: Tokens, globals: Globals): Problem[] {
  return globals.broken.map(([first, end]) => {
    const at = tokens.origin[first] as number;
    const last = tokens.origin[Math.max(first, end - 1)] as number;
    const start = unit.offset[at] ?? 0;
    return {
      file: unit.files[unit.file[at] ?? 0] ?? '',
      span: { start, end: Math.max(start, unit.offset[last] ?? start) },
      message: 'A declaration is not understood and left out.',
    };
  });
}
