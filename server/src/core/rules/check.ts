import { type Finding, type Severity, severities } from '../finding';
import type { Module, SourceFile } from '../model/module';
import type { Snapshot } from '../model/snapshot';
import type { Settings } from '../settings';
import type { Suppression } from '../syntax/facts';
import { compareTexts } from '../text';
import { rules } from './index';
import type { Found, Rule, SuppressionRule } from './rule';
import { severityOf } from './severity';
import { idleOf, suppressionsOf } from './suppression';

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

/** A finding that a comment of its file holds back. */
export interface SuppressedFinding {
  readonly finding: Finding;
  readonly by: Suppression;
}

/** What was found, and what of it comments hold back; each sorted by file and place, one per rule, place and message. */
export interface Checked {
  readonly findings: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
}

/** Every finding of a snapshot that no comment holds back. */
export function check(snapshot: Snapshot, settings: Settings, filter: CheckFilter = {}): readonly Finding[] {
  return checkAll(snapshot, settings, filter).findings;
}

/** As `check`, with the findings that comments hold back. */
export function checkAll(snapshot: Snapshot, settings: Settings, filter: CheckFilter = {}): Checked {
  const isAsked = ({ id }: Rule) => filter.rules?.includes(id) ?? true;
  // One that does nothing for a module may do something for another one.
  const isWhole = filter.module === undefined;
  const aboutSuppressions = isWhole ? rules.filter((rule) => rule.scope === 'suppression').filter(isAsked) : [];
  // Whether a suppression does anything shows only when its rules are run, asked for or not.
  const named = aboutSuppressions.length > 0 && filter.rules ? namedRules(snapshot, filter) : new Set<string>();
  const findings: Finding[] = [];
  const suppressed: SuppressedFinding[] = [];
  const used = new Map<Suppression, Set<string>>();
  const take = (rule: Rule, find: () => Iterable<Found>) => {
    for (const finding of judged(rule, find, settings, filter)) {
      const by = suppressionsOf(finding, snapshot.file(finding.at.file)?.facts.suppressions);
      for (const one of by) used.set(one, (used.get(one) ?? new Set()).add(rule.id));
      if (!isAsked(rule)) continue;
      if (by[0]) suppressed.push({ finding, by: by[0] });
      else findings.push(finding);
    }
  };
  for (const rule of rules) {
    if (rule.scope !== 'suppression' && (isAsked(rule) || named.has(rule.id))) {
      take(rule, () => run(rule, snapshot, filter));
    }
  }
  for (const rule of aboutSuppressions) take(rule, () => runLast(rule, used, snapshot, settings, filter));
  return {
    findings: findings.sort(byPlace),
    suppressed: suppressed.sort((a, b) => byPlace(a.finding, b.finding)),
  };
}

/** What a rule found, with the severity of the settings, each thing once. */
function* judged(rule: Rule, find: () => Iterable<Found>, settings: Settings, filter: CheckFilter): Iterable<Finding> {
  const severityIn = severityOf(rule, settings);
  if (!severityIn) return;
  const seen = new Set<string>();
  for (const found of find()) {
    const { file, span } = found.at;
    const severity = filter.file === undefined || file === filter.file ? severityIn(file) : 'off';
    if (severity === 'off') continue;
    // A file that belongs to several modules is checked in each.
    const key = `${file}\0${span.start}\0${span.end}\0${found.message}`;
    if (!seen.has(key)) yield toFinding(rule, found, severity);
    seen.add(key);
  }
}

function* run(
  rule: Exclude<Rule, SuppressionRule>,
  snapshot: Snapshot,
  { file, module: only, signal }: CheckFilter,
): Iterable<Found> {
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

function* runLast(
  rule: SuppressionRule,
  used: ReadonlyMap<Suppression, ReadonlySet<string>>,
  snapshot: Snapshot,
  settings: Settings,
  filter: CheckFilter,
): Iterable<Found> {
  for (const file of suppressing(snapshot, filter)) {
    yield* rule.run({ file, idle: idleOf(file, used, snapshot, settings) }, snapshot.kernel);
  }
}

/** Files with suppressions in them. */
function suppressing(snapshot: Snapshot, { file }: CheckFilter): SourceFile[] {
  const paths = file === undefined ? [...snapshot.files()] : [file];
  return paths.flatMap((path) => {
    const source = snapshot.file(path);
    return source && source.facts.suppressions.length > 0 ? [source] : [];
  });
}

function namedRules(snapshot: Snapshot, filter: CheckFilter): Set<string> {
  const names = suppressing(snapshot, filter).flatMap(({ facts }) => facts.suppressions.flatMap((one) => one.rules));
  return new Set(names.map(({ id }) => id));
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
    compareTexts(a.at.file, b.at.file) ||
    a.at.span.start - b.at.span.start ||
    a.at.span.end - b.at.span.end ||
    compareTexts(a.rule, b.rule) ||
    compareTexts(a.message, b.message)
  );
}
