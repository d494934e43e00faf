import { statSync } from 'node:fs';
import type { BuildFiles } from '../core/kbuild/build';
import { basename, dirname, isInside } from '../core/path';
import { listFolder, readText } from './disk';

/** Names of files that say how modules are built. */
export const buildPattern = /^(?:Makefile|Kbuild|GNUmakefile|dkms\.conf|.*\.mk|Makefile\..*|Kbuild\..*)$/;

/**
 * The disk as the reader of Makefiles sees it: below the given folders, open texts laid over it, listings remembered. The
 * folders inside `closedFolder` are not listed, so that nobody goes looking into them.
 */
export function diskBuildFiles(
  folders: readonly string[],
  open: ReadonlyMap<string, string>,
  closedFolder?: string,
): BuildFiles {
  const rootOf = (path: string) => folders.find((folder) => isInside(path, folder));
  const listings = new Map<string, readonly string[]>();
  const list = (path: string): readonly string[] => {
    let names = listings.get(path);
    if (!names) {
      const { entries } = rootOf(path) === undefined ? { entries: [] } : listFolder(path);
      const unsaved = [...open.keys()].filter((file) => dirname(file) === path).map((file) => basename(file));
      const saved = entries.map((entry) => (entry.isFolder ? `${entry.name}/` : entry.name));
      names = unsaved.every((name) => saved.includes(name)) ? saved : [...new Set([...saved, ...unsaved])].sort();
      listings.set(path, names);
    }
    return names;
  };
  return {
    read(path) {
      const root = rootOf(path);
      if (root === undefined) return undefined;
      const text = open.get(path);
      if (text !== undefined) return text;
      const result = readText(path, root);
      return 'text' in result ? result.text : undefined;
    },
    exists(path) {
      const root = rootOf(path);
      if (root === undefined) return false;
      if (path === root || open.has(path)) return true;
      const names = list(dirname(path));
      return names.includes(basename(path)) || names.includes(`${basename(path)}/`);
    },
    modified(path) {
      if (rootOf(path) === undefined) return undefined;
      const text = open.get(path);
      // An editor that has not changed a text says nothing new.
      const isSaved = () => {
        const saved = readText(path);
        return 'text' in saved && saved.text === text;
      };
      if (text !== undefined && !isSaved()) return Number.POSITIVE_INFINITY;
      try {
        return statSync(path).mtimeMs;
      } catch {
        return undefined;
      }
    },
    list: (path) => (path === closedFolder ? list(path).filter((name) => !name.endsWith('/')) : list(path)),
  };
}
