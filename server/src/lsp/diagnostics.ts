import {
  type CancellationToken,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  type WorkspaceDiagnosticParams,
  type WorkspaceDiagnosticReport,
  WorkspaceDiagnosticRequest,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver/node';
import { Converter } from './convert';
import { type FileReport, filesOf, reportFile } from './findings';
import type { Folder } from './folder';
import { breathe, Cancelled, sliceMilliseconds, untilCancelled } from './guard';
import type { Session } from './session';
import { toPath, toUri } from './uris';

const empty: FileReport = { resultId: 'none', items: [] };
const chunkSize = 100;
/** An editor that asks for the workspace again before anything changed is kept waiting this long at most. */
const longestWait = 10 * 60 * 1000;

/** `textDocument/diagnostic`. */
export async function documentDiagnostic(
  session: Session,
  { textDocument, previousResultId }: DocumentDiagnosticParams,
  token: CancellationToken,
): Promise<DocumentDiagnosticReport> {
  const { resultId, items } = await fileReport(session, toPath(textDocument.uri), token);
  return resultId === previousResultId
    ? { kind: 'unchanged', resultId }
    : { kind: 'full', resultId, items: [...items] };
}

async function fileReport(session: Session, path: string | undefined, token: CancellationToken): Promise<FileReport> {
  const folder = path === undefined ? undefined : session.folders.of(path);
  if (path === undefined || !folder) return empty;
  const workspace = await folder.settled(token);
  return reportFile(session, workspace, path);
}

/**
 * `workspace/diagnostic`: every file with findings, and those that had some at the editor's last question. Each file is
 * reported as it is when its turn comes. An editor that streams and asks again waits until something has changed.
 */
export async function workspaceDiagnostic(
  session: Session,
  { previousResultIds, partialResultToken }: WorkspaceDiagnosticParams,
  token: CancellationToken,
): Promise<WorkspaceDiagnosticReport> {
  if (partialResultToken !== undefined) await waitForChange(session, token);
  const previous = new Map(previousResultIds.map(({ uri, value }) => [toPath(uri) ?? uri, { uri, value }]));
  const items: WorkspaceDocumentDiagnosticReport[] = [];
  const flush = async () => {
    const chunk = { items: items.splice(0) };
    await session.connection.sendProgress(WorkspaceDiagnosticRequest.partialResult, partialResultToken ?? '', chunk);
  };
  const state = await stateOf(session, token);
  for (const folder of session.folders.roots()) {
    for await (const { path, report } of reportFolder(session, folder, token)) {
      const before = previous.get(path);
      previous.delete(path);
      if (report.items.length > 0 || (before && before.value !== report.resultId)) {
        items.push(toItem(session, path, before?.value, report));
      }
      if (partialResultToken !== undefined && items.length >= chunkSize) await flush();
    }
  }
  // Files that are gone, or whose folder was closed.
  for (const [path, { uri, value }] of previous) {
    if (value !== empty.resultId && !session.documents.get(path)) {
      items.push({ kind: 'full', uri, version: null, resultId: empty.resultId, items: [] });
    }
  }
  session.reported.state = state;
  return { items };
}

/** Reports of a folder's files, in slices; a file that is gone when its turn comes is left out. */
export async function* reportFolder(
  session: Session,
  folder: Folder,
  token: CancellationToken | undefined,
): AsyncGenerator<{ readonly path: string; readonly report: FileReport }> {
  let workspace = await folder.settled(token);
  let converter = new Converter(workspace, session.documents, session.client);
  let sliceEnd = performance.now() + sliceMilliseconds;
  for (const path of filesOf(session, workspace)) {
    if (performance.now() > sliceEnd) {
      await breathe(token);
      workspace = await folder.settled(token);
      converter = new Converter(workspace, session.documents, session.client);
      sliceEnd = performance.now() + sliceMilliseconds;
    }
    yield { path, report: reportFile(session, workspace, path, converter) };
  }
}

async function waitForChange(session: Session, token: CancellationToken): Promise<void> {
  const end = performance.now() + longestWait;
  while (session.reported.state !== undefined && session.reported.state === (await stateOf(session, token))) {
    const left = end - performance.now();
    if (left <= 0) return;
    await Promise.race([session.untilChanged(left), untilCancelled(token)]);
    if (token.isCancellationRequested) throw new Cancelled();
  }
}

/** Tells one state of all folders from another. */
async function stateOf(session: Session, token: CancellationToken): Promise<string> {
  const parts: string[] = [];
  for (const folder of session.folders.roots()) {
    const workspace = await folder.settled(token);
    const { snapshot, settings, project } = workspace;
    parts.push(`${folder.path} ${snapshot.revision} ${project.baseline?.id} ${JSON.stringify(settings)}`);
  }
  return parts.join('\n');
}

function toItem(
  session: Session,
  path: string,
  before: string | undefined,
  { resultId, items }: FileReport,
): WorkspaceDocumentDiagnosticReport {
  const open = session.documents.get(path);
  const uri = open?.uri ?? toUri(path);
  const version = open?.document.version ?? null;
  return before === resultId
    ? { kind: 'unchanged', uri, version, resultId }
    : { kind: 'full', uri, version, resultId, items: [...items] };
}
