import { gplOnlySymbol } from './gpl-only-symbol';
import { gplV2Spelling } from './gpl-v2-spelling';
import { missingModuleLicense } from './missing-module-license';
import { missingSpdx } from './missing-spdx';
import { namespaceNotImported } from './namespace-not-imported';
import type { Rule } from './rule';
import { spdxLicenseMismatch } from './spdx-license-mismatch';
import { unknownLicenseString } from './unknown-license-string';

/** Every rule, in the order of the documentation: what breaks a build first. */
export const rules: readonly Rule[] = [
  gplOnlySymbol,
  missingModuleLicense,
  unknownLicenseString,
  namespaceNotImported,
  spdxLicenseMismatch,
  missingSpdx,
  gplV2Spelling,
];

/** The rule with this id. */
export function findRule(id: string): Rule | undefined {
  return rules.find((rule) => rule.id === id);
}
