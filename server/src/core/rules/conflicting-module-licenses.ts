import type { Edit, Fix } from '../finding';
import type { LicenseTag } from '../model/module';
import { isNearMiss } from './licenses';
import { incompatibleNote } from './notes';
import { defineRule } from './rule';

/**
 * modpost's check_exports takes a module for incompatible if one of its tags is; the loader's set_license looks at the
 * first tag alone. Which one is first is the linker's choice, so nothing is said of it. Data is the compatible tags, then
 * the others.
 */
export const conflictingModuleLicenses = defineRule<readonly [readonly LicenseTag[], readonly LicenseTag[]]>({
  id: 'conflicting-module-licenses',
  severity: 'warning',
  scope: 'module',
  summary: 'Several MODULE_LICENSE tags of one module differ in whether they are compatible with the GPL.',

  *check(module, kernel) {
    // Two sides of an #if whose condition is not known are hardly ever both compiled.
    const sure = module.licenses.filter((tag) => tag.presence === 'yes');
    const compatible = sure.filter((tag) => tag.isCompatible === true);
    // Who writes "GPLv2" beside "GPL" made a slip: unknown-license-string names it.
    const others = sure.filter(
      (tag) => tag.isCompatible === false && !isNearMiss(tag.value ?? '', kernel.compatibleLicenses),
    );
    const [first] = compatible;
    const [cause] = others;
    if (!first || !cause) return;
    yield {
      at: first.at,
      message: `MODULE_LICENSE("${first.value}") does not make ${module.name}.ko compatible beside "${cause.value}": modpost demands that every tag is, the loader looks at the first one only`,
      related: others.map(incompatibleNote),
      data: [compatible, others],
    };
  },

  fix: ([compatible, others]) => [...keep(compatible, others), ...keep(others, compatible)],
});

/** What the module's license is, only its authors can say. */
function keep(kept: readonly LicenseTag[], dropped: readonly LicenseTag[]): Fix[] {
  const [first] = kept;
  // A wrapper macro may do more than to name a license.
  const isPlain = dropped.every(({ invocation }) => ['MODULE_LICENSE', 'MODULE_INFO'].includes(invocation.name));
  if (!first || !isPlain) return [];
  const edits = dropped.map(({ call }): Edit => ({ ...call, newText: '' }));
  const one = dropped.length === 1 ? `"${dropped[0]?.value}"` : 'the others';
  return [{ title: `Keep "${first.value}" and remove ${one}`, safe: false, edits }];
}
