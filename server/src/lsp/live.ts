import type {
  Connection,
  DidChangeConfigurationParams,
  FileEvent,
  InitializeParams,
  TextDocumentContentChangeEvent,
  TextDocumentItem,
  VersionedTextDocumentIdentifier,
  WorkspaceFolder,
} from 'vscode-languageserver/node';
import { defaultSettings } from '../core/settings';
import type { Client } from './client';
import { Configuration, registerConfiguration } from './configuration';
import { Documents, type OpenDocument } from './documents';
import { Folder, maximumOpenText } from './folder';
import { Folders } from './folders';
import { guard } from './guard';
import { showProgress } from './progress';
import { Publisher } from './push';
import { refreshViews } from './refresh';
import type { Cause, ReportMemory, Session, StatusState } from './session';
import { sendStatus } from './status';
import { toPath } from './uris';
import { Views } from './views';
import { registerWatchers, Watching } from './watching';

const refreshPause = 50;
const statusPause = 150;
const viewsPause = 200;

/** The state of one connection, and what the editor's notifications do to it. */
export class LiveSession implements Session {
  readonly connection: Connection;
  readonly client: Client;
  readonly documents = new Documents();
  readonly folders: Folders;
  readonly reported: ReportMemory = { state: undefined };
  readonly status: StatusState = { active: undefined, isWanted: false, last: undefined };
  readonly views: Views = new Views(this);
  readonly log: (error: unknown) => void;
  readonly #configuration: Configuration;
  readonly #watching: Watching;
  readonly #publisher: Publisher | undefined;
  readonly #waiting = new Set<() => void>();
  #begin: () => void = () => {};
  /** Settings can be asked for only after `initialized`: folders wait for it. */
  readonly #started = new Promise<void>((resolve) => {
    this.#begin = resolve;
  });
  #refreshTimer: NodeJS.Timeout | undefined;
  #viewsTimer: NodeJS.Timeout | undefined;
  #statusTimer: NodeJS.Timeout | undefined;

  constructor(connection: Connection, client: Client, params: InitializeParams, log: (error: unknown) => void) {
    this.connection = connection;
    this.client = client;
    this.log = log;
    this.#configuration = new Configuration(params.initializationOptions);
    this.#watching = new Watching(this);
    this.#publisher = client.pullsDiagnostics ? undefined : new Publisher(this);
    this.folders = new Folders((path, isRecursive) => this.#createFolder(path, isRecursive));
    for (const path of initialFolders(params)) this.folders.add(path);
  }

  /** After `initialized`: from now on the editor may be asked. */
  async start(): Promise<void> {
    this.#begin();
    if (this.client.hasWorkspaceFolders) {
      this.connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        void guard(() => this.#foldersChanged(added, removed), this.log);
      });
    }
    await Promise.all([registerConfiguration(this), registerWatchers(this)]);
  }

  async dispose(): Promise<void> {
    this.#publisher?.dispose();
    this.#watching.dispose();
    this.views.dispose();
    clearTimeout(this.#refreshTimer);
    clearTimeout(this.#viewsTimer);
    clearTimeout(this.#statusTimer);
    await Promise.all(this.folders.all().map((folder) => folder.dispose()));
  }

  opened(item: TextDocumentItem): void {
    const open = this.documents.open(item);
    if (!open) return;
    if (item.text.length > maximumOpenText) {
      this.connection.console.warn(
        `'${open.path}' is too large to be followed while it is edited; what is saved counts.`,
      );
    }
    this.#edit(open);
  }

  edited({ uri, version }: VersionedTextDocumentIdentifier, changes: readonly TextDocumentContentChangeEvent[]): void {
    const open = this.documents.change(uri, version, changes);
    if (open) this.#edit(open);
  }

  closed(uri: string): void {
    const closed = this.documents.close(uri);
    if (!closed) return;
    this.folders.of(closed.path)?.edit(closed.path, undefined);
    this.#publisher?.closed(closed.path);
    this.#prune();
    this.changed('edit');
  }

  filesChanged(changes: readonly FileEvent[]): void {
    this.#watching.changed(changes);
  }

  async configurationChanged(params: DidChangeConfigurationParams): Promise<void> {
    this.#configuration.take(params);
    await this.#readSettings();
  }

  async trustChanged(isTrusted: boolean): Promise<void> {
    this.#configuration.isTrusted = isTrusted;
    await this.#readSettings();
  }

  async #readSettings(): Promise<void> {
    await Promise.all(
      this.folders.all().map(async (folder) => folder.setSettings(await this.#configuration.of(this, folder))),
    );
    this.changed('outside');
  }

  activeChanged(uri: string | undefined): void {
    this.status.active = uri;
    this.status.isWanted = true;
    this.#scheduleStatus();
  }

  changed(cause: Cause): void {
    for (const wake of [...this.#waiting]) wake();
    this.#publisher?.schedule(cause);
    this.#scheduleStatus();
    this.views.changed();
    if (cause === 'edit') return;
    // What is only read along comes behind the findings.
    clearTimeout(this.#viewsTimer);
    this.#viewsTimer = setTimeout(() => refreshViews(this), viewsPause);
    if (!this.client.refreshesDiagnostics || !this.client.pullsDiagnostics) return;
    clearTimeout(this.#refreshTimer);
    this.#refreshTimer = setTimeout(
      () => {
        this.connection.languages.diagnostics.refresh().catch(this.log);
      },
      cause === 'linked' ? 0 : refreshPause,
    );
  }

  untilChanged(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      this.#waiting.add(done);
    });
  }

  async reload(folder: Folder): Promise<void> {
    const progress = showProgress(this);
    try {
      const settings = this.#started.then(() => this.#configuration.of(this, folder));
      await folder.load(settings, (step) => progress.report(step));
    } finally {
      progress.done();
    }
    this.#logProblems(folder);
    this.changed('outside');
  }

  #edit({ path, document }: OpenDocument): void {
    this.folders.home(path).edit(path, document.getText());
    this.changed('edit');
  }

  #createFolder(path: string, isRecursive: boolean): Folder {
    const folder = new Folder(path, isRecursive, defaultSettings, this.log, () => this.changed('linked'));
    void guard(() => this.reload(folder), this.log);
    return folder;
  }

  #foldersChanged(added: readonly WorkspaceFolder[], removed: readonly WorkspaceFolder[]): void {
    const before = new Map([...this.documents.paths()].map((path) => [path, this.folders.of(path)]));
    const gone = removed.flatMap(({ uri }) => this.folders.remove(toPath(uri) ?? '') ?? []);
    for (const { uri } of added) {
      const path = toPath(uri);
      if (path !== undefined) this.folders.add(path);
    }
    for (const { path, document } of this.documents.all()) {
      const home = this.folders.home(path);
      const old = before.get(path);
      if (home === old) continue;
      if (old && !gone.includes(old)) old.edit(path, undefined);
      home.edit(path, document.getText());
    }
    this.#dispose(gone);
    this.#prune();
    this.changed('outside');
  }

  #prune(): void {
    this.#dispose(this.folders.prune(this.documents.paths()));
  }

  #dispose(folders: readonly Folder[]): void {
    for (const folder of folders) void guard(() => folder.dispose(), this.log);
  }

  #scheduleStatus(): void {
    if (!this.status.isWanted) return;
    clearTimeout(this.#statusTimer);
    this.#statusTimer = setTimeout(() => void guard(() => sendStatus(this), this.log), statusPause);
  }

  /** What could not be read is said once, when reading ends. */
  #logProblems({ workspace }: Folder): void {
    const { problems } = workspace.snapshot;
    for (const { message, file } of problems.slice(0, 50)) {
      const place = file === undefined || message.includes(file) ? '' : `${file}: `;
      this.connection.console.warn(`${place}${message}`);
    }
    if (problems.length > 50) this.connection.console.warn(`… and ${problems.length - 50} more.`);
  }
}

/** Workspace folders; the one root of an older client; none. */
function initialFolders({ workspaceFolders, rootUri, rootPath }: InitializeParams): string[] {
  if (workspaceFolders && workspaceFolders.length > 0) return workspaceFolders.flatMap(({ uri }) => toPath(uri) ?? []);
  if (rootUri) return [toPath(rootUri) ?? []].flat();
  return rootPath?.startsWith('/') ? [rootPath] : [];
}
