import type { CancellationToken } from 'vscode-languageserver/node';
import { providers } from '../core/features/providers';
import { summarize } from '../core/features/summary';
import type { Module, SymbolUse, UseSite } from '../core/model/module';
import { Stale } from '../core/model/snapshot';
import { dirname, relative } from '../core/path';
import type { Settings } from '../core/settings';
import { findingsOf } from '../io/findings';
import { reportPage } from '../io/report';
import type { Workspace } from '../io/workspace';
import { Converter } from './convert';
import { describeKernel } from './describe';
import type { Folder } from './folder';
import { breathe } from './guard';
import type { FolderModules, ModuleDetails, ModuleRow, Modules, Place, SymbolPlace, UsedSymbol } from './protocol';
import type { Session } from './session';

/** Works at most so long before it lets others in. */
const sliceMilliseconds = 8;
/** An editor that is typed in all the time is told to ask again. */
const maximumRestarts = 100;

/** `untainted/modules`. */
export async function modules(session: Session, _params: unknown, token: CancellationToken): Promise<Modules> {
  const folders: FolderModules[] = [];
  session.views.asked();
  for (const folder of session.folders.all()) folders.push(await folderModules(session, folder, token));
  return { folders };
}

/** `untainted/report`. */
export async function report(
  session: Session,
  { nonce }: { readonly nonce: string | null },
  token: CancellationToken,
): Promise<string> {
  const { folders } = await modules(session, undefined, token);
  const kernel = [...new Set(folders.map((folder) => folder.kernel.release))].join(', ');
  const shown = folders
    .flatMap((folder) => folder.modules)
    .map(({ path: _path, place: _place, ...summary }) => summary);
  return reportPage({ kernel, modules: shown }, nonce ?? undefined);
}

/** `untainted/module`. */
export async function moduleDetails(
  session: Session,
  { path }: { readonly path: string },
  token: CancellationToken,
): Promise<ModuleDetails | null> {
  const workspace = await session.folders.of(path)?.settled(token);
  const module = workspace?.snapshot.modules.find((one) => one.path === path);
  if (!workspace || !module) return null;
  const converter = new Converter(workspace, session.documents, session.client);
  const show = (file: string) => relative(file, dirname(module.path));
  return {
    kernel: describeKernel(workspace.snapshot.kernel),
    licenses: module.licenses.map(({ value, text, isCompatible, at }) => ({
      text: value ?? text,
      isCompatible: isCompatible ?? null,
      place: converter.location(at) ?? null,
    })),
    members: [
      ...module.members.map((member) => ({ name: show(member.path), uri: converter.uri(member.path) })),
      ...module.unreadMembers.map((object) => ({ name: show(object), uri: null })),
    ],
    imports: [...new Set(module.imports.map(({ value, text }) => value ?? text))],
    dependsOn: module.dependsOn ?? null,
    providers: providers(module).map(({ name, gplOnly, symbols }) => ({
      name,
      gplOnly,
      symbols: symbols.map((use) => usedSymbol(use, converter)),
    })),
  };
}

/** A symbol with its trails. */
export function usedSymbol(use: SymbolUse, converter: Converter): UsedSymbol {
  const { isGplOnly, namespace, provider } = use.export;
  return {
    name: use.name,
    isGplOnly,
    namespace,
    provider,
    uses: use.sites.map((site) => symbolPlace(site, converter)),
  };
}

function symbolPlace({ at, through, presence, condition }: UseSite, converter: Converter): SymbolPlace {
  return {
    place: converter.location(at) ?? null,
    through: through.map((step) => ({ name: step.name, place: converter.location(step.at) ?? null })),
    condition: presence === 'yes' ? null : (condition ?? ''),
  };
}

/** Rows are remembered with the module they tell of: an edit makes those anew that it reaches. */
async function folderModules(session: Session, folder: Folder, token: CancellationToken): Promise<FolderModules> {
  for (let restart = 0; restart < maximumRestarts; restart++) {
    const uri = new Converter(folder.workspace, session.documents, session.client).uri(folder.path);
    const workspace = await folder.settled(token);
    const { revision, kernel } = workspace.snapshot;
    const rows: ModuleRow[] = [];
    const isDone = await inSlices(workspace.snapshot.modules, token, (module) => {
      if (workspace.snapshot.revision !== revision) return false;
      rows.push(rowOf(session, workspace, module));
      return true;
    });
    if (isDone) return { uri, kernel: describeKernel(kernel), modules: rows };
  }
  throw new Stale();
}

/** Whether every element was taken. */
async function inSlices<T>(list: readonly T[], token: CancellationToken, take: (one: T) => boolean): Promise<boolean> {
  let end = performance.now() + sliceMilliseconds;
  for (const one of list) {
    if (performance.now() > end) {
      await breathe(token);
      end = performance.now() + sliceMilliseconds;
    }
    if (!take(one)) return false;
  }
  return true;
}

const remembered = new WeakMap<Module, { readonly settings: Settings; readonly row: ModuleRow }>();

function rowOf(session: Session, workspace: Workspace, module: Module): ModuleRow {
  const { settings } = workspace;
  const known = remembered.get(module);
  if (known?.settings === settings) return known.row;
  const row: ModuleRow = {
    ...summarize(module, findingsOf(workspace, { module }).findings, workspace.folder),
    path: module.path,
    place: placeOf(session, workspace, module),
  };
  remembered.set(module, { settings, row });
  return row;
}

function placeOf(session: Session, workspace: Workspace, { licenses, at, members }: Module): Place | null {
  const start = members[0] && { file: members[0].path, span: { start: 0, end: 0 } };
  const place = licenses[0]?.at ?? at ?? start;
  return (place && new Converter(workspace, session.documents, session.client).location(place)) ?? null;
}
