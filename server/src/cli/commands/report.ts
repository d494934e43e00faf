import { Command, Option } from 'commander';
import { summarize } from '../../core/features/summary';
import type { Module, SymbolUse } from '../../core/model/module';
import type { Snapshot } from '../../core/model/snapshot';
import { relative } from '../../core/path';
import { findingsOf } from '../../io/findings';
import { reportPage } from '../../io/report';
import type { Workspace } from '../../io/workspace';
import { addDepthFlags, addWorkspaceFlags, collect } from '../flags';
import { count, printable } from '../format/printable';
import { depthToText, kernelToText } from '../format/text';
import { toCorePath } from '../paths';
import { toPlace } from '../result';
import { type DepthFlags, type WorkspaceFlags, withWorkspace } from '../session';
import { Sources } from '../sources';
import { findFolder } from '../targets';
import type { Terminal } from '../terminal';

interface ReportFlags extends WorkspaceFlags, DepthFlags {
  readonly format: 'text' | 'json' | 'html';
  readonly uses: boolean;
}

const jsonForm = `
The JSON form: {"kernel", "modules": [{"path", "name", "exact", "notEvaluated": [], "licenses": [], "namespaces": [], "symbols":
[{"name", "gplOnly", "namespace", "provider", "uses": [{"file", "line", "column", "through": []}]}]}]}
Paths are relative to the folder, lines and columns count from 1, "through" names the macros and inline functions.
Where "exact" is false, only the uses in the module's own files are known of some of its sources; "notEvaluated" names
what could not be evaluated and therefore counts as code that is run.`;

/** `untainted report [PATH]`: what each module will ask the linker for. */
export function reportCommand(terminal: Terminal): Command {
  const command = new Command('report')
    .summary('list the exported symbols each module uses')
    .description(
      'Lists each module with its licenses, namespaces, and the exported symbols that it will ask the linker for.',
    )
    .argument('[path]', 'folder', '.')
    .addOption(new Option('--format <format>', 'how to answer').choices(['text', 'json', 'html']).default('text'))
    .option('--module <glob>', 'only these modules, named as in the report; may be repeated', collect)
    .option('--no-uses', 'only the symbols, not where they are used');
  return addDepthFlags(addWorkspaceFlags(command))
    .addHelpText('after', jsonForm)
    .action(async (path: string, flags: ReportFlags) => {
      const cwd = toCorePath('.');
      const target = { folder: findFolder(path, cwd), isRecursive: true };
      const write = async (workspace: Workspace, snapshot: Snapshot, directBecause: string | undefined) => {
        const sources = new Sources(workspace);
        if (flags.format === 'html') return terminal.write(toHtml(workspace, snapshot));
        const parts =
          flags.format === 'json'
            ? toJson(sources, snapshot, flags.uses)
            : toText(sources, snapshot, terminal, flags, directBecause);
        for (const part of parts) await terminal.write(part);
      };
      await withWorkspace(terminal, target, flags, write, flags);
    });
}

/** A page that can be opened in any browser and mailed around: it holds no path from outside the folder. */
function toHtml(workspace: Workspace, snapshot: Snapshot): string {
  const modules = snapshot.modules.map((module) =>
    summarize(module, findingsOf(workspace, { module }).findings, workspace.folder),
  );
  return reportPage({ kernel: snapshot.kernel.release, modules });
}

/** In pieces of a module each: a whole kernel's report is far larger than one string should be. */
function* toJson(sources: Sources, snapshot: Snapshot, withUses: boolean): Iterable<string> {
  yield `{ "kernel": ${JSON.stringify(snapshot.kernel.release)}, "modules": [`;
  let separator = '\n  ';
  for (const module of snapshot.modules) {
    yield separator + JSON.stringify(moduleToJson(sources, module, withUses));
    separator = ',\n  ';
  }
  yield '\n] }\n';
}

function moduleToJson(sources: Sources, module: Module, withUses: boolean) {
  return {
    path: relative(module.path, sources.folder),
    name: module.name,
    exact: module.isExact,
    notEvaluated: module.notEvaluated(),
    licenses: values(module.licenses),
    namespaces: [...module.namespaces()].sort(),
    symbols: module.symbols().map((use) => ({
      name: use.name,
      gplOnly: use.export.isGplOnly,
      namespace: use.export.namespace,
      provider: use.export.provider,
      ...(withUses ? { uses: usesToJson(sources, use) } : {}),
    })),
  };
}

function usesToJson(sources: Sources, use: SymbolUse) {
  return use.sites.map(({ at, through }) => {
    const { file, line, column } = toPlace(sources, at);
    return { file: relative(file, sources.folder), line, column, through: through.map((step) => step.name) };
  });
}

/** The strings that modinfo would print, in order. */
function values(tags: Module['licenses'] | Module['imports']): string[] {
  return tags.map((tag) => tag.value).filter((value) => value !== undefined);
}

function* toText(
  sources: Sources,
  snapshot: Snapshot,
  terminal: Terminal,
  flags: ReportFlags,
  directBecause: string | undefined,
): Iterable<string> {
  const { colors } = terminal;
  // Where nothing is exact, the summary says so once.
  const isTold = directBecause === undefined;
  let gplOnly = 0;
  for (const module of snapshot.modules) {
    const symbols = [...module.symbols()].sort((a, b) => Number(b.export.isGplOnly) - Number(a.export.isGplOnly));
    const bound = symbols.filter((use) => use.export.isGplOnly).length;
    gplOnly += bound;
    const licenses =
      values(module.licenses)
        .map((value) => JSON.stringify(value))
        .join(', ') || 'none';
    yield `${colors.bold(printable(relative(module.path, sources.folder)))}  license ${printable(licenses)} (${module.verdict}), ` +
      `${count(symbols.length, 'symbol')}, ${bound} GPL-only${isTold && !module.isExact ? ', direct uses only' : ''}\n`;
    const width = Math.min(40, Math.max(0, ...symbols.map((use) => use.name.length)));
    for (const use of symbols) yield `${symbolToText(sources, use, width, terminal, flags.uses)}\n`;
    yield '\n';
  }
  if (!flags.quiet) {
    const kernel = kernelToText(snapshot.kernel);
    yield `${count(snapshot.modules.length, 'module')}, ${count(gplOnly, 'GPL-only use')}; kernel ${kernel}\n`;
    const { length: modules } = snapshot.modules;
    const exactModules = snapshot.modules.filter((module) => module.isExact).length;
    yield depthToText({ modules, exactModules, directBecause });
  }
}

function symbolToText(
  sources: Sources,
  use: SymbolUse,
  width: number,
  { colors }: Terminal,
  withUses: boolean,
): string {
  const kind = use.export.isGplOnly ? colors.yellow('GPL-only') : 'any     ';
  const namespace = use.export.namespace === '' ? '' : `  namespace ${printable(use.export.namespace)}`;
  const head = `  ${kind}  ${printable(use.name.padEnd(width))}  ${printable(use.export.provider)}${namespace}`;
  const site = use.sites[0];
  if (!withUses || !site) return head;
  const { file, line, column } = toPlace(sources, site.at);
  const more = use.sites.length > 1 ? ` and ${use.sites.length - 1} more` : '';
  const through = site.through.length > 0 ? ` through ${site.through.map((step) => step.name).join(', ')}` : '';
  return `${head}  ${colors.dim(`${printable(relative(file, sources.folder))}:${line}:${column}${through}${more}`)}`;
}
