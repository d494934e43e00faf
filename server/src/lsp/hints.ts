import type { CancellationToken, InlayHint, InlayHintParams } from 'vscode-languageserver/node';
import { inlayHints } from '../core/features/inlay';
import { Converter } from './convert';
import type { Session } from './session';
import { toPath } from './uris';

/** `textDocument/inlayHint`, for those who switched it on. */
export async function hintsIn(
  session: Session,
  { textDocument, range }: InlayHintParams,
  token: CancellationToken,
): Promise<InlayHint[] | null> {
  const path = toPath(textDocument.uri);
  const folder = path === undefined ? undefined : session.folders.of(path);
  if (path === undefined || !folder) return null;
  const workspace = await folder.settled(token);
  if (!workspace.settings.inlayHints) return null;

  const converter = new Converter(workspace, session.documents, session.client);
  const start = converter.offset(path, range.start);
  const end = converter.offset(path, range.end);
  if (start === undefined || end === undefined) return null;
  return inlayHints(workspace.snapshot, path, { start, end }).flatMap(({ offset, label, tooltip }) => {
    const at = converter.range(path, { start: offset, end: offset });
    return at ? [{ position: at.start, label, tooltip, paddingLeft: true }] : [];
  });
}
