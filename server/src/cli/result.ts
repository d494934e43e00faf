import type { Finding, Location, Problem, Severity } from '../core/finding';
import type { Kernel } from '../core/kernel/kernel';
import type { Snapshot } from '../core/model/snapshot';
import type { SuppressedFinding } from '../core/rules/check';
import { type Snippet, snippet } from './format/snippet';
import type { Sources } from './sources';

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

/** A finding that is held back, for formats that show such. */
export interface PlacedSuppressed {
  readonly finding: PlacedFinding;
  readonly reason: string;
  /** The comment that holds it back; missing where it is the baseline. */
  readonly comment: Place | undefined;
}

/** What could not be understood; `place` has only a file where no place in it is known. */
export interface PlacedProblem {
  readonly message: string;
  readonly file: string | undefined;
  readonly place: Place | undefined;
}

export interface CheckedFolder {
  readonly folder: string;
  readonly kernel: Pick<Kernel, 'release' | 'origin' | 'folder' | 'chosenBecause'>;
  readonly modules: number;
  /** Modules of which every use is known, not only those in their own files. */
  readonly exactModules: number;
  /** Ends the sentence "Only direct uses are known because …". */
  readonly directBecause: string | undefined;
  readonly files: number;
  readonly baseline: CheckedBaseline | undefined;
}

export interface CheckedBaseline {
  /** Absolute path. */
  readonly file: string;
  /** How many findings it holds back. */
  readonly findings: number;
  /** How many of its entries match nothing any more. */
  readonly stale: number;
}

/** The whole answer of `check`, free of workspaces. */
export interface CheckResult {
  readonly cwd: string;
  readonly folders: readonly CheckedFolder[];
  readonly findings: readonly PlacedFinding[];
  readonly suppressed: readonly PlacedSuppressed[];
  readonly problems: readonly PlacedProblem[];
}

/** How many findings there are of each severity. */
export function countSeverities(findings: readonly PlacedFinding[]): Record<Severity, number> {
  const counts: Record<Severity, number> = { error: 0, warning: 0, info: 0, hint: 0 };
  for (const finding of findings) counts[finding.severity]++;
  return counts;
}

/** Puts lines and columns to a finding; with `width` also the source line that a terminal of that width shows. */
export function placeFinding(sources: Sources, finding: Finding, width: number | undefined): PlacedFinding {
  const source = width === undefined ? undefined : sources.get(finding.at.file);
  return {
    rule: finding.rule,
    severity: finding.severity,
    message: finding.message,
    place: toPlace(sources, finding.at),
    snippet: source && width !== undefined ? snippet(source.text, source.lines, finding.at.span, width) : undefined,
    related: finding.related.map(({ message, at }) => ({ message, place: at && toPlace(sources, at) })),
    fixes: finding.fixes.map((fix) => ({
      title: fix.title,
      safe: fix.safe,
      edits: fix.edits.map((edit) => ({ ...toPlace(sources, edit), newText: edit.newText })),
    })),
  };
}

export function placeSuppressed(sources: Sources, { finding, by }: SuppressedFinding): PlacedSuppressed {
  const comment = toPlace(sources, { file: finding.at.file, span: by.commentSpan });
  return { finding: placeFinding(sources, finding, undefined), reason: by.reason, comment };
}

export function placeBaselined(sources: Sources, finding: Finding): PlacedSuppressed {
  return { finding: placeFinding(sources, finding, undefined), reason: 'in the baseline', comment: undefined };
}

/** Everything that was not understood, each thing once: of the kernel, the build and the sources. */
export function placeProblems(sources: Sources, snapshot: Snapshot): PlacedProblem[] {
  const seen = new Set<string>();
  const placed: PlacedProblem[] = [];
  for (const problem of snapshot.problems) {
    const key = JSON.stringify([problem.message, problem.file, problem.span?.start]);
    if (seen.has(key)) continue;
    seen.add(key);
    placed.push(placeProblem(sources, problem));
  }
  return placed;
}

/** Lines and columns of a location. A file whose text is gone answers with its start. */
export function toPlace(sources: Sources, { file, span }: Location): Place {
  const lines = sources.get(file)?.lines;
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

function placeProblem(sources: Sources, problem: Problem): PlacedProblem {
  const { message, file, span } = problem;
  return { message, file, place: file !== undefined && span ? toPlace(sources, { file, span }) : undefined };
}
