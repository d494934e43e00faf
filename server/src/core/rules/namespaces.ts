import type { ExportTable } from '../kernel/kernel';
import type { Module, SourceFile } from '../model/module';

/** Namespaces that begin so are a list of modules; no MODULE_IMPORT_NS opens them. */
const moduleList = 'module:';

/** Whether a namespace is a list of modules, as EXPORT_SYMBOL_FOR_MODULES makes it. */
export function isModuleList(namespace: string): boolean {
  return namespace.startsWith(moduleList);
}

/** modpost's verify_module_namespace: `module:kvm-*,vfio` names modules, a last `*` stands for any tail. */
export function isOpenTo(namespace: string, name: string): boolean {
  if (!isModuleList(namespace)) return false;
  const own = name.replaceAll('-', '_');
  return namespace
    .slice(moduleList.length)
    .split(',')
    .map((pattern) => pattern.replaceAll('-', '_'))
    .some((pattern) => (pattern.endsWith('*') ? own.startsWith(pattern.slice(0, -1)) : own === pattern));
}

const tables = new WeakMap<ExportTable, ReadonlySet<string>>();

/** Every namespace in which a kernel exports something. */
export function namespacesOf(exports: ExportTable): ReadonlySet<string> {
  const known = tables.get(exports);
  if (known) return known;
  const found = new Set<string>();
  for (const { namespace } of exports) if (namespace !== '') found.add(namespace);
  tables.set(exports, found);
  return found;
}

/** Whether the files of a module, or a file without one, define a macro themselves. */
export function definesMacro(name: string, file: SourceFile, modules: readonly Module[]): boolean {
  const files = modules.length > 0 ? modules.flatMap((module) => module.files) : [file];
  return files.some(({ facts }) => facts.macros.some((macro) => macro.name === name && !macro.isUndef));
}
