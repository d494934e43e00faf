import { isAtLeast } from '../kernel/kernel';
import type { LicenseTag } from '../model/module';
import { replaceValue } from './places';
import { defineRule } from './rule';

/**
 * Both judges read a C string. MODULE_INFO refuses the text at compile time since 6.19; before that, what
 * stands behind the NUL is hidden from the kernel.
 */
export const embeddedNulLicense = defineRule<LicenseTag>({
  id: 'embedded-nul-license',
  severity: 'error',
  scope: 'file',
  summary: 'A MODULE_LICENSE string has a NUL byte in it, behind which the kernel does not read.',

  *check({ file }, kernel) {
    for (const tag of file.licenses) {
      if (!tag.value?.includes('\0')) continue;
      const [start] = parts(tag);
      const what = isAtLeast(kernel.version, 6, 19)
        ? 'MODULE_INFO(license, ...) contains embedded NUL byte'
        : 'the license contains an embedded NUL byte';
      const related = tag.valueAt === tag.at ? [] : [{ message: 'the string is defined here', at: tag.valueAt }];
      yield { at: tag.at, message: `${what}: the kernel reads "${start}" and nothing behind it`, related, data: tag };
    }
  },

  fix(tag, { file }) {
    const [start, rest] = parts(tag);
    const edit = replaceValue(tag, file, start);
    // Words behind the NUL may restrict the license: to drop them is for the author to decide.
    return edit && !start.includes('"') ? [{ title: `Change to "${start}"`, safe: rest === '', edits: [edit] }] : [];
  },
});

/** What stands before the first NUL and what behind it. */
function parts({ value = '' }: LicenseTag): readonly [string, string] {
  const nul = value.indexOf('\0');
  return [value.slice(0, nul), value.slice(nul + 1)];
}
