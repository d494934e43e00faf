import { homedir } from 'node:os';
import { type Severity, severities } from '../core/finding';
import { join, normalize } from '../core/path';
import { findRule } from '../core/rules/index';
import { defaultSettings, type Settings } from '../core/settings';
import { toPath } from '../io/disk';

const maximumEntries = 1000;

/**
 * Settings of what an editor sent for `untainted`, whatever it is: what is not understood is reported in one sentence
 * each and left at its default. Paths may be relative to the workspace folder, begin with `~/` or `${workspaceFolder}`.
 */
export function readSettings(value: unknown, folder: string, report: (problem: string) => void): Settings {
  if (value === undefined || value === null) return defaultSettings;
  if (!isRecord(value)) {
    report('The settings of Untainted are not an object: the defaults are used.');
    return defaultSettings;
  }
  return {
    kernel: readKernel(value.kernel, folder, report),
    extraSymvers: readTexts('extraSymvers', value.extraSymvers, defaultSettings.extraSymvers, report).map((path) =>
      expand(path, folder),
    ),
    exclude: readTexts('exclude', value.exclude, defaultSettings.exclude, report),
    rules: readRules(value.rules, report),
  };
}

function readKernel(value: unknown, folder: string, report: (problem: string) => void): string {
  if (value === undefined || value === null) return defaultSettings.kernel;
  if (typeof value !== 'string') {
    report(`'untainted.kernel' must be a text: a folder of kernel headers, or 'embedded:' and a name.`);
    return defaultSettings.kernel;
  }
  const kernel = value.trim();
  return kernel === '' || kernel.startsWith('embedded') ? kernel : expand(kernel, folder);
}

function readTexts(
  key: string,
  value: unknown,
  otherwise: readonly string[],
  report: (problem: string) => void,
): readonly string[] {
  if (value === undefined || value === null) return otherwise;
  if (Array.isArray(value) && value.length <= maximumEntries && value.every((one) => typeof one === 'string')) {
    return value.filter((one) => one.trim() !== '');
  }
  report(`'untainted.${key}' must be a list of texts, at most ${maximumEntries}.`);
  return otherwise;
}

function readRules(value: unknown, report: (problem: string) => void): Settings['rules'] {
  if (value === undefined || value === null) return defaultSettings.rules;
  if (!isRecord(value)) {
    report(`'untainted.rules' must be an object from rule to severity.`);
    return defaultSettings.rules;
  }
  const rules: Record<string, Severity | 'off'> = {};
  for (const [id, severity] of Object.entries(value)) {
    if (!findRule(id)) report(`'untainted.rules' names a rule '${id}' that does not exist.`);
    else if (severity === 'off' || isSeverity(severity)) rules[id] = severity;
    else report(`'untainted.rules' must give '${id}' one of ${severities.join(', ')}, off.`);
  }
  return rules;
}

function expand(path: string, folder: string): string {
  const native = path.replace(/^\$\{workspaceFolder\}/, folder).replace(/^~(?=[/\\]|$)/, homedir());
  return normalize(join(folder, toPath(native)));
}

function isSeverity(value: unknown): value is Severity {
  return severities.some((severity) => severity === value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
