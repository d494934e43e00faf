import type { Problem } from '../core/finding';
import { dirname } from '../core/path';
import {
  type ProjectFile,
  projectFileName,
  readProjectFile,
  untrustedProblems,
  withProject,
} from '../core/project/file';
import type { Settings } from '../core/settings';
import { readText } from './disk';

/** A user's settings joined with those of the project's own file, as it is on disk: it takes effect when it is saved. */
export interface Project {
  readonly settings: Settings;
  readonly problems: readonly Problem[];
  /** Files that all this was read from, there or not. */
  readonly inputs: readonly string[];
}

/** Reads the project's own settings. `file` names another one than the `untainted.json` of the folder. */
export function readProject(own: Settings, folder: string, file = `${folder}/${projectFileName}`): Project {
  const result = readText(file, dirname(file));
  const problems: Problem[] = [];
  let project: ProjectFile | undefined;
  if ('text' in result) {
    project = readProjectFile(file, result.text);
    problems.push(...project.problems, ...(own.isUntrusted ? untrustedProblems(project) : []));
  } else if (result.problem) problems.push(result.problem);
  return { settings: withProject(own, project), problems, inputs: [file] };
}
