import { dirname, isInside, join } from '../path';
import type { MadeHeader } from './build';
import type { KbuildCall } from './kbuildscope';
import { matchPattern } from './make/pattern';
import type { Scope } from './make/scope';
import { locationOf, words } from './make/value';
import type { Reading } from './reading';

/** What the rules of a folder's makefile make to be included, and that Kbuild's own rules make from what lies there. */
export function madeHeaders(reading: Reading, call: KbuildCall, scope: Scope, makefile: string): MadeHeader[] {
  const lists = ['targets', 'clean-files'].flatMap((name) => words(scope.value(name)));
  const made = [...scope.targets, ...lists]
    .filter((target) => !target.unknown && /^[^%].*\.(?:[ch]|inc)$/.test(target.text))
    .map((target) => {
      const isBelow = target.text.startsWith(`${call.obj}/`);
      const path = join(call.path, isBelow ? target.text.slice(call.obj.length + 1) : target.text);
      return { path, at: locationOf(target) ?? { file: makefile } };
    });
  for (const name of reading.files.list(call.path)) {
    const source = join(call.path, name);
    if (name.endsWith('.asn1')) made.push({ path: `${source}.h`, at: { file: source } });
    else if (name.endsWith('.y')) made.push({ path: `${source.slice(0, -2)}.tab.h`, at: { file: source } });
  }
  return made.filter(({ path }) => isInside(path, reading.folder));
}

/** The rule that makes the header which is looked for in these folders. */
export function makerOf(name: string, folders: readonly string[], made: readonly MadeHeader[]): MadeHeader | undefined {
  const paths = folders.map((folder) => join(folder, name));
  return made.find((header) => paths.some((path) => matchPattern(path, header.path) !== undefined));
}

/** The made headers that a unit may look for: those below its own folder or a folder that it searches. */
export function nearby(made: readonly MadeHeader[], folders: readonly string[]): MadeHeader[] {
  return made.filter(({ path }) => folders.some((folder) => isInside(dirname(path), folder)));
}
