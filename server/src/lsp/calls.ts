import {
  type CallHierarchyIncomingCall,
  type CallHierarchyIncomingCallsParams,
  type CallHierarchyItem,
  type CallHierarchyOutgoingCall,
  type CallHierarchyOutgoingCallsParams,
  type CancellationToken,
  SymbolKind,
  type TextDocumentPositionParams,
} from 'vscode-languageserver/node';
import {
  type Call,
  type CallItem,
  type CallNode,
  callItems,
  incomingCalls,
  outgoingCalls,
} from '../core/features/calls';
import type { Known } from '../core/features/place';
import { Converter } from './convert';
import type { Folder } from './folder';
import { onSettled, placeOf } from './place';
import type { Session } from './session';

/** Travels with an item, so that the next question needs no memory. */
interface ItemData {
  readonly folder: string;
  readonly node: CallNode;
}

/** `textDocument/prepareCallHierarchy`. */
export async function prepareCalls(
  session: Session,
  params: TextDocumentPositionParams,
  token: CancellationToken,
): Promise<CallHierarchyItem[] | null> {
  const here = await placeOf(session, params, token);
  if (!here) return null;
  const items = callItems(here.known, here.path, here.offset);
  const converted = items.flatMap((item) => toItem(item, here.folder, here.converter) ?? []);
  return converted.length > 0 ? converted : null;
}

/** `callHierarchy/incomingCalls`: of a symbol, the ways to it. */
export async function incoming(
  session: Session,
  { item }: CallHierarchyIncomingCallsParams,
  token: CancellationToken,
): Promise<CallHierarchyIncomingCall[] | null> {
  const found = await calls(session, item, incomingCalls, token);
  return found?.map((call) => ({ from: call.item, fromRanges: call.ranges })) ?? null;
}

/** `callHierarchy/outgoingCalls`: of a function, the symbols it reaches and the way there. */
export async function outgoing(
  session: Session,
  { item }: CallHierarchyOutgoingCallsParams,
  token: CancellationToken,
): Promise<CallHierarchyOutgoingCall[] | null> {
  const found = await calls(session, item, outgoingCalls, token);
  return found?.map((call) => ({ to: call.item, fromRanges: call.ranges })) ?? null;
}

async function calls(
  session: Session,
  { data }: CallHierarchyItem,
  of: (known: Known, node: CallNode) => Generator<void, Call[]>,
  token: CancellationToken,
) {
  const folder = isItemData(data) ? session.folders.all().find(({ path }) => path === data.folder) : undefined;
  if (!folder || !isItemData(data)) return null;
  const found = await onSettled(session, folder, token, (known) => of(known, data.node));
  const converter = new Converter(folder.workspace, session.documents, session.client);
  return found.flatMap((call) => {
    const item = toItem(call.item, folder, converter);
    const ranges = call.places.flatMap(({ file, span }) => converter.range(file, span) ?? []);
    return item ? [{ item, ranges }] : [];
  });
}

function toItem(
  { node, detail, at, span }: CallItem,
  folder: Folder,
  converter: Converter,
): CallHierarchyItem | undefined {
  const range = converter.range(at.file, span);
  const selectionRange = converter.range(at.file, at.span);
  if (!range || !selectionRange) return undefined;
  const data: ItemData = { folder: folder.path, node };
  return {
    name: node.name,
    kind: SymbolKind.Function,
    detail,
    uri: converter.uri(at.file),
    range,
    selectionRange,
    data,
  };
}

/** An editor gives back what it was given; anybody else may not. */
function isItemData(data: unknown): data is ItemData {
  if (typeof data !== 'object' || data === null || !('folder' in data) || !('node' in data)) return false;
  const { folder, node } = data;
  if (typeof folder !== 'string' || typeof node !== 'object' || node === null) return false;
  const { kind, name, file } = node as Partial<Record<keyof CallNode, unknown>>;
  const isKind = kind === 'function' || kind === 'step' || kind === 'symbol';
  return isKind && typeof name === 'string' && typeof file === 'string';
}
