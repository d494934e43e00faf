import type { Problem } from '../finding';
import { join } from '../path';
import { literal } from './make/value';
import { type MakeCall, readCommands } from './recipes';

/** What a dkms.conf says: it is a shell script, of which only plain assignments are read. */
export interface Dkms {
  readonly calls: readonly MakeCall[];
  /** Modules that it promises for sure, as files without suffix and without their folder. */
  readonly promised: readonly { readonly name: string; readonly problem: Problem }[];
}

const maximumLines = 5_000;

export function readDkms(path: string, text: string, folder: string, release: string): Dkms {
  const values = new Map<string, string>([
    ['dkms_tree', '/var/lib/dkms'],
    ['source_tree', '/usr/src'],
    ['kernel_source_dir', `/lib/modules/${release}/build`],
    ['kernelver', release],
  ]);
  const makes: string[] = [];
  const promised: { name: string; problem: Problem }[] = [];
  let depth = 0;
  // The value of a name that a command answers is not known: `$NAME` stays as it is written.
  for (const { line, start } of logicalLines(text)) {
    if (/^\s*if\b/.test(line)) depth++;
    else if (/^\s*fi\b/.test(line)) depth--;
    const found = /^\s*([A-Za-z_]\w*)(\[[^\]]*\])?=(.*)$/s.exec(line);
    const name = found?.[1];
    if (!found || name === undefined) continue;
    const value = expand(unquote(found[3] ?? ''), values);
    if (name === 'MAKE') makes.push(value);
    else if (name === 'BUILT_MODULE_NAME' && depth <= 0 && !value.includes('$')) {
      const message = `dkms.conf promises the module '${value}', and nothing that was read builds it.`;
      promised.push({ name: value, problem: { message, file: path, span: { start, end: start + line.length } } });
    } else if (found[2] === undefined && !/`|\$\(/.test(found[3] ?? '')) values.set(name, value);
  }
  const build = `/var/lib/dkms/${values.get('PACKAGE_NAME') ?? ''}/${values.get('PACKAGE_VERSION') ?? ''}/build`;
  const source = `/usr/src/${values.get('PACKAGE_NAME') ?? ''}-${values.get('PACKAGE_VERSION') ?? ''}`;
  if (makes.length === 0) makes.push(`make -C /lib/modules/${release}/build M=${build}`);
  // Both at once, with a mark in between: the folder may itself be called like one of them.
  const here = (make: string): string =>
    make
      .replaceAll(build, '\0')
      .replaceAll(source, '\0')
      .replaceAll('\0', () => folder);
  const calls = makes.flatMap((make) => readCommands([literal(here(make))], folder, undefined));
  return { calls, promised };
}

function* logicalLines(text: string): Generator<{ line: string; start: number }> {
  let start = 0;
  for (let count = 0; start < text.length && count < maximumLines; count++) {
    let end = text.indexOf('\n', start);
    while (end > 0 && /\\\r?$/.test(text.slice(Math.max(start, end - 2), end))) end = text.indexOf('\n', end + 1);
    if (end < 0) end = text.length;
    const line = text
      .slice(start, end)
      .replace(/\\\r?\n/g, ' ')
      .trimEnd();
    yield { line, start };
    start = end + 1;
  }
}

function expand(text: string, values: ReadonlyMap<string, string>): string {
  if (text.length > 10_000) return '';
  return text.replace(/\$\{(\w+)\}|\$(\w+)/g, (all, braced, bare) => values.get(braced ?? bare) ?? all);
}

/** The value without its quotes and without a comment behind it; in double quotes a backslash keeps a quote as it is. */
function unquote(text: string): string {
  const double = /^\s*"((?:[^"\\]|\\.)*)/s.exec(text)?.[1];
  if (double !== undefined) return double.replace(/\\(["\\])/g, '$1');
  return (/^\s*'([^']*)/.exec(text) ?? /^\s*(\S*)/.exec(text))?.[1] ?? '';
}

export function dkmsPath(folder: string): string {
  return join(folder, 'dkms.conf');
}
