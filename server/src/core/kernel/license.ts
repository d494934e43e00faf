import type { Problem } from '../finding';

/** A `MODULE_LICENSE` string that the kernel documents [Documentation/process/license-rules.rst]. */
export interface LicenseString {
  readonly value: string;
  readonly isCompatible: boolean;
  /** One sentence, without the string itself. */
  readonly meaning: string;
  /** Still understood, but not for new code. */
  readonly isHistoric: boolean;
}

/** Every documented string, the usual ones first. Where a tree's own license.h differs, the tree wins. */
export const licenseStrings: readonly LicenseString[] = [
  {
    value: 'GPL',
    isCompatible: true,
    meaning: 'GPL version 2; says nothing of "only" or "or later", which is the SPDX tag\'s to say.',
    isHistoric: false,
  },
  {
    value: 'Dual MIT/GPL',
    isCompatible: true,
    meaning: 'The choice between GPL version 2 and the MIT license.',
    isHistoric: false,
  },
  {
    value: 'Dual BSD/GPL',
    isCompatible: true,
    meaning: 'The choice between GPL version 2 and a BSD license; which one is said in the source files.',
    isHistoric: false,
  },
  {
    value: 'Dual MPL/GPL',
    isCompatible: true,
    meaning: 'The choice between GPL version 2 and the Mozilla Public License.',
    isHistoric: false,
  },
  {
    value: 'GPL v2',
    isCompatible: true,
    meaning: 'The same as "GPL", kept for historic reasons.',
    isHistoric: true,
  },
  {
    value: 'GPL and additional rights',
    isCompatible: true,
    meaning: 'GPL version 2 with additional rights, which are said in the source files; not for new code.',
    isHistoric: true,
  },
  {
    value: 'Proprietary',
    isCompatible: false,
    meaning: 'A proprietary license; never for a module inside the kernel tree.',
    isHistoric: false,
  },
];

/** The documented strings as a kernel judges them, then those that only this kernel's tree accepts. */
export function licenseStringsOf(accepted: ReadonlySet<string>): readonly LicenseString[] {
  const known = licenseStrings.map((one) => ({ ...one, isCompatible: accepted.has(one.value) }));
  const meaning = "Accepted by this kernel's own license.h.";
  const own = [...accepted].filter((value) => !licenseStrings.some((one) => one.value === value));
  return [...known, ...own.map((value) => ({ value, isCompatible: true, meaning, isHistoric: false }))];
}

/** What `license_is_gpl_compatible` accepts in an unpatched kernel. */
export const knownCompatibleLicenses: ReadonlySet<string> = new Set(
  licenseStrings.filter((one) => one.isCompatible).map((one) => one.value),
);

/**
 * The strings that a tree's include/linux/license.h accepts. Only chains of comparisons with literals are understood;
 * for anything else (vendors patch this function) the known strings are taken and a problem says so.
 */
export function parseLicenseHeader(text: string, file: string): { accepted: ReadonlySet<string>; problems: Problem[] } {
  const tokens = bodyOf('license_is_gpl_compatible', tokenize(text.slice(0, longestHeader)));
  const accepted = tokens && acceptedBy(tokens);
  if (accepted) return { accepted, problems: [] };
  const why = tokens ? 'is written in a way that is not understood' : 'was not found';
  const message = `license_is_gpl_compatible() ${why} in '${file}': the license strings of the unpatched kernel are taken.`;
  return { accepted: knownCompatibleLicenses, problems: [{ message, file }] };
}

/** The real one has 700 characters; this only bounds the work on a file that is none. */
const longestHeader = 65536;

const tokenPattern =
  /\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*|"((?:[^"\\\n]|\\[\s\S])*)"|[A-Za-z_]\w*|\d\w*|\|\||&&|[=!<>]=|[^\s]/g;

/** Literals keep their quotes, adjacent ones are joined; comments are dropped. */
function tokenize(text: string): string[] {
  const tokens: string[] = [];
  for (const [token] of text.matchAll(tokenPattern)) {
    if (token.startsWith('/*') || token.startsWith('//')) continue;
    const last = tokens.at(-1);
    if (token.length > 1 && token.startsWith('"') && last?.startsWith('"') && last.length > 1) {
      tokens[tokens.length - 1] = last.slice(0, -1) + token.slice(1);
    } else tokens.push(token);
  }
  return tokens;
}

/** Tokens between the braces of a function's definition. */
function bodyOf(name: string, tokens: readonly string[]): string[] | undefined {
  for (let at = tokens.indexOf(name); at >= 0; at = tokens.indexOf(name, at + 1)) {
    const close = tokens.indexOf(')', at);
    if (tokens[at + 1] !== '(' || close < 0 || tokens[close + 1] !== '{') continue;
    let depth = 1;
    for (let i = close + 2; i < tokens.length; i++) {
      if (tokens[i] === '{') depth++;
      else if (tokens[i] === '}' && --depth === 0) return tokens.slice(close + 2, i);
    }
  }
  return undefined;
}

/** A comparison with a literal, in the notations of `strcmp`, once the parentheses are gone. */
const comparisons: readonly (readonly string[])[] = [
  ['!', 'strcmp', '$name', ',', '$text'],
  ['!', 'strcmp', '$text', ',', '$name'],
  ['strcmp', '$name', ',', '$text', '==', '0'],
  ['strcmp', '$text', ',', '$name', '==', '0'],
  ['0', '==', 'strcmp', '$name', ',', '$text'],
  ['0', '==', 'strcmp', '$text', ',', '$name'],
];

/** Parentheses carry no meaning here: a shape with any operator but `||` is refused. */
function acceptedBy(body: readonly string[]): ReadonlySet<string> | undefined {
  const tokens = body.filter((token) => !['(', ')', '{', '}'].includes(token));
  const accepted = new Set<string>();
  let shape = '';
  for (let i = 0; i < tokens.length; ) {
    const comparison = comparisons.find((one) => one.every((part, k) => fits(part, tokens[i + k])));
    if (!comparison) {
      shape += `${tokens[i]} `;
      i++;
      continue;
    }
    const literal = tokens[i + comparison.indexOf('$text')] ?? '';
    if (literal.includes('\\')) return undefined;
    accepted.add(literal.slice(1, -1));
    shape += 'T ';
    i += comparison.length;
  }
  const chain = 'T (?:\\|\\| T )*';
  const whole = new RegExp(`^(?:if ${chain}return (?:1|true) ; )*return (?:${chain}|0 |false ); $`);
  return accepted.size > 0 && whole.test(shape) ? accepted : undefined;
}

function fits(part: string, token: string | undefined): boolean {
  if (token === undefined) return false;
  if (part === '$text') return token.length > 1 && token.startsWith('"');
  if (part === '$name') return /^[A-Za-z_]/.test(token);
  return part === token;
}
