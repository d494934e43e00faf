import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Compiler, compilerOf, readCompilerData } from '../../server/src/core/preprocess/compiler';

/** The data of gcc of a version for x86_64 under flags, from a folder of compiler data. */
export function gccFrom(folder: string, version: string, flags: readonly string[]): Compiler {
  const [shared, own] = ['gcc', 'gcc-x86_64'].map((name) =>
    readCompilerData(readFileSync(join(folder, `${name}.json`), 'utf8')),
  );
  if (!shared || !own) throw new Error(`${folder} has no compiler's data`);
  const choice = { family: 'gcc', target: 'x86_64', version, flags: [] } as const;
  return compilerOf(
    choice,
    flags.filter((flag) => /^-(?:m|f|O|std=)/.test(flag)),
    shared,
    own,
  );
}
