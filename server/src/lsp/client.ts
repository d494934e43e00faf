import type { DiagnosticTag, InitializeParams } from 'vscode-languageserver/node';

/** What the editor at the other end can do: read once from its `initialize`, absent means no. */
export interface Client {
  /** It asks for diagnostics itself; if not, they are pushed. */
  readonly pullsDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  /** It answers `workspace/configuration`; if not, settings come with notifications. */
  readonly hasConfiguration: boolean;
  readonly registersConfiguration: boolean;
  readonly registersWatchers: boolean;
  readonly hasWorkspaceFolders: boolean;
  readonly hasProgress: boolean;
  readonly hasRelatedInformation: boolean;
  readonly hasCodeDescription: boolean;
  readonly diagnosticTags: readonly DiagnosticTag[];
  readonly hasActionLiterals: boolean;
  readonly hasPreferredActions: boolean;
  /** It takes edits with document versions. */
  readonly hasDocumentChanges: boolean;
  readonly hasMarkdown: boolean;
  readonly hasCompletionMarkdown: boolean;
  readonly hasCompletionTags: boolean;
  /** It shows a document's symbols as a tree. */
  readonly hasSymbolTree: boolean;
  readonly refreshesLenses: boolean;
  readonly refreshesHints: boolean;
  readonly refreshesTokens: boolean;
  /** It has commands of its own that the server may name, as VS Code's extension does. */
  readonly commands: ReadonlySet<string>;
  /** Where a rule's id leads, with `{rule}` for the id; the shipped page's file if the editor names nothing. */
  readonly ruleLink: string | undefined;
}

export function readClient(params: InitializeParams): Client {
  const { workspace, textDocument, window } = params.capabilities ?? {};
  const published = textDocument?.publishDiagnostics;
  const pulled = textDocument?.diagnostic;
  const item = textDocument?.completion?.completionItem;
  const ruleLink: unknown = params.initializationOptions?.ruleLink;
  const commands: unknown = params.initializationOptions?.commands;
  return {
    pullsDiagnostics: pulled !== undefined,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    hasConfiguration: workspace?.configuration === true,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    registersWatchers: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    hasWorkspaceFolders: workspace?.workspaceFolders === true,
    hasProgress: window?.workDoneProgress === true,
    hasRelatedInformation: (pulled?.relatedInformation ?? published?.relatedInformation) === true,
    hasCodeDescription: (pulled?.codeDescriptionSupport ?? published?.codeDescriptionSupport) === true,
    diagnosticTags: (pulled?.tagSupport ?? published?.tagSupport)?.valueSet ?? [],
    hasActionLiterals: textDocument?.codeAction?.codeActionLiteralSupport !== undefined,
    hasPreferredActions: textDocument?.codeAction?.isPreferredSupport === true,
    hasDocumentChanges: workspace?.workspaceEdit?.documentChanges === true,
    hasMarkdown: textDocument?.hover?.contentFormat?.includes('markdown') === true,
    hasCompletionMarkdown: item?.documentationFormat?.includes('markdown') === true,
    hasCompletionTags: item?.tagSupport !== undefined,
    hasSymbolTree: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    refreshesLenses: workspace?.codeLens?.refreshSupport === true,
    refreshesHints: workspace?.inlayHint?.refreshSupport === true,
    refreshesTokens: workspace?.semanticTokens?.refreshSupport === true,
    commands: new Set(Array.isArray(commands) ? commands.filter((one) => typeof one === 'string') : []),
    ruleLink: typeof ruleLink === 'string' && ruleLink.includes('{rule}') ? ruleLink : undefined,
  };
}
