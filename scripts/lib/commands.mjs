// What `.foo.o.cmd` files of a real build say of the preprocessor.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Every `.cmd` file of an object below a folder: the object's path and the words of its command. */
export function* commandFiles(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* commandFiles(path);
    const name = /^\.([^.].*\.o)\.cmd$/.exec(entry.name)?.[1];
    if (!name || name.endsWith('.mod.o')) continue;
    const command = /^(?:saved)?cmd_\S+ := (.*)$/m.exec(readFileSync(path, 'utf8'))?.[1] ?? '';
    const words = shellWords(
      command
        .split(/ ; |; \.\//)[0]
        .replaceAll('$(pound)', '#')
        .replaceAll('$$', '$'),
    );
    if (words.includes('-c')) yield { object: join(folder, name), words };
  }
}

/** Words as the shell makes them. */
export function shellWords(text) {
  const words = [];
  const pattern = /(?:[^\s'"\\]|\\.|'[^']*'|"(?:[^"\\]|\\.)*")+/g;
  for (const [word] of text.matchAll(pattern)) {
    words.push(
      word.replace(
        /\\(.)|'([^']*)'|"((?:[^"\\]|\\.)*)"/g,
        (_, escaped, single, double) => escaped ?? single ?? double.replace(/\\(.)/g, '$1'),
      ),
    );
  }
  return words;
}

const withValue = ['-isystem', '-idirafter', '-iquote', '-include', '-imacros', '-D', '-U', '-I'];

/** The flags of a command that concern the preprocessor, in order, paths absolute. */
export function preprocessorWords(words, cwd) {
  const found = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    const option = withValue.find((each) => word.startsWith(each));
    if (!option) {
      if (word === '-nostdinc' || word === '-undef') found.push(word);
      continue;
    }
    const value = word.length > option.length ? word.slice(option.length) : words[++at];
    const isPath =
      !/^-[DU]$/.test(option) && (!/^-i(?:nclude|macros)$/.test(option) || existsSync(resolve(cwd, value)));
    found.push(`${option} ${isPath ? resolve(cwd, value) : value}`);
  }
  return found;
}
