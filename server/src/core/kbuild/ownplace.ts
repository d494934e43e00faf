import { isInside, join } from '../path';
import type { KbuildCall } from './kbuildscope';
import type { Reading } from './reading';

/**
 * Where a folder of includes lies that is one of the kernel's sources: a part of a kernel's source that is opened for
 * itself names its neighbors as `$(srctree)/drivers/media/…`, which the headers of a kernel do not have but the opened
 * `drivers/media` may.
 */
export function includeFolder(
  path: string,
  { folder, files }: Pick<Reading, 'folder' | 'files'>,
  { srctree, objtree }: Pick<KbuildCall, 'srctree' | 'objtree'>,
): string {
  const tree = [srctree, objtree].find((root) => root !== undefined && isInside(path, root));
  if (tree === undefined || isInside(path, folder) || isInside(folder, tree) || files.list(path).length > 0)
    return path;
  const steps = path.slice(tree.length + 1).split('/');
  for (let own = steps.length; own > 0; own--) {
    if (!folder.endsWith(`/${steps.slice(0, own).join('/')}`)) continue;
    const found = join(folder, steps.slice(own).join('/'));
    if (files.list(found).length > 0) return found;
  }
  return path;
}
