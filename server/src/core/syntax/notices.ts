import type { LicenseNotice } from './facts';
import type { Comments } from './lexer';
import { parseSpdx } from './spdx';

/** Only comments that begin here are read: what may be done with a file is said at its top. */
const furthest = 4096;
const longestComment = 16_384;

/** A pattern in which a blank is whatever may stand between two words of a comment, line ends and stars included. */
function words(...texts: readonly string[]): RegExp {
  return new RegExp(texts.join('|').replaceAll(' ', '[\\s*/#]+'), 'i');
}

/** Every notice has one of these; hardly any other comment does. */
const hint = /propriet|confidential|trade secret|unauthori[sz]ed|affero|version 3|apache|and distribution license/i;

const kinds: readonly (readonly [LicenseNotice['kind'], RegExp])[] = [
  [
    'proprietary',
    words(
      '(?:proprietary (?:and|&) confidential|confidential (?:and|&) proprietary)',
      '(?:confidential|proprietary) information of',
      'trade secrets? of',
      'unauthori[sz]ed (?:copying|reproduction|distribution)[^.;]{0,120} prohibited',
    ),
  ],
  ['AGPL-3.0', words('gnu affero general public license')],
  ['GPL-3.0', words('general public license[^;]{0,200} version 3 of the license')],
  ['Apache-2.0', words('under the apache license,? version 2')],
  ['CDDL', words('common development and distribution license')],
];

/** A second license: whether it holds beside the first or instead of it, a search for words cannot tell. */
const otherLicense = words(
  'redistribution and use in source',
  'permission is hereby granted',
  'permission to use, copy',
  'alternatively',
  'dual[ -]licensed?',
  'either license',
  'version 2 of the license',
  'public license,? version 2',
  'gplv?-?2',
  'lesser general public license',
);
/** A file whose text grants anything is not all secret. */
const anyGrant = words('general public license', 'licensed under', 'released under', '\\bgpl');

/** What the comments on top of a file say of its license in words. At most one: the first that nothing weakens. */
export function licenseNotices({ text, commentCount, commentStart, commentEnd }: Comments): LicenseNotice[] {
  let found: LicenseNotice | undefined;
  let all = '';
  for (let i = 0; i < commentCount; i++) {
    const start = commentStart[i] as number;
    if (start > furthest) break;
    const comment = text.slice(start, Math.min(commentEnd[i] as number, start + longestComment));
    all += `${comment}\n`;
    if (found || !hint.test(comment)) continue;
    for (const [kind, pattern] of kinds) {
      const match = pattern.exec(comment);
      if (!match) continue;
      const from = start + match.index;
      found = { kind, span: { start: from, end: from + match[0].length } };
      break;
    }
  }
  if (!found) return [];
  const prose = all.replace(/SPDX-License-Identifier:[^\n]*/g, '');
  const isWeak = otherLicense.test(prose) || (found.kind === 'proprietary' && anyGrant.test(prose));
  return isWeak ? [] : [found];
}

const almostTag = /^[ \t]*(?:\/\/+|\/?\*+|#+)[ \t]*(SPDX[ _-]?Licen[cs]e[ _-]?\w{0,16}[ \t]{0,4}[:=]?)([^\r\n]*)$/gim;

/** Tags of a text without any that are not spelled `SPDX-License-Identifier:`, with an expression behind them. */
export function misspeltTags(text: string): LicenseNotice[] {
  const top = text.slice(0, furthest);
  if (!/spdx/i.test(top)) return [];
  const found: LicenseNotice[] = [];
  for (const match of top.matchAll(almostTag)) {
    const [line, tag = '', rest = ''] = match;
    if (parseSpdx(rest.replace(/\*\/[ \t]*$/, '')) === undefined) continue;
    const start = match.index + line.length - rest.length - tag.length;
    found.push({ kind: 'misspelt-spdx', span: { start, end: start + tag.trimEnd().length } });
  }
  return found;
}
