import { isAtLeast } from '../kernel/kernel';
import { type Exported, exportsOf, removeExport } from './exports';
import { defineRule } from './rule';

/** modpost's check_exports: the export itself refers to the symbol, and no object of the module defines it. */
export const exportWithoutDefinition = defineRule<Exported>({
  id: 'export-without-definition',
  severity: 'error',
  scope: 'module',
  summary: 'A module exports a symbol that none of its objects defines.',

  *check(module, kernel) {
    const defines = module.defines();
    if (!defines) return;
    const missing = new Set(module.missing()?.map(({ name }) => name));
    for (const exported of exportsOf(module)) {
      const { tag } = exported;
      // The export has to be one that the compiler saw, and not that of a static function.
      if (defines.has(tag.name) || !missing.has(tag.name) || isStatic(exported)) continue;
      const message =
        isAtLeast(kernel.version, 5, 19) === false
          ? `"${tag.name}" [${module.name}.ko] undefined!`
          : `"${tag.name}" [${module.name}.ko] was exported without definition`;
      yield { at: tag.at, message, data: exported };
    }
  },

  fix: removeExport,
});

function isStatic({ file, tag }: Exported): boolean {
  return [...file.facts.functions, ...file.facts.variables].some(({ name, isStatic }) => isStatic && name === tag.name);
}
