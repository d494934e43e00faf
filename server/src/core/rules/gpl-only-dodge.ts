import type { Related } from '../finding';
import type { Kernel } from '../kernel/kernel';
import type { Module, SymbolLookup } from '../model/module';
import { exportNote, licenseNotes } from './notes';
import { defineRule } from './rule';

/** Finds every symbol by its name, exported or not. Not exported itself since 5.7. */
const findsAll = 'kallsyms_lookup_name';

/** What is fetched by name while the module runs, modpost never sees. */
export const gplOnlyDodge = defineRule<undefined>({
  id: 'gpl-only-dodge',
  severity: 'warning',
  scope: 'module',
  summary: 'A module without a GPL-compatible license fetches symbols by name, past the check of GPL-only symbols.',

  *check(module, kernel) {
    if (module.verdict !== 'incompatible') return;
    const refused = refusedPlaces(module);
    for (const lookup of module.lookups()) {
      const { name, at } = lookup;
      const why = reason(lookup, module, kernel);
      // Where the look-up itself is a symbol that the module cannot have, that is the finding.
      if (!why || refused.has(`${at.file}:${at.span.start}`)) continue;
      const start = `GPL-incompatible module ${module.name}.ko fetches '${name}' by its name`;
      const message = `${start}, past the check of GPL-only symbols`;
      yield { at, message, related: [...licenseNotes(module), ...why], data: undefined };
    }
  },
});

/** Why it matters that a symbol is fetched; `undefined` for a plain export, which anybody may use. */
function reason({ name, kind }: SymbolLookup, module: Module, kernel: Kernel): Related[] | undefined {
  if (kind === 'member') {
    // A probe on another function may well be what it says.
    return name === findsAll
      ? [{ message: `${findsAll}() finds every symbol of the kernel, GPL-only or not` }]
      : undefined;
  }
  const from = module.findExport(name);
  if (!from) return [{ message: `'${name}' is not known to be exported at all` }];
  return from.isGplOnly ? [exportNote(from, 'GPL-only', kernel)] : undefined;
}

/** Where the module uses GPL-only symbols, or symbols that nobody exports. */
function refusedPlaces(module: Module): ReadonlySet<string> {
  const refused = [...module.symbols().filter((symbol) => symbol.export.isGplOnly), ...(module.missing() ?? [])];
  return new Set(refused.flatMap(({ sites }) => sites.map(({ at }) => `${at.file}:${at.span.start}`)));
}
