import type { Kernel } from '../kernel/kernel';
import { dirname, isInside, join, normalize } from '../path';
import type { BuildFiles } from './build';
import type { Source } from './make/value';

/** The disk as makefiles may see it: nothing outside of the given folders, and every look is remembered. */
export interface ConfinedFiles {
  /** What was read, or looked for and is not there. */
  readonly inputs: ReadonlySet<string>;
  /** Files of the folder itself that were read. */
  readonly found: ReadonlySet<string>;
  isAllowed(path: string): boolean;
  read(path: string): string | undefined;
  /** One source for one file, however often it is read. */
  source(path: string, text: string): Source;
  exists(path: string): boolean;
  list(folder: string): readonly string[];
  /** Remembers that a change of `path` would change the result. */
  note(path: string): void;
  /** What a shell pattern matches, as it is written there; `undefined` if it leads outside. */
  glob(cwd: string, pattern: string): readonly string[] | undefined;
  /** Files that an `include` names, looked for in each of the folders. */
  find(pattern: string, folders: readonly (string | undefined)[]): Found;
  /** When a file was written; infinite for a text that is open, unknown where it cannot be told. */
  modified(path: string): number | undefined;
  /** Runs `body` and names what it looks at, what an inner `track` does aside: paths, and folders that it lists with a `/`. */
  track<T>(body: () => T): { readonly value: T; readonly paths: ReadonlySet<string> };
  /** Looks at the disk anew for the given paths, and for all others as `files` answers when they are first asked for. */
  refresh(files: BuildFiles, changed: readonly string[]): void;
}

export interface Found {
  readonly paths: readonly string[];
  readonly isOutside: boolean;
  /** Not there, and nothing to say about it: what a build generates below the kernel's folder. */
  readonly isForeseen: boolean;
}

const maximumMatches = 5_000;
/** A makefile is a few kilobytes; what is larger is something else. */
const maximumSize = 4_000_000;

export function confine(disk: BuildFiles, folder: string, further: readonly string[], kernel: Kernel): ConfinedFiles {
  const inputs = new Set<string>();
  const found = new Set<string>();
  const texts = new Map<string, string | undefined>();
  const sources = new Map<string, Source>();
  const names = new Map<string, ReadonlySet<string>>();
  const listings = new Map<string, readonly string[]>();
  const roots = [folder, ...further];
  const tracked: Set<string>[] = [];
  let files = disk;

  const touch = (path: string): void => {
    tracked.at(-1)?.add(path);
  };
  const note = (path: string): void => {
    inputs.add(path);
    touch(path);
  };

  const installed = `/lib/modules/${kernel.release}`;
  /** Where a kernel is installed its `build` and `source` link to the headers, and those are what is read here. */
  const actual = (path: string): string => {
    if (kernel.folder === undefined || !path.startsWith(`${installed}/`)) return path;
    const [link, ...rest] = path.slice(installed.length + 1).split('/');
    if (link === 'build') return [kernel.folder, ...rest].join('/');
    return link === 'source' ? [further[0] ?? kernel.folder, ...rest].join('/') : path;
  };
  const isAllowed = (path: string): boolean => roots.some((root) => isInside(actual(path), root));
  const isKernels = (path: string): boolean => !isInside(path, folder) && isAllowed(path);

  const list = (written: string): readonly string[] => {
    const path = actual(written);
    if (!isAllowed(path)) return [];
    touch(`${path}/`);
    const known = listings.get(path) ?? files.list(path);
    listings.set(path, known);
    return known;
  };

  const exists = (written: string): boolean => {
    const path = actual(written);
    const slash = path.lastIndexOf('/');
    const parent = path.slice(0, slash) || '/';
    if (!isAllowed(path)) return false;
    touch(path);
    if (!isAllowed(parent)) return files.exists(path);
    let known = names.get(parent);
    if (!known) {
      const entries = listings.get(parent) ?? files.list(parent);
      listings.set(parent, entries);
      known = new Set(entries.map((name) => (name.endsWith('/') ? name.slice(0, -1) : name)));
      names.set(parent, known);
    }
    return known.has(path.slice(slash + 1));
  };

  const read = (written: string): string | undefined => {
    const path = actual(written);
    if (!isAllowed(path)) return undefined;
    touch(path);
    if (texts.has(path)) return texts.get(path);
    inputs.add(path);
    const text = exists(path) ? files.read(path) : undefined;
    const bounded = text !== undefined && text.length > maximumSize ? undefined : text;
    texts.set(path, bounded);
    if (bounded !== undefined && isInside(path, folder)) found.add(path);
    return bounded;
  };

  const source = (path: string, text: string): Source => {
    const known = sources.get(path);
    if (known?.text === text) return known;
    const fresh = { file: path, text };
    sources.set(path, fresh);
    return fresh;
  };

  const glob = (cwd: string, pattern: string): readonly string[] | undefined => {
    const path = join(cwd, pattern);
    if (!/[*?[]/.test(pattern)) {
      if (!isAllowed(path)) return undefined;
      const isThere = exists(path);
      if (!isThere) note(path);
      return isThere ? [pattern] : [];
    }
    const segments = path.split('/').slice(1);
    const fixed = segments.findIndex((segment) => /[*?[]/.test(segment));
    const base = `/${segments.slice(0, fixed).join('/')}`;
    if (!isAllowed(normalize(base))) return undefined;
    let paths = [normalize(base)];
    for (const [index, segment] of segments.slice(fixed).entries()) {
      const isLast = fixed + index === segments.length - 1;
      paths = paths.flatMap((parent) => {
        inputs.add(parent);
        return matching(list(parent), segment, isLast).map((name) => join(parent, name));
      });
      if (paths.length > maximumMatches) paths.length = maximumMatches;
    }
    if (pattern.startsWith('/')) return paths;
    const prefix = cwd.endsWith('/') ? cwd : `${cwd}/`;
    return paths.map((each) => (each.startsWith(prefix) ? each.slice(prefix.length) : each));
  };

  const find = (pattern: string, folders: readonly (string | undefined)[]): Found => {
    let isOutside = true;
    let isForeseen = false;
    const tried = pattern.startsWith('/') ? ['/'] : folders.filter((each) => each !== undefined);
    for (const each of tried) {
      const path = join(each, pattern);
      const matches = glob(each, pattern);
      if (!matches) continue;
      isOutside = false;
      if (matches.length > 0) {
        return { paths: matches.map((match) => join(each, match)), isOutside: false, isForeseen: false };
      }
      note(path);
      isForeseen ||= isKernels(path) && pattern.startsWith('/');
    }
    return { paths: [], isOutside, isForeseen };
  };

  const modified = (written: string): number | undefined => {
    const path = actual(written);
    if (!isAllowed(path)) return undefined;
    touch(path);
    return files.modified?.(path);
  };

  const track: ConfinedFiles['track'] = (body) => {
    const paths = new Set<string>();
    tracked.push(paths);
    try {
      return { value: body(), paths };
    } finally {
      tracked.pop();
    }
  };

  const refresh = (fresh: BuildFiles, changed: readonly string[]): void => {
    files = fresh;
    for (const path of changed) {
      texts.delete(path);
      const isKnown = names.get(dirname(path))?.has(path.slice(path.lastIndexOf('/') + 1)) === true;
      // A file that was there and is there changes no list.
      if (isKnown && isAllowed(path) && files.read(path) !== undefined) continue;
      found.delete(path);
      for (let parent = dirname(path); isInside(parent, folder); parent = dirname(parent)) {
        listings.delete(parent);
        names.delete(parent);
        if (parent === '/') break;
      }
    }
  };

  const disks = { isAllowed, read, source, exists, list, note, glob, find, modified };
  return { inputs, found, ...disks, track, refresh };
}

/** Names that one segment of a pattern matches. Hand-written: a pattern of the workspace never becomes a regex. */
function matching(names: readonly string[], pattern: string, isLast: boolean): string[] {
  if (!/[*?[]/.test(pattern)) {
    const has = names.some((name) => name === pattern || name === `${pattern}/`);
    return has ? [pattern] : [];
  }
  const found: string[] = [];
  for (const name of names) {
    const isFolder = name.endsWith('/');
    const bare = isFolder ? name.slice(0, -1) : name;
    if ((!isFolder && !isLast) || (bare.startsWith('.') && !pattern.startsWith('.'))) continue;
    if (isMatch(bare, pattern)) found.push(bare);
  }
  return found;
}

function isMatch(name: string, pattern: string): boolean {
  let at = 0;
  let p = 0;
  let star = -1;
  let mark = 0;
  while (at < name.length) {
    const taken = p < pattern.length && pattern[p] !== '*' ? oneCharacter(name[at] ?? '', pattern, p) : 0;
    if (taken > 0) {
      at++;
      p += taken;
    } else if (pattern[p] === '*') {
      star = p++;
      mark = at;
    } else if (star >= 0) {
      p = star + 1;
      at = ++mark;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}

/** How many characters of the pattern the one character matches; 0 if none. */
function oneCharacter(c: string, pattern: string, p: number): number {
  if (pattern[p] === '?') return 1;
  if (pattern[p] !== '[') return pattern[p] === c ? 1 : 0;
  const close = pattern.indexOf(']', p + 2);
  if (close < 0) return c === '[' ? 1 : 0;
  let at = p + 1;
  const isNegated = pattern[at] === '!' || pattern[at] === '^';
  if (isNegated) at++;
  let isIn = false;
  for (; at < close; at++) {
    const isRange = pattern[at + 1] === '-' && at + 2 < close;
    if (isRange && c >= (pattern[at] ?? '') && c <= (pattern[at + 2] ?? '')) isIn = true;
    else if (pattern[at] === c) isIn = true;
    if (isRange) at += 2;
  }
  return isIn !== isNegated ? close - p + 1 : 0;
}
