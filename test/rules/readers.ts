import { extractFacts } from '../../server/src/core/syntax/extract';
import type { StructureReader } from '../../server/src/core/syntax/structure';
import { createStructureReader } from '../../server/src/io/grammar';
import type { ReadFacts } from '../harness/workspace';

let reader: StructureReader | undefined;

/** Facts from tokens alone, as for files in bulk. */
export const fromTokens: ReadFacts = extractFacts;

/** Facts with structure, as for open documents and the members of modules. */
export const fromStructure: ReadFacts = (path, text) => {
  if (!reader) throw new Error('the grammar is not loaded: openReader() goes first');
  return path.endsWith('.S') ? extractFacts(path, text) : reader.read(path, text);
};

export async function openReader(): Promise<void> {
  reader = await createStructureReader();
}

export function closeReader(): void {
  reader?.dispose();
  reader = undefined;
}
