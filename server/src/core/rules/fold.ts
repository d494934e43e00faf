import type { SymbolUse, UseSite } from '../model/module';

/** A place to report, with the places that lead to it where several do. */
export interface FoldedSite {
  readonly site: UseSite;
  /** Places whose ways meet in `site`; empty where the way of one place only is told. */
  readonly users: readonly UseSite[];
}

/**
 * The places of a symbol's uses. Where several go through one macro or function of the module's own files, the place in
 * that one stands for all of them: it is where the module's code leaves for the symbol.
 */
export function foldSites({ sites }: SymbolUse): FoldedSite[] {
  const folded = new Map<string, UseSite[]>();
  for (const site of sites) {
    const { file, span } = lastOwnPlace(site);
    const key = `${file}\0${span.start}`;
    const together = folded.get(key);
    if (together) together.push(site);
    else folded.set(key, [site]);
  }
  return [...folded.values()].flatMap(([first, ...others]): FoldedSite[] => {
    if (!first) return [];
    if (others.length === 0) return [{ site: first, users: [] }];
    const all = [first, ...others];
    const sure = all.find(({ presence }) => presence === 'yes') ?? first;
    const { presence, condition, ownSteps, through } = sure;
    const site = { at: lastOwnPlace(sure), through: through.slice(ownSteps), ownSteps: 0, presence, condition };
    // A place that others lead to may be a beginning itself.
    return [{ site, users: all.filter((one) => one.ownSteps > 0) }];
  });
}

function lastOwnPlace({ at, through, ownSteps }: UseSite): UseSite['at'] {
  return through[ownSteps - 1]?.at ?? at;
}
