import type { Problem } from '../finding';
import { join } from '../path';
import type { Scope } from './make/scope';
import { knownText, literal, type Reason, reasonOf, type Value } from './make/value';
import type { Reading } from './reading';

/** A kernel's two folders, and the one below `arch`. */
export interface Layout {
  readonly srctree: string;
  readonly objtree: string;
  readonly arch: string | undefined;
}

/** What every kernel's top Makefile hands down if it was read to the end, and how one tells that it is there. */
const needed: readonly (readonly [name: string, isThere: RegExp])[] = [
  ['LINUXINCLUDE', /-I\s*\S/],
  ['KBUILD_CPPFLAGS', /-D\s*__KERNEL__\b/],
  ['KBUILD_CFLAGS', /\S/],
];

/**
 * Puts the layout that kernels have had since 3.7 in the place of what the top Makefile should have handed down and did
 * not; every folder and file of it is there. Gives the values and what stopped the reading, for people.
 */
export function standardParts(
  reading: Omit<Reading, 'base'>,
  layout: Layout,
  scope: Scope,
): { values: ReadonlyMap<string, Value>; problem: Problem | undefined } {
  const values = new Map<string, Value>();
  const include = standardInclude(reading, layout);
  // A folder without any header of a kernel has nothing to fall back on.
  if (include === '') return { values, problem: undefined };
  const standard: Readonly<Record<string, string>> = {
    LINUXINCLUDE: include,
    KBUILD_CPPFLAGS: '-D__KERNEL__',
    KBUILD_CFLAGS: '-std=gnu11 -O2',
    KBUILD_AFLAGS: '-D__ASSEMBLY__',
    KBUILD_CFLAGS_MODULE: '-DMODULE',
    KBUILD_AFLAGS_MODULE: '-DMODULE',
  };
  const lost = needed.filter(([name, isThere]) => !isThere.test(knownText(scope.value(name)))).map(([name]) => name);
  if (lost.length === 0) return { values, problem: undefined };
  for (const [name, text] of Object.entries(standard))
    if (lost.includes(name) || knownText(scope.value(name)).trim() === '') values.set(name, [literal(text)]);
  return { values, problem: problemOf(lost, join(layout.srctree, 'Makefile'), scope) };
}

function problemOf(lost: readonly string[], makefile: string, scope: Scope): Problem {
  const unknown = lost.map((name) => reasonOf(scope.value(name))).find((reason) => reason?.at);
  const [why, reason]: [string, Reason | undefined] =
    scope.stop !== undefined
      ? [`it ends with '${scope.stop.text}'`, scope.stop]
      : unknown !== undefined
        ? [`'${unknown.text}' is not evaluated`, unknown]
        : scope.skipped !== undefined
          ? [`'${scope.skipped.at.text}' left out ${scope.skipped.lines} lines`, scope.skipped.at]
          : ['it does not say', undefined];
  const message = `The kernel's top Makefile gives no ${lost.join(', ')}: ${why}. The standard layout of a kernel is taken instead; flags that only this kernel has are not known.`;
  return { message, file: reason?.at?.file ?? makefile, ...(reason?.at && { span: reason.at.span }) };
}

/** The include folders and files of a kernel's build that are there, in its order. */
function standardInclude({ files }: Omit<Reading, 'base'>, { srctree, objtree, arch }: Layout): string {
  const below = [
    ...(arch === undefined ? [] : [`arch/${arch}/include`, `arch/${arch}/include/generated`]),
    'include',
    ...(arch === undefined ? [] : [`arch/${arch}/include/uapi`, `arch/${arch}/include/generated/uapi`]),
    'include/uapi',
    'include/generated/uapi',
  ];
  const trees = [...new Set([srctree, objtree])];
  const folders = below.flatMap((name) => trees.map((tree) => join(tree, name))).filter((path) => files.exists(path));
  const first = ['compiler-version.h', 'kconfig.h', 'compiler_types.h'].flatMap((name) => {
    const path = join(srctree, `include/linux/${name}`);
    return files.exists(path) ? [`-include ${path}`] : [];
  });
  return first.length === 0 ? '' : [...folders.map((path) => `-I${path}`), ...first].join(' ');
}
