import { toShownPath } from '../paths';
import { type CheckResult, countSeverities, type Place, type PlacedFinding, type PlacedProblem } from '../result';
import { version } from '../version';

/** The form's own version: grows when a field changes its meaning or goes away, not when one is added. */
const formVersion = 1;

/** The answer for programs, as docs/check.schema.json says it, in pieces so that long ones are never one string. */
export function* checkToJson(result: CheckResult): Iterable<string> {
  const { cwd } = result;
  const counts = countSeverities(result.findings);
  const head = {
    formVersion,
    tool: { name: 'untainted', version },
    folders: result.folders.map((folder) => ({
      folder: toShownPath(folder.folder, cwd),
      kernel: { ...folder.kernel, folder: folder.kernel.folder ?? null },
      modules: folder.modules,
      exactModules: folder.exactModules,
      directBecause: folder.directBecause ?? null,
      files: folder.files,
      baseline: folder.baseline ? { ...folder.baseline, file: toShownPath(folder.baseline.file, cwd) } : null,
    })),
    summary: {
      errors: counts.error,
      warnings: counts.warning,
      infos: counts.info,
      hints: counts.hint,
      suppressed: result.suppressed.filter(({ comment }) => comment).length,
      baselined: result.suppressed.filter(({ comment }) => !comment).length,
      problems: result.problems.length,
    },
  };
  yield JSON.stringify(head, undefined, 2).replace(/\n\}$/, '');
  yield* list('findings', result.findings, (finding) => findingToJson(finding, cwd));
  yield* list('problems', result.problems, (problem) => problemToJson(problem, cwd));
  yield '\n}\n';
}

/** A place with the file relative to the current folder, where it lies below it. */
export function placeToJson({ file, line, column, endLine, endColumn }: Place, cwd: string) {
  return { file: toShownPath(file, cwd), line, column, endLine, endColumn };
}

/** A problem; `file` and the place only where they are known. */
export function problemToJson({ message, file, place }: PlacedProblem, cwd: string) {
  if (place) return { message, ...placeToJson(place, cwd) };
  return file === undefined ? { message } : { message, file: toShownPath(file, cwd) };
}

function* list<T>(name: string, items: readonly T[], toJson: (item: T) => unknown): Iterable<string> {
  yield `,\n  "${name}": [`;
  let separator = '\n    ';
  for (const item of items) {
    yield separator + JSON.stringify(toJson(item));
    separator = ',\n    ';
  }
  yield items.length > 0 ? '\n  ]' : ']';
}

function findingToJson(finding: PlacedFinding, cwd: string) {
  return {
    rule: finding.rule,
    severity: finding.severity,
    message: finding.message,
    ...placeToJson(finding.place, cwd),
    related: finding.related.map(({ message, place }) => ({ message, ...(place && placeToJson(place, cwd)) })),
    fixes: finding.fixes.map(({ title, safe, edits }) => ({
      title,
      safe,
      edits: edits.map((edit) => ({ ...placeToJson(edit, cwd), newText: edit.newText })),
    })),
  };
}
