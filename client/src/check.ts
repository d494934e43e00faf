import { commands, ProgressLocation, window } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { type CheckSummary, checkRequest } from './protocol';

/** Reads every folder again, shows the list of problems and says how many there are. */
export async function checkWorkspace(client: LanguageClient): Promise<void> {
  const options = { location: ProgressLocation.Window, title: 'Untainted: checking the workspace' };
  const summary = await window.withProgress(options, () => client.sendRequest(checkRequest, {}));
  if (summary.files > 0) await commands.executeCommand('workbench.actions.view.problems');
  window.setStatusBarMessage(`Untainted: ${describe(summary)}`, 10_000);
}

function describe({ files, errors, warnings, others }: CheckSummary): string {
  if (files === 0) return 'no findings';
  const counts = [count(errors, 'error'), count(warnings, 'warning'), count(others, 'remark')].filter((one) => one);
  return `${counts.join(', ')} in ${count(files, 'file')}`;
}

function count(number: number, what: string): string {
  return number === 0 ? '' : `${number} ${what}${number === 1 ? '' : 's'}`;
}
