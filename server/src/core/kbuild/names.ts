import { type FoundModule, type Reading, report } from './reading';

/** Says of two modules that are built together with one name. */
export function checkNames(reading: Reading, found: readonly FoundModule[]): void {
  const roots = new Map<string, Map<string, FoundModule>>();
  for (const each of found) {
    const { name, at, dependsOn, path } = each.module;
    if (!at || dependsOn !== undefined) continue;
    const first = roots.get(each.root) ?? new Map<string, FoundModule>();
    roots.set(each.root, first);
    const other = first.get(name)?.module;
    if (!other) first.set(name, each);
    else {
      const message = `Two modules are called '${name}', this one and '${other.path}.ko': the kernel loads only one of them.`;
      if (other.path !== path) report(reading, { message, ...at });
    }
  }
}
