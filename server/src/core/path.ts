/** Paths in core are absolute, with `/` between segments on every platform (`/a/b.c`, `C:/a/b.c`). */

export function dirname(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '.' : slash === 0 ? '/' : path.slice(0, slash);
}

export function basename(path: string, suffix = ''): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return suffix !== '' && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name;
}

/** Suffix from the last dot of the file name on, with the dot; empty if there is none. */
export function extname(path: string): string {
  const name = basename(path);
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot);
}

export function isAbsolute(path: string): boolean {
  return path.startsWith('/') || /^[A-Za-z]:\//.test(path);
}

/** Resolves `.` and `..` without looking at any disk. */
export function normalize(path: string): string {
  // Nearly every path is one that nothing has to be done about, and a kernel has millions of includes.
  const isPlain = path.startsWith('/') && !path.endsWith('/') && !path.includes('//') && !path.includes('/.');
  if (isPlain) return path;
  const root = path.startsWith('/') ? '/' : (/^[A-Za-z]:\//.exec(path)?.[0] ?? '');
  const out: string[] = [];
  for (const segment of path.slice(root.length).split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..' && out.length > 0 && out[out.length - 1] !== '..') out.pop();
    else if (segment !== '..' || root === '') out.push(segment);
  }
  return root + out.join('/') || '.';
}

/** `path` seen from `folder`; an absolute `path` stays as it is. */
export function join(folder: string, path: string): string {
  return normalize(isAbsolute(path) ? path : `${folder}/${path}`);
}

/** Whether `path` is `folder` or lies below it; both normalized. */
export function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

/** `path` relative to `folder` if it lies below it, else `path` itself. */
export function relative(path: string, folder: string): string {
  const prefix = folder.endsWith('/') ? folder : `${folder}/`;
  return path.startsWith(prefix) ? path.slice(prefix.length) : path;
}
