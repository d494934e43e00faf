import type { Problem } from '../core/finding';
import { globMatcher } from '../core/globs';
import type { BuildModule } from '../core/kbuild/build';
import { join, relative } from '../core/path';
import type { Settings } from '../core/settings';
import { listFolder } from './disk';

export interface Scan {
  /** Every file below the folder that is not excluded, in depth-first order. */
  readonly files: ReadonlySet<string>;
  readonly problems: readonly Problem[];
}

const maximumFiles = 500_000;
const yieldEvery = 64;

/** Lists a folder's files; excluded folders are not entered, symbolic links to folders are not followed. */
export async function scanFolder(
  folder: string,
  isExcluded: (path: string, isFolder: boolean) => boolean,
  options: { readonly isRecursive: boolean; readonly signal?: AbortSignal },
): Promise<Scan> {
  const files = new Set<string>();
  const problems: Problem[] = [];
  const queue = [folder];
  for (let visited = 1; queue.length > 0; visited++) {
    const current = queue.pop() ?? folder;
    const listing = listFolder(current);
    problems.push(...listing.problems);
    for (const { name, isFolder } of listing.entries) {
      const path = join(current, name);
      if (isExcluded(path, isFolder)) continue;
      if (!isFolder) files.add(path);
      else if (options.isRecursive) queue.push(path);
    }
    if (files.size > maximumFiles) {
      problems.push({
        message: `'${folder}' holds more than ${maximumFiles} files; the rest is not read: open a smaller folder`,
        file: folder,
      });
      break;
    }
    if (visited % yieldEvery === 0) {
      options.signal?.throwIfAborted();
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  return { files, problems };
}

/** Whether the settings leave a path below the folder out; a folder is tested as if it held a file. */
export function excluder(
  folder: string,
  { exclude, project }: Pick<Settings, 'exclude' | 'project'>,
): (path: string, isFolder: boolean) => boolean {
  const own = globMatcher(exclude);
  const projects = globMatcher(project?.exclude ?? []);
  const root = project?.folder ?? folder;
  const isOut = (path: string) => own(relative(path, folder)) || projects(relative(path, root));
  return (path, isFolder) => isOut(path) || (isFolder && isOut(`${path}/x`));
}

/** Tells the modules whose path below the folder, without suffix, matches one of the globs; all without any. */
export function moduleMatcher(folder: string, globs: readonly string[] = ['**']): (module: BuildModule) => boolean {
  const matches = globMatcher(globs);
  return ({ path }) => matches(relative(path, folder));
}
