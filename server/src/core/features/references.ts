import type { Location } from '../finding';
import type { Module, SymbolUse, UseSite } from '../model/module';
import type { Snapshot } from '../model/snapshot';
import { useIsUncertain } from '../syntax/facts';
import { distinct, exportPlaces, namespaceExports } from './definition';
import { type Known, type Subject, subjectsAt } from './place';

export interface ReferenceOptions {
  /** Whether the places that define the thing are wanted too. */
  readonly withDeclaration: boolean;
}

/**
 * Every place in the modules of the workspace that uses what is named at an offset: an export, a namespace, a module or
 * one of its objects. A use counts where the way to the symbol begins. Yields between two modules, since a whole kernel
 * has thousands.
 */
export function* references(
  known: Known,
  path: string,
  offset: number,
  { withDeclaration }: ReferenceOptions,
): Generator<void, Location[]> {
  const found: Location[] = [];
  for (const subject of subjectsAt(known, path, offset)) {
    if (withDeclaration) found.push(...declarations(known, subject));
    found.push(...(yield* usesOf(known, subject)));
  }
  return distinct(found);
}

function* usesOf({ snapshot, build }: Known, subject: Subject): Generator<void, Location[]> {
  switch (subject.kind) {
    case 'use': {
      const step = subject.site?.through[0];
      const own = step || !subject.export.at ? [] : ownUses(snapshot, subject.name, subject.export.at.file);
      return [...own, ...(yield* collect(snapshot, passing(step?.name ?? subject.name)))];
    }
    case 'step':
      return yield* collect(snapshot, passing(subject.name));
    case 'export': {
      const { name, at } = subject.tag;
      return [...ownUses(snapshot, name, at.file), ...(yield* collect(snapshot, passing(name)))];
    }
    case 'namespace':
      return yield* collect(snapshot, (module) => namespaceUses(module, subject.name));
    case 'module': {
      const { path, at, members } = subject.module;
      const own = snapshot.modules.filter((module) => module.path === path).flatMap((module) => module.files);
      const names = new Set(own.flatMap((file) => file.exports).map(({ name }) => name));
      const uses = yield* collect(snapshot, (module) => sites(module, (symbol) => names.has(symbol.name)));
      return [...(at ? [at] : []), ...members.flatMap((member) => member.at ?? []), ...uses];
    }
    case 'object': {
      const { object } = subject.member;
      const members = build.modules.flatMap((module) => module.members).filter((member) => member.object === object);
      return members.flatMap((member) => member.at ?? []);
    }
    case 'license':
      return [];
  }
}

function declarations({ snapshot }: Known, subject: Subject): Location[] {
  switch (subject.kind) {
    case 'use': {
      const { site, name, export: found } = subject;
      const isOurs = found.at && snapshot.file(found.at.file) && !site?.through.length;
      return isOurs && found.at ? exportPlaces(snapshot, name, found.at) : [];
    }
    case 'export':
      return exportPlaces(snapshot, subject.tag.name, subject.tag.at);
    case 'namespace':
      return namespaceExports(snapshot, subject.name);
    default:
      return [];
  }
}

function* collect(snapshot: Snapshot, of: (module: Module) => readonly Location[]): Generator<void, Location[]> {
  const found: Location[] = [];
  for (const module of snapshot.modules) {
    found.push(...of(module));
    yield;
    // Throws where a text has changed meanwhile: the places would be those of another one.
    snapshot.file(module.path);
  }
  return found;
}

/** Places where a way begins that ends in the name or leads through it. */
function passing(name: string): (module: Module) => Location[] {
  return (module) =>
    sites(module, (symbol, site) => symbol.name === name || site.through.some((step) => step.name === name));
}

function sites(module: Module, isWanted: (symbol: SymbolUse, site: UseSite) => boolean): Location[] {
  return module
    .symbols()
    .flatMap((symbol) => symbol.sites.filter((site) => isWanted(symbol, site)).map(({ at }) => at));
}

function namespaceUses(module: Module, namespace: string): Location[] {
  const imports = module.imports.filter(({ value }) => value === namespace).map(({ at }) => at);
  return [...imports, ...sites(module, (symbol) => symbol.export.namespace === namespace)];
}

/** Mentions of an exported name inside the modules that export it; they ask no linker for it. */
function ownUses(snapshot: Snapshot, name: string, exporter: string): Location[] {
  const files = new Set(snapshot.modulesOf(exporter).flatMap((module) => module.files));
  return [...files].flatMap(({ path, facts: { uses }, exports }) => {
    const said = new Set(exports.map(({ at }) => at.span.start));
    const wanted = uses.names.indexOf(name);
    if (wanted < 0) return [];
    const found: Location[] = [];
    for (let i = 0; i < uses.start.length; i++) {
      if (uses.name[i] !== wanted || (uses.flags[i] ?? 0) & useIsUncertain) continue;
      const start = uses.start[i] ?? 0;
      if (!said.has(start)) found.push({ file: path, span: { start, end: start + name.length } });
    }
    return found;
  });
}
