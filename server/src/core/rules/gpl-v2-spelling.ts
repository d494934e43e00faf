import type { LicenseTag } from '../model/module';
import { replaceValue } from './places';
import { defineRule } from './rule';

/** checkpatch's MODULE_LICENSE check: both strings mean the same since they exist. */
export const gplV2Spelling = defineRule<LicenseTag>({
  id: 'gpl-v2-spelling',
  severity: 'hint',
  scope: 'file',
  tag: 'deprecated',
  summary: 'MODULE_LICENSE says "GPL v2" where "GPL" means the same.',

  *check({ file }) {
    for (const tag of file.licenses) {
      if (tag.value !== 'GPL v2' || tag.isCompatible === false) continue;
      yield { at: tag.at, message: 'Prefer "GPL" over "GPL v2" - see commit bf7fbeeae6db', data: tag };
    }
  },

  fix(tag, { file }) {
    const edit = replaceValue(tag, file, 'GPL');
    return edit ? [{ title: 'Change to "GPL"', safe: true, edits: [edit] }] : [];
  },
});
