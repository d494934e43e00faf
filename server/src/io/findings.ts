import { existsSync } from 'node:fs';
import type { Finding } from '../core/finding';
import { isInside } from '../core/path';
import { type BaselineEntry, type LineOf, staleEntries, withoutBaseline } from '../core/project/baseline';
import { type Checked, type CheckFilter, checkAll } from '../core/rules/check';
import { findRule } from '../core/rules/index';
import { couldTell } from '../core/rules/suppression';
import { LineMap } from '../core/text';
import type { Workspace } from './workspace';

/** What was found in a workspace, and what of it comments and the baseline hold back. */
export interface WorkspaceFindings extends Checked {
  readonly baselined: readonly Finding[];
}

/** The findings of a workspace, as the editor and the terminal show them. */
export function findingsOf(workspace: Workspace, filter: CheckFilter = {}): WorkspaceFindings {
  const { snapshot, settings, project } = workspace;
  const { baseline } = project;
  const checked = checkAll(snapshot, settings, filter);
  if (!baseline) return { ...checked, baselined: [] };
  const { findings, held } = withoutBaseline(checked.findings, baseline, lineReader(workspace));
  return { ...checked, findings, baselined: held };
}

/** Entries of the baseline that match nothing any more, as far as that can be told, of all that it holds back. */
export function staleOf(workspace: Workspace, baselined: readonly Finding[]): BaselineEntry[] {
  const { snapshot, settings, project, folder } = workspace;
  const { baseline } = project;
  const entries = baseline ? staleEntries(baseline, baselined) : [];
  return entries.filter(({ rule: id, file }) => {
    if (!isInside(file, folder)) return false;
    const rule = findRule(id);
    return !rule || !existsSync(file) || couldTell(rule, file, snapshot, settings);
  });
}

/** Reads the line that a finding begins in. To be used at once, for findings in the order of their files. */
export function lineReader(workspace: Workspace): LineOf {
  let last: { readonly file: string; readonly text: string; readonly lines: LineMap } | undefined;
  return ({ at: { file, span } }) => {
    if (last?.file !== file) {
      const text = workspace.text(file) ?? '';
      last = { file, text, lines: new LineMap(text) };
    }
    const { line } = last.lines.position(span.start);
    return last.text.slice(last.lines.lineStart(line), last.lines.lineStart(line + 1));
  };
}
