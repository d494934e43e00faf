import type { Location } from '../finding';
import type { KernelExport } from '../kernel/kernel';
import type { FileFacts, Invocation, SpdxTag } from '../syntax/facts';

/** Whether code is compiled, as far as the configuration tells: `maybe` where a condition is not known. */
export type Presence = 'yes' | 'maybe' | 'no';

/** A file as the rules see it: its facts, with every name resolved that the file or its local headers define. */
export interface SourceFile {
  readonly path: string;
  readonly facts: FileFacts;
  /** First tag on the first two lines, which is the one that counts. */
  readonly spdx: SpdxTag | undefined;
  readonly licenses: readonly LicenseTag[];
  readonly descriptions: readonly TextTag[];
  readonly imports: readonly TextTag[];
  readonly exports: readonly ExportTag[];
  /** Whether the code at an offset is compiled. */
  presence(offset: number): Presence;
}

/** A `MODULE_…("text")`; nothing with presence `no` is kept. */
export interface TextTag {
  /** `undefined` where the argument cannot be resolved to a string. */
  readonly value: string | undefined;
  /** The argument as written. */
  readonly text: string;
  /** The argument's place in the file that says it. */
  readonly at: Location;
  /** Where the value is written if that is another place (a `#define`): what a fix would change. */
  readonly valueAt: Location;
  /** The whole call. */
  readonly call: Location;
  readonly presence: Presence;
  readonly invocation: Invocation;
}

export interface LicenseTag extends TextTag {
  /** What the loader and modpost think of the value, which ends for them at a NUL; `undefined` where the value is. */
  readonly isCompatible: boolean | undefined;
}

export interface ExportTag {
  /** The exported symbol, `undefined` if it is made by a macro that is not understood. */
  readonly name: string;
  readonly isGplOnly: boolean;
  readonly namespace: string;
  readonly at: Location;
  readonly presence: Presence;
  /** The call in the file: of an export macro, or of one that makes it. */
  readonly invocation: Invocation;
}

/** One kernel module of the workspace: all of its members together. */
export interface Module {
  readonly name: string;
  /** Absolute path of the `.ko` without suffix. */
  readonly path: string;
  /** The word of the Makefile that names it. */
  readonly at: Location | undefined;
  /** Sources in the order of the Makefile, those that could be read. */
  readonly members: readonly SourceFile[];
  /** Members and the local headers they reach. */
  readonly files: readonly SourceFile[];
  /** Objects without a readable source: what they declare and use is not known. */
  readonly unreadMembers: readonly string[];
  /** Those of them that are linked as they lie on disk. */
  readonly prebuilt: readonly PrebuiltObject[];
  /** What decides whether it is built, if that is not known. */
  readonly dependsOn: string | undefined;
  /** Of members and the headers they include, in the order of the object file. */
  readonly licenses: readonly LicenseTag[];
  readonly descriptions: readonly TextTag[];
  readonly imports: readonly TextTag[];
  /** Namespaces as modinfo prints them, one for each tag of each object; without exact uses, of the module's own files. */
  namespaces(): readonly string[];
  /** modpost's verdict; `unknown` if a license or a member is not resolved and the rest does not decide. */
  readonly verdict: 'compatible' | 'incompatible' | 'missing' | 'unknown';
  /** Whether `symbols` is what the linker will be asked for; else the uses in the module's own files only. */
  readonly isExact: boolean;
  /** Whether nothing of what the linker will be asked for can be missing: every member and every header was read. */
  readonly isWhole: boolean;
  /** What of its code could not be evaluated and therefore counts as live, by cause. */
  notEvaluated(): readonly string[];
  /** Whether it belongs to the source of the kernel itself that was opened. */
  readonly isInTree: boolean;
  /** Exported symbols that the module asks for, by name. Computed at the first call. */
  symbols(): readonly SymbolUse[];
  /** What modpost will find no export of; `undefined` where not all is read: a member, a header, a symvers file. */
  missing(): readonly MissingSymbol[] | undefined;
  /** Symbols that the module asks for by name while it runs, in the order of its files. */
  lookups(): readonly SymbolLookup[];
  /** Names that its objects define for others; `undefined` where that cannot be known. */
  defines(): ReadonlySet<string> | undefined;
  /** Who else exports a name: a sibling module, a further symvers file, the kernel. */
  findExport(name: string): KernelExport | undefined;
  /** The module of the workspace that `findExport` names, if it is one. */
  provider(name: string): Module | undefined;
  /** The modules of the workspace whose symbols are among `symbols`. */
  providers(): readonly Provider[];
  /** Every module of the workspace, this one too. */
  siblings(): readonly Module[];
}

/** A module of the workspace that another one builds upon. */
export interface Provider {
  readonly path: string;
  /** What it provides. */
  readonly symbols: readonly SymbolUse[];
  module(): Module | undefined;
}

/** An undefined symbol that nobody is known to export. */
export interface MissingSymbol {
  readonly name: string;
  /** Where it is declared; `undefined` if that is nowhere, or it is never meant to be reached. */
  readonly declaredAt: Location | undefined;
  readonly sites: readonly UseSite[];
}

/** A symbol that is looked up by its name. */
export interface SymbolLookup {
  readonly name: string;
  /** The function or macro that is called for it; `symbol_name` where a probe is put on it. */
  readonly by: string;
  readonly kind: 'call' | 'member';
  /** The place in the module's own files where the way to the look-up begins. */
  readonly at: Location;
  readonly presence: Presence;
}

export interface PrebuiltObject {
  /** The file that is linked, or copied to the object that is. */
  readonly path: string;
  /** The word of the Makefile that names it. */
  readonly at: Location | undefined;
}

export interface SymbolUse {
  readonly name: string;
  readonly export: KernelExport;
  /** In the order of members and offsets; none with presence `no`. Computed when first asked for. */
  readonly sites: readonly UseSite[];
  /** How many further places there are: only so many are told. */
  readonly more: number;
}

export interface UseSite {
  /** The place in the module's own file where the way to the symbol begins. */
  readonly at: Location;
  /** Macros and functions from there to the symbol, empty for a direct use. */
  readonly through: readonly Step[];
  /** How many of the first steps still lead to places in the module's own files. */
  readonly ownSteps: number;
  readonly presence: Presence;
  /** The condition that is not known, for `maybe`. */
  readonly condition: string | undefined;
}

export interface Step {
  readonly name: string;
  /** Where the macro or function is defined. */
  readonly at: Location;
}
