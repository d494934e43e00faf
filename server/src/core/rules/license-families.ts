import type { SpdxExpression } from '../syntax/facts';

/**
 * Kinds of license, as coarse as the kernel's own strings are. `permissive` are licenses without a string of their own
 * that GPL version 2 code may take in (ISC, Zlib); `other` are those that it may not; `private` is `LicenseRef-…` and
 * "Proprietary"; of `unknown` ones nothing is claimed.
 */
export type Family = 'gpl' | 'gpl3' | 'lgpl' | 'bsd' | 'mit' | 'mpl' | 'permissive' | 'other' | 'private' | 'unknown';

/** What a license expression allows: any one of the alternatives, each of which asks for all of its families. */
export type Alternatives = readonly ReadonlySet<Family>[];

/** More alternatives than this are not weighed: nothing is claimed. */
const maximumAlternatives = 64;

const identifiers: readonly (readonly [RegExp, Family])[] = [
  [/^GPL-2\.0(?:-only|-or-later)?$/, 'gpl'],
  [/^GPL-1\.0-or-later$/, 'gpl'],
  [/^GPL-3\.0(?:-only|-or-later)?$/, 'gpl3'],
  [/^LGPL-/, 'lgpl'],
  [/^(?:0BSD|BSD-[123]-Clause(?:-\w+)*|Linux-OpenIB)$/, 'bsd'],
  [/^(?:MIT|MIT-0|X11)$/, 'mit'],
  [/^MPL-(?:1\.1|2\.0)$/, 'mpl'],
  [/^(?:ISC|Zlib|CC0-1\.0|Unlicense)$/, 'permissive'],
  [/^(?:AGPL|Apache|APSL|CDDL|CECILL-(?:B|C)|CPL|EPL|MS-(?:PL|RL)|MPL-1\.0|BSD-4-Clause|OpenSSL)\b/, 'other'],
  [/^LicenseRef-/, 'private'],
];

/** The alternatives of an SPDX expression; `undefined` if there are too many to weigh. */
export function alternatives(expression: SpdxExpression): Alternatives | undefined {
  if ('license' in expression) return [new Set([family(expression)])];
  const left = alternatives(expression.left);
  const right = alternatives(expression.right);
  return left && right && (expression.conjunction === 'or' ? bounded([...left, ...right]) : combine(left, right));
}

/** What two works may be distributed under together. */
export function combine(left: Alternatives, right: Alternatives): Alternatives | undefined {
  if (left.length * right.length > maximumAlternatives) return undefined;
  return left.flatMap((a) => right.map((b) => new Set([...a, ...b])));
}

/** Licenses whose code GPL version 2 code may take in. */
const mixesWithGpl: ReadonlySet<Family> = new Set(['gpl', 'lgpl', 'bsd', 'mit', 'mpl', 'permissive']);

/** Whether one alternative is GPL version 2, perhaps with parts under licenses that mix with it. */
export function allowsGpl(all: Alternatives): boolean {
  return all.some((one) => one.has('gpl') && isMixable(one));
}

/** Whether every alternative is free of the GPL and mixes with it: MIT, BSD, ISC, and no other kind. */
export function isPermissive(all: Alternatives): boolean {
  return all.every((one) => !one.has('gpl') && isMixable(one));
}

/** The families of the alternatives that do without the GPL, those of one family only. */
export function besidesGpl(all: Alternatives): Family[] {
  const found = new Set<Family>();
  for (const one of all) {
    const [only] = one;
    if (one.size === 1 && only !== undefined && only !== 'gpl') found.add(only);
  }
  return [...found];
}

/** Whether each license is one whose terms are known here. */
export function isUnderstood(all: Alternatives): boolean {
  return all.every((one) => !one.has('unknown'));
}

/** Whether there is no way round a GPL. */
export function demandsGpl(all: Alternatives): boolean {
  return all.every((one) => one.has('gpl') || one.has('gpl3'));
}

/** Whether every alternative asks for a license whose code GPL version 2 code may not take in. */
export function excludesGpl(all: Alternatives): boolean {
  const excluding: readonly Family[] = ['gpl3', 'other', 'private'];
  return all.every((one) => excluding.some((family) => one.has(family)));
}

function isMixable(one: ReadonlySet<Family>): boolean {
  return [...one].every((family) => mixesWithGpl.has(family));
}

function family({ license, plus }: { readonly license: string; readonly plus: boolean }): Family {
  if (license === 'GPL-1.0' && plus) return 'gpl';
  return identifiers.find(([pattern]) => pattern.test(license))?.[1] ?? 'unknown';
}

function bounded(all: Alternatives): Alternatives | undefined {
  return all.length > maximumAlternatives ? undefined : all;
}
