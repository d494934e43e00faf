import {
  type CancellationToken,
  type CodeLens,
  type CodeLensParams,
  type Command,
  Range,
} from 'vscode-languageserver/node';
import { describeUsers, exportLenses, licenseLenses } from '../core/features/lens';
import { usersOf } from '../core/features/users';
import { Converter } from './convert';
import { onSettled } from './place';
import type { Session } from './session';
import { toPath } from './uris';

/** The editor's command that shows places: takes a document, a position in it and the places. */
export const showPlacesCommand = 'untainted.showPlaces';
const whatIfCommand = 'untainted.whatIf';

/** What an export's line remembers until it is resolved. */
interface LensData {
  readonly uri: string;
  readonly symbol: string;
}

/** `textDocument/codeLens`: licenses at once, exports when they are seen. */
export async function codeLenses(
  session: Session,
  { textDocument: { uri } }: CodeLensParams,
  token: CancellationToken,
): Promise<CodeLens[] | null> {
  const path = toPath(uri);
  const folder = path === undefined ? undefined : session.folders.of(path);
  if (path === undefined || !folder) return null;
  const workspace = await folder.settled(token);
  if (!workspace.settings.codeLens) return null;

  const { snapshot } = workspace;
  const converter = new Converter(workspace, session.documents, session.client);
  const licenses = licenseLenses(snapshot, path).flatMap(({ span, title, module }) => {
    const range = converter.range(path, span);
    return range ? [{ range, command: command(session, title, whatIfCommand, [uri, module.path]) }] : [];
  });
  const exports = exportLenses(snapshot, path).flatMap(({ span, name }) => {
    const range = converter.range(path, span);
    const data: LensData = { uri, symbol: name };
    return range ? [{ range, data }] : [];
  });
  return [...licenses, ...exports];
}

/** `codeLens/resolve`: counts the users of an export. */
export async function resolveCodeLens(session: Session, lens: CodeLens, token: CancellationToken): Promise<CodeLens> {
  const { uri, symbol }: LensData = lens.data;
  const path = toPath(uri);
  const folder = path === undefined ? undefined : session.folders.of(path);
  if (path === undefined || !folder) return { ...lens, command: { title: '', command: '' } };
  const users = await onSettled(session, folder, token, ({ snapshot }) => usersOf(snapshot, symbol, path));
  const converter = new Converter(folder.workspace, session.documents, session.client);
  const places = users.places.flatMap((place) => converter.location(place) ?? []);
  const title = describeUsers(users);
  if (places.length === 0) return { ...lens, command: { title, command: '' } };
  return { ...lens, command: command(session, title, showPlacesCommand, [uri, lens.range.start, places]) };
}

/** A lens of ours comes back with what it was given. */
export function isLens(value: unknown): boolean {
  const { range, data } = value as { range?: unknown; data?: Partial<LensData> };
  return Range.is(range) && typeof data?.uri === 'string' && typeof data.symbol === 'string';
}

/** Without a command where the editor has none of that name: the line is only read. */
function command({ client }: Session, title: string, name: string, args: unknown[]): Command {
  return client.commands.has(name) ? { title, command: name, arguments: args } : { title, command: '' };
}
