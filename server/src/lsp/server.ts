import {
  type Connection,
  createConnection,
  ErrorCodes,
  type InitializeParams,
  type InitializeResult,
  ResponseError,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import { version } from '../../../package.json';
import { fixAllKind } from './actions';
import { readClient } from './client';
import { completionTriggers } from './completion';
import { guard, guardRequest } from './guard';
import { notifications, requests } from './handlers';
import { LiveSession } from './live';
import { tokensLegend } from './tokens';

/** Starts the language server; over standard input and output if no connection is given. */
export function startServer(connection: Connection = createConnection(process.stdin, process.stdout)): void {
  const log = (error: unknown) => connection.console.error(describeError(error));
  let live: LiveSession | undefined;

  connection.onInitialize((params) => {
    const client = readClient(params);
    live = new LiveSession(connection, client, params, log);
    return initializeResult(params);
  });
  connection.onInitialized(() => guard(() => live?.start(), log));
  connection.onShutdown(() => guard(() => live?.dispose(), log));

  for (const { method, accepts, handle, fallback } of requests) {
    connection.onRequest(method, (params: unknown, token) => {
      const session = live;
      if (!session) return new ResponseError(ErrorCodes.ServerNotInitialized, 'initialize comes first');
      if (!accepts(params))
        return new ResponseError(ErrorCodes.InvalidParams, `${method}: the parameters are malformed`);
      return guardRequest(() => handle(session, params, token), fallback, token, log);
    });
  }
  for (const { method, accepts, handle } of notifications) {
    connection.onNotification(method, (params: unknown) => {
      const session = live;
      if (!session) return;
      if (accepts(params)) void guard(() => handle(session, params), log);
      else connection.console.warn(`${method}: the parameters are malformed; it is left out of account`);
    });
  }
  connection.listen();
}

function initializeResult({ capabilities, initializationOptions }: InitializeParams): InitializeResult {
  // Some editors ask one server only for these: another one's may be worth more.
  const wantsTokens = capabilities?.textDocument?.semanticTokens && initializationOptions?.semanticTokens !== false;
  return {
    serverInfo: { name: 'untainted', version },
    capabilities: {
      // What every client must be able to do, and what the core counts in.
      ...(capabilities?.general?.positionEncodings && { positionEncoding: 'utf-16' }),
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      hoverProvider: true,
      codeLensProvider: { resolveProvider: true },
      inlayHintProvider: true,
      ...(wantsTokens && { semanticTokensProvider: { legend: tokensLegend, full: true, range: true } }),
      definitionProvider: true,
      referencesProvider: true,
      completionProvider: { triggerCharacters: [...completionTriggers] },
      documentSymbolProvider: { label: 'Untainted' },
      workspaceSymbolProvider: true,
      // VS Code asks one provider only, the one with the closest selector: a C language server comes first.
      callHierarchyProvider: { documentSelector: [{ language: '*' }] },
      codeActionProvider: { codeActionKinds: ['quickfix', 'refactor', fixAllKind] },
      ...(capabilities?.textDocument?.diagnostic && {
        diagnosticProvider: { identifier: 'untainted', interFileDependencies: true, workspaceDiagnostics: true },
      }),
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    },
  };
}

function describeError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
