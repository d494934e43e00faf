/** What client and server say to each other besides the protocol's own; the forms are the server's. */
import { NotificationType, NotificationType0, RequestType } from 'vscode-languageclient/node';
import type {
  CheckSummary,
  Kernels,
  LicenseChoices,
  ModuleDetails,
  ModuleQuestion,
  Modules,
  Status,
  WhatIfAnswer,
} from '../../server/src/lsp/protocol';

export const activeDocument = new NotificationType<{ readonly uri: string | null }>('untainted/activeDocument');
export const trustNotification = new NotificationType<{ readonly isTrusted: boolean }>('untainted/trust');
export const statusNotification = new NotificationType<Status>('untainted/status');
export const modulesChanged = new NotificationType0('untainted/modulesChanged');
export const kernelsRequest = new RequestType<{ readonly uri: string | null }, Kernels, void>('untainted/kernels');
export const explainRequest = new RequestType<{ readonly rule: string }, string | null, void>('untainted/explain');
export const checkRequest = new RequestType<object, CheckSummary, void>('untainted/check');
export const modulesRequest = new RequestType<object, Modules, void>('untainted/modules');
export const moduleRequest = new RequestType<{ readonly path: string }, ModuleDetails | null, void>('untainted/module');
export const reportRequest = new RequestType<{ readonly nonce: string | null }, string | null, void>(
  'untainted/report',
);
export const licensesRequest = new RequestType<ModuleQuestion, LicenseChoices | null, void>('untainted/licenses');
export const whatIfRequest = new RequestType<ModuleQuestion & { readonly license: string }, WhatIfAnswer | null, void>(
  'untainted/whatIf',
);

export type {
  CheckSummary,
  FolderModules,
  Kernels,
  LicenseChoices,
  ModuleDetails,
  ModuleQuestion,
  ModuleRow,
  Modules,
  Place,
  Status,
  StatusKernel,
  StatusModule,
  SymbolPlace,
  UsedSymbol,
  WhatIfAnswer,
  WhatIfModule,
} from '../../server/src/lsp/protocol';
