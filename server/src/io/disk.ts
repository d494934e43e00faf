import { isAscii } from 'node:buffer';
import { closeSync, fstatSync, lstatSync, openSync, readdirSync, readSync, realpathSync, statSync } from 'node:fs';
import type { Problem } from '../core/finding';
import { isInside, join } from '../core/path';

/** Larger files are not read: no source written by a person comes near. */
export const maximumFileSize = 32 * 1024 * 1024;
const binaryProbe = 8192;
const usual = Buffer.allocUnsafeSlow(256 * 1024);

/** Path of the operating system in the form of core's `path.ts`. */
export function toPath(native: string): string {
  return process.platform === 'win32' ? native.replaceAll('\\', '/') : native;
}

export type ReadResult = { readonly text: string } | { readonly problem: Problem | undefined };

/**
 * Text of a file, UTF-8 or else Latin-1; without a byte order mark. A missing file gives no problem: it may just have
 * been deleted. With `root`, a symbolic link that leads outside of it is not followed.
 */
export function readText(path: string, root?: string): ReadResult {
  let descriptor: number | undefined;
  try {
    if (root !== undefined && lstatSync(path).isSymbolicLink() && !isInside(toPath(realpathSync(path)), root)) {
      return failure(path, 'is a symbolic link that leads outside the opened folder; it is not read');
    }
    descriptor = openSync(path, 'r');
    const { size, mode } = fstatSync(descriptor);
    if ((mode & 0o170000) !== 0o100000) return { problem: undefined };
    if (size > maximumFileSize) {
      const megabytes = (size / 1024 / 1024).toFixed(0);
      return failure(path, `is too large (${megabytes} MB; at most ${maximumFileSize / 1024 / 1024} MB are read)`);
    }
    // One buffer for all that fits: asking for a thousand headers' memory anew takes longer than reading them.
    const bytes = size <= usual.length ? usual : Buffer.allocUnsafe(size);
    const length = readSync(descriptor, bytes, 0, size, 0);
    return decode(path, bytes.subarray(0, length));
  } catch (error) {
    return { problem: readProblem(path, error) };
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** Tells one content of a file from another without reading it; `undefined` if there is none. */
export function stampOf(path: string): string | undefined {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat && `${stat.ino} ${stat.size} ${stat.mtimeMs} ${stat.ctimeMs}`;
  } catch {
    return undefined;
  }
}

function decode(path: string, bytes: Buffer): ReadResult {
  if (bytes.subarray(0, binaryProbe).includes(0)) return failure(path, 'is a binary file, not a text; it is not read');
  // Nearly every source: several times as fast as decoding.
  if (isAscii(bytes)) return { text: bytes.toString('latin1') };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { text: bytes.toString('latin1') };
  }
}

function failure(path: string, what: string): ReadResult {
  return { problem: { message: `'${path}' ${what}`, file: path } };
}

function readProblem(path: string, error: unknown): Problem | undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
  const why =
    code === 'EACCES' || code === 'EPERM'
      ? 'may not be read: check its permissions'
      : code === 'ELOOP'
        ? 'is a symbolic link that leads to itself'
        : `cannot be read (${code || error})`;
  return { message: `'${path}' ${why}`, file: path };
}

export interface Entry {
  readonly name: string;
  readonly isFolder: boolean;
}

/**
 * A folder's entries, sorted by name. Links to files count as files; links to folders are left out: what they lead to is
 * found where it is, or lies outside.
 */
export function listFolder(path: string): {
  readonly entries: readonly Entry[];
  readonly problems: readonly Problem[];
} {
  const problems: Problem[] = [];
  try {
    const entries: Entry[] = [];
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      if (entry.isDirectory() || entry.isFile()) entries.push({ name: entry.name, isFolder: entry.isDirectory() });
      else if (entry.isSymbolicLink()) {
        const problem = inspectLink(join(path, entry.name), path, () =>
          entries.push({ name: entry.name, isFolder: false }),
        );
        if (problem) problems.push(problem);
      }
    }
    return { entries: entries.sort((a, b) => (a.name < b.name ? -1 : 1)), problems };
  } catch (error) {
    const problem = readProblem(path, error);
    return {
      entries: [],
      problems: problem ? [{ ...problem, message: problem.message.replace("'", "folder '") }] : [],
    };
  }
}

/** Calls `onFile` for a link to a file; a link that runs in a circle is a problem. */
function inspectLink(link: string, folder: string, onFile: () => void): Problem | undefined {
  try {
    const stat = statSync(link);
    if (stat.isFile()) onFile();
    if (!stat.isDirectory()) return undefined;
    const target = toPath(realpathSync(link));
    if (!isInside(toPath(realpathSync(folder)), target)) return undefined;
    return { message: `'${link}' is a symbolic link to a folder it lies in; it is not followed`, file: link };
  } catch (error) {
    return readProblem(link, error);
  }
}
