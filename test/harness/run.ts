import type { Edit, Finding, Location } from '../../server/src/core/finding';
import { relative } from '../../server/src/core/path';
import { check } from '../../server/src/core/rules/check';
import { applyEdits, safeEdits } from '../../server/src/core/rules/fixes';
import { defaultSettings, type Settings } from '../../server/src/core/settings';
import type { FixtureCase, Setting } from './fixture';
import { caseKernel } from './kernel';
import type { CaseResult } from './marks';
import { analyze, type ReadFacts, root } from './workspace';

export type Files = ReadonlyMap<string, string>;

/** Keys a case may set; everything else is a slip of the pen. */
const keys = ['version', 'export', 'config', 'license', 'rules', 'severity', 'exact'];

/** More rounds than any chain of safe fixes needs. */
const maximumRounds = 5;

export function caseFiles(one: FixtureCase): Files {
  return new Map(one.files.map(({ path, text }) => [path, text]));
}

/** Findings of one rule (or of those the case names) in a case, or in other texts with the case's settings. */
export function lint(one: FixtureCase, rule: string, readFacts: ReadFacts, files: Files = caseFiles(one)): Finding[] {
  const unknown = one.settings.find((setting) => !keys.includes(setting.key));
  if (unknown) throw new Error(`case '${one.title}': there is no setting '${unknown.key}'`);
  const snapshot = analyze(files, caseKernel(one.settings), readFacts, value(one.settings, 'exact') === 'yes');
  const asked = value(one.settings, 'rules');
  const filter = asked === 'all' ? {} : { rules: asked?.split(/[ ,]+/) ?? [rule] };
  return check(snapshot, caseSettings(one.settings, rule), filter).map((finding) => ({
    ...finding,
    at: local(finding.at),
    related: finding.related.map(({ message, at }) => (at ? { message, at: local(at) } : { message })),
    fixes: finding.fixes.map((fix) => ({ ...fix, edits: fix.edits.map((edit) => ({ ...edit, ...local(edit) })) })),
  }));
}

/** What the marks of a case are compared with. */
export function runCase(one: FixtureCase, rule: string, readFacts: ReadFacts): CaseResult {
  const findings = lint(one, rule, readFacts);
  let files = caseFiles(one);
  for (let round = 0; round < maximumRounds; round++) {
    const edits = safeEdits(round === 0 ? findings : lint(one, rule, readFacts, files));
    if (edits.length === 0) break;
    files = applied(files, edits);
  }
  const fixed = [...files].filter(([path, text]) => text !== caseFiles(one).get(path));
  return { findings, fixed: new Map(fixed) };
}

export function applied(files: Files, edits: readonly Edit[]): Files {
  return new Map([...files].map(([path, text]) => [path, applyEdits(path, text, edits)]));
}

function caseSettings(settings: readonly Setting[], rule: string): Settings {
  const severity = value(settings, 'severity');
  const known = (['error', 'warning', 'info', 'hint', 'off'] as const).find((one) => one === severity);
  return known ? { ...defaultSettings, rules: { [rule]: known } } : defaultSettings;
}

function value(settings: readonly Setting[], key: string): string | undefined {
  return settings.findLast((one) => one.key === key)?.value;
}

function local(at: Location): Location {
  return { file: relative(at.file, root), span: at.span };
}
