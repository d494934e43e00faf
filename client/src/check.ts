import { commands, l10n, ProgressLocation, window } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { type CheckSummary, checkRequest } from './protocol';

/** Reads every folder again, shows the list of problems and says how many there are. */
export async function checkWorkspace(client: LanguageClient): Promise<void> {
  const options = { location: ProgressLocation.Window, title: l10n.t('Untainted: checking the workspace') };
  const summary = await window.withProgress(options, () => client.sendRequest(checkRequest, {}));
  if (summary.files > 0) await commands.executeCommand('workbench.actions.view.problems');
  window.setStatusBarMessage(`Untainted: ${describe(summary)}`, 10_000);
}

function describe({ files, errors, warnings, others }: CheckSummary): string {
  if (files === 0) return l10n.t('no findings');
  const counts = [
    ...(errors > 0 ? [errors === 1 ? l10n.t('1 error') : l10n.t('{0} errors', errors)] : []),
    ...(warnings > 0 ? [warnings === 1 ? l10n.t('1 warning') : l10n.t('{0} warnings', warnings)] : []),
    ...(others > 0 ? [others === 1 ? l10n.t('1 remark') : l10n.t('{0} remarks', others)] : []),
  ].join(', ');
  return files === 1 ? l10n.t('{0} in 1 file', counts) : l10n.t('{0} in {1} files', counts, files);
}
