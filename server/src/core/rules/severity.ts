import type { Severity } from '../finding';
import { globMatcher } from '../globs';
import { relative } from '../path';
import type { Settings } from '../settings';
import type { Rule } from './rule';

const matchers = new WeakMap<readonly string[], (path: string) => boolean>();

/** Severities of a rule by file: `undefined` if it is off everywhere. */
export function severityOf(rule: Rule, settings: Settings): ((file: string) => Severity | 'off') | undefined {
  const { folder, overrides = [] } = settings.project ?? {};
  const general = settings.rules[rule.id] ?? rule.severity;
  const special = overrides.flatMap(({ files, rules }) => {
    const severity = rules[rule.id];
    return severity === undefined ? [] : [{ matches: matcherOf(files), severity }];
  });
  if ([general, ...special.map(({ severity }) => severity)].every((severity) => severity === 'off')) return undefined;
  if (special.length === 0 || folder === undefined) return () => general;
  return (file) => {
    const name = relative(file, folder);
    return special.findLast(({ matches }) => matches(name))?.severity ?? general;
  };
}

/** Compiled once for as long as the settings live. */
function matcherOf(files: readonly string[]): (path: string) => boolean {
  const known = matchers.get(files) ?? globMatcher(files);
  matchers.set(files, known);
  return known;
}
