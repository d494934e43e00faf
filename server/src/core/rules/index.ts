import { conflictingModuleLicenses } from './conflicting-module-licenses';
import { deprecatedLicenseString } from './deprecated-license-string';
import { duplicateExport } from './duplicate-export';
import { embeddedNulLicense } from './embedded-nul-license';
import { exportOfInit } from './export-of-init';
import { exportOfStatic } from './export-of-static';
import { exportWithoutDefinition } from './export-without-definition';
import { gplIncompatibleSource } from './gpl-incompatible-source';
import { gplOnlyDodge } from './gpl-only-dodge';
import { gplOnlyShim } from './gpl-only-shim';
import { gplOnlySymbol } from './gpl-only-symbol';
import { gplV2Spelling } from './gpl-v2-spelling';
import { inheritedTaint } from './inherited-taint';
import { licenseTextMismatch } from './license-text-mismatch';
import { malformedSpdx } from './malformed-spdx';
import { missingModuleDescription } from './missing-module-description';
import { missingModuleLicense } from './missing-module-license';
import { missingSpdx } from './missing-spdx';
import { moduleNamespaceImport } from './module-namespace-import';
import { namespaceNotImported } from './namespace-not-imported';
import { namespaceSpelling } from './namespace-spelling';
import { prebuiltObject } from './prebuilt-object';
import { proprietaryInTree } from './proprietary-in-tree';
import { removedExportMacro } from './removed-export-macro';
import type { Rule } from './rule';
import { spdxLicenseMismatch } from './spdx-license-mismatch';
import { symbolForOtherModules } from './symbol-for-other-modules';
import { symbolGetNonGpl } from './symbol-get-non-gpl';
import { symbolNotExported } from './symbol-not-exported';
import { taintedByName } from './tainted-by-name';
import { unknownLicenseString } from './unknown-license-string';
import { unresolvedLicenseArgument } from './unresolved-license-argument';
import { unusedNamespaceImport } from './unused-namespace-import';
import { unusedSuppression } from './unused-suppression';

/** Every rule, in the order of the documentation: what breaks a build first. */
export const rules: readonly Rule[] = [
  gplOnlySymbol,
  missingModuleLicense,
  unknownLicenseString,
  inheritedTaint,
  symbolGetNonGpl,
  symbolNotExported,
  embeddedNulLicense,
  proprietaryInTree,
  conflictingModuleLicenses,
  taintedByName,
  unresolvedLicenseArgument,
  namespaceNotImported,
  symbolForOtherModules,
  moduleNamespaceImport,
  namespaceSpelling,
  exportOfStatic,
  exportWithoutDefinition,
  duplicateExport,
  removedExportMacro,
  exportOfInit,
  gplOnlyDodge,
  gplOnlyShim,
  spdxLicenseMismatch,
  gplIncompatibleSource,
  licenseTextMismatch,
  prebuiltObject,
  malformedSpdx,
  missingSpdx,
  unusedNamespaceImport,
  missingModuleDescription,
  deprecatedLicenseString,
  gplV2Spelling,
  unusedSuppression,
];

/** The rule with this id. */
export function findRule(id: string): Rule | undefined {
  return rules.find((rule) => rule.id === id);
}
