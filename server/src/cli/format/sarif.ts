import { SarifBuilder, SarifResultBuilder, SarifRuleBuilder, SarifRunBuilder } from 'node-sarif-builder';
import type { PhysicalLocation, Region, Result, Location as SarifLocation, Suppression } from 'sarif';
import type { Severity } from '../../core/finding';
import { isInside, relative } from '../../core/path';
import type { CheckResult, Place, PlacedFinding, PlacedFix, PlacedProblem, PlacedSuppressed } from '../result';
import type { RulePage } from '../rules';
import { version } from '../version';

/** Name of the folder that relative URIs start from: where the command ran. */
const baseId = 'SRCROOT';

/** The answer as a SARIF 2.1.0 log: rules with their pages, causes, fixes, and what was not understood as notifications. */
export function checkToSarif(result: CheckResult, rules: readonly RulePage[]): string {
  const run = new SarifRunBuilder({
    columnKind: 'utf16CodeUnits',
    // The builder would list them without the folder that their URIs start from.
    artifacts: [...new Set(allFindings(result).map((finding) => finding.place.file))].map((file) => ({
      location: toArtifact(file, result.cwd),
    })),
    originalUriBaseIds: { [baseId]: { uri: `${toFileUri(result.cwd)}/` } },
    invocations: [
      {
        executionSuccessful: true,
        toolExecutionNotifications: result.problems.map((problem) => toNotification(problem, result.cwd)),
      },
    ],
  }).initSimple({ toolDriverName: 'untainted', toolDriverVersion: version });
  for (const rule of rules) run.addRule(toRule(rule));
  // Either no result says whether it is suppressed, or all do.
  for (const finding of result.findings) run.addResult(toResult(finding, [], result.cwd));
  for (const one of result.suppressed)
    run.addResult(toResult(one.finding, [toSuppression(one, result.cwd)], result.cwd));
  const sarif = new SarifBuilder({ $schema: 'https://json.schemastore.org/sarif-2.1.0.json' });
  sarif.addRun(run);
  return `${sarif.buildSarifJsonString({ indent: true })}\n`;
}

function toRule(rule: RulePage): SarifRuleBuilder {
  return new SarifRuleBuilder({
    id: rule.id,
    name: rule.id,
    shortDescription: { text: rule.summary },
    fullDescription: { text: rule.summary },
    help: { text: rule.page, markdown: rule.page },
    defaultConfiguration: { level: toLevel(rule.severity) },
  });
}

function toResult(finding: PlacedFinding, suppressions: Suppression[], cwd: string): SarifResultBuilder {
  const related: SarifLocation[] = [];
  const unplaced: string[] = [];
  for (const { message, place } of finding.related) {
    if (place)
      related.push({ id: related.length, physicalLocation: toPhysical(place, cwd), message: { text: message } });
    else unplaced.push(message);
  }
  // A cause without a place (an export of an embedded kernel) would be lost: viewers show located ones only.
  const text = [finding.message, ...unplaced].join('\n');
  const fixes = finding.fixes.map((fix) => toFix(fix, cwd)).filter((fix) => fix !== undefined);
  const result: Omit<Result, 'message'> & Pick<Result, 'message'> = {
    ruleId: finding.rule,
    level: toLevel(finding.severity),
    message: { text },
    locations: [{ physicalLocation: toPhysical(finding.place, cwd) }],
    suppressions,
  };
  if (related.length > 0) result.relatedLocations = related;
  if (fixes.length > 0) result.fixes = fixes;
  return new SarifResultBuilder(result);
}

function allFindings({ findings, suppressed }: CheckResult): PlacedFinding[] {
  return [...findings, ...suppressed.map(({ finding }) => finding)];
}

function toSuppression({ reason, comment }: PlacedSuppressed, cwd: string): Suppression {
  const why = reason !== '' && { justification: reason };
  if (!comment) return { kind: 'external', ...why };
  return {
    kind: 'inSource',
    ...why,
    location: { physicalLocation: toPhysical(comment, cwd) },
  };
}

/** SARIF demands at least one change. */
function toFix(fix: PlacedFix, cwd: string): NonNullable<Result['fixes']>[number] | undefined {
  const files = [...new Set(fix.edits.map((edit) => edit.file))];
  if (files.length === 0) return undefined;
  return {
    description: { text: fix.title },
    artifactChanges: files.map((file) => ({
      artifactLocation: toArtifact(file, cwd),
      replacements: fix.edits
        .filter((edit) => edit.file === file)
        .map((edit) => ({ deletedRegion: toRegion(edit), insertedContent: { text: edit.newText } })),
    })),
  };
}

function toNotification({ message, file, place }: PlacedProblem, cwd: string) {
  const physicalLocation = place ? toPhysical(place, cwd) : file && { artifactLocation: toArtifact(file, cwd) };
  return {
    level: 'warning' as const,
    message: { text: message },
    ...(physicalLocation ? { locations: [{ physicalLocation }] } : {}),
  };
}

function toPhysical(place: Place, cwd: string): PhysicalLocation {
  return { artifactLocation: toArtifact(place.file, cwd), region: toRegion(place) };
}

function toRegion({ line, column, endLine, endColumn }: Place): Region {
  return { startLine: line, startColumn: column, endLine, endColumn };
}

function toArtifact(file: string, cwd: string): { uri: string; uriBaseId?: string } {
  if (!isInside(file, cwd) || file === cwd) return { uri: toFileUri(file) };
  return { uri: encodePath(relative(file, cwd)), uriBaseId: baseId };
}

function toFileUri(path: string): string {
  const trimmed = path.replace(/\/$/, '');
  return `file://${trimmed.startsWith('/') || trimmed === '' ? '' : '/'}${encodePath(trimmed)}`;
}

/** As RFC 3986 wants a path; a drive's colon stays in an absolute one only. */
function encodePath(path: string): string {
  const segments = path.split('/').map((segment, i) => {
    return i === 0 && /^[A-Za-z]:$/.test(segment) ? segment : encodeURIComponent(segment);
  });
  return segments.join('/');
}

function toLevel(severity: Severity): 'error' | 'warning' | 'note' {
  return severity === 'error' || severity === 'warning' ? severity : 'note';
}
