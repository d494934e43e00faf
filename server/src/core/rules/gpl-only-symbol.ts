import type { UseSite } from '../model/module';
import { foldSites } from './fold';
import { exportNote, licenseNotes, moreNotes, stepNotes, userNotes } from './notes';
import { defineRule } from './rule';

/**
 * modpost's check_exports: an undefined symbol that is exported GPL-only, in a module with an incompatible license tag.
 * A module without any tag has another error, and modpost says nothing of its symbols.
 */
export const gplOnlySymbol = defineRule<undefined>({
  id: 'gpl-only-symbol',
  severity: 'error',
  scope: 'module',
  summary: 'A module without a GPL-compatible license uses a symbol that is exported GPL-only.',

  *check(module, kernel) {
    if (module.verdict !== 'incompatible') return;
    const causes = licenseNotes(module);
    for (const symbol of module.symbols()) {
      if (!symbol.export.isGplOnly) continue;
      for (const { site, users } of foldSites(symbol)) {
        const message = `GPL-incompatible module ${module.name}.ko uses GPL-only symbol '${symbol.name}'${way(site)}`;
        const ways = [...userNotes(users), ...stepNotes(site)];
        const related = [...causes, ...ways, exportNote(symbol.export, 'GPL-only', kernel), ...moreNotes(symbol)];
        const match = { at: site.at, related, data: undefined };
        yield site.presence === 'yes'
          ? { ...match, message }
          : { ...match, message: message + condition(site), severity: 'warning' };
      }
    }
  },
});

function way({ through }: UseSite): string {
  const first = through[0];
  return first ? `, reached through ${first.name}()` : '';
}

function condition(site: UseSite): string {
  return site.condition === undefined ? ', if it is compiled' : `, if '${site.condition}' holds`;
}
