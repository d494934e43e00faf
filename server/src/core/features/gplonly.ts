import type { Module, SymbolUse, UseSite } from '../model/module';
import type { Snapshot } from '../model/snapshot';
import type { Span } from '../text';

/** A name in a file that leads to GPL-only symbols. */
export interface GplOnlyPlace {
  readonly span: Span;
  /** Each symbol once, with the shortest way there. */
  readonly symbols: readonly { readonly symbol: SymbolUse; readonly site: UseSite }[];
  /** Whether the name is that of the symbol itself. */
  readonly isDirect: boolean;
}

/** The names of a file, or of a part of it, that ask for GPL-only symbols, in their order; whatever the license. */
export function gplOnlyPlaces(snapshot: Snapshot, path: string, part?: Span): GplOnlyPlace[] {
  const places = new Map<number, { span: Span; symbols: { symbol: SymbolUse; site: UseSite }[] }>();
  for (const symbol of snapshot.modulesOf(path).flatMap(gplOnlySymbols)) {
    for (const site of symbol.sites) {
      const { file, span } = site.at;
      // What the headers ask for by themselves has no name in the file.
      if (file !== path || span.end === span.start) continue;
      if (part && (span.end < part.start || span.start > part.end)) continue;
      const place = places.get(span.start) ?? { span, symbols: [] };
      places.set(span.start, place);
      if (!place.symbols.some((one) => one.symbol.name === symbol.name)) place.symbols.push({ symbol, site });
    }
  }
  return [...places.values()]
    .sort((a, b) => a.span.start - b.span.start)
    .map((place) => ({ ...place, isDirect: place.symbols.some(({ site }) => site.through.length === 0) }));
}

/** The symbols of a module that are exported GPL-only. */
export function gplOnlySymbols(module: Module): SymbolUse[] {
  return module.symbols().filter((symbol) => symbol.export.isGplOnly);
}
