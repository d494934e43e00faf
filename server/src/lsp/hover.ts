import { type CancellationToken, type Hover, type HoverParams, MarkupKind } from 'vscode-languageserver/node';
import { type Hover as Found, hover, hoverHeader } from '../core/features/hover';
import { isInside } from '../core/path';
import { Converter } from './convert';
import type { Folder } from './folder';
import { plainText } from './markup';
import { onSettled, placeOf } from './place';
import type { Session } from './session';
import { toPath } from './uris';

/** `textDocument/hover`. */
export async function hoverAt(session: Session, params: HoverParams, token: CancellationToken): Promise<Hover | null> {
  const path = toPath(params.textDocument.uri);
  const isOurs = path !== undefined && session.folders.roots().some((folder) => isInside(path, folder.path));
  const [first, second] = isOurs ? [hoverOwn, hoverKernel] : [hoverKernel, hoverOwn];
  return (await first(session, params, token)) ?? second(session, params, token);
}

async function hoverOwn(session: Session, params: HoverParams, token: CancellationToken): Promise<Hover | null> {
  const here = await placeOf(session, params, token);
  if (!here) return null;
  const { folder, path, offset } = here;
  const found = await onSettled(session, folder, token, (known) => hover(known, path, offset));
  return found ? toHover(session, folder, path, found) : null;
}

/** In a header of the kernel that a folder is checked against: the folder's modules know what a name leads to. */
async function hoverKernel(
  session: Session,
  { textDocument, position }: HoverParams,
  token: CancellationToken,
): Promise<Hover | null> {
  const path = toPath(textDocument.uri);
  for (const folder of path === undefined ? [] : session.folders.roots()) {
    const workspace = await folder.settled(token);
    const { snapshot } = workspace;
    const { folder: headers, sourceFolder } = snapshot.kernel;
    const isHeader = [headers, sourceFolder].some((root) => root !== undefined && isInside(path ?? '', root));
    if (path === undefined || !isHeader) continue;
    const converter = new Converter(workspace, session.documents, session.client);
    const offset = converter.offset(path, position);
    const text = session.documents.get(path)?.document.getText() ?? workspace.text(path);
    const word = offset === undefined || text === undefined ? undefined : wordAt(text, offset);
    if (!word) continue;
    const { name, span } = word;
    const found = await onSettled(session, folder, token, (known) => hoverHeader(known.snapshot, path, name, span));
    if (found) return toHover(session, folder, path, found);
  }
  return null;
}

function wordAt(text: string, offset: number) {
  let start = offset;
  let end = offset;
  while (start > 0 && /\w/.test(text.charAt(start - 1))) start--;
  while (end < text.length && /\w/.test(text.charAt(end))) end++;
  return start === end ? undefined : { name: text.slice(start, end), span: { start, end } };
}

function toHover(session: Session, { workspace }: Folder, path: string, { span, markdown }: Found): Hover | null {
  const range = new Converter(workspace, session.documents, session.client).range(path, span);
  if (!range) return null;
  const { hasMarkdown } = session.client;
  const value = hasMarkdown ? markdown : plainText(markdown);
  return { contents: { kind: hasMarkdown ? MarkupKind.Markdown : MarkupKind.PlainText, value }, range };
}
