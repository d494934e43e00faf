import { createHash } from 'node:crypto';
import type { Diagnostic } from 'vscode-languageserver/node';
import type { Problem } from '../core/finding';
import type { Snapshot } from '../core/model/snapshot';
import { findingsOf } from '../io/findings';
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
  const findings = findingsOf(workspace, { file: path }).findings;
  const problems = problemsByFile(workspace.snapshot).get(path) ?? [];
  const items = [
    ...findings.flatMap((finding) => converter.diagnostic(finding) ?? []),
    ...problems.flatMap((problem) => converter.problem(problem) ?? []),
  ];
  return { resultId: digest(items), items };
}

/** Files that a folder answers for: not those of a folder inside it that is open too. */
export function filesOf(session: Session, workspace: Workspace): string[] {
  const { snapshot } = workspace;
  const paths = new Set([...snapshot.files(), ...problemsByFile(snapshot).keys()]);
  return [...paths].filter((path) => session.folders.of(path)?.workspace === workspace);
}

const grouped = new WeakMap<Snapshot['problems'], ReadonlyMap<string, readonly Problem[]>>();

/** Problems that have a place, by their file; grouped once while they stay the same, whatever else is edited. */
function problemsByFile({ problems }: Snapshot): ReadonlyMap<string, readonly Problem[]> {
  const known = grouped.get(problems);
  if (known) return known;
  const byFile = new Map<string, Problem[]>();
  for (const problem of problems) {
    if (problem.file === undefined || !problem.span) continue;
    const own = byFile.get(problem.file);
    if (own) own.push(problem);
    else byFile.set(problem.file, [problem]);
  }
  grouped.set(problems, byFile);
  return byFile;
}

function digest(items: readonly Diagnostic[]): string {
  return items.length === 0 ? 'none' : createHash('sha1').update(JSON.stringify(items)).digest('base64url');
}
