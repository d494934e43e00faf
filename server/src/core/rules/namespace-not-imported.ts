import type { Fix } from '../finding';
import { isAtLeast, type Kernel } from '../kernel/kernel';
import type { Module } from '../model/module';
import { isModuleList } from './namespaces';
import { conditionNotes, exportNote, stepNotes } from './notes';
import { insertTag, mainMember } from './places';
import { defineRule } from './rule';

/** modpost's check_exports: a symbol of a namespace that the module does not import. Data is what adds the import. */
export const namespaceNotImported = defineRule<readonly Fix[]>({
  id: 'namespace-not-imported',
  severity: 'error',
  scope: 'module',
  summary: 'A module uses a symbol of a namespace that it does not import.',

  *check(module, kernel) {
    // A source that could not be read, or an import that is not understood, may well name the namespace.
    if (module.unreadMembers.length > 0 || module.imports.some((tag) => tag.value === undefined)) return;
    const imported = new Set(module.namespaces());
    // From 6.12 on headers of the kernel import namespaces: where they are not followed, one may.
    const isFollowed = module.isExact || isAtLeast(kernel.version, 6, 12) === false;
    const isAllowed = kernel.config.get('CONFIG_MODULE_ALLOW_MISSING_NAMESPACE_IMPORTS') === 'y';
    for (const symbol of module.symbols()) {
      const { name, export: from } = symbol;
      const { namespace } = from;
      if (namespace === '' || imported.has(namespace) || isModuleList(namespace)) continue;
      const message = `module ${module.name} uses symbol ${name} from namespace ${namespace}, but does not import it.`;
      const isOpen = !isFollowed && (from.at === undefined || module.isInTree);
      const fixes = importFixes(namespace, module, kernel);
      for (const site of symbol.sites) {
        const related = [
          ...conditionNotes(site),
          ...stepNotes(site),
          exportNote(from, `in namespace '${namespace}'`, kernel),
        ];
        const match = { at: site.at, message, related, data: fixes };
        yield isAllowed || isOpen || site.presence !== 'yes' ? { ...match, severity: 'warning' } : match;
      }
    }
  },

  fix: (fixes) => fixes,
});

function importFixes(namespace: string, module: Module, kernel: Kernel): readonly Fix[] {
  const member = mainMember(module);
  const line = `MODULE_IMPORT_NS(${isLiteral(module, kernel) ? `"${namespace}"` : namespace});`;
  const edit = member && insertTag(member, line);
  return edit ? [{ title: `Add ${line}`, safe: true, edits: [edit] }] : [];
}

/** Whether the argument is a string, as from 6.13 on; where the version is not known, as the module does it. */
function isLiteral(module: Module, kernel: Kernel): boolean {
  return (
    isAtLeast(kernel.version, 6, 13) ??
    module.imports.every((tag) => tag.invocation.arguments[0]?.pieces[0]?.kind === 'string')
  );
}
