import { NotificationType, RequestType } from 'vscode-languageserver/node';

/** Editor to server: the document that has the focus, or none. From then on the server sends `untainted/status`. */
export const activeDocument = new NotificationType<{ readonly uri: string | null }>('untainted/activeDocument');

/** Server to editor: how the active document stands, after each change of it. */
export const statusNotification = new NotificationType<Status>('untainted/status');

/** The kernels that can be chosen, and the setting that is in force for the active document. */
export const kernelsRequest = new RequestType<{ readonly uri: string | null }, Kernels, void>('untainted/kernels');

/** The page of a rule, in Markdown; null if there is no such rule. */
export const explainRequest = new RequestType<{ readonly rule: string }, string | null, void>('untainted/explain');

/** Reads every folder again; the number of findings by severity when that is done. */
export const checkRequest = new RequestType<undefined, CheckSummary, void>('untainted/check');

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
  readonly choices: readonly { readonly label: string; readonly description: string; readonly setting: string }[];
  readonly current: string;
}

export interface CheckSummary {
  readonly files: number;
  readonly errors: number;
  readonly warnings: number;
  readonly others: number;
}
