import type { Location } from '../finding';
import type { KernelExport } from '../kernel/kernel';
import type { Snapshot } from '../model/snapshot';
import { basename } from '../path';

/** Something that can be found by its name in a whole workspace. */
export interface FoundSymbol {
  readonly name: string;
  readonly kind: 'export' | 'module' | 'namespace';
  /** Where it belongs: a module, a provider. */
  readonly container: string;
  readonly at: Location;
}

/** Every kernel export would match less. */
const shortestKernelQuery = 3;
/** What being of the workspace counts for. */
const nearness = 200;

/**
 * Exports, modules and namespaces of the workspace, and exports of the kernel that have a place, whose name has the letters
 * of the query in their order; the best first, of two that are about as good that of the workspace.
 */
export function findSymbols(snapshot: Snapshot, query: string, limit: number): FoundSymbol[] {
  const wanted = query.replaceAll(/\s+/g, '').toLowerCase();
  const own = scored([...ownSymbols(snapshot)], wanted).map(({ one, score }) => ({ one, score: score + nearness }));
  const names = new Set(own.map(({ one }) => one.name));
  const kernel = wanted.length < shortestKernelQuery ? [] : scored([...snapshot.kernel.exports], wanted);
  const others = kernel.flatMap(({ one, score }) => {
    const symbol = names.has(one.name) ? undefined : kernelSymbol(one);
    return symbol ? [{ one: symbol, score }] : [];
  });
  return [...own, ...others]
    .sort((a, b) => b.score - a.score || (a.one.name < b.one.name ? -1 : 1))
    .slice(0, limit)
    .map(({ one }) => one);
}

/**
 * How well a name answers a query in lower case, more is better; `undefined` if it lacks a letter. Letters in a row and
 * at the start of a word count, what is left over counts against it.
 */
export function matchScore(name: string, query: string): number | undefined {
  const text = name.toLowerCase();
  const whole = text.indexOf(query);
  if (whole >= 0) return (whole === 0 ? 2000 : isWordStart(text, whole) ? 1500 : 1000) - text.length;
  let score = 0;
  let from = 0;
  let last = -2;
  for (const letter of query) {
    const at = text.indexOf(letter, from);
    if (at < 0) return undefined;
    score += at === last + 1 ? 4 : isWordStart(text, at) ? 3 : 0;
    last = at;
    from = at + 1;
  }
  return score - (text.length - query.length) / 8;
}

function isWordStart(text: string, at: number): boolean {
  return at === 0 || /[^a-z0-9]/.test(text[at - 1] ?? '');
}

function scored<T extends { readonly name: string }>(all: readonly T[], query: string): { one: T; score: number }[] {
  return all.flatMap((one) => {
    const score = matchScore(one.name, query);
    return score === undefined ? [] : [{ one, score }];
  });
}

function* ownSymbols(snapshot: Snapshot): Iterable<FoundSymbol> {
  const seen = new Set<string>();
  const isNew = (kind: string, name: string, at: Location) => {
    const key = kind === 'namespace' ? `${kind} ${name}` : `${kind} ${name} ${at.file} ${at.span.start}`;
    return !seen.has(key) && seen.add(key);
  };
  for (const module of snapshot.modules) {
    const at = module.at ?? { file: module.members[0]?.path ?? module.path, span: { start: 0, end: 0 } };
    yield { name: module.name, kind: 'module', container: basename(at.file), at };
    for (const { exports, imports } of module.files) {
      for (const { name, namespace, at: place } of exports) {
        if (isNew('export', name, place)) yield { name, kind: 'export', container: module.name, at: place };
        if (namespace !== '' && isNew('namespace', namespace, place)) {
          yield { name: namespace, kind: 'namespace', container: module.name, at: place };
        }
      }
      for (const { value, at: place } of imports) {
        if (value === undefined || !isNew('namespace', value, place)) continue;
        yield { name: value, kind: 'namespace', container: module.name, at: place };
      }
    }
  }
}

function kernelSymbol({ name, provider, isGplOnly, at }: KernelExport): FoundSymbol | undefined {
  return at && { name, kind: 'export', container: isGplOnly ? `${provider}, GPL-only` : provider, at };
}
