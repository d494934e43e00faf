import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Kernel } from '../core/kernel/kernel';
import {
  type Compiler,
  type CompilerChoice,
  type CompilerData,
  compilerOf,
  readCompilerData,
} from '../core/preprocess/compiler';
import { toPath } from './disk';

/** The option of an architecture, whether it has 64 bits where one option is of both, and the target's data. */
const architectures: readonly (readonly [option: string, is64: boolean | undefined, target: string])[] = [
  ['CONFIG_X86_64', undefined, 'x86_64'],
  ['CONFIG_X86_32', undefined, 'i386'],
  ['CONFIG_ARM64', undefined, 'aarch64'],
  ['CONFIG_ARM', undefined, 'arm'],
  ['CONFIG_RISCV', true, 'riscv64'],
  ['CONFIG_RISCV', false, 'riscv32'],
  ['CONFIG_PPC64', undefined, 'powerpc64'],
  ['CONFIG_PPC32', undefined, 'powerpc'],
  ['CONFIG_S390', undefined, 's390x'],
  ['CONFIG_MIPS', true, 'mips64'],
  ['CONFIG_MIPS', false, 'mips'],
  ['CONFIG_LOONGARCH', undefined, 'loongarch64'],
];

/** The compiler that a kernel's configuration tells; `undefined` if there is no data for its architecture. */
export function compilerFor({ config }: Kernel): CompilerChoice | undefined {
  const is = (option: string) => config.get(option) === 'y';
  const is64 = is('CONFIG_64BIT');
  const found = architectures.find(([option, both]) => is(option) && (both === undefined || both === is64))?.[2];
  if (found === undefined) return undefined;
  const target = found === 'powerpc64' && is('CONFIG_CPU_LITTLE_ENDIAN') ? 'powerpc64le' : found;
  const family = is('CONFIG_CC_IS_CLANG') ? 'clang' : 'gcc';
  const number = Number(config.get(family === 'clang' ? 'CONFIG_CLANG_VERSION' : 'CONFIG_GCC_VERSION') ?? 0);
  const version = [number / 10_000, (number / 100) % 100, number % 100].map(Math.floor).join('.');
  const flags = [
    ...(is('CONFIG_CPU_BIG_ENDIAN') ? ['-mbig-endian'] : []),
    ...(target.startsWith('mips') && is('CONFIG_CPU_LITTLE_ENDIAN') ? ['-EL'] : []),
  ];
  return { family, target, version: number > 0 ? version : undefined, flags };
}

/** Why there is no compiler for a kernel: for people. */
export function whyNoCompiler({ config }: Kernel): string {
  if (!config.isKnown) return "the kernel's configuration is not known, and so not its architecture";
  const text = config.get('CONFIG_CC_VERSION_TEXT');
  const by = text === undefined ? '' : ` (it was built with '${text.slice(0, 80)}')`;
  return `there is no compiler data for the kernel's architecture${by}`;
}

const files = new Map<string, CompilerData | undefined>();
const made = new Map<string, Compiler | undefined>();
/** So many different sets of flags are remembered. */
const mostMade = 200;

/** A compiler with its flags, from beside the bundle or from the source tree; `undefined` if its data is not there. */
export function loadCompiler(choice: CompilerChoice, flags: readonly string[] = []): Compiler | undefined {
  const key = JSON.stringify([choice, flags]);
  if (made.has(key)) return made.get(key);
  const shared = loadData(choice.family);
  const own = loadData(`${choice.family}-${choice.target}`);
  const compiler = shared && own && compilerOf(choice, flags, shared, own);
  if (made.size >= mostMade) made.clear();
  made.set(key, compiler);
  return compiler;
}

function loadData(name: string): CompilerData | undefined {
  if (files.has(name)) return files.get(name);
  const folder = dataFolder();
  let data: CompilerData | undefined;
  try {
    data = readCompilerData(readFileSync(join(folder, `${name}.json`), 'utf8'));
  } catch {
    data = undefined;
  }
  files.set(name, data);
  return data;
}

/**
 * The folder of the headers that compilers bring with them (`<stdarg.h>`), as far as kernels include them: up to 5.14 their
 * builds search the compiler's own folder, which is not on every machine.
 */
export function compilerHeaders(): string {
  headers ??= toPath(join(dataFolder(), 'include'));
  return headers;
}

let headers: string | undefined;

function dataFolder(): string {
  const beside = join(__dirname, 'compilers');
  return existsSync(beside) ? beside : join(__dirname, '../../compilers');
}
