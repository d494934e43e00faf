import {
  type CancellationToken,
  type CompletionItem,
  CompletionItemKind,
  CompletionItemTag,
  type CompletionList,
  type CompletionParams,
  MarkupKind,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { complete, type Suggestion } from '../core/features/complete';
import { mayComplete } from '../core/features/complete-place';
import type { Client } from './client';
import { plainText } from './markup';
import type { Session } from './session';
import { toPath } from './uris';

/** A string begins, arguments begin, the next word of an SPDX expression begins. */
export const completionTriggers: readonly string[] = ['"', '(', ' '];

const kindOf: Readonly<Record<Suggestion['kind'], CompletionItemKind>> = {
  license: CompletionItemKind.EnumMember,
  exception: CompletionItemKind.EnumMember,
  operator: CompletionItemKind.Keyword,
  namespace: CompletionItemKind.Module,
  function: CompletionItemKind.Function,
  variable: CompletionItemKind.Variable,
};

/** `textDocument/completion`: looks at the text first, since every blank in C code asks. */
export async function completion(
  session: Session,
  { textDocument, position }: CompletionParams,
  token: CancellationToken,
): Promise<CompletionList | null> {
  const open = session.documents.get(toPath(textDocument.uri));
  const folder = open && session.folders.of(open.path);
  if (!open || !folder) return null;
  const { path, document } = open;
  if (!mayComplete(document.getText(), document.offsetAt(position))) return null;
  const { snapshot } = await folder.settled(token);

  const found = complete(snapshot, path, document.getText(), document.offsetAt(position));
  if (found.length === 0) return null;
  return { isIncomplete: false, items: found.map((one, index) => item(one, index, document, session.client)) };
}

function item(suggestion: Suggestion, index: number, document: TextDocument, client: Client): CompletionItem {
  const { label, span, newText, filter, kind, detail, documentation, isOld } = suggestion;
  return {
    label,
    kind: kindOf[kind],
    detail,
    sortText: String(index).padStart(4, '0'),
    ...(filter !== undefined && { filterText: filter }),
    ...(index === 0 && { preselect: true }),
    ...(isOld && client.hasCompletionTags && { tags: [CompletionItemTag.Deprecated] }),
    ...(documentation !== undefined && {
      documentation: client.hasCompletionMarkdown
        ? { kind: MarkupKind.Markdown, value: documentation }
        : plainText(documentation),
    }),
    textEdit: { range: { start: document.positionAt(span.start), end: document.positionAt(span.end) }, newText },
  };
}
