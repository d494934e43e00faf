import { Disposable, l10n, MarkdownString, StatusBarAlignment, type StatusBarItem, ThemeColor, window } from 'vscode';
import { type LanguageClient, State } from 'vscode-languageclient/node';
import { activeDocument, type Status, statusNotification } from './protocol';
import { licenseOf, verdictOf } from './verdicts';

/** A status bar item that says which kernel is used and how the open module stands. */
export function showStatus(client: LanguageClient): Disposable {
  const item = window.createStatusBarItem('untainted.status', StatusBarAlignment.Right, 100);
  item.name = 'Untainted';
  item.command = 'untainted.chooseKernel';
  const tellActive = () => {
    if (client.state !== State.Running) return;
    const document = window.activeTextEditor?.document;
    const uri = document?.uri.scheme === 'file' ? client.code2ProtocolConverter.asUri(document.uri) : null;
    client.sendNotification(activeDocument, { uri }).catch(() => item.hide());
  };
  return Disposable.from(
    item,
    client.onNotification(statusNotification, (status) => show(item, status)),
    window.onDidChangeActiveTextEditor(tellActive),
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Running) tellActive();
      else item.hide();
    }),
  );
}

function show(item: StatusBarItem, { isIndexing, kernel, modules, findings, problems }: Status): void {
  if (isIndexing) {
    item.text = '$(sync~spin) Untainted';
    item.tooltip = l10n.t('Untainted reads the workspace');
    item.backgroundColor = undefined;
    item.show();
    return;
  }
  if (!kernel) {
    item.hide();
    return;
  }
  const bad = modules.find(({ verdict }) => verdict === 'incompatible' || verdict === 'missing');
  const first = bad ?? modules[0];
  item.text = `$(law) ${first ? `${first.name}: ${licenseOf(first)} · ` : ''}${kernel.release}`;
  const spoken = first ? `${first.name}: ${licenseOf(first)}, ${verdictOf(first)}` : l10n.t('no module');
  item.accessibilityInformation = { label: `Untainted: ${spoken}, ${kernel.release}`, role: 'button' };
  item.backgroundColor = bad ? new ThemeColor('statusBarItem.warningBackground') : undefined;

  const tooltip = new MarkdownString();
  for (const one of modules.slice(0, 10)) tooltip.appendText(`${one.name}.ko: ${licenseOf(one)}, ${verdictOf(one)}\n`);
  tooltip.appendText(`${l10n.t('Findings in this file: {0}', findings)}\n`);
  const { release, origin, folder, because, exports } = kernel;
  tooltip.appendText(`${l10n.t('Kernel {0}, {1}, {2} exports: {3}', release, folder ?? origin, exports, because)}\n`);
  for (const problem of problems.slice(0, 5)) tooltip.appendText(`${problem}\n`);
  if (problems.length > 5) tooltip.appendText(`${l10n.t('… {0} more in the output', problems.length - 5)}\n`);
  item.tooltip = tooltip;
  item.show();
}
