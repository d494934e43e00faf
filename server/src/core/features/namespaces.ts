import type { Kernel } from '../kernel/kernel';
import type { Snapshot } from '../model/snapshot';

/** A namespace of the kernel. */
export interface Namespace {
  /** How many symbols are exported into it. */
  readonly symbols: number;
  /** `vmlinux` and modules that export into it, in the order of their first export. */
  readonly providers: ReadonlySet<string>;
}

const gathered = new WeakMap<Kernel, ReadonlyMap<string, Namespace>>();

/** The namespaces that the kernel's symbols are exported into; gathered once for each kernel. */
export function kernelNamespaces(kernel: Kernel): ReadonlyMap<string, Namespace> {
  const known = gathered.get(kernel);
  if (known) return known;
  const found = new Map<string, { symbols: number; providers: Set<string> }>();
  for (const { namespace, provider } of kernel.exports) {
    if (namespace === '') continue;
    const entry = found.get(namespace) ?? { symbols: 0, providers: new Set() };
    found.set(namespace, entry);
    entry.symbols++;
    entry.providers.add(provider);
  }
  gathered.set(kernel, found);
  return found;
}

/** The namespaces that modules of the workspace export into, with how many symbols. */
export function workspaceNamespaces(snapshot: Snapshot): ReadonlyMap<string, number> {
  const names = new Map<string, Set<string>>();
  for (const module of snapshot.modules) {
    for (const { exports } of module.files) {
      for (const { name, namespace } of exports) {
        if (namespace === '') continue;
        const symbols = names.get(namespace) ?? new Set();
        names.set(namespace, symbols.add(name));
      }
    }
  }
  return new Map([...names].map(([name, symbols]) => [name, symbols.size]));
}
