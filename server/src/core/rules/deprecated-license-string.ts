import type { LicenseTag } from '../model/module';
import { spdxAlternatives, stringsFor } from './licenses';
import { replaceValue } from './places';
import { defineRule } from './rule';
import { contradicts } from './spdx-license-mismatch';

const deprecated = 'GPL and additional rights';

/** license-rules.rst: a historic way to say "Dual MIT/GPL". */
export const deprecatedLicenseString = defineRule<LicenseTag>({
  id: 'deprecated-license-string',
  severity: 'hint',
  scope: 'file',
  tag: 'deprecated',
  summary: 'MODULE_LICENSE says "GPL and additional rights", which the kernel does not want in new code.',

  *check(subject, kernel) {
    for (const tag of subject.file.licenses) {
      if (tag.value !== deprecated || tag.isCompatible === false) continue;
      // Against the SPDX line the string is worse than old; spdx-license-mismatch says so and offers the same.
      if (contradicts(tag, subject, kernel)) continue;
      const message = `"${deprecated}" is a historic variant of "Dual MIT/GPL": do not use it in new code`;
      yield { at: tag.at, message, data: tag };
    }
  },

  fix(tag, { file }) {
    const all = spdxAlternatives(file);
    const fitting = all ? stringsFor(all).map(({ value }) => value) : ['Dual MIT/GPL', 'GPL'];
    return fitting.flatMap((value) => {
      const edit = replaceValue(tag, file, value);
      // The documented meaning, where the file's own license says the same.
      const safe = value === 'Dual MIT/GPL' && all !== undefined;
      return edit ? [{ title: `Change to "${value}"`, safe, edits: [edit] }] : [];
    });
  },
});
