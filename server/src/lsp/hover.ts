import { type CancellationToken, type Hover, type HoverParams, MarkupKind } from 'vscode-languageserver/node';
import { hover } from '../core/features/hover';
import { plainText } from './markup';
import { placeOf } from './place';
import type { Session } from './session';

/** `textDocument/hover`. */
export async function hoverAt(session: Session, params: HoverParams, token: CancellationToken): Promise<Hover | null> {
  const here = await placeOf(session, params, token);
  const found = here && hover(here.known.snapshot, here.path, here.offset);
  const range = found && here.converter.range(here.path, found.span);
  if (!found || !range) return null;
  const { hasMarkdown } = session.client;
  const value = hasMarkdown ? found.markdown : plainText(found.markdown);
  return { contents: { kind: hasMarkdown ? MarkupKind.Markdown : MarkupKind.PlainText, value }, range };
}
