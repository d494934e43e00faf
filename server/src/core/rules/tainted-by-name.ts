import type { Location } from '../finding';
import type { Module } from '../model/module';
import { mainMember } from './places';
import { defineRule } from './rule';

/**
 * The loader's own list, in the code of every kernel that is built today [kernel/module/main.c, kernel/module.c before
 * 5.19]: no header tells it, and no configuration changes it.
 */
const distrusted: ReadonlyMap<string, string> = new Map([
  ['driverloader', 'the loader takes this name for proprietary whatever license it declares'],
  ['lve', 'the loader takes this name for proprietary whatever license it declares'],
  // Not the module: it keeps its GPL-only symbols.
  ['ndiswrapper', 'the loader taints the kernel for this name, since such a module loads proprietary ones'],
]);

/** The name tests of module_augment_kernel_taints, which older kernels have in check_module_license_and_versions. */
export const taintedByName = defineRule<undefined>({
  id: 'tainted-by-name',
  severity: 'warning',
  scope: 'module',
  summary: 'A module is named like one that the loader distrusts whatever license it declares.',

  *check(module) {
    const why = distrusted.get(module.name);
    const at = placeOf(module);
    // Without a compatible license the taint is the license's doing.
    if (why === undefined || !at || module.verdict === 'incompatible') return;
    yield { at, message: `${module.name}: module license taints kernel: ${why}`, data: undefined };
  },
});

function placeOf(module: Module): Location | undefined {
  const member = mainMember(module);
  return module.at ?? (member && { file: member.path, span: { start: 0, end: 0 } });
}
