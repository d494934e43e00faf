import { isModuleList, isOpenTo } from './namespaces';
import { conditionNotes, exportNote, stepNotes } from './notes';
import { defineRule } from './rule';

/** modpost's check_exports with verify_module_namespace: the export names the modules that may use it. */
export const symbolForOtherModules = defineRule<undefined>({
  id: 'symbol-for-other-modules',
  severity: 'error',
  scope: 'module',
  summary: 'A module uses a symbol that is exported for other modules only.',

  *check(module, kernel) {
    // Who imports the namespace is told of the import.
    const imported = new Set(module.namespaces());
    const isAllowed = kernel.config.get('CONFIG_MODULE_ALLOW_MISSING_NAMESPACE_IMPORTS') === 'y';
    for (const symbol of module.symbols()) {
      const { name, export: from } = symbol;
      const { namespace } = from;
      if (!isModuleList(namespace) || isOpenTo(namespace, module.name) || imported.has(namespace)) continue;
      const message = `module ${module.name} uses symbol ${name} from namespace ${namespace}, but does not import it.`;
      const note = exportNote(from, `only for the modules in '${namespace}'`, kernel);
      for (const site of symbol.sites) {
        const related = [...conditionNotes(site), ...stepNotes(site), note];
        const match = { at: site.at, message, related, data: undefined };
        yield isAllowed || site.presence !== 'yes' ? { ...match, severity: 'warning' } : match;
      }
    }
  },
});
