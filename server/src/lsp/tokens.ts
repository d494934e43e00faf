import {
  type CancellationToken,
  type Range,
  type SemanticTokens,
  SemanticTokensBuilder,
  type SemanticTokensLegend,
  type SemanticTokensParams,
  type SemanticTokensRangeParams,
} from 'vscode-languageserver/node';
import { semanticTokens } from '../core/features/semantic';
import { Converter } from './convert';
import type { Session } from './session';
import { toPath } from './uris';

/** A type of its own, so that nothing is colored that a theme does not ask for; the manifest names it too. */
export const tokensLegend: SemanticTokensLegend = { tokenTypes: ['gplOnlySymbol'], tokenModifiers: ['indirect'] };

const indirect = 1;

/** `textDocument/semanticTokens/full`. */
export function tokensOf(
  session: Session,
  { textDocument }: SemanticTokensParams,
  token: CancellationToken,
): Promise<SemanticTokens | null> {
  return tokensIn(session, textDocument.uri, undefined, token);
}

/** `textDocument/semanticTokens/range`. */
export function tokensOfRange(
  session: Session,
  { textDocument, range }: SemanticTokensRangeParams,
  token: CancellationToken,
): Promise<SemanticTokens | null> {
  return tokensIn(session, textDocument.uri, range, token);
}

async function tokensIn(
  session: Session,
  uri: string,
  range: Range | undefined,
  token: CancellationToken,
): Promise<SemanticTokens | null> {
  const path = toPath(uri);
  const folder = path === undefined ? undefined : session.folders.of(path);
  if (path === undefined || !folder) return null;
  const workspace = await folder.settled(token);

  const converter = new Converter(workspace, session.documents, session.client);
  const start = range && converter.offset(path, range.start);
  const end = range && converter.offset(path, range.end);
  const part = start !== undefined && end !== undefined ? { start, end } : undefined;
  const builder = new SemanticTokensBuilder();
  for (const { span, isIndirect } of semanticTokens(workspace.snapshot, path, part)) {
    const at = converter.range(path, span);
    if (!at || at.start.line !== at.end.line) continue;
    const length = at.end.character - at.start.character;
    builder.push(at.start.line, at.start.character, length, 0, isIndirect ? indirect : 0);
  }
  return builder.build();
}
