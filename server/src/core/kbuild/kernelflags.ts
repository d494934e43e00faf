import type { Build, BuildMember, Flag } from './build';
import { splitDefine } from './flags';

/** A folder that the preprocessor looks into. */
export interface IncludeFolder {
  readonly path: string;
  /** `quote` is looked into for `#include "…"` only. */
  readonly kind: 'quote' | 'plain' | 'system' | 'after';
}

/** How the compiler's preprocessor is called for one member of a module. */
export interface PreprocessorArguments {
  /** In the order of the search: quoted ones first, then `-I`, `-isystem`, `-idirafter`; each folder once. */
  readonly includes: readonly IncludeFolder[];
  /** Whether the compiler's own folders are not looked into. */
  readonly isStandardExcluded: boolean;
  /** Files read before the source for their macros alone, then files included before it. Absolute, or names to look for. */
  readonly preMacros: readonly string[];
  readonly preIncludes: readonly string[];
  /** In order, later ones win: value `undefined` is `-U`; a name may have parameters, as in `f(x)`. */
  readonly defines: readonly (readonly [name: string, value: string | undefined])[];
  /** Flags that change which macros the compiler itself defines: `-std=gnu11`, `-m64`, `-O2`. */
  readonly target: readonly string[];
}

/**
 * What the preprocessor gets for a member: the kernel's own flags and those of its Makefiles, as this kernel's build puts
 * them together. For a file that no Makefile names, what the kernel sets for every module with the names of that file.
 */
export function preprocessorArguments(member: BuildMember, build: Build): PreprocessorArguments {
  const all = [...(member.flags ?? build.kernelFlags), ...(member.names ?? namesOf(member))];
  const values = (option: Flag['option']): string[] =>
    all.flatMap((flag) => (flag.option === option ? flag.value : []));
  const defines: [string, string | undefined][] = [];
  for (const { option, value } of all) {
    if (option === '-D') defines.push(splitDefine(value));
    else if (option === '-U') defines.push([value, undefined]);
  }
  return {
    includes: searchOrder(values),
    isStandardExcluded: all.some((flag) => flag.option === '-nostdinc'),
    preMacros: values('-imacros'),
    preIncludes: values('-include'),
    defines,
    target: values('target'),
  };
}

/** The names that current kernels hand to a file of its own, which is a module of its own. */
export function namesOf(member: BuildMember): Flag[] {
  const base = member.object.slice(member.object.lastIndexOf('/') + 1).replace(/\.o$/, '');
  const name = base.replace(/[-,]/g, '_');
  const define = (value: string): Flag => ({ option: '-D', value, isKernels: false });
  return [
    define(`KBUILD_BASENAME="${name}"`),
    define(`KBUILD_MODNAME="${name}"`),
    define(`__KBUILD_MODNAME=kmod_${name}`),
  ];
}

/** A folder of a later group is left out of the earlier ones, as in gcc: system folders keep their place. */
function searchOrder(values: (option: Flag['option']) => string[]): IncludeFolder[] {
  const system = new Set(values('-isystem'));
  const groups: [IncludeFolder['kind'], Iterable<string>][] = [
    ['quote', new Set(values('-iquote'))],
    ['plain', new Set(values('-I').filter((path) => !system.has(path)))],
    ['system', system],
    ['after', new Set(values('-idirafter'))],
  ];
  return groups.flatMap(([kind, paths]) => [...paths].map((path) => ({ path, kind })));
}

/** What stands in for the kernel's own build where its files are not there: the form that it has in current kernels. */
export const standardKbuild = `
ccflags-y += $(EXTRA_CFLAGS)
asflags-y += $(EXTRA_AFLAGS)
KBUILD_CFLAGS += $(subdir-ccflags-y)
KBUILD_AFLAGS += $(subdir-asflags-y)
target-stem = $(basename $(patsubst $(obj)/%,%,$@))
name-fix-token = $(subst $(comma),_,$(subst -,_,$1))
name-fix = $(squote)$(quote)$(call name-fix-token,$1)$(quote)$(squote)
basetarget = $(basename $(notdir $@))
modname = $(subst $(space),:,$(__modname))
__modname = $(basetarget)
basename_flags = -DKBUILD_BASENAME=$(call name-fix,$(basetarget))
modname_flags = -DKBUILD_MODNAME=$(call name-fix,$(modname)) -D__KBUILD_MODNAME=kmod_$(call name-fix-token,$(modname))
c_flags = $(NOSTDINC_FLAGS) $(LINUXINCLUDE) $(filter-out $(CFLAGS_REMOVE_$(target-stem).o), \
  $(filter-out $(ccflags-remove-y), $(KBUILD_CPPFLAGS) $(KBUILD_CFLAGS) $(ccflags-y)) $(CFLAGS_$(target-stem).o)) \
  $(KBUILD_CFLAGS_MODULE) $(CFLAGS_MODULE) $(basename_flags) $(modname_flags)
a_flags = $(NOSTDINC_FLAGS) $(LINUXINCLUDE) $(filter-out $(AFLAGS_REMOVE_$(target-stem).o), \
  $(filter-out $(asflags-remove-y), $(KBUILD_CPPFLAGS) $(KBUILD_AFLAGS) $(asflags-y)) $(AFLAGS_$(target-stem).o)) \
  $(KBUILD_AFLAGS_MODULE) $(AFLAGS_MODULE) $(modname_flags)
`;

/** The variables that Kbuild empties before it reads a folder, and so expands at once when something is added. */
export const standardHead = `
obj-y :=
obj-m :=
lib-y :=
targets :=
subdir-y :=
subdir-m :=
EXTRA_AFLAGS :=
EXTRA_CFLAGS :=
asflags-y :=
ccflags-y :=
subdir-asflags-y :=
subdir-ccflags-y :=
`;

/** What the top Makefile of a kernel hands down, where there is none to read. */
export const standardTop = `
KBUILD_CPPFLAGS := -D__KERNEL__
KBUILD_CFLAGS :=
KBUILD_AFLAGS := -D__ASSEMBLY__
KBUILD_CFLAGS_MODULE := -DMODULE
KBUILD_AFLAGS_MODULE := -DMODULE
`;
