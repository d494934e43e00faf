import type { Finding } from '../finding';
import type { SourceFile } from '../model/module';
import type { Snapshot } from '../model/snapshot';
import { nearest } from '../nearest';
import type { Settings } from '../settings';
import type { Suppression } from '../syntax/facts';
import { findRule, rules } from './index';
import type { Idle, Rule } from './rule';
import { severityOf } from './severity';

const ids = rules.map((rule) => rule.id);

/** Those of a file's suppressions that hold a finding back, in order. */
export function suppressionsOf({ rule, at }: Finding, all: readonly Suppression[] = []): readonly Suppression[] {
  return all.filter(
    ({ rules, target }) =>
      target.start <= at.span.start && at.span.start <= target.end && rules.some(({ id }) => id === rule),
  );
}

/**
 * What of a file's suppressions does nothing. A rule that is off there, or that could not see everything, makes no claim;
 * nor is one made of code under `#if`, which another kernel may compile.
 */
export function idleOf(
  file: SourceFile,
  used: ReadonlyMap<Suppression, ReadonlySet<string>>,
  snapshot: Snapshot,
  settings: Settings,
): Idle[] {
  const idle: Idle[] = [];
  for (const suppression of file.facts.suppressions) {
    const none = { suppression, name: undefined, scope: undefined, near: [] };
    if (suppression.rules.length === 0) idle.push(none);
    for (const name of suppression.rules) {
      const rule = findRule(name.id);
      if (!rule) idle.push({ ...none, name, near: nearest(name.id, ids) });
      else if (used.get(suppression)?.has(name.id) || isConditional(file, suppression)) continue;
      else if (couldTell(rule, file.path, snapshot, settings)) {
        idle.push({ suppression, name, scope: rule.scope, near: [] });
      }
    }
  }
  return idle;
}

/** Whether a rule that finds nothing in a file has seen all that it could find there. */
export function couldTell(rule: Rule, file: string, snapshot: Snapshot, settings: Settings): boolean {
  if ((severityOf(rule, settings)?.(file) ?? 'off') === 'off') return false;
  const modules = snapshot.modulesOf(file);
  if (rule.scope === 'suppression' || modules.length === 0) return false;
  return rule.scope === 'file' || modules.every(({ isWhole, dependsOn }) => isWhole && dependsOn === undefined);
}

/** Whether something of what a suppression is about stands under `#if`; a guard against a second inclusion is none. */
function isConditional({ facts }: SourceFile, { target }: Suppression): boolean {
  return facts.branches.some(({ span, directive, condition }, i) => {
    const isGuard = i === 0 && directive === 'ifndef' && facts.macros[0]?.name === condition;
    return !isGuard && span.start <= target.end && target.start < span.end;
  });
}
