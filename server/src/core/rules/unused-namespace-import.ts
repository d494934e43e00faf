import type { Module, TextTag } from '../model/module';
import { isModuleList, namespacesOf } from './namespaces';
import { defineRule } from './rule';

/** Only where every symbol is known that the linker will be asked for. */
export const unusedNamespaceImport = defineRule<TextTag>({
  id: 'unused-namespace-import',
  severity: 'hint',
  scope: 'module',
  tag: 'unnecessary',
  summary: 'A module imports a namespace of which it uses no symbol.',

  *check(module, kernel) {
    if (module.imports.length === 0) return;
    const missing = module.missing();
    // What nobody is known to export may well be exported in the namespace.
    if (missing === undefined || missing.length > 0) return;
    const known = namespacesOf(kernel.exports);
    const used = new Set(module.symbols().map((symbol) => symbol.export.namespace));
    for (const tag of module.imports) {
      const { value, presence } = tag;
      if (value === undefined || presence !== 'yes' || used.has(value) || isModuleList(value)) continue;
      // Of a namespace that this kernel does not have, another kernel or configuration decides.
      if (!known.has(value) || mayUse(module, value)) continue;
      const message = `${module.name} uses no symbol from namespace ${value}`;
      yield { at: tag.at, message, data: tag };
    }
  },

  fix({ call, invocation }) {
    if (invocation.name !== 'MODULE_IMPORT_NS') return [];
    const edit = { file: call.file, span: invocation.lines, newText: '' };
    return [{ title: 'Remove the import', safe: true, edits: [edit] }];
  },
});

/** Whether code of the module names a symbol of the namespace, if only for another configuration. */
function mayUse(module: Module, namespace: string): boolean {
  const isNamed = (name: string) => module.findExport(name)?.namespace === namespace;
  return module.files.some(
    ({ facts }) => facts.uses.names.some(isNamed) || facts.macros.some((macro) => macro.uses.some(isNamed)),
  );
}
