// The modules' own text, read as plainly as possible: this is the other opinion, so it shares no code with the product.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Identifiers of a module's sources and of all headers below `folder`, outside comments and strings. */
export function directNames(folder, members) {
  const names = new Set();
  for (const file of sources(folder)) {
    if (!file.endsWith('.h') && !members.includes(relative(folder, file))) continue;
    const text = readFileSync(file, 'latin1').replace(/\/\*.*?\*\/|\/\/[^\n]*|"(?:\\.|[^"\\\n])*"/gs, ' ');
    for (const [name] of text.matchAll(/[A-Za-z_]\w*/g)) names.add(name);
  }
  return names;
}

/** Declares every module below a folder proprietary; how many declarations were changed. */
export function makeProprietary(folder) {
  let changed = 0;
  for (const file of sources(folder)) {
    const text = readFileSync(file, 'latin1');
    const turned = text.replace(/(MODULE_LICENSE\s*\(\s*)(?:"[^"\n]*"|[A-Z]\w*(?=\s*\)\s*;))/g, (_, head) => {
      changed++;
      return `${head}"Proprietary"`;
    });
    if (turned !== text) writeFileSync(file, turned, 'latin1');
  }
  return changed;
}

function sources(folder) {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && /\.[ch]$/.test(entry.name) && !entry.name.endsWith('.mod.c'))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}
