import { defineRule } from './rule';

/** Says where nothing can be said: every claim about a license needs the string that ends up in the module. */
export const unresolvedLicenseArgument = defineRule<undefined>({
  id: 'unresolved-license-argument',
  severity: 'info',
  scope: 'file',
  summary: 'The argument of a MODULE_LICENSE cannot be resolved to a string, so nothing is known of the license.',

  *check({ file, modules }) {
    if (modules.length === 0) return;
    for (const tag of file.licenses) {
      if (tag.value !== undefined) continue;
      const what = tag.text === '' ? 'an empty MODULE_LICENSE' : `the license '${shortened(tag.text)}'`;
      const message = `${what} cannot be resolved to one string: whether it is compatible with the GPL is not known`;
      yield { at: tag.at, message, data: undefined };
    }
  },
});

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
