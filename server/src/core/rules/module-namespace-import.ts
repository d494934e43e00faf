import { isAtLeast } from '../kernel/kernel';
import type { TextTag } from '../model/module';
import { isModuleList } from './namespaces';
import { defineRule } from './rule';

/** modpost's read_symbols: a namespace that is a list of modules is open to these and to nobody else. */
export const moduleNamespaceImport = defineRule<TextTag>({
  id: 'module-namespace-import',
  severity: 'error',
  scope: 'module',
  summary: 'A module imports a namespace that is a list of modules, which modpost refuses.',

  *check(module, kernel) {
    if (isAtLeast(kernel.version, 6, 16) === false) return;
    for (const tag of module.imports) {
      if (tag.value === undefined || !isModuleList(tag.value)) continue;
      const message = `${module.name}: explicitly importing namespace "${tag.value}" is not allowed.`;
      const match = { at: tag.at, message, data: tag };
      yield tag.presence === 'yes' ? match : { ...match, severity: 'warning' };
    }
  },

  fix({ call, invocation }) {
    if (invocation.name !== 'MODULE_IMPORT_NS') return [];
    const edit = { file: call.file, span: invocation.lines, newText: '' };
    return [{ title: 'Remove the import', safe: true, edits: [edit] }];
  },
});
