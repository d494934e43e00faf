import type { Problem } from '../finding';
import type { KernelExport } from './kernel';

/** What one symvers file says. */
export interface Symvers {
  /** In the order of the file. */
  readonly exports: readonly KernelExport[];
  readonly problems: readonly Problem[];
}

/**
 * Reads a `Module.symvers` in any of its layouts, each line by itself:
 * `crc symbol module type namespace`; without the namespace before 5.4; with the namespace before the module in
 * 5.4.0 to 5.4.27 and 5.5.0 to 5.5.12 [scripts/mod/modpost.c, write_dump]. Lines that are none of these are left out
 * and reported once per kind.
 */
export function parseSymvers(text: string, file: string): Symvers {
  const exports: KernelExport[] = [];
  const malformed = new LineCount();
  const unknown = new LineCount();
  const shared = new Map<string, string>();
  let isCut = false;
  let line = 0;
  for (let start = text.charCodeAt(0) === byteOrderMark ? 1 : 0; start < text.length; line++) {
    const newline = text.indexOf('\n', start);
    const next = newline < 0 ? text.length : newline + 1;
    let end = newline < 0 ? next : newline;
    if (end > start && text.charCodeAt(end - 1) === 13) end--;
    const columns = end - start <= longestLine ? text.slice(start, end).split('\t') : [];
    const typeAt = typeColumn(columns);
    const namespace = typeAt === 4 ? columns[2] : columns[4];
    const provider = typeAt === 4 ? columns[3] : columns[2];
    const type = columns[typeAt] ?? '';
    const isEnded = newline >= 0;
    if (end === start) {
      // An empty line says nothing and hides nothing.
    } else if (!isCrc(columns[0]) || !isSymbol(columns[1]) || !provider || typeAt < 0 || columns.length > 5) {
      if (isEnded || exports.length === 0) malformed.add(line, start, end);
      else isCut = true;
    } else if (!exportTypes.has(type)) {
      if (isEnded) unknown.add(line, start, end, type);
      else isCut = true;
    } else if (!isEnded && namespace) {
      // Half a namespace would be taken for one that is not imported.
      isCut = true;
    } else {
      isCut = !isEnded;
      exports.push({
        name: columns[1] ?? '',
        isGplOnly: exportTypes.get(type) === true,
        namespace: share(shared, namespace ?? ''),
        provider: share(shared, provider),
        at: { file, span: { start, end } },
      });
    }
    start = next;
  }

  const problems: Problem[] = [];
  const rest = 'what they export is not known.';
  if (malformed.count > 0) {
    const message = `'${file}' has ${malformed.lines()} that are not 'CRC, symbol, module, export type' apart by tabs: ${rest}`;
    problems.push({ message, file, span: malformed.span });
  }
  if (unknown.count > 0) {
    const message = `'${file}' has ${unknown.lines()} with an unknown export type '${unknown.example}': ${rest}`;
    problems.push({ message, file, span: unknown.span });
  }
  if (isCut) {
    const message = `'${file}' ends within line ${line}: it seems to be cut off, so exports may be missing; build the kernel again or install its headers anew.`;
    problems.push({ message, file });
  }
  return { exports, problems };
}

const byteOrderMark = 0xfeff;

/** Export types with whether modpost refuses them to a GPL-incompatible module. `…_FUTURE` was only a warning. */
const exportTypes: ReadonlyMap<string, boolean> = new Map([
  ['EXPORT_SYMBOL', false],
  ['EXPORT_SYMBOL_GPL', true],
  ['EXPORT_UNUSED_SYMBOL', false],
  ['EXPORT_UNUSED_SYMBOL_GPL', true],
  ['EXPORT_SYMBOL_GPL_FUTURE', false],
]);

/** Symbols may have 512 bytes and paths 4096; what is longer is no line of a symvers file. */
const longestLine = 8192;

/** Column of the export type, from 0; for an unknown type the usual place; -1 if there are too few columns. */
function typeColumn(columns: readonly string[]): number {
  if (exportTypes.has(columns[3] ?? '')) return 3;
  if (exportTypes.has(columns[4] ?? '')) return 4;
  return columns[3] ? 3 : -1;
}

function isCrc(text: string | undefined): boolean {
  return text !== undefined && /^0x[0-9a-fA-F]{1,16}$/.test(text);
}

function isSymbol(text: string | undefined): boolean {
  return text !== undefined && /^[A-Za-z_.$][\w.$]*$/.test(text);
}

/** One string for all equal ones: a table has few modules and many lines. */
function share(shared: Map<string, string>, text: string): string {
  const known = shared.get(text);
  if (known !== undefined) return known;
  shared.set(text, text);
  return text;
}

/** Counts the lines of one kind and remembers where the first one is. */
class LineCount {
  count = 0;
  example = '';
  span = { start: 0, end: 0 };
  #line = 0;

  add(line: number, start: number, end: number, example = ''): void {
    if (this.count++ > 0) return;
    this.#line = line;
    this.span = { start, end };
    this.example = example.length > 40 ? `${example.slice(0, 40)}…` : example;
  }

  lines(): string {
    return this.count === 1 ? `one line (${this.#line + 1})` : `${this.count} lines (the first is ${this.#line + 1})`;
  }
}
