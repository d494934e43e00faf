import type { Location, Problem } from '../finding';

/** What the Makefiles and Kbuild files of one workspace folder say is built. Plain data. */
export interface Build {
  readonly modules: readonly BuildModule[];
  /** What was not understood, at its place. Not an error: nothing is claimed about what depends on it. */
  readonly problems: readonly Problem[];
  /** Every file that was read or looked for, so that a change of one calls for a new reading. */
  readonly inputs: readonly string[];
  /** The build files among them that exist. */
  readonly buildFiles: readonly string[];
  /** Whether the folder is a kernel's own source: then only what its build lists is a module. */
  readonly isKernelTree: boolean;
  /** `KDIR`-like defaults (`KDIR ?= /lib/modules/$(shell uname -r)/build`), `$(shell uname -r)` left in the text. */
  readonly kernelFolders: readonly KernelFolderHint[];
  /** Values of `KBUILD_EXTRA_SYMBOLS`, absolute. */
  readonly extraSymvers: readonly string[];
  /** What the chosen kernel's own build says to the preprocessor for every C file of a module, names aside. */
  readonly kernelFlags: readonly Flag[];
  /** Headers that rules make. */
  readonly madeHeaders: readonly MadeHeader[];
}

/** A header that a rule of a makefile makes when something is built. */
export interface MadeHeader {
  /** Absolute; `%` stands for any text, as in the rule's target. */
  readonly path: string;
  /** The target of the rule, or what the header is made from. */
  readonly at: Pick<Problem, 'file' | 'span'>;
}

/** What is known before anything was read. */
export const noBuild: Build = {
  modules: [],
  problems: [],
  inputs: [],
  buildFiles: [],
  isKernelTree: false,
  kernelFolders: [],
  extraSymvers: [],
  kernelFlags: [],
  madeHeaders: [],
};

export interface KernelFolderHint {
  readonly value: string;
  readonly at: Location;
}

export interface BuildModule {
  /** As the module is named in the kernel (`-` becomes `_`). */
  readonly name: string;
  /** Absolute path of the `.ko` without its suffix. */
  readonly path: string;
  /** The word of `obj-m` that names it; `undefined` for a lone source file. */
  readonly at: Location | undefined;
  readonly members: readonly BuildMember[];
  /** What decides whether it is built, if that is not known (`CONFIG_FOO`, a `$(shell …)`). */
  readonly dependsOn?: string;
}

export interface BuildMember {
  /** Absolute path of the object file. */
  readonly object: string;
  /** Absolute path of the `.c` (or `.S`, `.rs`) it is made from; `undefined` if there is none on disk. */
  readonly source: string | undefined;
  /** The word of a Makefile that names it, where one does. */
  readonly at?: Location;
  /** A finished object on disk (`foo.o_shipped`, `foo.o`, `foo.a`) that is linked as it is, where no source is there. */
  readonly prebuilt?: string;
  readonly dependsOn?: string;
  /**
   * Every flag that concerns the preprocessor, the kernel's own among them, in the compiler's order; members of a folder
   * share one list. Missing for a file that no Makefile names: then `Build.kernelFlags` hold. What comes behind, the
   * names of the object and its module, is in `names`.
   */
  readonly flags?: readonly Flag[];
  /** `-DKBUILD_BASENAME=…`, `-DKBUILD_MODNAME=…` and their kin, as this kernel's build sets them. */
  readonly names?: readonly Flag[];
  /** What of `flags` the kernel does not set itself: name to value (`1` without one), `undefined` for `-U`. */
  readonly defines: Readonly<Record<string, string | undefined>>;
  /** Folders of `flags` that the kernel does not set itself, absolute, in order. */
  readonly includes: readonly string[];
}

/** The options of a compiler that concern its preprocessor. */
export type FlagOption =
  | '-D'
  | '-U'
  | '-undef'
  | '-I'
  | '-iquote'
  | '-isystem'
  | '-idirafter'
  | '-nostdinc'
  | '-include'
  | '-imacros'
  /** What changes the macros that the compiler itself defines: `-std=gnu11`, `-m64`, `-fno-PIE`, `-O2`. */
  | 'target';

/** One flag of a compiler call. Plain data. */
export interface Flag {
  readonly option: FlagOption;
  /** `NAME`, `NAME=value`; an absolute path; the whole flag of a target. An included file may be a name to look for. */
  readonly value: string;
  /** Whether the kernel's own build sets it for every module. */
  readonly isKernels: boolean;
}

/** The disk as a reader of Makefiles sees it. Paths as in `path.ts`; never outside the folders the user opened. */
export interface BuildFiles {
  /** `undefined` if there is no such readable text file. */
  read(path: string): string | undefined;
  exists(path: string): boolean;
  /** Names in a folder (folders end in `/`), sorted; empty if it cannot be read. */
  list(folder: string): readonly string[];
  /** When a file was last written, in milliseconds; later than everything for an open text. Unknown where it is missing. */
  modified?(path: string): number | undefined;
}
