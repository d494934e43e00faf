import type { ExportTable, KernelExport } from '../kernel/kernel';
import { type FileFacts, useIsCall } from '../syntax/facts';
import type { UseSite } from './module';

interface RustExport {
  readonly export: KernelExport;
  /** The names on its path, the crate first: `kernel`, `net`, `phy`, `Device`, `start_aneg`. */
  readonly path: readonly string[];
}

const tables = new WeakMap<ExportTable, ReadonlyMap<string, readonly RustExport[]>>();

/**
 * Exported Rust symbols that a Rust source calls in its own text: it calls the last name of the symbol's path, and names
 * all others somewhere. What the compiler adds by itself (drops, panics, derived traits) is not known.
 */
export function rustUses(file: string, { uses }: FileFacts, exports: ExportTable): [KernelExport, UseSite][] {
  const table = tables.get(exports) ?? rustExports(exports);
  tables.set(exports, table);
  const named = new Set(uses.names);
  const found: [KernelExport, UseSite][] = [];
  for (let i = 0; i < uses.start.length; i++) {
    if (((uses.flags[i] ?? 0) & useIsCall) === 0) continue;
    const name = uses.names[uses.name[i] ?? 0] ?? '';
    const start = uses.start[i] ?? 0;
    const at = { file, span: { start, end: start + name.length } };
    const site: UseSite = { at, through: [], ownSteps: 0, presence: 'yes', condition: undefined };
    for (const { export: from, path } of table.get(name) ?? [])
      if (path.every((word) => named.has(word))) found.push([from, site]);
  }
  return found;
}

function rustExports(exports: ExportTable): Map<string, RustExport[]> {
  const table = new Map<string, RustExport[]>();
  for (const one of exports) {
    const path = one.name.startsWith('_RN') ? pathOf(one.name) : [];
    const last = path.at(-1);
    if (last === undefined || path.length < 2) continue;
    table.set(last, [...(table.get(last) ?? []), { export: one, path }]);
  }
  return table;
}

/**
 * The names in a symbol of Rust's v0 mangling (RFC 2603), in order: each with its length before it, `s…_` telling
 * namesakes apart and `B…_` pointing back.
 */
export function pathOf(symbol: string): string[] {
  const names: string[] = [];
  for (let at = 2; at < symbol.length; at++) {
    const c = symbol[at] as string;
    if (c === 's' || c === 'B') {
      const end = symbol.indexOf('_', at);
      if (end < 0) return [];
      at = end;
    } else if (c >= '1' && c <= '9') {
      const length = /^\d+/.exec(symbol.slice(at, at + 6))?.[0] ?? '';
      // A name that begins with a digit or an underscore has one more in front.
      const start = at + length.length + (symbol[at + length.length] === '_' ? 1 : 0);
      names.push(symbol.slice(start, start + Number(length)));
      at = start + Number(length) - 1;
    }
  }
  return names;
}
