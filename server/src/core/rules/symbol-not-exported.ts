import type { Related } from '../finding';
import type { MissingSymbol, Module } from '../model/module';
import { stepNotes } from './notes';
import { defineRule } from './rule';

/**
 * modpost's check_exports, for names that the kernel's headers declare and the module's own code writes. What a header's
 * inline function asks for is the header's own affair, and what nobody declares is a slip of another kind.
 */
export const symbolNotExported = defineRule<undefined>({
  id: 'symbol-not-exported',
  severity: 'warning',
  scope: 'module',
  summary: 'A module uses a symbol of the kernel that the kernel does not export.',

  *check(module, kernel) {
    const missing = module.missing();
    if (!missing) return;
    const exported = new Set(module.files.flatMap((file) => file.exports.map(({ name }) => name)));
    for (const symbol of missing) {
      const declared = declaration(symbol, module);
      if (!declared || exported.has(symbol.name)) continue;
      const message = `"${symbol.name}" [${module.name}.ko] undefined!`;
      const nobody = { message: `nothing in kernel ${kernel.release} or in this workspace exports '${symbol.name}'` };
      for (const site of symbol.sites) {
        if (site.ownSteps < site.through.length) continue;
        yield { at: site.at, message, related: [declared, ...stepNotes(site), nobody], data: undefined };
      }
    }
  },
});

/** A declaration of the kernel's: one of the module's own says nothing of who is to define it. */
function declaration({ name, declaredAt }: MissingSymbol, module: Module): Related | undefined {
  if (!declaredAt || module.files.some((file) => file.path === declaredAt.file)) return undefined;
  return { message: `'${name}' is declared here`, at: declaredAt };
}
