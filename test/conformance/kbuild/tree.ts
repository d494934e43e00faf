import type { Build } from '../../../server/src/core/kbuild/build';
import { preprocessorArguments } from '../../../server/src/core/kbuild/kernelflags';
import { BuildReader, readBuild } from '../../../server/src/core/kbuild/read';
import type { Kernel } from '../../../server/src/core/kernel/kernel';
import { relative } from '../../../server/src/core/path';
import { diskBuildFiles } from '../../../server/src/io/buildfiles';
import { openKernel } from '../../../server/src/io/kernels';

/** Members of each module of a folder, both by their path in it without suffix or with `.o`. */
export type Modules = Record<string, readonly string[]>;

export async function openHeaders(headers: string): Promise<Kernel> {
  const machine = { release: '', modules: '', sources: [], embedded: '' };
  return openKernel({ setting: headers, hints: [], extraSymvers: [] }, machine);
}

export function read(folder: string, kernel: Kernel): Build {
  const folders = [folder, kernel.folder, kernel.sourceFolder].filter((each) => each !== undefined);
  return readBuild(folder, diskBuildFiles(folders, new Map()), kernel);
}

/** What the product makes of a kernel's whole source. */
export async function readTree(source: string, headers: string): Promise<Modules> {
  const build = read(source, await openHeaders(headers));
  const modules = build.modules.map((module) => [
    relative(module.path, source),
    module.members.map((member) => relative(member.object, source) + (member.dependsOn === undefined ? '' : '?')),
  ]);
  return Object.fromEntries(modules);
}

/**
 * Flags of each object, in the order of the compiler call; those that change the compiler's own macros besides. As
 * `isFresh` from the makefiles alone, else with what a build left.
 */
export function readFlags(
  folder: string,
  kernel: Kernel,
): Record<string, { preprocessor: string[]; target: string[] }> {
  const members = read(folder, kernel).modules.flatMap((module) => module.members);
  return Object.fromEntries(
    members.map((member) => {
      const flags = [...(member.flags ?? []), ...(member.names ?? [])];
      const target = flags.filter((flag) => flag.option === 'target').map((flag) => flag.value);
      const others = flags.filter((flag) => flag.option !== 'target');
      return [member.object, { preprocessor: others.map(({ option, value }) => `${option} ${value}`.trim()), target }];
    }),
  );
}

/** A reader of one folder: called without a file it reads all, with one and its text what that changes. */
export function reader(folder: string, kernel: Kernel): (path?: string, text?: string) => Build {
  const folders = [folder, kernel.folder, kernel.sourceFolder].filter((each) => each !== undefined);
  const build = new BuildReader(folder, kernel);
  return (path, text) => {
    const files = diskBuildFiles(folders, new Map(path === undefined || text === undefined ? [] : [[path, text]]));
    return path === undefined ? build.read(files) : build.read(files, [path]);
  };
}

const includeFlags = { plain: '-I', quote: '-iquote', system: '-isystem', after: '-idirafter' };

/** Arguments for gcc's preprocessor, by the source, of every C file of a kernel's modules. */
export function compilerCalls(source: string, kernel: Kernel): [source: string, args: string[]][] {
  const build = read(source, kernel);
  const members = build.modules.flatMap((module) => module.members);
  return members.flatMap((member): [string, string[]][] => {
    if (!member.source?.endsWith('.c')) return [];
    const call = preprocessorArguments(member, build);
    const includes = call.includes.flatMap(({ path, kind }) => [includeFlags[kind], path]);
    const defines = call.defines.map(([name, value]) => (value === undefined ? `-U${name}` : `-D${name}=${value}`));
    const files = [
      ...call.preMacros.flatMap((file) => ['-imacros', file]),
      ...call.preIncludes.flatMap((file) => ['-include', file]),
    ];
    const standard = call.isStandardExcluded ? ['-nostdinc'] : [];
    return [[member.source, [...standard, ...call.target, ...includes, ...files, ...defines, member.source]]];
  });
}
