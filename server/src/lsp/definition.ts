import type {
  CancellationToken,
  Location as LspLocation,
  TextDocumentPositionParams,
} from 'vscode-languageserver/node';
import { type Definition, definition, stepDefinition } from '../core/features/definition';
import type { KernelExport } from '../core/kernel/kernel';
import { isInside } from '../core/path';
import { Converter } from './convert';
import type { Folder } from './folder';
import { placeOf } from './place';
import type { Session } from './session';
import { toPath } from './uris';

/** A namespace may have more exports than anybody wants to have looked for. */
const maximumSearches = 20;
const maximumLocations = 200;

/** `textDocument/definition`; null where this server knows nothing that a C language server would not know better. */
export async function definitions(
  session: Session,
  params: TextDocumentPositionParams,
  token: CancellationToken,
): Promise<LspLocation[] | null> {
  const here = await placeOf(session, params, token);
  const found = here && definition(here.known, here.path, here.offset);
  const answer = here && found ? await locate(found, here.folder, here.converter, token) : [];
  if (answer.length > 0) return answer;
  const further = await stepFrom(session, params, token);
  return further.length > 0 ? further : null;
}

/** From a header of the kernel, which belongs to no folder of its own, to the next step of a folder's trails. */
async function stepFrom(
  session: Session,
  { textDocument, position }: TextDocumentPositionParams,
  token: CancellationToken,
): Promise<LspLocation[]> {
  const path = toPath(textDocument.uri);
  for (const folder of path === undefined ? [] : session.folders.roots()) {
    const workspace = await folder.settled(token);
    const { kernel } = workspace.snapshot;
    const isHeader = [kernel.folder, kernel.sourceFolder].some(
      (root) => root !== undefined && isInside(path ?? '', root),
    );
    if (path === undefined || !isHeader) continue;
    const converter = new Converter(workspace, session.documents, session.client);
    const offset = converter.offset(path, position);
    const found = offset === undefined ? undefined : stepDefinition(workspace.snapshot, path, offset);
    if (found) return locate(found, folder, converter, token);
  }
  return [];
}

async function locate(
  { places, exports }: Definition,
  folder: Folder,
  converter: Converter,
  token: CancellationToken,
): Promise<LspLocation[]> {
  const own = places.flatMap((place) => converter.location(place) ?? []);
  const abort = new AbortController();
  const listener = token.onCancellationRequested(() => abort.abort());
  try {
    const wanted = exports.slice(0, maximumLocations);
    const further: LspLocation[] = [];
    for (const one of wanted) {
      const found = exports.length <= maximumSearches ? await folder.exportPlaces(one, abort.signal) : [];
      // Of several exports each has its line, not its definition.
      const chosen = found.length > 0 ? found.slice(wanted.length > 1 ? -1 : 0) : lineOf(one);
      further.push(...chosen.flatMap((place) => converter.location(place) ?? []));
    }
    return [...own, ...further];
  } finally {
    listener.dispose();
  }
}

function lineOf({ at }: KernelExport) {
  return at ? [at] : [];
}
