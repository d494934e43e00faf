import {
  CodeLensRefreshRequest,
  InlayHintRefreshRequest,
  SemanticTokensRefreshRequest,
} from 'vscode-languageserver/node';
import type { Session } from './session';

/** Asks the editor to ask again for what it shows besides findings, as far as it can be asked. */
export function refreshViews({ connection, client, log }: Session): void {
  const views = [
    { isWanted: client.refreshesLenses, type: CodeLensRefreshRequest.type },
    { isWanted: client.refreshesHints, type: InlayHintRefreshRequest.type },
    { isWanted: client.refreshesTokens, type: SemanticTokensRefreshRequest.type },
  ];
  for (const { isWanted, type } of views) if (isWanted) connection.sendRequest(type).catch(log);
}
