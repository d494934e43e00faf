import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { extractFacts } from '../../server/src/core/syntax/extract';
import { LineMap } from '../../server/src/core/text';

/** A line that begins with an export macro and opens its arguments, as a plain search finds it. */
const exportLine = /^[ \t]*(EXPORT_(?:[A-Z]+_)*SYMBOL\w*)[ \t]*\(/;

export interface ExportCount {
  readonly files: number;
  readonly bytes: number;
  /** Of extracting the facts, reading aside. */
  readonly seconds: number;
  readonly lines: number;
  readonly found: number;
  /** `file:line: text` of each that the extraction did not find. */
  readonly missed: readonly string[];
}

/** Compares the export invocations of every C file below a folder with a plain search of its lines. */
export function countExports(root: string): ExportCount {
  let [files, bytes, seconds, lines, found] = [0, 0, 0, 0, 0];
  const missed: string[] = [];
  for (const path of sources(root)) {
    const text = readFileSync(path, 'latin1');
    const start = performance.now();
    const facts = extractFacts(path, text);
    seconds += (performance.now() - start) / 1000;
    files++;
    bytes += text.length;
    const map = new LineMap(text);
    const places = new Set(facts.invocations.map((call) => `${map.position(call.nameSpan.start).line} ${call.name}`));
    const commented = text.includes('/*') ? commentLines(text, map) : new Set<number>();
    text.split(/\r\n|\r|\n/).forEach((line, number) => {
      const name = exportLine.exec(line)?.[1];
      // Commented out, or a line of a macro's definition: no export of this file.
      if (name === undefined || commented.has(number) || isContinued(text, map, number)) return;
      lines++;
      if (places.has(`${number} ${name}`)) found++;
      else missed.push(`${path}:${number + 1}: ${line.trim()}`);
    });
  }
  return { files, bytes, seconds, lines, found, missed };
}

function isContinued(text: string, map: LineMap, line: number): boolean {
  return line > 0 && /\\\r?\n$/.test(text.slice(map.lineStart(line - 1), map.lineStart(line)));
}

/** Lines that begin inside a block comment; strings with comment marks in them are not told apart. */
function commentLines(text: string, map: LineMap): Set<number> {
  const lines = new Set<number>();
  for (let open = text.indexOf('/*'); open >= 0; ) {
    const close = text.indexOf('*/', open + 2);
    const end = close < 0 ? text.length : close;
    for (let line = map.position(open).line + 1; line <= map.position(end).line; line++) lines.add(line);
    open = text.indexOf('/*', end + 2);
  }
  return lines;
}

function* sources(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(path);
    else if (entry.isFile() && /\.[ch]$/.test(entry.name)) yield path;
  }
}
