import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Compiler,
  type CompilerChoice,
  compilerOf,
  readCompilerData,
} from '../../server/src/core/preprocess/compiler';

/** A compiler under flags, from a folder of compiler data. Throws where that has none for it. */
export function compilerFrom(folder: string, choice: CompilerChoice, flags: readonly string[]): Compiler {
  const [shared, own] = [choice.family, `${choice.family}-${choice.target}`].map((name) =>
    readCompilerData(readFileSync(join(folder, `${name}.json`), 'utf8')),
  );
  if (!shared || !own) throw new Error(`${folder} has no data of ${choice.family} for ${choice.target}`);
  return compilerOf(
    choice,
    flags.filter((flag) => /^-(?:m|f|O|std=)/.test(flag)),
    shared,
    own,
  );
}

/** gcc of a version for x86_64. */
export function gccFrom(folder: string, version: string, flags: readonly string[]): Compiler {
  return compilerFrom(folder, { family: 'gcc', target: 'x86_64', version, flags: [] }, flags);
}
