import { type Severity, severities } from '../finding';
import { globProblem } from '../globs';
import { suggestion } from '../nearest';
import { findRule, rules } from '../rules/index';
import type { ProjectSettings, Severities } from '../settings';

/** What somebody chose, as far as it was understood; what was not said is missing. Paths are as written. */
export interface Choices {
  readonly kernel?: string;
  readonly extraSymvers?: readonly string[];
  readonly exclude?: readonly string[];
  readonly rules?: Severities;
  readonly overrides?: ProjectSettings['overrides'];
  /** The file of findings that are known. */
  readonly baseline?: string;
}

/** Where in the value something is wrong, and what, as the end of a sentence that begins with its name. */
export type Report = (path: readonly (string | number)[], message: string) => void;

const maximumEntries = 1000;

/** Reads settings out of any value: what is not understood is told and left out, the rest counts. */
export function readChoices(value: unknown, report: Report): Choices {
  if (value === undefined || value === null) return {};
  if (!isRecord(value)) {
    report([], 'must be an object');
    return {};
  }
  const kernel = readText('kernel', "a folder of kernel headers, or 'embedded:' and a name", value.kernel, report);
  const baseline = readText('baseline', 'the path of a file', value.baseline, report);
  const extraSymvers = readTexts(['extraSymvers'], value.extraSymvers, report);
  const exclude = readGlobs(['exclude'], value.exclude, report);
  const chosen = readRules(['rules'], value.rules, report);
  const overrides = readOverrides(value.overrides, report);
  return {
    ...(kernel !== undefined && { kernel }),
    ...(extraSymvers && { extraSymvers }),
    ...(exclude && { exclude }),
    ...(chosen && { rules: chosen }),
    ...(overrides && { overrides }),
    ...(baseline && { baseline }),
  };
}

function readText(key: string, what: string, value: unknown, report: Report): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value.trim();
  report([key], `must be a text: ${what}`);
  return undefined;
}

function readTexts(path: readonly (string | number)[], value: unknown, report: Report): readonly string[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value) && value.length <= maximumEntries && value.every((one) => typeof one === 'string')) {
    return value.filter((one) => one.trim() !== '');
  }
  report(path, `must be a list of texts, at most ${maximumEntries}`);
  return undefined;
}

function readGlobs(path: readonly (string | number)[], value: unknown, report: Report): readonly string[] | undefined {
  return readTexts(path, value, report)?.filter((pattern) => {
    const problem = globProblem(pattern);
    if (problem !== undefined) report(path, `has a pattern that ${problem}: '${pattern.slice(0, 40)}'`);
    return problem === undefined;
  });
}

function readRules(path: readonly string[], value: unknown, report: Report): Severities | undefined {
  if (value === undefined || value === null) return undefined;
  if (!isRecord(value)) {
    report(path, 'must be an object from rule to severity');
    return undefined;
  }
  const chosen: Record<string, Severity | 'off'> = {};
  for (const [id, severity] of Object.entries(value)) {
    if (!findRule(id)) report([...path, id], `names a rule '${id}' that does not exist${suggestRule(id)}`);
    else if (severity === 'off' || isSeverity(severity)) chosen[id] = severity;
    else report([...path, id], `must give '${id}' one of ${severities.join(', ')}, off`);
  }
  return chosen;
}

function readOverrides(value: unknown, report: Report): ProjectSettings['overrides'] | undefined {
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value) || value.length > maximumEntries) {
    report(['overrides'], `must be a list of objects with 'files' and 'rules', at most ${maximumEntries}`);
    return undefined;
  }
  return value.flatMap((one: unknown, i) => {
    const told: Report = (path, message) => report(['overrides', i, ...path], message);
    if (!isRecord(one) || one.files === undefined || one.rules === undefined) {
      told([], `must have 'files', a list of globs, and 'rules', from rule to severity`);
      return [];
    }
    for (const key of Object.keys(one)) {
      if (key !== 'files' && key !== 'rules') told([key], `is not known there: 'files' and 'rules' are`);
    }
    const files = readGlobs(['files'], one.files, told);
    const chosen = readRules(['rules'], one.rules, told);
    return files && chosen ? [{ files, rules: chosen }] : [];
  });
}

/** Ends a sentence about a rule that does not exist with the one that may be meant. */
export function suggestRule(id: string): string {
  return suggestion(
    id,
    rules.map((rule) => rule.id),
  );
}

function isSeverity(value: unknown): value is Severity {
  return severities.some((severity) => severity === value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
