import {
  type CancellationToken,
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
} from 'vscode-languageserver/node';
import { suppressor } from '../core/features/suppress';
import type { Finding, Fix } from '../core/finding';
import { safeEdits } from '../core/rules/fixes';
import type { Span } from '../core/text';
import { findingsOf } from '../io/findings';
import type { Workspace } from '../io/workspace';
import { Converter } from './convert';
import type { Session } from './session';
import { toPath } from './uris';
import { whatIfActions, whatIfCommand } from './what-if';

/** All safe fixes of a document at once. */
export const fixAllKind = `${CodeActionKind.SourceFixAll}.untainted`;

/** `textDocument/codeAction`: nothing is remembered, the findings are those of the text as it is now. */
export async function codeActions(
  session: Session,
  { textDocument, range, context }: CodeActionParams,
  token: CancellationToken,
): Promise<CodeAction[]> {
  const path = toPath(textDocument.uri);
  const folder = path === undefined ? undefined : session.folders.of(path);
  if (path === undefined || !folder || !session.client.hasActionLiterals) return [];
  const isWanted = (kind: string) => !context.only || context.only.some((only) => isWithin(kind, only));
  const workspace = await folder.settled(token);

  const findings = findingsOf(workspace, { file: path }).findings;
  const converter = new Converter(workspace, session.documents, session.client);
  const start = converter.offset(path, range.start);
  const end = converter.offset(path, range.end);
  if (start === undefined || end === undefined) return [];
  const touched = findings.filter(({ at }) => touches(at.span, { start, end }));
  return [
    ...(isWanted(CodeActionKind.QuickFix)
      ? quickFixes(touched, suppressorOf(workspace, path), converter, session.client.hasPreferredActions)
      : []),
    ...(isWanted(CodeActionKind.Refactor) && session.client.commands.has(whatIfCommand)
      ? whatIfActions(workspace.snapshot, path, { start, end }, textDocument.uri)
      : []),
    ...(isWanted(fixAllKind) ? fixAll(findings, converter) : []),
  ];
}

/** What holds a finding of the file back, to be offered behind the fixes of all of them. */
function suppressorOf(workspace: Workspace, path: string): (finding: Finding) => readonly Fix[] {
  const text = workspace.text(path);
  const facts = workspace.snapshot.file(path)?.facts;
  return text !== undefined && facts ? suppressor(path, text, facts) : () => [];
}

/** One action for each fix; fixes of several findings that do the same are one action. */
function quickFixes(
  findings: readonly Finding[],
  suppressions: (finding: Finding) => readonly Fix[],
  converter: Converter,
  canPrefer: boolean,
): CodeAction[] {
  const actions = new Map<string, CodeAction>();
  const offer = (finding: Finding, fix: Fix) => {
    const diagnostic = converter.diagnostic(finding);
    const edit = converter.workspaceEdit(fix.edits);
    if (!edit || !diagnostic) return;
    const key = JSON.stringify([fix.title, edit]);
    const same = actions.get(key);
    if (same) same.diagnostics?.push(diagnostic);
    else {
      const isPreferred = canPrefer && fix.safe && fix === finding.fixes.find((one) => one.safe);
      actions.set(key, {
        title: fix.title,
        kind: CodeActionKind.QuickFix,
        diagnostics: [diagnostic],
        ...(isPreferred && { isPreferred }),
        edit,
      });
    }
  };
  for (const finding of findings) for (const fix of finding.fixes) offer(finding, fix);
  for (const finding of findings) for (const fix of suppressions(finding)) offer(finding, fix);
  return [...actions.values()];
}

function fixAll(findings: readonly Finding[], converter: Converter): CodeAction[] {
  const edits = safeEdits(findings);
  const edit = edits.length > 0 ? converter.workspaceEdit(edits) : undefined;
  return edit ? [{ title: 'Apply all safe fixes of Untainted', kind: fixAllKind, edit }] : [];
}

/** Kinds are words with dots between, from the general to the special. */
function isWithin(kind: string, only: string): boolean {
  return only === '' || kind === only || kind.startsWith(`${only}.`);
}

function touches(a: Span, b: Span): boolean {
  return a.start <= b.end && b.start <= a.end;
}
