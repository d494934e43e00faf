import { statSync } from 'node:fs';
import type { BuildFiles } from '../core/kbuild/build';
import { basename, dirname, isInside } from '../core/path';
import { listFolder, readText } from './disk';

/**
 * The disk as the reader of Makefiles sees it: below the given folders, open texts first, listings remembered. The
 * folders inside `closedFolder` are not listed, so that nobody goes looking into them.
 */
export function diskBuildFiles(
  folders: readonly string[],
  openText: (path: string) => string | undefined,
  closedFolder?: string,
): BuildFiles {
  const rootOf = (path: string) => folders.find((folder) => isInside(path, folder));
  const listings = new Map<string, readonly string[]>();
  const list = (path: string): readonly string[] => {
    let names = listings.get(path);
    if (!names) {
      const { entries } = rootOf(path) === undefined ? { entries: [] } : listFolder(path);
      names = entries.map((entry) => (entry.isFolder ? `${entry.name}/` : entry.name));
      listings.set(path, names);
    }
    return names;
  };
  return {
    read(path) {
      const root = rootOf(path);
      if (root === undefined) return undefined;
      const open = openText(path);
      if (open !== undefined) return open;
      const result = readText(path, root);
      return 'text' in result ? result.text : undefined;
    },
    exists(path) {
      const root = rootOf(path);
      if (root === undefined) return false;
      if (path === root || openText(path) !== undefined) return true;
      const names = list(dirname(path));
      return names.includes(basename(path)) || names.includes(`${basename(path)}/`);
    },
    modified(path) {
      if (rootOf(path) === undefined) return undefined;
      const open = openText(path);
      // An editor that has not changed a text says nothing new.
      const isSaved = (text: string) => {
        const saved = readText(path);
        return 'text' in saved && saved.text === text;
      };
      if (open !== undefined && !isSaved(open)) return Number.POSITIVE_INFINITY;
      try {
        return statSync(path).mtimeMs;
      } catch {
        return undefined;
      }
    },
    list: (path) => (path === closedFolder ? list(path).filter((name) => !name.endsWith('/')) : list(path)),
  };
}
