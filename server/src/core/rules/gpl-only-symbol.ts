import type { Related } from '../finding';
import type { Kernel } from '../kernel/kernel';
import type { Module, SymbolUse, UseSite } from '../model/module';
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
    for (const symbol of module.symbols()) {
      if (!symbol.export.isGplOnly) continue;
      for (const site of symbol.sites) {
        const message = `GPL-incompatible module ${module.name}.ko uses GPL-only symbol '${symbol.name}'${way(site)}`;
        const related = [...licenses(module), ...steps(site), exported(symbol, kernel)];
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

function licenses(module: Module): Related[] {
  return module.licenses
    .filter((tag) => tag.isCompatible === false)
    .map((tag) => ({ message: `"${tag.value}" is not compatible with the GPL`, at: tag.at }));
}

function steps({ through }: UseSite): Related[] {
  return through.map((step) => ({ message: `the way goes through ${step.name}()`, at: step.at }));
}

function exported({ name, export: from }: SymbolUse, kernel: Kernel): Related {
  const message = `'${name}' is exported GPL-only by ${from.provider} (kernel ${kernel.release})`;
  return from.at ? { message, at: from.at } : { message };
}
