import { type Disposable, type ExtensionContext, l10n, Uri, window, workspace } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { showPlacesCommand } from './lenses';
import { trustNotification } from './protocol';
import { wantsTokens } from './tokens';

/** Headers count as C++ in VS Code until a user says otherwise. */
const sources = [
  { scheme: 'file', language: 'c' },
  { scheme: 'file', pattern: '**/*.{c,h,S}' },
];
const buildFiles = [
  { scheme: 'file', language: 'makefile' },
  { scheme: 'file', pattern: '**/{Kbuild,Makefile,GNUmakefile,dkms.conf,Kbuild.*,*.mk}' },
];

/** The page's document, with `{rule}` where the server puts the rule's id: newer editors follow no link to a command. */
const ruleLink = 'untainted-rule:/{rule}.md';

/** The language client, not started yet. */
export function createClient(context: ExtensionContext): LanguageClient {
  const module = Uri.joinPath(context.extensionUri, 'dist', 'server.cjs').fsPath;
  const run = { module, transport: TransportKind.stdio };
  return new LanguageClient('untainted', 'Untainted', run, {
    documentSelector: [...sources, ...buildFiles],
    initializationOptions: () => ({
      ruleLink,
      commands: ['untainted.whatIf', showPlacesCommand],
      isTrusted: workspace.isTrusted,
      semanticTokens: wantsTokens(context.extension.id),
    }),
    diagnosticPullOptions: { onChange: true, onFocus: true },
  });
}

/** Ends the server and starts it anew. */
export async function restart(client: LanguageClient): Promise<void> {
  await client.restart();
  window.setStatusBarMessage(l10n.t('Untainted was restarted'), 3000);
}

/** Tells the server when the user comes to trust the workspace: then the project's own file may name kernels. */
export function followTrust(client: LanguageClient): Disposable {
  return workspace.onDidGrantWorkspaceTrust(() => client.sendNotification(trustNotification, { isTrusted: true }));
}
