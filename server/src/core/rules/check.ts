import { type Finding, type Severity, severities } from '../finding';
import type { Module } from '../model/module';
import type { Snapshot } from '../model/snapshot';
import type { Settings } from '../settings';
import { rules } from './index';
import type { Found, Rule } from './rule';
import { severityOf } from './severity';

/** Which findings are asked for; nothing means all. */
export interface CheckFilter {
  /** Only findings whose place is in this file. */
  readonly file?: string;
  /** Only what is found in looking at this module and its files. */
  readonly module?: Module;
  /** Only these rules. */
  readonly rules?: readonly string[];
  /** Stops between two subjects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Every finding of a snapshot, sorted by file and place; one per rule, place and message. */
export function check(snapshot: Snapshot, settings: Settings, filter: CheckFilter = {}): Finding[] {
  const findings = new Map<string, Finding>();
  for (const rule of rules) {
    if (filter.rules && !filter.rules.includes(rule.id)) continue;
    const severityIn = severityOf(rule, settings);
    for (const found of severityIn ? run(rule, snapshot, filter) : []) {
      const { file, span } = found.at;
      if (filter.file !== undefined && file !== filter.file) continue;
      const severity = severityIn?.(file) ?? 'off';
      if (severity === 'off') continue;
      // A file that belongs to several modules is checked in each.
      const key = `${rule.id}\0${file}\0${span.start}\0${span.end}\0${found.message}`;
      if (!findings.has(key)) findings.set(key, toFinding(rule, found, severity));
    }
  }
  return [...findings.values()].sort(byPlace);
}

function* run(rule: Rule, snapshot: Snapshot, { file, module: only, signal }: CheckFilter): Iterable<Found> {
  if (rule.scope === 'module') {
    // What is said of a module is said at a place in one of its files.
    for (const module of only ? [only] : file === undefined ? snapshot.modules : snapshot.modulesOf(file)) {
      signal?.throwIfAborted();
      yield* rule.run(module, snapshot.kernel);
    }
    return;
  }
  const ofModule = only?.files.map(({ path }) => path);
  for (const path of ofModule ?? (file === undefined ? snapshot.files() : [file])) {
    signal?.throwIfAborted();
    const source = snapshot.file(path);
    if (source) yield* rule.run({ file: source, modules: snapshot.modulesOf(path) }, snapshot.kernel);
  }
}

function toFinding(rule: Rule, found: Found, severity: Severity): Finding {
  const { at, message, related, fixes } = found;
  return { rule: rule.id, severity: weaker(severity, found.severity), at, message, related, fixes };
}

function weaker(a: Severity, b: Severity | undefined): Severity {
  return b !== undefined && severities.indexOf(b) > severities.indexOf(a) ? b : a;
}

function byPlace(a: Finding, b: Finding): number {
  return (
    compare(a.at.file, b.at.file) ||
    a.at.span.start - b.at.span.start ||
    a.at.span.end - b.at.span.end ||
    compare(a.rule, b.rule) ||
    compare(a.message, b.message)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
