import { Command, Option } from 'commander';
import type { BuildMember, BuildModule, Flag } from '../../core/kbuild/build';
import type { Module, TextTag } from '../../core/model/module';
import type { Snapshot } from '../../core/model/snapshot';
import { relative } from '../../core/path';
import { addWorkspaceFlags } from '../flags';
import { problemToJson } from '../format/json';
import { count, printable } from '../format/printable';
import { kernelToText, problemsToText } from '../format/text';
import { toCorePath } from '../paths';
import { placeProblems, toPlace } from '../result';
import { type WorkspaceFlags, withWorkspace } from '../session';
import { Sources } from '../sources';
import { findFolder } from '../targets';
import type { Terminal } from '../terminal';

interface ModulesFlags extends WorkspaceFlags {
  readonly format: 'text' | 'json';
}

/** `untainted modules [PATH]`: what was understood of the build. */
export function modulesCommand(terminal: Terminal): Command {
  const command = new Command('modules')
    .summary('show what was understood of the build')
    .description('Lists the modules of a folder with their members, flags, licenses, and what they depend on.')
    .argument('[path]', 'folder', '.')
    .addOption(new Option('--format <format>', 'how to answer').choices(['text', 'json']).default('text'));
  return addWorkspaceFlags(command).action(async (path: string, flags: ModulesFlags) => {
    const cwd = toCorePath('.');
    const target = { folder: findFolder(path, cwd), isRecursive: true };
    await withWorkspace(terminal, target, flags, async (workspace, snapshot) => {
      const sources = new Sources(workspace);
      if (flags.format === 'json') return terminal.write(toJson(sources, snapshot, cwd));
      for (const row of rows(sources, snapshot)) await terminal.write(toText(row, sources, terminal));
      const problems = placeProblems(sources, snapshot);
      if (problems.length > 0) await terminal.write(problemsToText(problems, cwd, terminal.colors));
      const kernel = kernelToText(snapshot.kernel);
      if (!flags.quiet) await terminal.write(`${count(snapshot.modules.length, 'module')}; kernel ${kernel}\n`);
    });
  });
}

interface Row {
  readonly module: Module;
  readonly built: BuildModule | undefined;
}

function* rows(sources: Sources, snapshot: Snapshot): Iterable<Row> {
  const built = new Map(sources.workspace.build.modules.map((module) => [module.path, module]));
  for (const module of snapshot.modules) yield { module, built: built.get(module.path) };
}

function toText({ module, built }: Row, sources: Sources, { colors }: Terminal): string {
  const show = (path: string) => printable(relative(path, sources.folder));
  const place = module.at && toPlace(sources, module.at);
  const lines = [
    `${colors.bold(printable(module.name))}  ${show(module.path)}.ko${place ? `  (${show(place.file)}:${place.line})` : ''}`,
    `  license   ${once(module.licenses)} (${module.verdict})`,
  ];
  if (module.dependsOn !== undefined) lines.push(`  built if  ${printable(module.dependsOn)}`);
  if (module.imports.length > 0) lines.push(`  imports   ${once(module.imports)}`);
  for (const member of built?.members ?? []) lines.push(`  member    ${memberToText(member, show)}`);
  if (!built) for (const member of module.members) lines.push(`  member    ${show(member.path)}`);
  for (const line of flagLines(built?.members ?? [], show)) lines.push(`  flags     ${line}`);
  return `${lines.join('\n')}\n\n`;
}

function memberToText(member: BuildMember, show: (path: string) => string): string {
  const source = member.source === undefined ? `${show(member.object)} (no source found)` : show(member.source);
  return member.dependsOn === undefined ? source : `${source} (built if ${printable(member.dependsOn)})`;
}

/** Members mostly have the same flags; each set is shown once, without what the kernel sets for every module. */
function flagLines(members: readonly BuildMember[], show: (path: string) => string): Set<string> {
  const lines = members.map(({ flags = [] }) =>
    printable(
      flags
        .filter((flag) => !flag.isKernels)
        .map((flag) => flagToText(flag, show))
        .join(' '),
    ),
  );
  return new Set(lines.filter((line) => line !== ''));
}

/** As the compiler gets it. */
function flagToText({ option, value }: Flag, show: (path: string) => string): string {
  if (option === 'target') return value;
  const isJoined = option === '-D' || option === '-U' || option === '-I';
  return `${option}${isJoined || value === '' ? '' : ' '}${value.startsWith('/') ? show(value) : value}`;
}

/** Each string once; modules say some of them in several files. */
function once(tags: readonly TextTag[]): string {
  return [...new Set(tags.map(toValue))].map((value) => printable(value)).join(', ') || 'none';
}

/** The string in quotes; the argument as written where it is not known. */
function toValue(tag: TextTag): string {
  return tag.value === undefined ? `${tag.text} (not resolved)` : JSON.stringify(tag.value);
}

function toJson(sources: Sources, snapshot: Snapshot, cwd: string): string {
  const show = (path: string) => relative(path, sources.folder);
  const modules = [...rows(sources, snapshot)].map(({ module, built }) => ({
    name: module.name,
    path: show(module.path),
    verdict: module.verdict,
    licenses: module.licenses.map(({ value, text }) => ({ value: value ?? null, text })),
    namespaces: module.imports.map(({ value, text }) => ({ value: value ?? null, text })),
    dependsOn: module.dependsOn ?? null,
    members: (built?.members ?? []).map((member) => ({
      object: show(member.object),
      source: member.source === undefined ? null : show(member.source),
      dependsOn: member.dependsOn ?? null,
      defines: Object.fromEntries(Object.entries(member.defines).map(([name, value]) => [name, value ?? null])),
      includes: member.includes.map(show),
      flags: [...(member.flags ?? []), ...(member.names ?? [])].map((flag) => flagToText(flag, show)),
    })),
    files: module.files.map((file) => show(file.path)),
  }));
  const problems = placeProblems(sources, snapshot).map((problem) => problemToJson(problem, cwd));
  return `${JSON.stringify({ kernel: snapshot.kernel.release, modules, problems }, undefined, 2)}\n`;
}
