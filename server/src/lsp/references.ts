import type { CancellationToken, Location as LspLocation, ReferenceParams } from 'vscode-languageserver/node';
import { references } from '../core/features/references';
import { inSlices } from './guard';
import { placeOf } from './place';
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
  const found = await inSlices(references(here.known, here.path, here.offset, options), token);
  const locations = found.flatMap((place) => here.converter.location(place) ?? []);
  return locations.length > 0 ? locations : null;
}
