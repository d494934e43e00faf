import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { onTestFinished } from 'vitest';
import type {
  ClientCapabilities,
  CodeAction,
  Diagnostic,
  DocumentDiagnosticReport,
  FileChangeType,
  Hover,
  InitializeResult,
  Location,
  PublishDiagnosticsParams,
  Range,
  TextDocumentPositionParams,
  TextEdit,
  WorkspaceDiagnosticReport,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import { createMessageConnection, type MessageConnection } from 'vscode-languageserver/node';
import { URI } from 'vscode-uri';

const serverFile = join(import.meta.dirname, '../../dist/server.cjs');

/** What an editor of today says of itself. */
export const fullCapabilities: ClientCapabilities = {
  general: { positionEncodings: ['utf-16'] },
  window: { workDoneProgress: true },
  workspace: {
    configuration: true,
    workspaceFolders: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    diagnostics: { refreshSupport: true },
    workspaceEdit: { documentChanges: true },
  },
  textDocument: {
    publishDiagnostics: {
      relatedInformation: true,
      codeDescriptionSupport: true,
      versionSupport: true,
      tagSupport: { valueSet: [1, 2] },
    },
    diagnostic: { dynamicRegistration: true },
    codeAction: {
      isPreferredSupport: true,
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source.fixAll'] } },
    },
    hover: { contentFormat: ['markdown', 'plaintext'] },
  },
};

export interface EditorOptions {
  readonly capabilities?: ClientCapabilities;
  /** Folders in which files are written first; each is a workspace folder unless `folders` says otherwise. */
  readonly folders?: readonly string[] | null;
  readonly rootUri?: string | null;
  readonly initializationOptions?: unknown;
  /** Answers `workspace/configuration`. */
  settings?: unknown;
}

/** An editor as far as a server can tell: a real process at the other end of its standard input and output. */
export class Editor {
  readonly connection: MessageConnection;
  readonly process: ChildProcess;
  readonly published: PublishDiagnosticsParams[] = [];
  readonly logged: string[] = [];
  readonly registered: string[] = [];
  readonly progress: unknown[] = [];
  readonly notified: { readonly method: string; readonly params: unknown }[] = [];
  refreshes = 0;
  settings: unknown;
  initialized: InitializeResult | undefined;
  readonly #texts = new Map<string, { version: number; text: string }>();

  constructor(settings: unknown) {
    this.settings = settings;
    this.process = spawn(process.execPath, [serverFile, '--stdio'], { stdio: ['pipe', 'pipe', 'pipe'] });
    const { stdin, stdout } = this.process;
    if (!stdin || !stdout) throw new Error('the server has no standard input and output');
    this.connection = createMessageConnection(stdout, stdin);
    const { connection } = this;
    connection.onNotification('textDocument/publishDiagnostics', (params) => void this.published.push(params));
    connection.onNotification('window/logMessage', ({ message }) => void this.logged.push(message));
    connection.onNotification('$/progress', (params) => void this.progress.push(params));
    connection.onNotification((method, params) => void this.notified.push({ method, params }));
    connection.onRequest('workspace/configuration', ({ items }) => items.map(() => this.settings));
    connection.onRequest('client/registerCapability', ({ registrations }) => {
      for (const { method } of registrations) this.registered.push(method);
      return null;
    });
    connection.onRequest('workspace/diagnostic/refresh', () => {
      this.refreshes++;
      return null;
    });
    connection.onRequest('window/workDoneProgress/create', () => null);
    connection.listen();
  }

  async initialize(options: EditorOptions): Promise<void> {
    const folders = options.folders?.map((path) => ({ uri: toUri(path), name: path })) ?? null;
    this.initialized = await this.connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: options.rootUri ?? null,
      ...(options.folders !== undefined && { workspaceFolders: folders }),
      capabilities: options.capabilities ?? fullCapabilities,
      initializationOptions: options.initializationOptions,
    });
    await this.notify('initialized', {});
  }

  notify(method: string, params: unknown): Promise<void> {
    return this.connection.sendNotification(method, params);
  }

  request<R>(method: string, params: unknown): Promise<R> {
    return this.connection.sendRequest(method, params);
  }

  async open(path: string, text = readFileSync(path, 'utf8')): Promise<void> {
    this.#texts.set(path, { version: 1, text });
    await this.notify('textDocument/didOpen', {
      textDocument: { uri: toUri(path), languageId: 'c', version: 1, text },
    });
  }

  /** Replaces the first occurrence of a text by another, as one edit of a range. */
  async replace(path: string, from: string, to: string): Promise<void> {
    const known = this.#texts.get(path);
    const at = known?.text.indexOf(from) ?? -1;
    if (!known || at < 0) throw new Error(`'${from}' is not in the open text of ${path}`);
    const range = { start: positionAt(known.text, at), end: positionAt(known.text, at + from.length) };
    known.text = known.text.slice(0, at) + to + known.text.slice(at + from.length);
    known.version++;
    await this.notify('textDocument/didChange', {
      textDocument: { uri: toUri(path), version: known.version },
      contentChanges: [{ range, text: to }],
    });
  }

  async close(path: string): Promise<void> {
    await this.notify('textDocument/didClose', { textDocument: { uri: toUri(path) } });
  }

  text(path: string): string {
    return this.#texts.get(path)?.text ?? '';
  }

  pull(path: string, previousResultId?: string): Promise<DocumentDiagnosticReport> {
    return this.request('textDocument/diagnostic', {
      textDocument: { uri: toUri(path) },
      ...(previousResultId !== undefined && { previousResultId }),
    });
  }

  /** `rule:line` of each diagnostic of a file, lines from 1. */
  async codes(path: string): Promise<string[]> {
    const report = await this.pull(path);
    return report.kind === 'full' ? codesOf(report.items) : ['unchanged'];
  }

  workspaceReport(
    previousResultIds: readonly { readonly uri: string; readonly value: string }[] = [],
  ): Promise<WorkspaceDiagnosticReport> {
    return this.request('workspace/diagnostic', { previousResultIds });
  }

  hover(path: string, needle: string): Promise<Hover | null> {
    return this.request('textDocument/hover', this.at(path, needle));
  }

  /** The place where a text stands first in an open document. */
  at(path: string, needle: string): TextDocumentPositionParams {
    const offset = this.text(path).indexOf(needle);
    if (offset < 0) throw new Error(`'${needle}' is not in the open text of ${path}`);
    return { textDocument: { uri: toUri(path) }, position: positionAt(this.text(path), offset) };
  }

  definition(path: string, needle: string): Promise<Location[] | null> {
    return this.request('textDocument/definition', this.at(path, needle));
  }

  references(path: string, needle: string, includeDeclaration = false): Promise<Location[] | null> {
    return this.request('textDocument/references', { ...this.at(path, needle), context: { includeDeclaration } });
  }

  actions(path: string, range: Range = wholeFile, only?: readonly string[]): Promise<CodeAction[]> {
    return this.request('textDocument/codeAction', {
      textDocument: { uri: toUri(path) },
      range,
      context: { diagnostics: [], ...(only && { only }) },
    });
  }

  changedOutside(path: string, type: FileChangeType = 2): Promise<void> {
    return this.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: toUri(path), type }] });
  }

  /** Waits until the last published diagnostics of a file are as wanted. */
  async untilPublished(
    path: string,
    isWanted: (codes: readonly string[]) => boolean,
  ): Promise<PublishDiagnosticsParams> {
    const last = () => this.published.findLast(({ uri }) => uri === toUri(path));
    await until(() => {
      const found = last();
      return found !== undefined && isWanted(codesOf(found.diagnostics));
    });
    const found = last();
    if (!found) throw new Error(`nothing was published for ${path}`);
    return found;
  }

  /** The exit status. */
  async end(): Promise<number | null> {
    const exited = new Promise<number | null>((resolve) => {
      this.process.once('exit', resolve);
    });
    await this.request('shutdown', undefined);
    await this.notify('exit', undefined);
    return exited;
  }

  dispose(): void {
    this.connection.dispose();
    this.process.kill('SIGKILL');
  }
}

export const wholeFile: Range = { start: { line: 0, character: 0 }, end: { line: 100_000, character: 0 } };
/** The same everywhere, whatever is installed. */
export const embedded = { kernel: 'embedded' };

/** Starts a server for one test, with the embedded kernel unless the settings say otherwise. */
export async function startEditor(options: EditorOptions = {}): Promise<Editor> {
  const editor = new Editor('settings' in options ? options.settings : embedded);
  onTestFinished(() => editor.dispose());
  await editor.initialize(options);
  return editor;
}

/** A folder with these files, for one test. */
export function makeFolder(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'untainted-lsp-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) write(join(folder, name), text);
  return folder;
}

export function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

export function toUri(path: string): string {
  return URI.file(path).toString();
}

/** `rule:line` of each diagnostic, lines from 1. */
export function codesOf(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(({ code, range }) => `${code}:${range.start.line + 1}`);
}

/** `path:line: text there` of each place, paths relative to a folder, lines from 1. */
export function placesOf(locations: readonly Location[] | null, folder: string): string[] | null {
  if (locations === null) return null;
  return locations.map(({ uri, range }) => {
    const path = URI.parse(uri).fsPath;
    const line = readFileSync(path, 'utf8').split('\n')[range.start.line] ?? '';
    const isOneLine = range.start.line === range.end.line;
    const text = line.slice(range.start.character, isOneLine ? range.end.character : undefined);
    return `${relative(folder, path)}:${range.start.line + 1}: ${text}`;
  });
}

/** What an editor makes of a text with the edits of an action. */
export function applyEdit(path: string, text: string, edit: WorkspaceEdit | undefined): string {
  const uri = toUri(path);
  const edits: TextEdit[] = [
    ...(edit?.changes?.[uri] ?? []),
    ...(edit?.documentChanges ?? []).flatMap((change) =>
      'edits' in change && change.textDocument.uri === uri ? change.edits.filter((one) => 'newText' in one) : [],
    ),
  ];
  const places = edits.map(({ range, newText }) => ({
    start: offsetAt(text, range.start),
    end: offsetAt(text, range.end),
    newText,
  }));
  return places
    .sort((a, b) => b.start - a.start)
    .reduce((out, { start, end, newText }) => out.slice(0, start) + newText + out.slice(end), text);
}

export async function until(holds: () => boolean, milliseconds = 10_000): Promise<void> {
  const end = Date.now() + milliseconds;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`it did not come about within ${milliseconds} ms`);
    await pause(10);
  }
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

export function positionAt(text: string, offset: number): { line: number; character: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

function offsetAt(text: string, { line, character }: { readonly line: number; readonly character: number }): number {
  return text.split('\n').slice(0, line).join('\n').length + (line > 0 ? 1 : 0) + character;
}
