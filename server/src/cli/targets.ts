import { accessSync, constants, existsSync, type Stats, statSync } from 'node:fs';
import { dirname, isInside } from '../core/path';
import { CannotRun } from './failure';
import { toCorePath } from './paths';

/** A folder to read as one workspace, and which of its files were asked for. */
export interface Target {
  readonly folder: string;
  /** False for files without any Makefile around them: only their own folder is read, nothing below it. */
  readonly isRecursive: boolean;
  /** Absolute paths; empty if the whole folder was asked for. */
  readonly files: readonly string[];
}

/**
 * Sorts the paths of a command line into workspaces. Files of one folder share a workspace; a path inside another
 * folder that was asked for adds nothing.
 */
export function findTargets(paths: readonly string[], cwd: string): Target[] {
  const folders: string[] = [];
  const files = new Map<string, { isRecursive: boolean; files: string[] }>();
  for (const path of paths.length > 0 ? paths : ['.']) {
    const absolute = toCorePath(path, cwd);
    if (stat(path, absolute).isDirectory()) {
      folders.push(absolute);
      continue;
    }
    const home = homeOf(absolute, cwd);
    const known = files.get(home.folder) ?? { isRecursive: home.isRecursive, files: [] };
    known.files.push(absolute);
    files.set(home.folder, known);
  }
  const outer = folders.filter(
    (folder, i) =>
      folders.indexOf(folder) === i && !folders.some((other) => other !== folder && isInside(folder, other)),
  );
  const targets: Target[] = outer.map((folder) => ({ folder, isRecursive: true, files: [] }));
  for (const [folder, entry] of files) {
    const rest = entry.files.filter((file) => !outer.some((other) => isInside(file, other)));
    if (rest.length > 0) targets.push({ folder, isRecursive: entry.isRecursive, files: [...new Set(rest)] });
  }
  return targets;
}

/** One folder that a command works on; files are refused. */
export function findFolder(path: string, cwd: string): string {
  const absolute = toCorePath(path, cwd);
  if (!stat(path, absolute).isDirectory()) throw new CannotRun(`'${path}' is not a folder`);
  return absolute;
}

function stat(path: string, absolute: string): Stats {
  let found: Stats;
  try {
    found = statSync(absolute);
  } catch (error) {
    throw new CannotRun(explain(path, error));
  }
  if (!found.isDirectory() && !found.isFile()) {
    throw new CannotRun(`'${path}' is neither a folder nor a regular file`);
  }
  try {
    accessSync(absolute, found.isDirectory() ? constants.R_OK | constants.X_OK : constants.R_OK);
  } catch (error) {
    throw new CannotRun(explain(path, error));
  }
  return found;
}

function explain(path: string, error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT' || code === 'ENOTDIR') return `there is no file or folder '${path}'`;
  if (code === 'EACCES' || code === 'EPERM') return `'${path}' may not be read; ask for the right to read it`;
  if (code === 'ELOOP') return `'${path}' is a symbolic link that leads back to itself`;
  return `'${path}' cannot be read (${code ?? String(error)})`;
}

/** The nearest folder with a Makefile above a file, since that is where its module is named; not above `cwd`. */
function homeOf(file: string, cwd: string): { folder: string; isRecursive: boolean } {
  const own = dirname(file);
  for (let folder = own; ; folder = dirname(folder)) {
    if (['Kbuild', 'Makefile', 'GNUmakefile'].some((name) => existsSync(`${folder}/${name}`))) {
      return { folder, isRecursive: true };
    }
    if (!isInside(folder, cwd) || folder === cwd || dirname(folder) === folder) break;
  }
  return { folder: own, isRecursive: false };
}
