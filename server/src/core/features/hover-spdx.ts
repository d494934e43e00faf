import type { SourceFile } from '../model/module';
import { type Alternatives, allowsGpl, alternatives, isPermissive, isUnderstood } from '../rules/license-families';
import { stringsFor } from '../rules/licenses';
import type { SpdxTag } from '../syntax/facts';
import { parseSpdx } from '../syntax/spdx';
import { exceptionIds, isKernelException, type KernelPlace, spdxLicense } from '../syntax/spdx-list';
import type { Hover } from './hover';
import { code } from './markdown';
import { contains } from './place';

/** An identifier in an SPDX line: its name, and how its license goes together with the GPL. */
export function hoverSpdx({ facts }: SourceFile, offset: number): Hover | undefined {
  const tag = facts.spdx.find(({ span }) => contains(span, offset));
  if (!tag) return undefined;
  const word = wordAt(tag, offset);
  const lines = [...(word ? describeWord(word.text) : []), ...describeWhole(tag)];
  return lines.length === 0 ? undefined : { span: word?.span ?? tag.span, markdown: lines.join('\n\n') };
}

function wordAt({ text, span }: SpdxTag, offset: number) {
  for (const match of text.matchAll(/[\w.+-]+/g)) {
    const start = span.start + match.index;
    const end = start + match[0].length;
    if (start <= offset && offset <= end) return { text: match[0], span: { start, end } };
  }
  return undefined;
}

function describeWord(word: string): string[] {
  if (/^(?:AND|OR|WITH)$/i.test(word)) return [];
  if (word.startsWith('LicenseRef-')) {
    return [`${code(word)} is a license outside of the SPDX list; who uses the file must find its text elsewhere.`];
  }
  if (exceptionIds.includes(word)) {
    const inKernel = isKernelException(word) ? ' The kernel has its text in `LICENSES/exceptions`.' : '';
    return [`${code(word)} is an exception to a license.${inKernel}`];
  }
  const found = spdxLicense(word) ?? spdxLicense(word.replace(/\+$/, ''));
  if (!found) return [`${code(word)} is not in the SPDX list.`];
  const { name, isOsiApproved, isDeprecated, kernel } = found;
  const facts = [
    ...(isOsiApproved === undefined ? [] : [isOsiApproved ? 'OSI-approved' : 'not OSI-approved']),
    ...(isDeprecated ? ['the SPDX list has a newer identifier for it'] : []),
    ...(kernel ? [inKernel[kernel]] : ['the kernel has no text of it']),
  ];
  const judged = judge(word);
  return [
    `${code(word)}${name === undefined ? '' : `: **${name.replace(/[*_`[\]<>\\]/g, '')}**`}`,
    `${capital(facts.join('; '))}.`,
    ...(judged ? [judged] : []),
  ];
}

const inKernel: Readonly<Record<KernelPlace, string>> = {
  preferred: 'one of the licenses that the kernel prefers',
  dual: 'in the kernel only beside a license that is compatible with GPL version 2',
  deprecated: 'in the kernel only for code that exists',
};

function judge(word: string): string | undefined {
  const all = alternativesOf(word);
  if (!all || !isUnderstood(all)) return undefined;
  if (allowsGpl(all)) return 'It is GPL version 2, as the kernel itself.';
  if (isPermissive(all)) return 'Code under it can become part of a work under GPL version 2.';
  return 'Code under it alone cannot become part of a work under GPL version 2.';
}

/** What MODULE_LICENSE may say of a file with such a line. */
function describeWhole({ text, expression }: SpdxTag): string[] {
  if (!expression) return [`${code(text)} is no SPDX expression that could be understood.`];
  const all = alternatives(expression);
  if (!all || !isUnderstood(all)) return [];
  const strings = stringsFor(all).map(({ value }) => code(`MODULE_LICENSE("${value}")`));
  return strings.length === 0 ? [] : [`Goes with ${strings.join(' or ')}.`];
}

function alternativesOf(text: string): Alternatives | undefined {
  const expression = parseSpdx(text);
  return expression && alternatives(expression);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
