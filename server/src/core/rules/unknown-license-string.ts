import type { LicenseTag } from '../model/module';
import { type LicenseReading, readLicenseString } from './licenses';
import { replaceValue } from './places';
import { defineRule } from './rule';

interface Data {
  readonly tag: LicenseTag;
  readonly reading: LicenseReading;
}

/** The loader compares strings exactly [include/linux/license.h]; everything it does not know taints as proprietary. */
export const unknownLicenseString = defineRule<Data>({
  id: 'unknown-license-string',
  severity: 'error',
  scope: 'file',
  summary: "A MODULE_LICENSE string is not in the kernel's list, so the module counts as proprietary.",

  *check({ file, modules }, kernel) {
    const isInTree = modules.some((module) => module.isInTree);
    for (const tag of file.licenses) {
      if (tag.value === undefined || tag.isCompatible !== false || tag.value === 'Proprietary') continue;
      // embedded-nul-license comes first: what is read is not what is written.
      if (tag.value.includes('\0')) continue;
      const reading = readLicenseString(tag.value, kernel.compatibleLicenses);
      // proprietary-in-tree says more of it.
      if (isInTree && !reading.isNearMiss) continue;
      const related = tag.valueAt === tag.at ? [] : [{ message: 'the string is defined here', at: tag.valueAt }];
      const match = { at: tag.at, message: message(tag.value, reading), related, data: { tag, reading } };
      // Who writes "GPLv2" wants to be compatible; who writes "CDDL" may know that it is not.
      yield reading.isNearMiss && tag.presence === 'yes' ? match : { ...match, severity: 'warning' };
    }
  },

  fix({ tag, reading }, { file }) {
    return reading.offers.flatMap(({ value, safe }) => {
      const edit = replaceValue(tag, file, value);
      return edit ? [{ title: `Change to "${value}"`, safe, edits: [edit] }] : [];
    });
  },
});

function message(value: string, { families, isNearMiss, offers }: LicenseReading): string {
  const start = `unknown module license "${value}"`;
  const end = 'the kernel treats the module as proprietary';
  if (families.has('gpl3') && !families.has('gpl')) {
    return `${start}: version 3 of the GPL is not compatible with the kernel's version 2, and ${end}`;
  }
  const [first] = offers;
  return isNearMiss && first ? `${start}: ${end}; did you mean "${first.value}"?` : `${start}: ${end}`;
}
