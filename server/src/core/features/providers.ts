import type { Module, SymbolUse } from '../model/module';
import { compareTexts } from '../text';

/** Who exports symbols that a module uses. */
export interface Provider {
  /** `vmlinux` or a module's path without suffix. */
  readonly name: string;
  /** By name. */
  readonly symbols: readonly SymbolUse[];
  readonly gplOnly: number;
}

/** The providers of a module's symbols: the kernel itself first, then modules by name. */
export function providers(module: Module): Provider[] {
  const byName = new Map<string, SymbolUse[]>();
  for (const use of module.symbols()) {
    const own = byName.get(use.export.provider);
    if (own) own.push(use);
    else byName.set(use.export.provider, [use]);
  }
  const rank = (name: string) => (name === 'vmlinux' ? '' : name);
  return [...byName]
    .map(([name, symbols]) => ({
      name,
      symbols: symbols.sort((a, b) => compareTexts(a.name, b.name)),
      gplOnly: symbols.filter((use) => use.export.isGplOnly).length,
    }))
    .sort((a, b) => compareTexts(rank(a.name), rank(b.name)));
}
