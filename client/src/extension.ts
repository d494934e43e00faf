import { commands, type ExtensionContext } from 'vscode';
import { checkWorkspace } from './check';
import { createClient, restart } from './client';
import { explainRule, registerPages } from './explain';
import { chooseKernel } from './kernels';
import { showStatus } from './status';

let stop: (() => Promise<void>) | undefined;

/** Starts the server and wires commands and the status item to it. */
export async function activate(context: ExtensionContext): Promise<void> {
  const client = createClient(context);
  stop = () => client.stop();
  context.subscriptions.push(
    registerPages(client),
    showStatus(client),
    commands.registerCommand('untainted.checkWorkspace', () => checkWorkspace(client)),
    commands.registerCommand('untainted.explainRule', (rule?: unknown) => explainRule(context, rule)),
    commands.registerCommand('untainted.chooseKernel', () => chooseKernel(client)),
    commands.registerCommand('untainted.restartServer', () => restart(client)),
  );
  await client.start();
}

/** Ends the server. */
export async function deactivate(): Promise<void> {
  await stop?.();
}
