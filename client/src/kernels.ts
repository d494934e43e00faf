import { ConfigurationTarget, l10n, type QuickPickItem, QuickPickItemKind, Uri, window, workspace } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { type Kernels, kernelsRequest } from './protocol';

interface Item extends QuickPickItem {
  /** What to write to the setting; `undefined` to ask for a folder. */
  readonly setting?: string | undefined;
}

/** Lets the user choose the kernel to check against, and writes the choice to the settings. */
export async function chooseKernel(client: LanguageClient): Promise<void> {
  const document = window.activeTextEditor?.document.uri;
  const uri = document ? client.code2ProtocolConverter.asUri(document) : null;
  const kernels = await client.sendRequest(kernelsRequest, { uri });
  const picked = await window.showQuickPick(toItems(kernels), {
    title: l10n.t('Kernel'),
    placeHolder: l10n.t('Check modules against which kernel?'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  const setting = picked && (picked.setting ?? (await askForFolder()));
  if (setting === undefined || setting === kernels.current) return;
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

/** What is there, by its kind; what is chosen now is marked and said to be. */
function toItems({ choices, current: setting, inUse }: Kernels): Item[] {
  // Without a name it is the first one.
  const current =
    setting === 'embedded' ? (choices.find(({ kind }) => kind === 'embedded')?.setting ?? setting) : setting;
  const found = inUse && current === '' ? l10n.t('now {0}: {1}', inUse.release, inUse.because) : '';
  const list = choices.map(({ kind, label, description, isRunning, hasExports, ...choice }) => ({
    kind,
    item: {
      label: `$(${kind === 'embedded' ? 'archive' : 'folder-library'}) ${label}`,
      description: isRunning ? l10n.t('running') : '',
      detail: hasExports ? description : l10n.t('{0} (no Module.symvers: what it exports is not known)', description),
      setting: choice.setting,
    },
  }));
  const of = (kind: string) => list.filter((one) => one.kind === kind).map(({ item }) => item);
  const isListed = current === '' || choices.some((one) => one.setting === current);
  const items: Item[] = [
    {
      label: l10n.t('$(search) Find One'),
      description: found,
      detail: l10n.t("what the Makefile names, else this machine's newest headers, else the embedded kernel"),
      setting: '',
    },
    separator(l10n.t('on this machine')),
    ...(isListed ? [] : [{ label: `$(folder) ${inUse?.release ?? current}`, detail: current, setting: current }]),
    ...of('headers'),
    separator(l10n.t('embedded')),
    ...of('embedded'),
    separator(''),
    { label: l10n.t('$(folder-opened) Browse Folder…'), detail: l10n.t('kernel headers, or a kernel that was built') },
  ];
  return items.map((item) => {
    if (item.setting !== current) return item;
    const said = [item.description, l10n.t('current')].filter((part) => part).join(' · ');
    return { ...item, label: `${item.label} $(check)`, description: said };
  });
}

function separator(label: string): Item {
  return { label, kind: QuickPickItemKind.Separator };
}

async function askForFolder(): Promise<string | undefined> {
  const picked = await window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    openLabel: l10n.t('Use as Kernel'),
    title: l10n.t('A folder of kernel headers, with a Module.symvers'),
    defaultUri: Uri.file('/usr/src'),
  });
  return picked?.[0]?.fsPath;
}
