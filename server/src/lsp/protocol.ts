import { NotificationType, NotificationType0, type Range, RequestType } from 'vscode-languageserver/node';
import type { ModuleSummary } from '../core/features/summary';
import type { KernelChoice } from '../io/kernels';

/** Editor to server: the document that has the focus, or none. From then on the server sends `untainted/status`. */
export const activeDocument = new NotificationType<{ readonly uri: string | null }>('untainted/activeDocument');

/** Editor to server: whether the workspace is trusted now. Before, `isTrusted` of the initialization options says it. */
export const trustNotification = new NotificationType<{ readonly isTrusted: boolean }>('untainted/trust');

/** Server to editor: how the active document stands, after each change of it. */
export const statusNotification = new NotificationType<Status>('untainted/status');

/** The kernels that can be chosen, and the setting that is in force for the active document. */
export const kernelsRequest = new RequestType<{ readonly uri: string | null }, Kernels, void>('untainted/kernels');

/** The page of a rule, in Markdown; null if there is no such rule. */
export const explainRequest = new RequestType<{ readonly rule: string }, string | null, void>('untainted/explain');

/** Reads every folder again; the number of findings by severity when that is done. */
export const checkRequest = new RequestType<undefined, CheckSummary, void>('untainted/check');

/** The modules of every folder, once these are read. From then on the server says when that may have changed. */
export const modulesRequest = new RequestType<undefined, Modules, void>('untainted/modules');

/** Server to editor: what was said of modules may be wrong now. Not said again before the editor asks again. */
export const modulesChanged = new NotificationType0('untainted/modulesChanged');

/** One module by its path, with what it consists of and uses; null if there is none. */
export const moduleRequest = new RequestType<{ readonly path: string }, ModuleDetails | null, void>('untainted/module');

/** The licenses that can be asked about, for the modules of a document or for one; null if there is no such module. */
export const licensesRequest = new RequestType<ModuleQuestion, LicenseChoices | null, void>('untainted/licenses');

/** What would become of these modules if they declared another license. */
export const whatIfRequest = new RequestType<ModuleQuestion & { readonly license: string }, WhatIfAnswer | null, void>(
  'untainted/whatIf',
);

/** The report as a page of its own; with a nonce for a web view, else for a file. */
export const reportRequest = new RequestType<{ readonly nonce: string | null }, string | null, void>(
  'untainted/report',
);

/** A range of a document. */
export interface Place {
  readonly uri: string;
  readonly range: Range;
}

export interface Modules {
  readonly folders: readonly FolderModules[];
}

export interface FolderModules {
  readonly uri: string;
  readonly kernel: StatusKernel;
  readonly modules: readonly ModuleRow[];
}

/** What a list of modules shows of one. */
export interface ModuleRow extends ModuleSummary {
  /** Absolute path of the `.ko` without suffix: names the module in other requests. */
  readonly path: string;
  /** The license tag, else the word of the Makefile that names the module, else its source. */
  readonly place: Place | null;
}

export interface ModuleDetails {
  readonly kernel: StatusKernel;
  readonly licenses: readonly {
    readonly text: string;
    readonly isCompatible: boolean | null;
    readonly place: Place | null;
  }[];
  readonly members: readonly { readonly name: string; readonly uri: string | null }[];
  readonly imports: readonly string[];
  /** What decides whether it is built, if that is not known. */
  readonly dependsOn: string | null;
  readonly providers: readonly {
    readonly name: string;
    readonly gplOnly: number;
    readonly symbols: readonly UsedSymbol[];
  }[];
}

export interface UsedSymbol {
  readonly name: string;
  readonly isGplOnly: boolean;
  readonly namespace: string;
  readonly provider: string;
  readonly uses: readonly SymbolPlace[];
}

/** Where the way to a symbol begins, and the macros and inline functions that it goes through. */
export interface SymbolPlace {
  readonly place: Place | null;
  readonly through: readonly { readonly name: string; readonly place: Place | null }[];
  /** What must hold for it to be compiled, if that is not known. */
  readonly condition: string | null;
}

export interface ModuleQuestion {
  /** The document whose license tags would change; null for all of the module's. */
  readonly uri: string | null;
  /** The module's path; null for every module that the document is part of. */
  readonly module: string | null;
}

export interface LicenseChoices {
  readonly modules: readonly string[];
  readonly strings: readonly {
    readonly value: string;
    readonly isCompatible: boolean;
    readonly meaning: string;
    readonly isHistoric: boolean;
    /** Whether the document, or the module, says it now. */
    readonly isCurrent: boolean;
  }[];
}

export interface WhatIfAnswer {
  readonly license: string;
  readonly isCompatible: boolean;
  readonly kernel: StatusKernel;
  readonly modules: readonly WhatIfModule[];
}

export interface WhatIfModule extends StatusModule {
  readonly path: string;
  /** False if only direct uses are known. */
  readonly isExact: boolean;
  /** Whether the loader would call it proprietary; null if that is not known. */
  readonly isTainting: boolean | null;
  /** Tags elsewhere in the module that stay incompatible. */
  readonly remaining: readonly { readonly text: string; readonly place: Place | null }[];
  readonly refused: readonly UsedSymbol[];
  /** Modules that the loader would not let work together, by way of these symbols. */
  readonly inherited: readonly {
    readonly user: string;
    readonly provider: string;
    readonly symbols: readonly UsedSymbol[];
  }[];
  readonly namespaces: readonly string[];
}

export interface Status {
  /** The document it is about; null if none of the server's is active. */
  readonly uri: string | null;
  readonly isIndexing: boolean;
  readonly kernel: StatusKernel | null;
  /** The modules that the document is part of. */
  readonly modules: readonly StatusModule[];
  /** Findings in the document. */
  readonly findings: number;
  /** What could not be read or understood in the folder, at most 20 sentences. */
  readonly problems: readonly string[];
}

export interface StatusKernel {
  readonly release: string;
  readonly origin: 'headers' | 'embedded';
  readonly folder: string | null;
  /** Ends the sentence "This kernel is used because …". */
  readonly because: string;
  readonly exports: number;
}

export interface StatusModule {
  readonly name: string;
  readonly licenses: readonly string[];
  readonly verdict: 'compatible' | 'incompatible' | 'missing' | 'unknown';
}

export interface Kernels {
  readonly choices: readonly KernelChoice[];
  /** The setting that is in force. */
  readonly current: string;
  /** The kernel that this leads to; null before a folder is read. */
  readonly inUse: StatusKernel | null;
}

export interface CheckSummary {
  readonly files: number;
  readonly errors: number;
  readonly warnings: number;
  readonly others: number;
}
