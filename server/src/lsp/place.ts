import type { CancellationToken, TextDocumentPositionParams } from 'vscode-languageserver/node';
import type { Known } from '../core/features/place';
import type { Workspace } from '../io/workspace';
import { Converter } from './convert';
import type { Folder } from './folder';
import type { Session } from './session';
import { toPath } from './uris';

/** A place in a settled workspace that an editor asks about. To be used before the next `await`. */
export interface Place {
  readonly folder: Folder;
  readonly known: Known;
  readonly converter: Converter;
  readonly path: string;
  readonly offset: number;
}

/** `undefined` for a document of no folder, or one that cannot be read. */
export async function placeOf(
  session: Session,
  { textDocument, position }: TextDocumentPositionParams,
  token: CancellationToken,
): Promise<Place | undefined> {
  const path = toPath(textDocument.uri);
  const folder = path === undefined ? undefined : session.folders.of(path);
  if (path === undefined || !folder) return undefined;
  const workspace = await folder.settled(token);
  const converter = new Converter(workspace, session.documents, session.client);
  const offset = converter.offset(path, position);
  return offset === undefined ? undefined : { folder, known: knownOf(workspace), converter, path, offset };
}

/** What features ask of a workspace. */
export function knownOf({ snapshot, build }: Workspace): Known {
  return { snapshot, build };
}
