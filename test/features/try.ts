import type { Snapshot } from '../../server/src/core/model/snapshot';
import { join } from '../../server/src/core/path';
import { extractFacts } from '../../server/src/core/syntax/extract';
import { caseKernel } from '../harness/kernel';
import { analyze, root } from '../harness/workspace';

/** Where the cursor is in a text. */
export const cursor = '¦';

/** A workspace in memory, and the place of the cursor in one of its files. */
export interface Asked {
  readonly snapshot: Snapshot;
  readonly path: string;
  readonly text: string;
  readonly offset: number;
}

/** Reads files by their paths, one with a cursor; settings are those of a fixture (`version`, `export`). */
export function ask(
  files: Readonly<Record<string, string>>,
  settings: Readonly<Record<string, string>> = {},
  readFacts = extractFacts,
): Asked {
  const texts = new Map(Object.entries(files).map(([path, text]) => [path, text.replace(cursor, '')]));
  const [name = '', marked = ''] = Object.entries(files).find(([, text]) => text.includes(cursor)) ?? [];
  const kernel = caseKernel(Object.entries(settings).map(([key, value]) => ({ key, value })));
  return {
    snapshot: analyze(texts, kernel, readFacts),
    path: join(root, name),
    text: texts.get(name) ?? '',
    offset: marked.indexOf(cursor),
  };
}
