import { basename } from '../path';
import { compatibleNotes } from './notes';
import { defineRule } from './rule';

/** The words on top of a file are a license too; where they grant anything, nothing is claimed. */
export const licenseTextMismatch = defineRule<undefined>({
  id: 'license-text-mismatch',
  severity: 'warning',
  scope: 'module',
  summary: 'A file of a module that says GPL calls itself proprietary or confidential in its first comments.',

  *check(module) {
    if (module.verdict !== 'compatible') return;
    for (const file of module.files) {
      for (const { kind, span } of file.facts.notices) {
        if (kind !== 'proprietary') continue;
        const message = `${module.name}.ko declares a license compatible with the GPL, and the text of '${basename(file.path)}' says that the file is proprietary`;
        yield { at: { file: file.path, span }, message, related: compatibleNotes(module), data: undefined };
      }
    }
  },
});
