import type { Problem } from '../core/finding';
import { extractFacts } from '../core/syntax/extract';
import type { FileFacts, MacroDefinition } from '../core/syntax/facts';
import type { StructureReader } from '../core/syntax/structure';
import { readText } from './disk';
import { createStructureReader } from './grammar';

/** One file's facts, or why there are none; none of both if the file is gone. */
export interface ReadFile {
  readonly path: string;
  readonly facts?: FileFacts;
  readonly problem?: Problem;
  /** The file does not contain what was asked for. */
  readonly isSkipped?: true;
}

/** Beyond this many macros a file is a table of registers: those that name and spell nothing are left out. */
const macroTable = 2000;

let structure: Promise<StructureReader> | undefined;

/** Facts of files on disk that contain `needle`, from tokens or with structure. Runs in a worker or in place. */
export async function readFiles(
  paths: readonly string[],
  root: string,
  depth: FileFacts['depth'],
  needle: string,
): Promise<ReadFile[]> {
  if (depth === 'structure') structure ??= createStructureReader();
  const reader = await structure;
  return paths.map((path) => {
    const result = readText(path, root);
    if (!('text' in result)) return result.problem ? { path, problem: result.problem } : { path };
    if (!result.text.includes(needle)) return { path, isSkipped: true };
    const facts = depth === 'structure' && reader ? reader.read(path, result.text) : extractFacts(path, result.text);
    return { path, facts: withoutTables(facts) };
  });
}

function withoutTables(facts: FileFacts): FileFacts {
  if (facts.macros.length < macroTable) return facts;
  const matters = (macro: MacroDefinition) => macro.uses.length > 0 || macro.body.includes('"');
  return { ...facts, macros: facts.macros.filter(matters) };
}
