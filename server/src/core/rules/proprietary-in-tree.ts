import { isNearMiss } from './licenses';
import { defineRule } from './rule';

/** license-rules.rst: only a module from outside may be proprietary. */
export const proprietaryInTree = defineRule<undefined>({
  id: 'proprietary-in-tree',
  severity: 'error',
  scope: 'module',
  summary: "A module of the kernel's own source has a license that is not compatible with the GPL.",

  *check(module, kernel) {
    if (!module.isInTree) return;
    for (const tag of module.licenses) {
      if (tag.isCompatible !== false || tag.value === undefined) continue;
      // Who writes "GPLv2" made a slip: unknown-license-string names it.
      if (isNearMiss(tag.value, kernel.compatibleLicenses)) continue;
      const message = `"${tag.value}" cannot be used for modules which have their source code in the kernel tree`;
      const match = { at: tag.at, message, data: undefined };
      yield tag.presence === 'yes' ? match : { ...match, severity: 'warning' };
    }
  },
});
