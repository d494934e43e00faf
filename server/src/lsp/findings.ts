import { createHash } from 'node:crypto';
import type { Diagnostic } from 'vscode-languageserver/node';
import { check } from '../core/rules/check';
import type { Workspace } from '../io/workspace';
import { Converter } from './convert';
import type { Session } from './session';

/** One file's diagnostics, and what tells them from others. */
export interface FileReport {
  readonly resultId: string;
  readonly items: readonly Diagnostic[];
}

/** The diagnostics of one file of a settled workspace. Computed in one go, so that no edit can come between. */
export function reportFile(
  session: Session,
  workspace: Workspace,
  path: string,
  converter = new Converter(workspace, session.documents, session.client),
): FileReport {
  const findings = check(workspace.snapshot, workspace.settings, { file: path });
  const items = findings.flatMap((finding) => converter.diagnostic(finding) ?? []);
  return { resultId: digest(items), items };
}

/** Files that a folder answers for: not those of a folder inside it that is open too. */
export function filesOf(session: Session, workspace: Workspace): string[] {
  return [...workspace.snapshot.files()].filter((path) => session.folders.of(path)?.workspace === workspace);
}

function digest(items: readonly Diagnostic[]): string {
  return items.length === 0 ? 'none' : createHash('sha1').update(JSON.stringify(items)).digest('base64url');
}
