import type { SourceFile } from '../model/module';
import { basename } from '../path';
import type { LicenseNotice } from '../syntax/facts';
import type { Span } from '../text';
import { excludesGpl } from './license-families';
import { spdxAlternatives } from './licenses';
import { compatibleNotes } from './notes';
import { defineRule } from './rule';

/**
 * A module is one work: its string speaks for all that is linked into it. A file with a MODULE_LICENSE of its own is
 * spdx-license-mismatch's.
 */
export const gplIncompatibleSource = defineRule<undefined>({
  id: 'gpl-incompatible-source',
  severity: 'warning',
  scope: 'module',
  summary: 'A module that says GPL contains a file under a license that cannot be combined with version 2 of the GPL.',

  *check(module) {
    if (module.verdict !== 'compatible') return;
    for (const file of module.files) {
      const clash = clashOf(file);
      if (!clash) continue;
      const message = `${module.name}.ko declares a license compatible with the GPL and contains '${basename(file.path)}', which ${clash.why}: that cannot be combined with version 2 of the GPL`;
      yield { at: { file: file.path, span: clash.span }, message, related: compatibleNotes(module), data: undefined };
    }
  },
});

function clashOf(file: SourceFile): { readonly why: string; readonly span: Span } | undefined {
  if (file.spdx) {
    const all = spdxAlternatives(file);
    if (!all || !excludesGpl(all) || file.licenses.length > 0) return undefined;
    // An identifier that somebody made tells at most by its name what it stands for.
    if (/LicenseRef-/.test(file.spdx.text) && !/proprietary|confidential|commercial/i.test(file.spdx.text))
      return undefined;
    return { why: `is under ${file.spdx.text}`, span: file.spdx.span };
  }
  const notice = file.facts.notices.find(({ kind }) => named.has(kind));
  return notice && { why: `is under the ${named.get(notice.kind)} by its text`, span: notice.span };
}

const named: ReadonlyMap<LicenseNotice['kind'], string> = new Map([
  ['GPL-3.0', 'GNU General Public License, version 3'],
  ['AGPL-3.0', 'GNU Affero General Public License'],
  ['Apache-2.0', 'Apache License, version 2.0'],
  ['CDDL', 'Common Development and Distribution License'],
]);
