import {
  type CancellationToken,
  type DocumentSymbol,
  type DocumentSymbolParams,
  type SymbolInformation,
  SymbolKind,
  type WorkspaceSymbolParams,
} from 'vscode-languageserver/node';
import { findSymbols } from '../core/features/find';
import { type OutlineItem, outline } from '../core/features/outline';
import { Converter } from './convert';
import { breathe } from './guard';
import { knownOf } from './place';
import type { Session } from './session';
import { toPath } from './uris';

const maximumFound = 200;

const kinds = {
  module: SymbolKind.Module,
  tag: SymbolKind.Property,
  export: SymbolKind.Function,
  object: SymbolKind.Object,
  namespace: SymbolKind.Namespace,
} as const;

/** `textDocument/documentSymbol`: a tree, or a list for an editor that knows no trees. */
export async function documentSymbols(
  session: Session,
  { textDocument }: DocumentSymbolParams,
  token: CancellationToken,
): Promise<DocumentSymbol[] | SymbolInformation[]> {
  const path = toPath(textDocument.uri);
  const folder = path === undefined ? undefined : session.folders.of(path);
  if (path === undefined || !folder) return [];
  const workspace = await folder.settled(token);
  const converter = new Converter(workspace, session.documents, session.client);
  const items = outline(knownOf(workspace), path);
  return session.client.hasSymbolTree
    ? items.flatMap((item) => treeOf(item, path, converter))
    : items.flatMap((item) => listOf(item, path, undefined, converter));
}

/** `workspace/symbol`. */
export async function workspaceSymbols(
  session: Session,
  { query }: WorkspaceSymbolParams,
  token: CancellationToken,
): Promise<SymbolInformation[]> {
  const found = new Map<string, SymbolInformation>();
  for (const folder of session.folders.all()) {
    await breathe(token);
    const workspace = await folder.settled(token);
    const converter = new Converter(workspace, session.documents, session.client);
    for (const { name, kind, container, at } of findSymbols(workspace.snapshot, query, maximumFound)) {
      const location = converter.location(at);
      if (!location) continue;
      // Two folders may be built against one kernel.
      const key = `${name} ${location.uri} ${location.range.start.line}`;
      found.set(key, { name, kind: kinds[kind], containerName: container, location });
    }
  }
  return [...found.values()];
}

function treeOf(item: OutlineItem, path: string, converter: Converter): DocumentSymbol[] {
  const { name, detail, kind, span, nameSpan, children } = item;
  const range = converter.range(path, span);
  const selectionRange = converter.range(path, nameSpan);
  if (!range || !selectionRange) return [];
  const below = children.flatMap((child) => treeOf(child, path, converter));
  return [{ name, detail, kind: kinds[kind], range, selectionRange, children: below }];
}

function listOf(
  { name, kind, span, children }: OutlineItem,
  path: string,
  containerName: string | undefined,
  converter: Converter,
): SymbolInformation[] {
  const location = converter.location({ file: path, span });
  if (!location) return [];
  const own = { name, kind: kinds[kind], location, ...(containerName !== undefined && { containerName }) };
  return [own, ...children.flatMap((child) => listOf(child, path, name, converter))];
}
