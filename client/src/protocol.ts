/** What client and server say to each other besides the protocol's own; the forms are the server's. */
import { NotificationType, RequestType } from 'vscode-languageclient/node';
import type { CheckSummary, Kernels, Status } from '../../server/src/lsp/protocol';

export const activeDocument = new NotificationType<{ readonly uri: string | null }>('untainted/activeDocument');
export const statusNotification = new NotificationType<Status>('untainted/status');
export const kernelsRequest = new RequestType<{ readonly uri: string | null }, Kernels, void>('untainted/kernels');
export const explainRequest = new RequestType<{ readonly rule: string }, string | null, void>('untainted/explain');
export const checkRequest = new RequestType<object, CheckSummary, void>('untainted/check');

export type { CheckSummary, Kernels, Status, StatusKernel, StatusModule } from '../../server/src/lsp/protocol';
