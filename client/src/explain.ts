import {
  commands,
  type Disposable,
  type ExtensionContext,
  l10n,
  languages,
  type QuickPickItem,
  Uri,
  window,
  workspace,
} from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { explainRequest } from './protocol';

/** Of the rules' pages; the link behind a finding's code (client.ts) and the manifest, which opens previews, name it too. */
const scheme = 'untainted-rule';

/** Serves the rules' pages as documents. */
export function registerPages(client: LanguageClient): Disposable {
  return workspace.registerTextDocumentContentProvider(scheme, {
    async provideTextDocumentContent(uri) {
      const rule = uri.path.slice(1).replace(/\.md$/, '');
      return (await client.sendRequest(explainRequest, { rule })) ?? `${l10n.t('There is no page for this rule.')}\n`;
    },
  });
}

/** Shows a rule's page; asks which one if none is named. */
export async function explainRule(context: ExtensionContext, rule: unknown): Promise<void> {
  const id = typeof rule === 'string' ? rule : await pickRule(context);
  if (id === undefined || !/^[\w-]+$/.test(id)) return;
  await commands.executeCommand('markdown.showPreview', Uri.from({ scheme, path: `/${id}.md` }));
}

/** The rule of the finding at the cursor comes first. */
async function pickRule(context: ExtensionContext): Promise<string | undefined> {
  const here = ruleAtCursor();
  const items = rulesOf(context).sort((a, b) => Number(b.label === here) - Number(a.label === here));
  const placeHolder = l10n.t('Which rule?');
  return (await window.showQuickPick(items, { placeHolder, matchOnDescription: true, matchOnDetail: true }))?.label;
}

function ruleAtCursor(): string | undefined {
  const editor = window.activeTextEditor;
  if (!editor) return undefined;
  const found = languages
    .getDiagnostics(editor.document.uri)
    .find(({ source, range }) => source === 'untainted' && range.contains(editor.selection.active));
  const code = found?.code;
  return typeof code === 'object' ? String(code.value) : code === undefined ? undefined : String(code);
}

/** The manifest lists every rule with its summary, for the settings. */
function rulesOf(context: ExtensionContext): QuickPickItem[] {
  const sections: readonly Section[] = [context.extension.packageJSON?.contributes?.configuration ?? []].flat();
  const rules = sections.map((section) => section.properties?.['untainted.rules']?.properties).find((one) => one);
  return Object.entries(rules ?? {}).map(([label, { description }]) => ({ label, detail: description ?? '' }));
}

interface Section {
  readonly properties?: Readonly<
    Record<string, { readonly properties?: Readonly<Record<string, { readonly description?: string }>> }>
  >;
}
