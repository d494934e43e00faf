import { dirname, isInside, join } from '../path';
import type { Include } from '../syntax/facts';

/**
 * Where an include may lie, in the compiler's order: beside the file that names it, then in the member's `-I` folders.
 * Only places inside `root`; the kernel's own headers are never among them.
 */
export function includeCandidates(from: string, include: Include, folders: readonly string[], root: string): string[] {
  const candidates = include.isLocal ? [join(dirname(from), include.path)] : [];
  for (const folder of folders) candidates.push(join(folder, include.path));
  return candidates.filter((path) => isInside(path, root));
}
