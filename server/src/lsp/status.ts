import { relative } from '../core/path';
import { findingsOf } from '../io/findings';
import type { Workspace } from '../io/workspace';
import { describeKernel, describeModule } from './describe';
import { type Status, statusNotification } from './protocol';
import type { Session } from './session';
import { toPath } from './uris';

const maximumProblems = 20;
const nothing: Status = { uri: null, isIndexing: false, kernel: null, modules: [], findings: 0, problems: [] };

/** Tells the editor how the active document stands, if it wants to know and that has changed. */
export async function sendStatus(session: Session): Promise<void> {
  if (!session.status.isWanted) return;
  await sendIfNew(session, early(session) ?? nothing);
  const status = await settledStatus(session);
  if (status) await sendIfNew(session, status);
}

/** What can be said without waiting: only that files are being read. */
function early(session: Session): Status | undefined {
  const { active } = session.status;
  if (active === undefined) return nothing;
  const folder = folderOf(session, active);
  return folder?.isLoading ? { ...nothing, uri: active, isIndexing: true } : session.status.last;
}

async function settledStatus(session: Session): Promise<Status | undefined> {
  const { active } = session.status;
  const path = active === undefined ? undefined : toPath(active);
  const folder = path === undefined ? undefined : session.folders.of(path);
  if (active === undefined || path === undefined || !folder) return nothing;
  const workspace = await folder.settled();
  // The focus may have gone elsewhere meanwhile; that has its own turn.
  return session.status.active === active ? describe(active, path, workspace) : undefined;
}

function describe(uri: string, path: string, workspace: Workspace): Status {
  const { snapshot } = workspace;
  return {
    uri,
    isIndexing: false,
    kernel: describeKernel(snapshot.kernel),
    modules: snapshot.modulesOf(path).map(describeModule),
    findings: findingsOf(workspace, { file: path }).findings.length,
    problems: snapshot.problems
      .slice(0, maximumProblems)
      .map(({ file, message }) =>
        file === undefined || message.includes(file) ? message : `${relative(file, workspace.folder)}: ${message}`,
      ),
  };
}

async function sendIfNew(session: Session, status: Status): Promise<void> {
  if (JSON.stringify(status) === JSON.stringify(session.status.last)) return;
  session.status.last = status;
  await session.connection.sendNotification(statusNotification, status);
}

function folderOf(session: Session, uri: string) {
  const path = toPath(uri);
  return path === undefined ? undefined : session.folders.of(path);
}
