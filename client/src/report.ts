import { randomBytes } from 'node:crypto';
import { type Disposable, l10n, Uri, ViewColumn, type WebviewPanel, window, workspace } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { PageMessage } from '../../server/src/page/data';
import { toTarget } from './places';
import { modulesRequest, reportRequest } from './protocol';

/** The report in a web view of its own: one at a time. */
export class Report implements Disposable {
  readonly #client: LanguageClient;
  #panel: WebviewPanel | undefined;

  constructor(client: LanguageClient) {
    this.#client = client;
  }

  /** Shows the report as it is now. */
  async open(): Promise<void> {
    const panel = this.#panel ?? this.#create();
    panel.reveal();
    const nonce = randomBytes(16).toString('hex');
    const page = await this.#client.sendRequest(reportRequest, { nonce });
    if (page !== null) panel.webview.html = page;
  }

  dispose(): void {
    this.#panel?.dispose();
  }

  #create(): WebviewPanel {
    const title = l10n.t('Modules and Licenses');
    const options = { enableScripts: true, localResourceRoots: [] };
    const panel = window.createWebviewPanel('untainted.report', title, ViewColumn.Active, options);
    panel.onDidDispose(() => {
      this.#panel = undefined;
    });
    panel.webview.onDidReceiveMessage((message) => this.#take(message));
    this.#panel = panel;
    return panel;
  }

  /** Names and text in a message are the page's word: nothing is opened but what the server knows. */
  async #take(message: PageMessage): Promise<void> {
    if (message.type === 'refresh') return this.open();
    if (message.type === 'open') return this.#openModule(`${message.folder}`, `${message.name}`);
    if (message.type === 'save') return save('modules.svg', 'SVG', `${message.svg}`);
    const page = await this.#client.sendRequest(reportRequest, { nonce: null });
    if (page !== null) await save('modules.html', 'HTML', page);
  }

  async #openModule(folder: string, name: string): Promise<void> {
    const { folders } = await this.#client.sendRequest(modulesRequest, {});
    const rows = folders.flatMap(({ modules }) => modules);
    const place = rows.find((row) => row.folder === folder && row.name === name)?.place;
    if (!place) return;
    const { uri, selection } = toTarget(place);
    await window.showTextDocument(uri, { selection });
  }
}

async function save(name: string, kind: string, text: string): Promise<void> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const extension = name.slice(name.lastIndexOf('.') + 1);
  const target = await window.showSaveDialog({
    ...(folder && { defaultUri: Uri.joinPath(folder, name) }),
    filters: { [kind]: [extension] },
  });
  if (target) await workspace.fs.writeFile(target, new TextEncoder().encode(text));
}
