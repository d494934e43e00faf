import { isAtLeast } from '../kernel/kernel';
import { stringsForModule } from './licenses';
import { insertTag, mainMember, tagPlace } from './places';
import { defineRule } from './rule';

/** What is offered where no SPDX line says what the author wants. */
const usual = ['GPL', 'Dual MIT/GPL', 'Dual BSD/GPL', 'Proprietary'];

/** modpost's read_symbols: a module without a `license=` entry is an error of its own since 5.11. */
export const missingModuleLicense = defineRule<undefined>({
  id: 'missing-module-license',
  severity: 'error',
  scope: 'module',
  summary: 'A module has no MODULE_LICENSE.',

  *check(module, kernel) {
    // A source that could not be read may well hold the tag.
    if (module.verdict !== 'missing' || module.licenses.length > 0 || module.unreadMembers.length > 0) return;
    const member = mainMember(module);
    if (!member) return;
    const match = { at: tagPlace(member), message: `missing MODULE_LICENSE() in ${module.name}.o`, data: undefined };
    yield isAtLeast(kernel.version, 5, 11) === false ? { ...match, severity: 'warning' } : match;
  },

  fix(_, module) {
    const member = mainMember(module);
    if (!member) return [];
    const fitting = stringsForModule(module);
    const offers = fitting.length > 0 ? fitting : usual.map((value) => ({ value, safe: false }));
    return offers.flatMap(({ value, safe }) => {
      const line = `MODULE_LICENSE("${value}");`;
      const edit = insertTag(member, line);
      return edit ? [{ title: `Add ${line}`, safe, edits: [edit] }] : [];
    });
  },
});
