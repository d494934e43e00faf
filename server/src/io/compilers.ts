import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Kernel } from '../core/kernel/kernel';
import { type Compiler, readCompiler } from '../core/preprocess/compiler';

const architectures: readonly (readonly [option: string, name: string])[] = [
  ['CONFIG_X86_64', 'x86_64'],
  ['CONFIG_ARM64', 'aarch64'],
];

/** Name of the compiler data that fits a kernel's configuration; `undefined` if there is none for its architecture. */
export function compilerFor({ config }: Kernel): string | undefined {
  const architecture = architectures.find(([option]) => config.get(option) === 'y')?.[1];
  if (architecture === undefined) return undefined;
  return `${config.get('CONFIG_CC_IS_CLANG') === 'y' ? 'clang' : 'gcc'}-${architecture}`;
}

/** The predefined macros of a compiler, from beside the bundle or from the source tree. */
export function loadCompiler(name: string): Compiler | undefined {
  const beside = join(__dirname, 'compilers');
  const folder = existsSync(beside) ? beside : join(__dirname, '../../compilers');
  try {
    return readCompiler(readFileSync(join(folder, `${name}.json`), 'utf8'));
  } catch {
    return undefined;
  }
}
