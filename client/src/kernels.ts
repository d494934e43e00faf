import { ConfigurationTarget, type QuickPickItem, Uri, window, workspace } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { kernelsRequest } from './protocol';

interface KernelItem extends QuickPickItem {
  /** What to write to the setting; `undefined` to ask for a folder. */
  readonly setting: string | undefined;
}

/** Lets the user choose the kernel to check against, and writes the choice to the settings. */
export async function chooseKernel(client: LanguageClient): Promise<void> {
  const document = window.activeTextEditor?.document.uri;
  const uri = document ? client.code2ProtocolConverter.asUri(document) : null;
  const { choices, current } = await client.sendRequest(kernelsRequest, { uri });
  const items: KernelItem[] = [
    {
      label: '$(search) Find one',
      description: "what the Makefile names, else this machine's newest headers, else the embedded kernel",
      setting: '',
    },
    ...choices.map(({ label, description, setting }) => ({ label, description, setting })),
    { label: '$(folder) Choose a folder of kernel headers…', setting: undefined },
  ];
  const marked = items.map((item) => (item.setting === current ? { ...item, label: `${item.label} $(check)` } : item));
  const picked = await window.showQuickPick(marked, { placeHolder: 'Check modules against which kernel?' });
  const setting = picked && (picked.setting ?? (await askForFolder()));
  if (setting === undefined || setting === current) return;
  const folder = document && workspace.getWorkspaceFolder(document);
  const target = folder
    ? (workspace.workspaceFolders?.length ?? 0) > 1
      ? ConfigurationTarget.WorkspaceFolder
      : ConfigurationTarget.Workspace
    : workspace.workspaceFolders
      ? ConfigurationTarget.Workspace
      : ConfigurationTarget.Global;
  await workspace.getConfiguration('untainted', document).update('kernel', setting || undefined, target);
}

async function askForFolder(): Promise<string | undefined> {
  const picked = await window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    openLabel: 'Use as Kernel',
    title: 'A folder of kernel headers, with a Module.symvers',
    defaultUri: Uri.file('/usr/src'),
  });
  return picked?.[0]?.fsPath;
}
