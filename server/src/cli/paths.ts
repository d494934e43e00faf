import { resolve } from 'node:path';
import { relative } from '../core/path';

/** A path of the command line in the form of `core/path.ts`: absolute, `/` on every platform. */
export function toCorePath(path: string, cwd = process.cwd()): string {
  const absolute = resolve(cwd, path);
  return process.platform === 'win32' ? absolute.replaceAll('\\', '/') : absolute;
}

/** The same path as people type it: relative to the current folder if it lies below it. */
export function toShownPath(path: string, cwd: string): string {
  return path === cwd ? '.' : relative(path, cwd);
}
