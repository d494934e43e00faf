import { type CancellationToken, type Hover, type HoverParams, MarkupKind } from 'vscode-languageserver/node';
import { hover } from '../core/features/hover';
import { Converter } from './convert';
import type { Session } from './session';
import { toPath } from './uris';

/** `textDocument/hover`. */
export async function hoverAt(
  session: Session,
  { textDocument, position }: HoverParams,
  token: CancellationToken,
): Promise<Hover | null> {
  const path = toPath(textDocument.uri);
  const folder = path === undefined ? undefined : session.folders.of(path);
  if (path === undefined || !folder) return null;
  const workspace = await folder.settled(token);

  const converter = new Converter(workspace, session.documents, session.client);
  const offset = converter.offset(path, position);
  const found = offset === undefined ? undefined : hover(workspace.snapshot, path, offset);
  const range = found && converter.range(path, found.span);
  if (!found || !range) return null;
  const { hasMarkdown } = session.client;
  const value = hasMarkdown ? found.markdown : found.markdown.replaceAll('**', '').replaceAll('`', '');
  return { contents: { kind: hasMarkdown ? MarkupKind.Markdown : MarkupKind.PlainText, value }, range };
}
