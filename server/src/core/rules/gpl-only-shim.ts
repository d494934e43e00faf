import type { Location } from '../finding';
import type { ExportTag, Module, SymbolUse } from '../model/module';
import type { FunctionDefinition } from '../syntax/facts';
import { exportGplOnly, exportsOf } from './exports';
import { exportNote } from './notes';
import { defineRule } from './rule';

/**
 * A plain export that hands its arguments on to a GPL-only symbol opens that symbol to every module. What the kernel's own
 * source opens so, its authors have decided.
 */
export const gplOnlyShim = defineRule<ExportTag>({
  id: 'gpl-only-shim',
  severity: 'warning',
  scope: 'module',
  summary: 'A module exports a thin wrapper round a GPL-only symbol, but not GPL-only.',

  *check(module, kernel) {
    if (module.isInTree || module.verdict !== 'compatible') return;
    const wrappers = wrappersOf(module);
    if (wrappers.size === 0) return;
    for (const { tag } of exportsOf(module)) {
      const found = tag.isGplOnly ? undefined : wrappers.get(tag.name);
      if (!found) continue;
      const message = `'${tag.name}' is exported plainly and only calls GPL-only symbol '${found.symbol.name}'`;
      const related = [
        { message: `'${tag.name}' hands its arguments on`, at: found.at },
        exportNote(found.symbol.export, 'GPL-only', kernel),
      ];
      yield { at: tag.at, message, related, data: tag };
    }
  },

  fix: exportGplOnly,
});

interface Wrapper {
  readonly symbol: SymbolUse;
  readonly at: Location;
}

/** Functions of a module that only call a GPL-only symbol of the kernel, by their names. */
function wrappersOf(module: Module): Map<string, Wrapper> {
  const found = new Map<string, Wrapper>();
  for (const file of module.files) {
    for (const fn of file.facts.functions) {
      if (fn.forwards === undefined || fn.isStatic || file.presence(fn.nameSpan.start) !== 'yes') continue;
      const symbol = module.symbols().find(({ name }) => name === fn.forwards);
      // A symbol of another module of the workspace is the author's own.
      if (!symbol?.export.isGplOnly || !isCalledIn(fn, file.path, symbol) || module.provider(symbol.name)) continue;
      found.set(fn.name, { symbol, at: { file: file.path, span: fn.nameSpan } });
    }
  }
  return found;
}

function isCalledIn({ span }: FunctionDefinition, file: string, { sites }: SymbolUse): boolean {
  return sites.some(
    ({ at, through, presence }) =>
      presence === 'yes' &&
      through.length === 0 &&
      at.file === file &&
      span.start < at.span.start &&
      at.span.end < span.end,
  );
}
