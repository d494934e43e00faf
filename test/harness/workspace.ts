import { Analysis } from '../../server/src/core/analysis';
import type { BuildFiles } from '../../server/src/core/kbuild/build';
import { readBuild } from '../../server/src/core/kbuild/read';
import type { Kernel } from '../../server/src/core/kernel/kernel';
import type { Snapshot } from '../../server/src/core/model/snapshot';
import { basename, dirname, join } from '../../server/src/core/path';
import type { FileFacts } from '../../server/src/core/syntax/facts';
import { linkSources } from './exact';

/** A workspace folder in memory. */
export const root = '/workspace';

/** How facts are made: from tokens alone, or with structure. */
export type ReadFacts = (path: string, text: string) => FileFacts;

/** What the analysis says of a tree of files, given by their paths below the root. */
export function analyze(
  files: ReadonlyMap<string, string>,
  kernel: Kernel,
  readFacts: ReadFacts,
  isExact = false,
): Snapshot {
  const texts = new Map([...files].map(([path, text]) => [join(root, path), text]));
  const analysis = new Analysis(kernel, root);
  for (const [path, text] of texts) {
    if (/\.[chS]$|\/(?:Makefile|Kbuild)$/.test(path)) analysis.setFacts(path, readFacts(path, text));
  }
  analysis.setBuild(readBuild(root, memoryFiles(withMakefile(texts)), kernel));
  if (isExact) linkSources(analysis, texts);
  return analysis.snapshot();
}

/** A tree without any Makefile gets one per folder: each source is a module of one file. */
function withMakefile(texts: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  if ([...texts.keys()].some((path) => /^(?:Makefile|Kbuild)$/.test(basename(path)))) return texts;
  const out = new Map(texts);
  for (const path of texts.keys()) {
    if (!path.endsWith('.c')) continue;
    const makefile = join(dirname(path), 'Makefile');
    out.set(makefile, `${out.get(makefile) ?? ''}obj-m += ${basename(path, '.c')}.o\n`);
  }
  return out;
}

function memoryFiles(texts: ReadonlyMap<string, string>): BuildFiles {
  const list = (folder: string): string[] => {
    const names = new Set<string>();
    for (const path of texts.keys()) {
      if (!path.startsWith(`${folder}/`)) continue;
      const [name = '', ...below] = path.slice(folder.length + 1).split('/');
      names.add(below.length > 0 ? `${name}/` : name);
    }
    return [...names].sort();
  };
  return {
    read: (path) => texts.get(path),
    exists: (path) => texts.has(path) || list(path).length > 0,
    list,
  };
}
