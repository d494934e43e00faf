import type { Severity } from '../../core/finding';
import { toShownPath } from '../paths';
import { type CheckResult, countSeverities, type Place, type PlacedFinding, type PlacedProblem } from '../result';
import type { Colors } from '../terminal';
import { count, printable } from './printable';

/** More causes of one finding than this are only counted; `--format json` has them all. */
const maxRelated = 6;
/** More problems than this are only counted. */
const maxProblems = 20;

/** The answer for people: each finding with its line, then what was not understood, then the summary. */
export function* checkToText(result: CheckResult, colors: Colors, isQuiet: boolean): Iterable<string> {
  for (const finding of result.findings) yield findingToText(finding, result.cwd, colors);
  if (isQuiet) return;
  if (result.problems.length > 0) yield problemsToText(result.problems, result.cwd, colors);
  yield summaryToText(result, colors);
}

/** What was not understood, apart from the findings since nothing is claimed by it. */
export function problemsToText(problems: readonly PlacedProblem[], cwd: string, colors: Colors): string {
  const shown = problems.slice(0, maxProblems).map((problem) => `  ${problemToText(problem, cwd, colors)}\n`);
  const rest = problems.length - shown.length;
  if (rest > 0) shown.push(colors.dim(`  … and ${rest} more (--format json lists all)\n`));
  return `${colors.bold(`Not understood (${problems.length}), so nothing is claimed about what depends on it:`)}\n${shown.join('')}\n`;
}

/** The place first, unless the message names the file itself. */
export function problemToText({ message, file, place }: PlacedProblem, cwd: string, colors: Colors): string {
  if (file === undefined) return printable(message);
  const shown = toShownPath(file, cwd);
  const text = printable(message.replaceAll(`'${file}'`, `'${shown}'`));
  if (place) return `${colors.cyan(`${at(place, cwd)}:`)} ${text}`;
  return text.includes(`'${printable(shown)}'`) ? text : `${colors.cyan(`${printable(shown)}:`)} ${text}`;
}

/** Which kernel answered, and why that one. */
export function kernelToText(kernel: CheckResult['folders'][number]['kernel']): string {
  const where = kernel.origin === 'headers' && kernel.folder !== undefined ? kernel.folder : kernel.origin;
  return `${printable(kernel.release)} (${printable(where)}, because ${printable(kernel.chosenBecause)})`;
}

function findingToText(finding: PlacedFinding, cwd: string, colors: Colors): string {
  const paint = painter(finding.severity, colors);
  const gutter = ' '.repeat(String(finding.place.line).length);
  const bar = colors.blue('|');
  const lines = [
    `${colors.bold(`${paint(`${finding.severity}[${finding.rule}]`)}: ${printable(finding.message)}`)}`,
    `${gutter}${colors.blue('-->')} ${at(finding.place, cwd)}`,
  ];
  if (finding.snippet) {
    lines.push(`${gutter} ${bar}`);
    lines.push(`${colors.blue(String(finding.place.line))} ${bar} ${finding.snippet.text.trimEnd()}`);
    lines.push(`${gutter} ${bar} ${paint(finding.snippet.marks)}`);
  }
  const margin = `${gutter} ${colors.blue('=')}`;
  for (const line of relatedToText(finding, cwd, colors)) lines.push(`${margin} ${line}`);
  for (const fix of finding.fixes) {
    lines.push(`${margin} ${colors.green(colors.bold('fix'))}: ${printable(fix.title)}`);
  }
  return `${lines.join('\n')}\n\n`;
}

/** Of many causes the first ones and the last, which is the nearest to the symbol. */
function relatedToText({ related }: PlacedFinding, cwd: string, colors: Colors): string[] {
  const lines = related.map(({ message, place }) => {
    const where = place ? ` ${colors.dim(`(${at(place, cwd)})`)}` : '';
    return `${colors.bold('note')}: ${printable(message)}${where}`;
  });
  if (lines.length <= maxRelated) return lines;
  const rest = colors.dim(`… and ${lines.length - maxRelated} more (--format json lists all)`);
  return [...lines.slice(0, maxRelated - 1), rest, ...lines.slice(-1)];
}

function summaryToText(result: CheckResult, colors: Colors): string {
  const lines = result.folders.map((folder) => {
    const name = result.folders.length > 1 ? `${printable(toShownPath(folder.folder, result.cwd))}: ` : '';
    const what = `${count(folder.modules, 'module')}, ${count(folder.files, 'file')}`;
    return `${name}${what}, checked against kernel ${kernelToText(folder.kernel)}\n${depthToText(folder)}${baselineToText(folder, result.cwd)}`;
  });
  return `${lines.join('')}${verdict(result, colors)}\n`;
}

/** Says where findings may be missing: uses that come through the kernel's headers. */
export function depthToText({
  modules,
  exactModules,
  directBecause,
}: Pick<CheckResult['folders'][number], 'modules' | 'exactModules' | 'directBecause'>): string {
  if (directBecause !== undefined) return `direct uses only: ${printable(directBecause)}\n`;
  const open = modules - exactModules;
  return open === 0 ? '' : `direct uses only of ${count(open, 'module')}: not every header or source was found\n`;
}

/** How much the baseline still does. */
function baselineToText({ baseline }: CheckResult['folders'][number], cwd: string): string {
  if (!baseline) return '';
  const { file, findings, stale } = baseline;
  const rest = stale > 0 ? `, ${count(stale, 'entry', 'entries')} out of date (--write-baseline renews it)` : '';
  return `baseline ${printable(toShownPath(file, cwd))}: ${count(findings, 'finding')} left out${rest}\n`;
}

function verdict(result: CheckResult, colors: Colors): string {
  const counts = countSeverities(result.findings);
  const parts: string[] = [];
  if (counts.error > 0) parts.push(colors.red(count(counts.error, 'error')));
  if (counts.warning > 0) parts.push(colors.yellow(count(counts.warning, 'warning')));
  if (counts.info > 0) parts.push(count(counts.info, 'note'));
  if (counts.hint > 0) parts.push(count(counts.hint, 'hint'));
  const open = parts.length > 0 ? parts.join(', ') : colors.green('no findings');
  const held = result.suppressed.filter(({ comment }) => comment).length;
  const found = held > 0 ? `${open}; ${held.toLocaleString('en-US')} suppressed` : open;
  return result.problems.length > 0 ? `${found}; ${count(result.problems.length, 'thing')} not understood` : found;
}

function at(place: Place, cwd: string): string {
  return `${printable(toShownPath(place.file, cwd))}:${place.line}:${place.column}`;
}

function painter(severity: Severity, colors: Colors): (text: string) => string {
  if (severity === 'error') return colors.red;
  return severity === 'warning' ? colors.yellow : colors.cyan;
}
