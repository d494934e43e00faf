import { distance } from 'fastest-levenshtein';
import type { Module, SourceFile } from '../model/module';
import { type Alternatives, allowsGpl, alternatives, besidesGpl, combine, type Family } from './license-families';

/** A string to offer; `safe` if it says what the author said already, only spelled as the kernel compares it. */
export interface Offer {
  readonly value: string;
  readonly safe: boolean;
}

/** What is known of a `MODULE_LICENSE` string from its words. */
export interface LicenseReading {
  /** Licenses the author offers, any one of them; empty if the string is not understood. */
  readonly families: ReadonlySet<Family>;
  /** Whether the author surely meant a string of the kernel's list. */
  readonly isNearMiss: boolean;
  /** What to write instead, the nearest first. */
  readonly offers: readonly Offer[];
}

/** The dual strings of the kernel's list, by the license beside the GPL. */
const dual: ReadonlyMap<Family, string> = new Map([
  ['bsd', 'Dual BSD/GPL'],
  ['mit', 'Dual MIT/GPL'],
  ['mpl', 'Dual MPL/GPL'],
]);

/** Longer strings are no license anybody has heard of. */
const maximumLength = 256;

/** What the documented strings offer; the historic "additional rights" are those of the MIT license. */
const documented: ReadonlyMap<string, readonly Family[]> = new Map([
  ['GPL', ['gpl']],
  ['GPL v2', ['gpl']],
  ['GPL and additional rights', ['gpl', 'mit']],
  ['Dual BSD/GPL', ['gpl', 'bsd']],
  ['Dual MIT/GPL', ['gpl', 'mit']],
  ['Dual MPL/GPL', ['gpl', 'mpl']],
  ['Proprietary', ['private']],
]);

/** Words for licenses, once case, blanks and punctuation are gone. */
const words: readonly (readonly [RegExp, Family])[] = [
  [/^(?:gnu)?(?:gpl|generalpubliclicense)(?:v(?:er(?:sion)?)?)?(?:2(?:0)?)?(?:only|orlater|\+)*$/, 'gpl'],
  [/^(?:gnu)?(?:gpl|generalpubliclicense)(?:v(?:er(?:sion)?)?)?3(?:0)?(?:only|orlater|\+)*$/, 'gpl3'],
  [/^(?:gnu)?lgpl/, 'lgpl'],
  [/^(?:[0234]clause)?bsd(?:[0234]clause)?(?:license)?$/, 'bsd'],
  [/^(?:mit|expat|mitx11|x11)(?:license)?$/, 'mit'],
  [/^mpl(?:v?(?:11|20?))?$/, 'mpl'],
  [/^(?:isc|zlib|unlicense|publicdomain)$/, 'permissive'],
  [/^(?:apache|cddl|epl|eupl|agpl|gnuagpl|openssl|artistic|cecill)/, 'other'],
];

/** SPDX identifiers that say "GPL version 2" as the kernel's "GPL" does. */
const spdxGpl = /^GPL-2\.0(?:\+|-only|-or-later)?$/;

/** Reads a string that is not in the kernel's list. */
export function readLicenseString(value: string, accepted: ReadonlySet<string>): LicenseReading {
  const known = documented.get(value);
  if (known) return { families: new Set(known), isNearMiss: false, offers: [] };
  if (value.length > maximumLength) return { families: new Set(), isNearMiss: false, offers: [] };
  const offers: Offer[] = [];
  const offer = (text: string | undefined, safe = false) => {
    if (text === undefined || (!accepted.has(text) && text !== 'Proprietary')) return;
    if (!offers.some((other) => other.value === text)) offers.push({ value: text, safe });
  };
  const squeezed = squeeze(value);
  const spelled = [...documented.keys()].find((text) => squeeze(text) === squeezed);
  if (spelled !== undefined) {
    offer(spelled === 'GPL v2' ? 'GPL' : spelled, true);
    return { families: new Set(documented.get(spelled)), isNearMiss: accepted.has(spelled), offers };
  }
  if (spdxGpl.test(value)) offer('GPL', true);
  const families = readWords(value);
  const hasGpl = families.has('gpl');
  for (const family of families) if (dual.has(family)) offer(dual.get(family));
  if (hasGpl || families.has('gpl3') || families.has('lgpl')) offer('GPL');
  if (families.size === 0) {
    const close = nearest(value, accepted);
    for (const text of close) offer(text);
    const closest = close[0];
    const isNearMiss = closest !== undefined && closest !== 'Proprietary';
    if (!isNearMiss && value.trim() !== '') offer('Proprietary');
    return { families: new Set(documented.get(closest ?? '')), isNearMiss, offers };
  }
  return { families, isNearMiss: hasGpl || families.has('gpl3'), offers };
}

/** Whether the author of a string that is not accepted surely meant one that is. */
export function isNearMiss(value: string, accepted: ReadonlySet<string>): boolean {
  return readLicenseString(value, accepted).isNearMiss;
}

/** The strings that fit what the SPDX lines of a module's members say together; one safe one if only one fits. */
export function stringsForModule(module: Module): readonly Offer[] {
  let all: Alternatives | undefined;
  for (const member of module.members) {
    const own = spdxAlternatives(member);
    if (!own) continue;
    const next = all ? combine(all, own) : own;
    if (!next) return [];
    all = next;
  }
  return all ? stringsFor(all) : [];
}

/** The strings that fit an SPDX expression. */
export function stringsFor(all: Alternatives): readonly Offer[] {
  const besides = besidesGpl(all);
  const duals = besides.flatMap((family) => dual.get(family) ?? []);
  if (!allowsGpl(all)) {
    if (all.every((one) => one.has('private'))) return [{ value: 'Proprietary', safe: false }];
    // Only the author can add the GPL to a license that lacks it.
    return duals.map((value) => ({ value, safe: false }));
  }
  if (besides.length === 0) return [{ value: 'GPL', safe: all.every((one) => one.has('gpl')) }];
  if (besides.length === 1 && duals[0] !== undefined) return [{ value: duals[0], safe: true }];
  return [...duals, 'GPL'].map((value) => ({ value, safe: false }));
}

/**
 * SPDX expressions that say what a string says, as far as a string says it. `gpl` is the file's own way to say that it
 * is under GPL version 2, where it has one.
 */
export function expressionsFor(value: string, gpl?: string): readonly string[] {
  const choices = (...others: string[]) =>
    others.flatMap((other) => (gpl ? [gpl] : ['GPL-2.0-only', 'GPL-2.0-or-later']).map((own) => `${own} OR ${other}`));
  switch (value) {
    case 'GPL':
    case 'GPL v2':
      return ['GPL-2.0-only', 'GPL-2.0-or-later'];
    case 'GPL and additional rights':
    case 'Dual MIT/GPL':
      return choices('MIT');
    case 'Dual BSD/GPL':
      return choices('BSD-3-Clause', 'BSD-2-Clause');
    case 'Dual MPL/GPL':
      return choices('MPL-2.0', 'MPL-1.1');
    case 'Proprietary':
      return ['LicenseRef-Proprietary'];
    default:
      return [];
  }
}

/** What the SPDX line that counts in a file allows; `undefined` if there is none or it is not understood. */
export function spdxAlternatives(file: SourceFile): Alternatives | undefined {
  return file.spdx?.expression && alternatives(file.spdx.expression);
}

/** Without case, blanks and the quotes that some write into the string. */
function squeeze(value: string): string {
  return value.toLowerCase().replace(/["'\s]+/g, '');
}

/** The families that the words of "Dual MIT/GPLv2" or "GPL-2.0 OR BSD-3-Clause" name; none unless each is known. */
function readWords(value: string): Set<Family> {
  const families = new Set<Family>();
  const parts = value
    .replace(/\bor[ -]later\b|\bor (?:any )?newer\b/gi, '+')
    .split(/\/|,|;|\||&|\bor\b|\band\b|\bdual\b|\blicensed\b/i);
  for (const part of parts) {
    const word = part.toLowerCase().replace(/[^a-z0-9+]+/g, '');
    if (word === '') continue;
    const family = words.find(([pattern]) => pattern.test(word))?.[1];
    if (!family) return new Set();
    families.add(family);
  }
  return families;
}

/** Accepted strings a slip of the finger away. Two short names of licenses are never taken for each other. */
function nearest(value: string, accepted: ReadonlySet<string>): string[] {
  if (value.length > 64) return [];
  const wanted = squeeze(value);
  return [...accepted, 'Proprietary']
    .map((text) => ({ text, far: distance(wanted, squeeze(text)) }))
    .filter(({ text, far }) => (text.length <= 6 ? haveSameLetters(wanted, squeeze(text)) : far <= text.length / 4))
    .sort((a, b) => a.far - b.far)
    .map(({ text }) => text);
}

function haveSameLetters(a: string, b: string): boolean {
  const letters = (text: string) => [...new Set(text)].sort().join('');
  return Math.abs(a.length - b.length) <= 1 && letters(a) === letters(b);
}
