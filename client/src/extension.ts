import { commands, type ExtensionContext } from 'vscode';
import { checkWorkspace } from './check';
import { createClient, followTrust, restart } from './client';
import { explainRule, registerPages } from './explain';
import { chooseKernel } from './kernels';
import { registerShowPlaces } from './lenses';
import { ModulesView } from './modules';
import { modulesChanged } from './protocol';
import { Report } from './report';
import { showStatus } from './status';
import { WhatIfView } from './what-if';

let stop: (() => Promise<void>) | undefined;

/** Starts the server and wires commands and the status item to it. */
export async function activate(context: ExtensionContext): Promise<void> {
  const client = createClient(context);
  stop = () => client.stop();
  const modules = new ModulesView(client);
  const whatIf = new WhatIfView(client);
  const report = new Report(client);
  context.subscriptions.push(
    modules,
    whatIf,
    report,
    client.onNotification(modulesChanged, () => {
      modules.changed();
      void whatIf.refresh();
    }),
    registerPages(client),
    showStatus(client),
    followTrust(client),
    registerShowPlaces(client),
    commands.registerCommand('untainted.checkWorkspace', () => checkWorkspace(client)),
    commands.registerCommand('untainted.explainRule', (rule?: unknown) => explainRule(context, rule)),
    commands.registerCommand('untainted.chooseKernel', () => chooseKernel(client)),
    commands.registerCommand('untainted.refreshModules', () => modules.refresh()),
    commands.registerCommand('untainted.filterModules', () => modules.filter()),
    commands.registerCommand('untainted.clearModulesFilter', () => modules.clearFilter()),
    commands.registerCommand('untainted.whatIf', (uri?: unknown, path?: unknown) => whatIf.ask(uri, path)),
    commands.registerCommand('untainted.openReport', () => report.open()),
    commands.registerCommand('untainted.getStarted', () => getStarted(context)),
    commands.registerCommand('untainted.restartServer', () => restart(client)),
  );
  await client.start();
}

/** Ends the server. */
export async function deactivate(): Promise<void> {
  await stop?.();
}

/** Shows the steps for the first start. */
async function getStarted({ extension }: ExtensionContext): Promise<void> {
  await commands.executeCommand('workbench.action.openWalkthrough', `${extension.id}#start`, false);
}
