import { Command, Option } from 'commander';
import pc from 'picocolors';
import type { Snapshot } from '../../core/model/snapshot';
import { suggestion } from '../../core/nearest';
import { type BaselineEntry, baselineFileName } from '../../core/project/baseline';
import { projectFileName } from '../../core/project/file';
import { findingsOf, staleOf, type WorkspaceFindings } from '../../io/findings';
import type { Workspace } from '../../io/workspace';
import { baselinePlace, entriesOf, refuseBadBaseline, saveBaseline } from '../baseline';
import { CannotRun } from '../failure';
import { addDepthFlags, addWorkspaceFlags, collect } from '../flags';
import { checkToJson } from '../format/json';
import { count } from '../format/printable';
import { checkToSarif } from '../format/sarif';
import { checkToText, problemToText } from '../format/text';
import { toCorePath, toShownPath } from '../paths';
import {
  type CheckedFolder,
  type CheckResult,
  countSeverities,
  placeBaselined,
  placeFinding,
  placeProblems,
  placeSuppressed,
} from '../result';
import { rulePages } from '../rules';
import { type DepthFlags, targetModules, type WorkspaceFlags, withWorkspace } from '../session';
import { Sources } from '../sources';
import { findTargets, type Target } from '../targets';
import type { Terminal } from '../terminal';

type Format = 'text' | 'json' | 'sarif';

interface CheckFlags extends WorkspaceFlags, DepthFlags {
  readonly format: Format;
  readonly rule?: readonly string[];
  readonly writeBaseline?: string | true;
}

/** `untainted check [PATH…]`: every finding of the folders and files named. */
export function checkCommand(terminal: Terminal): Command {
  const command = new Command('check')
    .summary('find license problems')
    .description('Checks folders or files of kernel modules: the current folder if none is named.')
    .argument('[path...]', 'folders or files')
    .addOption(new Option('--format <format>', 'how to answer').choices(['text', 'json', 'sarif']).default('text'))
    .option('--rule <id>', 'only this rule; may be repeated (see `untainted explain`)', collect)
    .option(
      '--baseline <file>',
      "leave out the findings of this file, if not of the one that the project's settings name",
    )
    .option(
      '--write-baseline [file]',
      `write all findings to a file, to be left out from then on (${baselineFileName})`,
    );
  return addDepthFlags(addWorkspaceFlags(command))
    .addHelpText('after', '\nThe JSON form is described by docs/check.schema.json; lines and columns count from 1.')
    .action(async (paths: string[], flags: CheckFlags) => {
      if (flags.writeBaseline !== undefined) return writeBaseline(terminal, paths, flags, flags.writeBaseline);
      const result = await run(terminal, paths, flags);
      for (const part of render(terminal, result, flags)) await terminal.write(part);
      process.exitCode = countSeverities(result.findings).error > 0 ? 1 : 0;
    });
}

async function run(terminal: Terminal, paths: readonly string[], flags: CheckFlags): Promise<CheckResult> {
  const cwd = toCorePath('.');
  refuseUnknownRules(flags.rule ?? []);
  refuseBadBaseline(flags.baseline, cwd);
  const folders: CheckedFolder[] = [];
  const findings: CheckResult['findings'][number][] = [];
  const suppressed: CheckResult['suppressed'][number][] = [];
  const problems: CheckResult['problems'][number][] = [];
  let isAnythingRead = false;
  for (const target of findTargets(paths, cwd)) {
    const take = async (workspace: Workspace, snapshot: Snapshot, directBecause: string | undefined) => {
      const sources = new Sources(workspace);
      const width = flags.format === 'text' ? terminal.columns - 8 : undefined;
      const found = checks(workspace, target, flags.rule);
      for (const finding of found.flatMap((one) => one.findings)) findings.push(placeFinding(sources, finding, width));
      for (const one of found.flatMap((each) => each.suppressed)) suppressed.push(placeSuppressed(sources, one));
      const baselined = found.flatMap((one) => one.baselined);
      for (const finding of baselined) suppressed.push(placeBaselined(sources, finding));
      const missing = unread(target, snapshot);
      problems.push(...missing, ...placeProblems(sources, snapshot));
      const isAll = target.files.length === 0 && !flags.rule;
      const stale = isAll ? staleOf(workspace, baselined).length : 0;
      const { file } = workspace.project.baseline ?? {};
      const baseline = file === undefined ? undefined : { file, findings: baselined.length, stale };
      const folder = { ...describe(workspace, snapshot, target, directBecause), baseline };
      folders.push(folder);
      isAnythingRead ||= folder.files > 0 && (target.files.length === 0 || missing.length < target.files.length);
    };
    await withWorkspace(terminal, target, flags, take, flags);
  }
  if (!isAnythingRead) throw new CannotRun(nothingRead(paths, problems, cwd));
  return { cwd, folders, findings, suppressed, problems };
}

function checks(workspace: Workspace, { files }: Target, rules: CheckFlags['rule']): WorkspaceFindings[] {
  const filter = rules ? { rules } : {};
  if (files.length === 0) return [findingsOf(workspace, filter)];
  return files.map((file) => findingsOf(workspace, { ...filter, file }));
}

/** `--write-baseline`: nothing is shown and nothing fails for what is found. */
async function writeBaseline(
  terminal: Terminal,
  paths: readonly string[],
  flags: CheckFlags,
  flag: string | true,
): Promise<void> {
  if (flags.rule) throw new CannotRun('--write-baseline writes the findings of all rules: leave --rule away');
  const cwd = toCorePath('.');
  const targets = findTargets(paths, cwd);
  const entries: BaselineEntry[] = [];
  let configured: string | undefined;
  for (const target of targets) {
    const take = async (workspace: Workspace) => {
      configured ??= workspace.project.baselineFile;
      entries.push(...entriesOf(workspace, target));
    };
    await withWorkspace(terminal, target, flags, take, flags);
  }
  const file = baselinePlace(flag, flags, targets, configured, cwd);
  const findings = saveBaseline(file, entries, targets);
  const how = configured === file ? '' : `; name it as "baseline" in ${projectFileName}, or with --baseline`;
  if (!flags.quiet) await terminal.write(`${count(findings, 'finding')} written to ${toShownPath(file, cwd)}${how}\n`);
}

/** Files that were asked for by name and yet not read: silence about them would look like a clean answer. */
function unread(target: Target, snapshot: Snapshot) {
  return target.files
    .filter((file) => !snapshot.file(file))
    .map((file) => ({
      message:
        'not checked: it declares no MODULE_LICENSE and no module that was understood has it as a member or header, or it is excluded or could not be read',
      file,
      place: undefined,
    }));
}

function describe(
  workspace: Workspace,
  snapshot: Snapshot,
  target: Target,
  directBecause: string | undefined,
): Omit<CheckedFolder, 'baseline'> {
  const { release, origin, folder, chosenBecause } = snapshot.kernel;
  let files = 0;
  for (const _ of snapshot.files()) files++;
  const modules = targetModules(target, snapshot);
  return {
    folder: workspace.folder,
    kernel: { release, origin, folder, chosenBecause },
    modules: modules.length,
    exactModules: modules.filter((module) => module.isExact).length,
    directBecause,
    files,
  };
}

function nothingRead(paths: readonly string[], problems: CheckResult['problems'], cwd: string): string {
  const names = (paths.length > 0 ? paths : ['.']).map((path) => `'${path}'`).join(', ');
  const asked = new Set(paths.map((path) => toCorePath(path, cwd)));
  const isAsked = (problem: CheckResult['problems'][number]) => problem.file !== undefined && asked.has(problem.file);
  const first = [...problems.filter(isAsked), ...problems.filter((problem) => !isAsked(problem))];
  const plain = pc.createColors(false);
  const reasons = first.slice(0, 5).map((problem) => `\n  ${problemToText(problem, cwd, plain)}`);
  return `nothing to check in ${names}: no Makefile names a module there and no C source declares a MODULE_LICENSE${reasons.join('')}`;
}

function* render(terminal: Terminal, result: CheckResult, flags: CheckFlags): Iterable<string> {
  if (flags.format === 'json') yield* checkToJson(result);
  else if (flags.format === 'sarif') yield checkToSarif(result, rulePages());
  else yield* checkToText(result, terminal.colors, flags.quiet === true);
}

function refuseUnknownRules(asked: readonly string[]): void {
  const known = rulePages().map((rule) => rule.id);
  for (const id of asked) {
    if (known.includes(id)) continue;
    throw new CannotRun(
      `there is no rule '${id}' (--rule)${suggestion(id, known)}; 'untainted explain' lists all rules`,
    );
  }
}
