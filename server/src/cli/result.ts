import type { Finding, Location, Problem, Severity } from '../core/finding';
import type { Kernel } from '../core/kernel/kernel';
import type { Snapshot } from '../core/model/snapshot';
import type { Workspace } from '../io/workspace';
import { type Snippet, snippet } from './format/snippet';

/** A place as people and other programs count: lines and columns from 1, columns in UTF-16 code units. */
export interface Place {
  /** Absolute path. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface PlacedRelated {
  readonly message: string;
  readonly place: Place | undefined;
}

export interface PlacedFix {
  readonly title: string;
  readonly safe: boolean;
  readonly edits: readonly (Place & { readonly newText: string })[];
}

export interface PlacedFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly place: Place;
  /** Only made for formats that show it. */
  readonly snippet: Snippet | undefined;
  readonly related: readonly PlacedRelated[];
  readonly fixes: readonly PlacedFix[];
}

/** What could not be understood; `place` has only a file where no place in it is known. */
export interface PlacedProblem {
  readonly message: string;
  readonly file: string | undefined;
  readonly place: Place | undefined;
}

export interface CheckedFolder {
  readonly folder: string;
  readonly kernel: Pick<Kernel, 'release' | 'origin' | 'folder'>;
  readonly modules: number;
  readonly files: number;
}

/** The whole answer of `check`, free of workspaces. */
export interface CheckResult {
  readonly cwd: string;
  readonly folders: readonly CheckedFolder[];
  readonly findings: readonly PlacedFinding[];
  readonly problems: readonly PlacedProblem[];
  /** Whether the user named the kernel. */
  readonly isKernelChosen: boolean;
}

/** How many findings there are of each severity. */
export function countSeverities(findings: readonly PlacedFinding[]): Record<Severity, number> {
  const counts: Record<Severity, number> = { error: 0, warning: 0, info: 0, hint: 0 };
  for (const finding of findings) counts[finding.severity]++;
  return counts;
}

/** Puts lines and columns to a finding; with `width` also the source line that a terminal of that width shows. */
export function placeFinding(workspace: Workspace, finding: Finding, width: number | undefined): PlacedFinding {
  const text = workspace.text(finding.at.file);
  const lines = workspace.lines(finding.at.file);
  return {
    rule: finding.rule,
    severity: finding.severity,
    message: finding.message,
    place: toPlace(workspace, finding.at),
    snippet:
      width !== undefined && text !== undefined && lines ? snippet(text, lines, finding.at.span, width) : undefined,
    related: finding.related.map(({ message, at }) => ({ message, place: at && toPlace(workspace, at) })),
    fixes: finding.fixes.map((fix) => ({
      title: fix.title,
      safe: fix.safe,
      edits: fix.edits.map((edit) => ({ ...toPlace(workspace, edit), newText: edit.newText })),
    })),
  };
}

/** Everything that was not understood, each thing once: of the kernel, the build and the sources. */
export function placeProblems(workspace: Workspace, snapshot: Snapshot): PlacedProblem[] {
  const seen = new Set<string>();
  const placed: PlacedProblem[] = [];
  for (const problem of [...snapshot.kernel.problems, ...workspace.build.problems, ...snapshot.problems]) {
    const key = JSON.stringify([problem.message, problem.file, problem.span?.start]);
    if (seen.has(key)) continue;
    seen.add(key);
    placed.push(placeProblem(workspace, problem));
  }
  return placed;
}

/** Lines and columns of a location. A file whose text is gone answers with its start. */
export function toPlace(workspace: Workspace, { file, span }: Location): Place {
  const lines = workspace.lines(file);
  const start = lines?.position(span.start) ?? { line: 0, column: 0 };
  const end = lines?.position(span.end) ?? start;
  return {
    file,
    line: start.line + 1,
    column: start.column + 1,
    endLine: end.line + 1,
    endColumn: end.column + 1,
  };
}

function placeProblem(workspace: Workspace, problem: Problem): PlacedProblem {
  const { message, file, span } = problem;
  return { message, file, place: file !== undefined && span ? toPlace(workspace, { file, span }) : undefined };
}
