import { homedir } from 'node:os';
import { join, normalize } from '../core/path';
import { readChoices } from '../core/project/choices';
import { defaultSettings, isEmbedded, type Settings } from '../core/settings';
import { toPath } from '../io/disk';

/**
 * Settings of what an editor sent for `untainted`, whatever it is: what is not understood is reported in one sentence
 * each and left at its default. Paths may be relative to the workspace folder, begin with `~/` or `${workspaceFolder}`.
 */
export function readSettings(value: unknown, folder: string, report: (problem: string) => void): Settings {
  const { kernel, extraSymvers, exclude, rules } = readChoices(value, (path, message) =>
    report(`'${['untainted', ...path.slice(0, 1)].join('.')}' ${message}${message.endsWith('?') ? '' : '.'}`),
  );
  const isPath = kernel !== undefined && kernel !== '' && !isEmbedded(kernel);
  return {
    kernel: isPath ? expand(kernel, folder) : (kernel ?? defaultSettings.kernel),
    extraSymvers: extraSymvers?.map((path) => expand(path, folder)) ?? defaultSettings.extraSymvers,
    exclude: exclude ?? defaultSettings.exclude,
    rules: rules ?? defaultSettings.rules,
    codeLens: readSwitch(value, 'codeLens', report),
    inlayHints: readSwitch(value, 'inlayHints', report),
  };
}

/** What is only shown: a project's own file has no say in it. */
function readSwitch(value: unknown, key: 'codeLens' | 'inlayHints', report: (problem: string) => void): boolean {
  const given = typeof value === 'object' && value !== null ? (value as Partial<Record<string, unknown>>)[key] : null;
  if (typeof given === 'boolean') return given;
  if (given !== undefined && given !== null) report(`'untainted.${key}' must be true or false.`);
  return defaultSettings[key];
}

function expand(path: string, folder: string): string {
  const native = path.replace(/^\$\{workspaceFolder\}/, folder).replace(/^~(?=[/\\]|$)/, homedir());
  return normalize(join(folder, toPath(native)));
}
