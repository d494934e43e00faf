import type { Finding } from '../finding';
import { Hash } from '../hash';
import { isAbsolute, isInside, join, normalize } from '../path';

/** The name of a baseline that nobody gave another one. */
export const baselineFileName = 'untainted-baseline.json';

/** Findings of one rule in one file that say the same. */
export interface BaselineEntry {
  readonly rule: string;
  /** Absolute. */
  readonly file: string;
  readonly message: string;
  /** A hash for each finding, of the line that it begins in. */
  readonly lines: readonly string[];
}

/** Findings that were there when a project took up the tool. */
export interface Baseline {
  readonly file: string;
  /** Tells one content from another. */
  readonly id: string;
  readonly entries: readonly BaselineEntry[];
  readonly byFile: ReadonlyMap<string, ReadonlyMap<string, BaselineEntry>>;
}

/** The text of the line that a finding begins in. */
export type LineOf = (finding: Finding) => string;

/** What a baseline holds back. */
export interface Baselined {
  readonly findings: readonly Finding[];
  readonly held: readonly Finding[];
}

const formVersion = 1;
const maximumEntries = 500_000;

/** Reads a baseline's text; or why it is none, as the end of "The baseline …". */
export function readBaseline(file: string, text: string): Baseline | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return `is not JSON (${error instanceof Error ? error.message.slice(0, 120) : 'it cannot be read'})`;
  }
  if (typeof value !== 'object' || value === null || !('findings' in value) || !Array.isArray(value.findings)) {
    return `has no list 'findings'`;
  }
  const version = 'formVersion' in value ? value.formVersion : undefined;
  if (version !== formVersion) return `has the form ${JSON.stringify(version)?.slice(0, 20)} and not ${formVersion}`;
  if (value.findings.length > maximumEntries) return `has more than ${maximumEntries} entries`;
  const folder = folderOf(file);
  const entries: BaselineEntry[] = [];
  for (const [i, one] of value.findings.entries()) {
    if (!isEntry(one)) return `has an entry, number ${i + 1}, that is not one of rule, file, message and lines`;
    entries.push({ rule: one.rule, file: join(folder, one.file), message: one.message, lines: one.lines });
  }
  const byFile = new Map<string, Map<string, BaselineEntry>>();
  for (const entry of entries) {
    const own = byFile.get(entry.file) ?? new Map<string, BaselineEntry>();
    const before = own.get(keyOf(entry))?.lines ?? [];
    byFile.set(entry.file, own.set(keyOf(entry), { ...entry, lines: [...before, ...entry.lines] }));
  }
  const hash = new Hash();
  hash.text(text);
  return { file, id: hash.result(), entries: [...byFile.values()].flatMap((own) => [...own.values()]), byFile };
}

/**
 * Leaves out what a baseline has: as many findings of a rule that say the same in a file. Lines may move; where there are
 * more findings than entries, those on lines that changed are the new ones.
 */
export function withoutBaseline(findings: readonly Finding[], { byFile }: Baseline, lineOf: LineOf): Baselined {
  const left = new Map<BaselineEntry, string[]>();
  const leftOf = (finding: Finding): string[] => {
    const entry = byFile.get(finding.at.file)?.get(keyOf(finding));
    if (!entry) return [];
    const lines = left.get(entry) ?? [...entry.lines];
    left.set(entry, lines);
    return lines;
  };
  const held = new Set<Finding>();
  const known = findings.filter((finding) => leftOf(finding).length > 0);
  for (const finding of known) {
    const lines = leftOf(finding);
    const at = lines.indexOf(lineHash(lineOf(finding)));
    if (at < 0) continue;
    lines.splice(at, 1);
    held.add(finding);
  }
  for (const finding of known) if (!held.has(finding) && leftOf(finding).pop() !== undefined) held.add(finding);
  return { findings: findings.filter((one) => !held.has(one)), held: findings.filter((one) => held.has(one)) };
}

/** Entries of which a finding is gone: `held` are all that the baseline holds back. */
export function staleEntries({ entries }: Baseline, held: readonly Finding[]): BaselineEntry[] {
  const counts = new Map<string, number>();
  for (const finding of held) {
    const key = `${finding.at.file}\0${keyOf(finding)}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return entries.filter((entry) => (counts.get(`${entry.file}\0${keyOf(entry)}`) ?? 0) < entry.lines.length);
}

/** Entries for findings. */
export function toEntries(findings: readonly Finding[], lineOf: LineOf): BaselineEntry[] {
  const entries = new Map<string, { rule: string; file: string; message: string; lines: string[] }>();
  for (const finding of findings) {
    const { rule, message } = finding;
    const key = `${finding.at.file}\0${keyOf(finding)}`;
    const entry = entries.get(key) ?? { rule, file: finding.at.file, message, lines: [] };
    entries.set(key, entry);
    entry.lines.push(lineHash(lineOf(finding)));
  }
  return [...entries.values()];
}

/** The text of a baseline: an entry a line, in an order of its own, so that two of them can be compared. */
export function writeBaseline(file: string, entries: readonly BaselineEntry[]): string {
  const folder = folderOf(file);
  const lines = entries.map((entry) => {
    const { rule, message, lines } = entry;
    return JSON.stringify({ file: fromFolder(entry.file, folder), rule, message, lines: [...lines].sort() });
  });
  const list = lines.sort().map((line) => `\n    ${line}`);
  return `{\n  "formVersion": ${formVersion},\n  "findings": [${list.join(',')}${list.length > 0 ? '\n  ' : ''}]\n}\n`;
}

function keyOf({ rule, message }: { readonly rule: string; readonly message: string }): string {
  return `${rule}\0${message}`;
}

/** Blind to how a line is indented and spaced. */
function lineHash(line: string): string {
  const hash = new Hash();
  hash.text(line.replace(/\s+/g, ''));
  return hash.result();
}

function folderOf(file: string): string {
  return normalize(`${file}/..`);
}

/** A path as it stands in the file, so that a project may be moved: with `..` where it lies above. */
function fromFolder(path: string, folder: string): string {
  let base = folder;
  let up = '';
  while (!isInside(path, base) && base !== '/' && isAbsolute(base) && folderOf(base) !== base) {
    base = folderOf(base);
    up += '../';
  }
  return isInside(path, base) ? up + path.slice(base === '/' ? 1 : base.length + 1) : path;
}

function isEntry(value: unknown): value is BaselineEntry {
  if (typeof value !== 'object' || value === null) return false;
  const { rule, file, message, lines } = value as Readonly<Record<string, unknown>>;
  const areTexts = [rule, file, message].every((one) => typeof one === 'string');
  return areTexts && Array.isArray(lines) && lines.every((one) => typeof one === 'string');
}
