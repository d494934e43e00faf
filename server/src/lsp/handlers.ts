import {
  CallHierarchyIncomingCallsRequest,
  CallHierarchyOutgoingCallsRequest,
  CallHierarchyPrepareRequest,
  type CancellationToken,
  CodeActionRequest,
  CodeLensRequest,
  CodeLensResolveRequest,
  CompletionRequest,
  DefinitionRequest,
  DidChangeConfigurationNotification,
  DidChangeTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  DocumentSymbolRequest,
  HoverRequest,
  InlayHintRequest,
  LSPErrorCodes,
  type NotificationType,
  Position,
  Range,
  ReferencesRequest,
  type RequestType,
  ResponseError,
  SemanticTokensRangeRequest,
  SemanticTokensRequest,
  WorkspaceDiagnosticRequest,
  WorkspaceSymbolRequest,
} from 'vscode-languageserver/node';
import { codeActions } from './actions';
import { incoming, outgoing, prepareCalls } from './calls';
import { completion } from './completion';
import { checkAll, explain, kernels } from './custom';
import { definitions } from './definition';
import { documentDiagnostic, workspaceDiagnostic } from './diagnostics';
import { hintsIn } from './hints';
import { hoverAt } from './hover';
import { codeLenses, isLens, resolveCodeLens } from './lenses';
import type { LiveSession } from './live';
import { moduleDetails, modules, report } from './modules';
import {
  activeDocument,
  checkRequest,
  explainRequest,
  kernelsRequest,
  licensesRequest,
  moduleRequest,
  modulesRequest,
  reportRequest,
  trustNotification,
  whatIfRequest,
} from './protocol';
import { referencesAt } from './references';
import type { Session } from './session';
import { documentSymbols, workspaceSymbols } from './symbols';
import { tokensOf, tokensOfRange } from './tokens';
import { askWhatIf, licenseChoices } from './what-if';

/** One request of the table: what it takes, what answers it, and what is answered when that fails. */
export interface RequestEntry {
  readonly method: string;
  accepts(params: unknown): boolean;
  handle(session: Session, params: unknown, token: CancellationToken): unknown;
  readonly fallback: unknown;
}

export interface NotificationEntry {
  readonly method: string;
  accepts(params: unknown): boolean;
  handle(session: LiveSession, params: unknown): Promise<void> | void;
}

/** An editor keeps what it has when diagnostics could not be computed. */
const keepDiagnostics = new ResponseError(LSPErrorCodes.ServerCancelled, 'the diagnostics could not be computed', {
  retriggerRequest: false,
});

/** A line that is asked for again when it is seen again. */
const noLens = new ResponseError(LSPErrorCodes.RequestFailed, 'the users of the export could not be counted');

/** Every request the server answers besides the library's own (initialize, shutdown). */
export const requests: readonly RequestEntry[] = [
  request(DocumentDiagnosticRequest.type, hasDocument, documentDiagnostic, keepDiagnostics),
  request(WorkspaceDiagnosticRequest.type, hasPrevious, workspaceDiagnostic, keepDiagnostics),
  request(CodeActionRequest.type, hasRange, codeActions, null),
  request(HoverRequest.type, hasPosition, hoverAt, null),
  request(DefinitionRequest.type, hasPosition, definitions, null),
  request(ReferencesRequest.type, hasPosition, referencesAt, null),
  request(CompletionRequest.type, hasPosition, completion, null),
  request(DocumentSymbolRequest.type, hasDocument, documentSymbols, null),
  request(WorkspaceSymbolRequest.type, (params) => isText(params.query), workspaceSymbols, null),
  request(CallHierarchyPrepareRequest.type, hasPosition, prepareCalls, null),
  request(CallHierarchyIncomingCallsRequest.type, (params) => isText(params.item?.uri), incoming, null),
  request(CallHierarchyOutgoingCallsRequest.type, (params) => isText(params.item?.uri), outgoing, null),
  request(CodeLensRequest.type, hasDocument, codeLenses, null),
  request(CodeLensResolveRequest.type, isLens, resolveCodeLens, noLens),
  request(InlayHintRequest.type, hasSpan, hintsIn, null),
  request(SemanticTokensRequest.type, hasDocument, tokensOf, null),
  request(SemanticTokensRangeRequest.type, hasSpan, tokensOfRange, null),
  request(kernelsRequest, hasUri, kernels, null),
  request(explainRequest, (params) => isText(params.rule), explain, null),
  request(checkRequest, () => true, checkAll, null),
  request(modulesRequest, () => true, modules, null),
  request(moduleRequest, (params) => isText(params.path), moduleDetails, null),
  request(reportRequest, ({ nonce }) => nonce === null || isNonce(nonce), report, null),
  request(licensesRequest, isQuestion, licenseChoices, null),
  request(whatIfRequest, (params) => isQuestion(params) && isText(params.license), askWhatIf, null),
];

/** Every notification the server hears. */
export const notifications: readonly NotificationEntry[] = [
  notification(
    DidOpenTextDocumentNotification.type,
    (params) => hasDocument(params) && isText(params.textDocument?.text),
    (session, { textDocument }) => session.opened(textDocument),
  ),
  notification(
    DidChangeTextDocumentNotification.type,
    (params) => hasDocument(params) && isList(params.contentChanges, isChange),
    (session, { textDocument, contentChanges }) => session.edited(textDocument, contentChanges),
  ),
  notification(DidCloseTextDocumentNotification.type, hasDocument, (session, { textDocument }) =>
    session.closed(textDocument.uri),
  ),
  notification(
    DidChangeWatchedFilesNotification.type,
    (params) => isList(params.changes, (change) => isText(change.uri)),
    (session, { changes }) => session.filesChanged(changes),
  ),
  notification(
    DidChangeConfigurationNotification.type,
    () => true,
    (session, params) => session.configurationChanged(params),
  ),
  notification(
    trustNotification,
    ({ isTrusted }) => typeof isTrusted === 'boolean',
    (session, { isTrusted }) => session.trustChanged(isTrusted),
  ),
  notification(activeDocument, hasUri, (session, { uri }) => session.activeChanged(uri ?? undefined)),
];

/** What came over the wire, before anything is known of it. */
interface Untyped {
  readonly [key: string]: Untyped | undefined;
}

function request<P, R, E>(
  type: RequestType<P, R, E>,
  accepts: (params: Untyped) => boolean,
  handle: (session: Session, params: P, token: CancellationToken) => Promise<R> | R,
  fallback: R | ResponseError<unknown> | null,
): RequestEntry {
  return {
    method: type.method,
    accepts: (params) => accepts(toUntyped(params)),
    handle: (session, params, token) => handle(session, params as P, token),
    fallback,
  };
}

function notification<P>(
  type: NotificationType<P>,
  accepts: (params: Untyped) => boolean,
  handle: (session: LiveSession, params: P) => Promise<void> | void,
): NotificationEntry {
  return {
    method: type.method,
    accepts: (params) => accepts(toUntyped(params)),
    handle: (session, params) => handle(session, params as P),
  };
}

function toUntyped(params: unknown): Untyped {
  return typeof params === 'object' && params !== null ? (params as Untyped) : {};
}

function hasUri({ uri }: Untyped): boolean {
  return uri === null || uri === undefined || isText(uri);
}

function isNonce(value: unknown): boolean {
  return typeof value === 'string' && /^[A-Za-z0-9]{16,64}$/.test(value);
}

function isQuestion({ uri, module }: Untyped): boolean {
  return (uri === null || isText(uri)) && (module === null || isText(module));
}

function hasDocument({ textDocument }: Untyped): boolean {
  return isText(textDocument?.uri);
}

function hasPosition(params: Untyped): boolean {
  return hasDocument(params) && Position.is(params.position);
}

function hasSpan(params: Untyped): boolean {
  return hasDocument(params) && Range.is(params.range);
}

function hasRange(params: Untyped): boolean {
  const only = params.context?.only;
  return hasDocument(params) && Range.is(params.range) && (only === undefined || isList(only, isText));
}

function hasPrevious({ previousResultIds }: Untyped): boolean {
  return isList(previousResultIds, (one) => isText(one.uri) && isText(one.value));
}

function isChange(change: Untyped): boolean {
  return isText(change.text) && (change.range === undefined || Range.is(change.range));
}

function isList(value: unknown, isElement: (element: Untyped) => boolean): boolean {
  return Array.isArray(value) && value.every((element) => isElement(toUntypedElement(element)));
}

function toUntypedElement(element: unknown): Untyped {
  return element as Untyped;
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}
