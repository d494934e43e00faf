import type { Problem } from '../finding';
import { join } from '../path';
import { kbuildFile, readFolder } from './folder';
import { locationOf, type Piece } from './make/value';
import type { Environment } from './reading';
import { type Reading, report } from './reading';
import { readTop, topFolders } from './top';

/** Whether a folder is the top of a kernel's whole source: then its own build decides which folders are read. */
export function isKernelTree(reading: Reading, folder: string): boolean {
  const { files } = reading;
  if (!files.list(folder).includes('scripts/')) return false;
  if (!files.exists(join(folder, 'scripts/Kbuild.include')) || !files.exists(join(folder, 'init/Makefile')))
    return false;
  const makefile = files.read(join(folder, 'Makefile')) ?? '';
  return /^VERSION\s*=/m.test(makefile) && /^PATCHLEVEL\s*=/m.test(makefile);
}

interface Start {
  readonly environment: Environment;
  readonly isArchKnown: boolean;
  readonly roots: readonly Piece[];
  readonly problem: Problem | undefined;
}

/** Reads a kernel's tree as its top Makefile does for `make modules`. */
export function readTree(outer: Reading, folder: string): void {
  const { kernel, files, memory } = outer;
  // A kernel that is built elsewhere has its generated headers there.
  const objtree = kernel.origin === 'headers' && kernel.folder !== undefined ? kernel.folder : folder;
  const isCurrent = (): boolean => true;
  const start = memory.recall<Start>(files, `tree ${folder}`, isCurrent, () => {
    const top = readTop(outer, { srctree: folder, objtree, moduleRoot: '' });
    const topKbuild = kbuildFile(outer, folder);
    const isListedByKbuild = topKbuild?.endsWith('/Kbuild') === true && /^obj-/m.test(files.read(topKbuild) ?? '');
    return {
      environment: memory.environment(`tree ${folder}`, top.environment),
      isArchKnown: top.arch !== undefined,
      roots: topFolders(top.scope, isListedByKbuild),
      problem: top.problem,
    };
  });
  if (start.problem) report(outer, start.problem);
  if (!start.isArchKnown) {
    const message = "The kernel's configuration names none of the architectures below 'arch': those are not read.";
    report(outer, { message, file: join(folder, 'Makefile') });
  }
  const reading = { ...outer, base: start.environment };
  for (const root of start.roots) {
    const isRead = readFolder(reading, {
      path: join(folder, root.text),
      moduleRoot: undefined,
      obj: root.text.replace(/\/+$/, ''),
      srctree: folder,
      objtree,
      commandLine: new Map(),
      environment: start.environment,
      when: root.when,
      above: [],
    });
    const at = locationOf(root);
    if (isRead || !at) continue;
    const message = `'${root.text}' has neither a Kbuild file nor a Makefile.`;
    report(reading, { message, file: at.file, span: at.span });
  }
}
