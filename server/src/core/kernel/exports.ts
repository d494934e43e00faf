import type { ExportTable, KernelExport } from './kernel';

/** A table of exports; of several with one name the first counts. */
export function exportTable(exports: Iterable<KernelExport>): ExportTable {
  const byName = new Map<string, KernelExport>();
  for (const one of exports) if (!byName.has(one.name)) byName.set(one.name, one);
  return new Exports(byName);
}

/**
 * The kernel's exports with those of further symvers files, as modpost reads them for an external module: a later
 * file replaces an export of another module, but never one of vmlinux.
 */
export function mergeExports(kernel: ExportTable, extra: Iterable<KernelExport>): ExportTable {
  const byName = new Map<string, KernelExport>();
  for (const one of kernel) byName.set(one.name, one);
  for (const one of extra) if (byName.get(one.name)?.provider !== 'vmlinux') byName.set(one.name, one);
  return new Exports(byName);
}

/** Whether a table tells what the kernel's image exports: one of a tree where only modules were built does not. */
export function hasImage(exports: ExportTable): boolean {
  for (const { provider } of exports) if (provider === 'vmlinux') return true;
  return false;
}

class Exports implements ExportTable {
  readonly #byName: ReadonlyMap<string, KernelExport>;

  constructor(byName: ReadonlyMap<string, KernelExport>) {
    this.#byName = byName;
  }

  get size(): number {
    return this.#byName.size;
  }

  get(name: string): KernelExport | undefined {
    return this.#byName.get(name);
  }

  [Symbol.iterator](): Iterator<KernelExport> {
    return this.#byName.values();
  }
}

/** Nothing is known to be exported. */
export const noExports: ExportTable = new Exports(new Map());
