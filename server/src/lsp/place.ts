import type { CancellationToken, TextDocumentPositionParams } from 'vscode-languageserver/node';
import type { Known } from '../core/features/place';
import { Stale } from '../core/model/snapshot';
import type { Workspace } from '../io/workspace';
import { Converter } from './convert';
import type { Folder } from './folder';
import { inSlices } from './guard';
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

/** So often is work begun anew. */
const maximumAttempts = 5;

/**
 * Does long work on a settled workspace in slices, and anew where exact uses came in meanwhile. After an edit the question
 * is another one: that is left to the editor.
 */
export async function onSettled<T>(
  session: Session,
  folder: Folder,
  token: CancellationToken,
  work: (known: Known) => Generator<void, T>,
): Promise<T> {
  const editions = () => [...session.documents.all()].map(({ uri, document }) => `${uri} ${document.version}`).join();
  const before = editions();
  for (let attempt = 1; ; attempt++) {
    const workspace = await folder.settled(token);
    try {
      return await inSlices(work(knownOf(workspace)), token);
    } catch (error) {
      if (!(error instanceof Stale) || attempt === maximumAttempts || editions() !== before) throw error;
    }
  }
}

/** What features ask of a workspace. */
export function knownOf({ snapshot, build }: Workspace): Known {
  return { snapshot, build };
}
