import { existsSync, writeFileSync } from 'node:fs';
import type { Finding } from '../core/finding';
import { dirname, isInside } from '../core/path';
import { type BaselineEntry, baselineFileName, toEntries, writeBaseline } from '../core/project/baseline';
import { checkAll } from '../core/rules/check';
import { lineReader } from '../io/findings';
import { openBaseline } from '../io/project';
import type { Workspace } from '../io/workspace';
import { CannotRun } from './failure';
import { toCorePath, toShownPath } from './paths';
import { projectFile, type WorkspaceFlags } from './session';
import type { Target } from './targets';

/** Refuses a baseline that was asked for by name and cannot be read. */
export function refuseBadBaseline(file: string | undefined, cwd: string): void {
  const path = toCorePath(file ?? '', cwd);
  const baseline = file === undefined ? undefined : openBaseline(path);
  if (typeof baseline !== 'string') return;
  throw new CannotRun(baseline.replace(`'${path}'`, `'${toShownPath(path, cwd)}'`).replace(/\.$/, ''));
}

/** What goes into a baseline: every finding, those of an earlier one too. */
export function entriesOf(workspace: Workspace, target: Target): BaselineEntry[] {
  const { snapshot, settings } = workspace;
  const findings: Finding[] = [];
  if (target.files.length === 0) findings.push(...checkAll(snapshot, settings).findings);
  for (const file of target.files) findings.push(...checkAll(snapshot, settings, { file }).findings);
  return toEntries(findings, lineReader(workspace));
}

/** Where a baseline goes that was given no name: where the project's file says, else beside it, else to `cwd`. */
export function baselinePlace(
  flag: string | true,
  flags: WorkspaceFlags,
  targets: readonly Target[],
  configured: string | undefined,
  cwd: string,
): string {
  if (flag !== true) return toCorePath(flag, cwd);
  if (configured !== undefined) return configured;
  const file = projectFile(flags, targets[0]?.folder ?? cwd, cwd);
  return existsSync(file) ? `${dirname(file)}/${baselineFileName}` : `${cwd}/${baselineFileName}`;
}

/** Writes the entries; what an earlier baseline has of files that were not checked stays. Gives the number of findings. */
export function saveBaseline(file: string, entries: readonly BaselineEntry[], targets: readonly Target[]): number {
  const before = existsSync(file) ? openBaseline(file) : undefined;
  const wasChecked = (path: string) =>
    targets.some(({ folder, files }) => (files.length === 0 ? isInside(path, folder) : files.includes(path)));
  const kept = typeof before === 'object' ? before.entries.filter((entry) => !wasChecked(entry.file)) : [];
  const all = [...kept, ...entries];
  try {
    writeFileSync(file, writeBaseline(file, all));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new CannotRun(`'${toShownPath(file, toCorePath('.'))}' cannot be written (${code})`);
  }
  return all.reduce((sum, { lines }) => sum + lines.length, 0);
}
