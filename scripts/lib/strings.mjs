// The strings of the client that are shown, as `l10n.t('…')` says them.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const call = /\bl10n\.t\(\s*('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")?/g;

/** Each string once, sorted; throws where the argument is no literal. */
export function shownStrings(folder) {
  const found = new Set();
  for (const name of readdirSync(folder)) {
    for (const [, literal] of readFileSync(join(folder, name), 'utf8').matchAll(call)) {
      if (!literal) throw new Error(`${name}: the argument of l10n.t() must be a string literal`);
      found.add(unquote(literal));
    }
  }
  return [...found].sort();
}

function unquote(literal) {
  return literal.slice(1, -1).replace(/\\(.)/g, (_, character) => (character === 'n' ? '\n' : character));
}
