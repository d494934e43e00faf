import { type Command, l10n, Range, Uri, workspace } from 'vscode';
import type { Place } from './protocol';

/** The command of a tree's item that leads to a place; nothing where there is none. */
export function openCommand(place: Place | null): { command: Command } | undefined {
  if (!place) return undefined;
  const { uri, selection } = toTarget(place);
  return { command: { command: 'vscode.open', title: l10n.t('Open'), arguments: [uri, { selection }] } };
}

/** A place in the editor's own terms. */
export function toTarget({ uri, range: { start, end } }: Place): { readonly uri: Uri; readonly selection: Range } {
  return { uri: Uri.parse(uri, true), selection: new Range(start.line, start.character, end.line, end.character) };
}

/** `folder/file.c:12`, as short as it can be. */
export function placeName(place: Place): string {
  const { uri, selection } = toTarget(place);
  return `${workspace.asRelativePath(uri)}:${selection.start.line + 1}`;
}
