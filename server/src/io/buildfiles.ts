import type { BuildFiles } from '../core/kbuild/build';
import { basename, dirname, isInside } from '../core/path';
import { listFolder, readText } from './disk';

/** The disk as the reader of Makefiles sees it: below `folder` only, open texts first, listings remembered. */
export function diskBuildFiles(folder: string, openText: (path: string) => string | undefined): BuildFiles {
  const listings = new Map<string, readonly string[]>();
  const list = (path: string): readonly string[] => {
    let names = listings.get(path);
    if (!names) {
      const { entries } = isInside(path, folder) ? listFolder(path) : { entries: [] };
      names = entries.map((entry) => (entry.isFolder ? `${entry.name}/` : entry.name));
      listings.set(path, names);
    }
    return names;
  };
  return {
    read(path) {
      if (!isInside(path, folder)) return undefined;
      const open = openText(path);
      if (open !== undefined) return open;
      const result = readText(path, folder);
      return 'text' in result ? result.text : undefined;
    },
    exists(path) {
      if (!isInside(path, folder)) return false;
      if (path === folder || openText(path) !== undefined) return true;
      const names = list(dirname(path));
      return names.includes(basename(path)) || names.includes(`${basename(path)}/`);
    },
    list,
  };
}
