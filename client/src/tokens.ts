import { extensions, workspace } from 'vscode';

interface Contributions {
  readonly semanticTokenTypes?: unknown;
  readonly semanticTokenModifiers?: unknown;
  readonly semanticTokenScopes?: unknown;
}

/**
 * Whether GPL-only symbols are to be set off by semantic tokens. The editor takes the tokens of one extension for each
 * document: where another one has some for C, they are worth more than ours.
 */
export function wantsTokens(ownId: string): boolean {
  const setting = workspace.getConfiguration('untainted').get<string>('semanticTokens');
  if (setting !== 'auto') return setting !== 'off';
  return !extensions.all.some(({ id, packageJSON }) => {
    const { activationEvents, contributes }: { activationEvents?: unknown; contributes?: Contributions } = packageJSON;
    const hasTokens =
      contributes?.semanticTokenTypes ?? contributes?.semanticTokenModifiers ?? contributes?.semanticTokenScopes;
    const isForC = Array.isArray(activationEvents) && activationEvents.includes('onLanguage:c');
    return id !== ownId && isForC && hasTokens !== undefined;
  });
}
