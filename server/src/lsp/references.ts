import type { CancellationToken, Location as LspLocation, ReferenceParams } from 'vscode-languageserver/node';
import { references } from '../core/features/references';
import { Converter } from './convert';
import { onSettled, placeOf } from './place';
import type { Session } from './session';

/** `textDocument/references`; null where nothing is known of the name. */
export async function referencesAt(
  session: Session,
  params: ReferenceParams,
  token: CancellationToken,
): Promise<LspLocation[] | null> {
  const here = await placeOf(session, params, token);
  if (!here) return null;
  const options = { withDeclaration: params.context?.includeDeclaration !== false };
  const { folder, path, offset } = here;
  const found = await onSettled(session, folder, token, (known) => references(known, path, offset, options));
  const converter = new Converter(folder.workspace, session.documents, session.client);
  const locations = found.flatMap((place) => converter.location(place) ?? []);
  return locations.length > 0 ? locations : null;
}
