/** What client and server say to each other besides the protocol's own; see server/src/lsp/protocol.ts. */
import { NotificationType, RequestType } from 'vscode-languageclient/node';

export const activeDocument = new NotificationType<{ readonly uri: string | null }>('untainted/activeDocument');
export const statusNotification = new NotificationType<Status>('untainted/status');
export const kernelsRequest = new RequestType<{ readonly uri: string | null }, Kernels, void>('untainted/kernels');
export const explainRequest = new RequestType<{ readonly rule: string }, string | null, void>('untainted/explain');
export const checkRequest = new RequestType<object, CheckSummary, void>('untainted/check');

export interface Status {
  readonly uri: string | null;
  readonly isIndexing: boolean;
  readonly kernel: StatusKernel | null;
  readonly modules: readonly StatusModule[];
  readonly findings: number;
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
