import type { Finding, Location, Related } from '../../server/src/core/finding';
import { LineMap, type Span } from '../../server/src/core/text';
import type { FixtureCase } from './fixture';

/** What a run of a case gave, in the names of the case. */
export interface CaseResult {
  readonly findings: readonly Finding[];
  /** Texts after all safe fixes, of the files that they change. */
  readonly fixed: ReadonlyMap<string, string>;
}

/** The case as it should stand in the fixture: its files with a mark below each place, and the texts after the fixes. */
export function renderCase(fixture: FixtureCase, { findings, fixed }: CaseResult): string {
  const out = [`//# ${fixture.title}`, ...fixture.settings.map(({ key, value }) => `//! ${key} = ${value}`)];
  const isOwn = (at: Location | undefined) => fixture.files.some((file) => file.path === at?.file);
  for (const { path, text, isImplicit } of fixture.files) {
    if (!isImplicit) out.push(`//- ${path}`);
    const lines = new LineMap(text);
    const marks = fileMarks(path, findings, isOwn);
    text
      .trimEnd()
      .split('\n')
      .forEach((line, number) => {
        if (text !== '') out.push(line);
        for (const { span, notes } of marks.filter((one) => lines.position(one.span.start).line === number)) {
          const prefix = comment(path);
          out.push(
            ...notes.map((note, i) =>
              i === 0 ? `${marker(span, lines, text, prefix)} ${note}` : `${prefix}  ${note}`,
            ),
          );
        }
      });
  }
  for (const [path, text] of fixed) out.push(`//= ${path}`, text.trimEnd());
  return out.join('\n');
}

interface Mark {
  readonly span: Span;
  /** The first stands behind the marker, the others below. */
  readonly notes: readonly string[];
}

function fileMarks(path: string, findings: readonly Finding[], isOwn: (at: Location | undefined) => boolean): Mark[] {
  const marks: Mark[] = [];
  const seen = new Set<string>();
  for (const finding of findings) {
    if (finding.at.file === path) marks.push({ span: finding.at.span, notes: notes(finding, isOwn) });
  }
  for (const { message, at } of findings.flatMap((finding) => finding.related)) {
    if (at?.file !== path) continue;
    const key = `${at.span.start} ${at.span.end} ${message}`;
    if (!seen.has(key)) marks.push({ span: at.span, notes: [`also: ${message}`] });
    seen.add(key);
  }
  return marks.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

function notes(
  { severity, rule, fixes, related, message }: Finding,
  isOwn: (at: Location | undefined) => boolean,
): string[] {
  const fix = fixes.some((one) => one.safe) ? ' (fix)' : fixes.length > 0 ? ' (fix?)' : '';
  const elsewhere: Related[] = related.filter(({ at }) => !isOwn(at));
  return [
    `${severity}[${rule}]${fix} ${message}`,
    ...fixes.filter((one) => !one.safe).map((one) => `offers: ${one.title}`),
    ...elsewhere.map((one) => `also: ${one.message}`),
  ];
}

/** The sign for a range: carets, an arrow where the comment covers the columns, or a word. Tabs are 8 columns wide. */
function marker(span: Span, lines: LineMap, text: string, prefix: string): string {
  if (span.start === 0 && span.end >= text.length) return `${prefix}^file`;
  const { line, column } = lines.position(span.start);
  const content = text.slice(lines.lineStart(line), lines.lineStart(line + 1)).replace(/[\r\n]+$/, '');
  const end = span.end - lines.lineStart(line);
  const first = content.search(/\S/);
  if (column === first && end === content.length) return `${prefix}^line`;
  const tail = end > content.length ? '...' : '';
  const from = width(content.slice(0, column));
  const to = width(content.slice(0, Math.min(end, content.length)));
  if (from < prefix.length) return `${prefix}<${'-'.repeat(to)}${tail}`;
  return `${prefix}${' '.repeat(from - prefix.length)}${'^'.repeat(Math.max(1, to - from))}${tail}`;
}

function width(text: string): number {
  let columns = 0;
  for (const character of text) columns = character === '\t' ? (columns | 7) + 1 : columns + 1;
  return columns;
}

function comment(path: string): string {
  return /\.[chS]$/.test(path) ? '//' : '#';
}
