import type { Edit, Fix } from '../finding';
import type { Kernel } from '../kernel/kernel';
import type { LicenseTag, Module, SourceFile } from '../model/module';
import type { SpdxTag } from '../syntax/facts';
import { type Alternatives, besidesGpl, demandsGpl, type Family, isPermissive, isUnderstood } from './license-families';
import { expressionsFor, readLicenseString, spdxAlternatives, stringsFor } from './licenses';
import { replaceValue } from './places';
import { defineRule, type FileSubject } from './rule';

interface Data {
  readonly tag: LicenseTag;
  readonly spdx: SpdxTag;
  readonly allowed: Alternatives;
}

/**
 * Compares the two lines of one file only: a module may well contain files under licenses that mix with its own, and
 * choosing one side of a dual license is everybody's right.
 */
export const spdxLicenseMismatch = defineRule<Data>({
  id: 'spdx-license-mismatch',
  severity: 'warning',
  scope: 'file',
  summary: 'The SPDX line of a file and its MODULE_LICENSE contradict each other.',

  *check(subject, kernel) {
    const { file } = subject;
    const allowed = spdxAlternatives(file);
    if (!file.spdx || !allowed) return;
    for (const tag of file.licenses) {
      const why = contradiction(tag, allowed, subject, kernel);
      if (why === undefined) continue;
      yield {
        at: tag.at,
        message: `MODULE_LICENSE says "${tag.value}", SPDX-License-Identifier says '${file.spdx.text}': ${why}`,
        related: [{ message: 'the license of the file', at: { file: file.path, span: file.spdx.span } }],
        data: { tag, spdx: file.spdx, allowed },
      };
    }
  },

  fix({ tag, spdx, allowed }, { file }) {
    const strings = stringsFor(allowed).flatMap(({ value }) =>
      fix(`Change MODULE_LICENSE to "${value}"`, value === tag.value ? undefined : replaceValue(tag, file, value)),
    );
    const isSingle = spdx.expression && 'license' in spdx.expression && allowed.some((one) => one.has('gpl'));
    const expressions = expressionsFor(tag.value ?? '', isSingle ? spdx.text : undefined).flatMap((text) =>
      fix(`Change SPDX-License-Identifier to ${text}`, { file: file.path, span: spdx.span, newText: text }),
    );
    return [...strings, ...expressions];
  },
});

/** Both ways change what the author says of the license, so neither is safe. */
function fix(title: string, edit: Edit | undefined): Fix[] {
  return edit ? [{ title, safe: false, edits: [edit] }] : [];
}

const names: ReadonlyMap<Family, string> = new Map([
  ['bsd', 'a BSD license'],
  ['mit', 'the MIT license'],
  ['mpl', 'the MPL'],
]);

/** Whether a tag and the SPDX line of its file contradict each other. */
export function contradicts(tag: LicenseTag, subject: FileSubject, kernel: Kernel): boolean {
  const allowed = spdxAlternatives(subject.file);
  return allowed !== undefined && contradiction(tag, allowed, subject, kernel) !== undefined;
}

/** Why the file's license does not fit what the string offers; `undefined` if it does or nothing is known. */
function contradiction(
  { value, at }: LicenseTag,
  allowed: Alternatives,
  subject: FileSubject,
  kernel: Kernel,
): string | undefined {
  if (value === undefined || at.file !== subject.file.path) return undefined;
  const offered = readLicenseString(value, kernel.compatibleLicenses).families;
  // The LGPL lets everybody choose the GPL instead.
  if (offered.size === 0 || !isUnderstood(allowed) || allowed.some((one) => one.has('lgpl'))) return undefined;
  if (!offered.has('gpl')) {
    if (offered.has('gpl3') || offered.has('lgpl') || !demandsGpl(allowed)) return undefined;
    return 'the file is under the GPL';
  }
  if (isPermissive(allowed)) {
    // Such a file may be part of a GPL module, unless all the others are permissive too.
    return offered.size === 1 && subject.modules.length > 0 && subject.modules.every(isWhollyPermissive)
      ? 'no file of the module is under the GPL'
      : undefined;
  }
  if (!allowed.some((one) => one.has('gpl'))) return 'the file is not under version 2 of the GPL';
  const besides = besidesGpl(allowed);
  for (const family of offered) {
    const name = names.get(family);
    if (!name || besides.includes(family)) continue;
    // ISC and its like are called BSD licenses in the kernel.
    if (family === 'bsd' && besides.includes('permissive')) continue;
    if (allowed.some((one) => !one.has('gpl') && one.size > 1)) continue;
    return `the file is not under ${name}`;
  }
  return undefined;
}

function isWhollyPermissive(module: Module): boolean {
  return (
    module.unreadMembers.length === 0 &&
    module.files.every((file: SourceFile) => {
      const all = spdxAlternatives(file);
      return all !== undefined && isPermissive(all);
    })
  );
}
