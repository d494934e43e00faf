import type { Problem } from '../core/finding';
import { dirname } from '../core/path';
import { type Baseline, readBaseline } from '../core/project/baseline';
import {
  type ProjectFile,
  projectFileName,
  readProjectFile,
  untrustedProblems,
  withProject,
} from '../core/project/file';
import type { Settings } from '../core/settings';
import { readText } from './disk';
import type { WorkspaceOptions } from './options';

/** A user's settings joined with those of the project's own file, as it is on disk: it takes effect when it is saved. */
export interface Project {
  readonly settings: Settings;
  /** Findings that are known and left out. */
  readonly baseline?: Baseline;
  /** The file that they are in, there or not. */
  readonly baselineFile?: string;
  readonly problems: readonly Problem[];
  /** Files that all this was read from, there or not. */
  readonly inputs: readonly string[];
}

/** Reads the project's own settings, and the baseline that they or the options name. */
export function readProject(folder: string, options: WorkspaceOptions): Project {
  const { settings: own, projectFile: file = `${folder}/${projectFileName}`, baseline: given } = options;
  const result = readText(file, dirname(file));
  const problems: Problem[] = [];
  let project: ProjectFile | undefined;
  if ('text' in result) {
    project = readProjectFile(file, result.text);
    problems.push(...project.problems, ...(own.isUntrusted ? untrustedProblems(project) : []));
  } else if (result.problem) problems.push(result.problem);
  const path = given ?? project?.choices.baseline;
  const baseline = path === undefined ? undefined : openBaseline(path);
  if (typeof baseline === 'string') problems.push({ message: baseline, file: path ?? file });
  return {
    settings: withProject(own, project),
    ...(typeof baseline === 'object' && { baseline }),
    ...(path !== undefined && { baselineFile: path }),
    problems,
    inputs: path === undefined ? [file] : [file, path],
  };
}

/** A baseline from disk, or one sentence that says why there is none. */
export function openBaseline(path: string): Baseline | string {
  const result = readText(path, dirname(path));
  const hint = '`untainted check --write-baseline` writes one';
  if (!('text' in result)) return result.problem?.message ?? `There is no baseline '${path}': ${hint}.`;
  const baseline = readBaseline(path, result.text);
  return typeof baseline === 'string' ? `The baseline '${path}' ${baseline}: ${hint}.` : baseline;
}
