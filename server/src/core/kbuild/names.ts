import { type FoundModule, type Reading, report } from './reading';

/** Modules that the kernel's loader distrusts by their name, and what it does to them. */
const distrusted = new Map([
  ['driverloader', 'taints it as proprietary whatever license it declares, so it gets no GPL-only symbol'],
  ['lve', 'taints it as proprietary whatever license it declares, so it gets no GPL-only symbol'],
  ['ndiswrapper', 'taints the kernel as proprietary when it is loaded'],
]);

/** Says of modules whose names are trouble: two that are built together with one name, and those the loader distrusts. */
export function checkNames(reading: Reading, found: readonly FoundModule[]): void {
  const roots = new Map<string, Map<string, FoundModule>>();
  for (const each of found) {
    const { name, at, dependsOn, path } = each.module;
    if (!at) continue;
    const effect = distrusted.get(name);
    if (effect) report(reading, { message: `The loader knows the name '${name}' and ${effect}.`, ...at });
    if (dependsOn !== undefined) continue;
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
