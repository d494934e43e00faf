import { isAtLeast } from '../kernel/kernel';
import type { Module } from '../model/module';
import { insertTag, mainMember, tagPlace } from './places';
import { defineRule } from './rule';

/** modpost's read_symbols: with W=1 since 6.6, in every build since 6.15. */
export const missingModuleDescription = defineRule<undefined>({
  id: 'missing-module-description',
  severity: 'warning',
  scope: 'module',
  summary: 'A module has no MODULE_DESCRIPTION; modpost warns of it from Linux 6.15 on.',

  *check(module, kernel) {
    // A source that could not be read may well hold the tag.
    if (module.descriptions.length > 0 || module.unreadMembers.length > 0 || mayDescribe(module)) return;
    const member = mainMember(module);
    if (!member) return;
    const message = `missing MODULE_DESCRIPTION() in ${module.name}.o`;
    const match = { at: tagPlace(member), message, data: undefined };
    yield isAtLeast(kernel.version, 6, 15) ? match : { ...match, severity: 'hint' };
  },

  fix(_, module) {
    const member = mainMember(module);
    const line = `MODULE_DESCRIPTION("${module.name} kernel module");`;
    const edit = member && insertTag(member, line);
    return edit ? [{ title: `Add ${line}`, safe: false, edits: [edit] }] : [];
  },
});

/** Whether a macro that a header of the kernel defines is given a text, as IP_SET_MODULE_DESC is: it may make a description. */
function mayDescribe({ files }: Module): boolean {
  const own = new Set(files.flatMap((file) => file.facts.macros.map(({ name }) => name)));
  return files.some((file) =>
    file.facts.invocations.some(
      (call) =>
        !call.name.startsWith('MODULE_') &&
        !own.has(call.name) &&
        call.arguments.some(({ pieces }) => pieces.some(({ kind }) => kind === 'string')),
    ),
  );
}
