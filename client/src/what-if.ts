import {
  Disposable,
  EventEmitter,
  l10n,
  type QuickPickItem,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  type TreeView,
  window,
} from 'vscode';
import { type LanguageClient, State } from 'vscode-languageclient/node';
import { placeName } from './places';
import {
  licensesRequest,
  type ModuleQuestion,
  modulesRequest,
  type WhatIfAnswer,
  type WhatIfModule,
  whatIfRequest,
} from './protocol';
import { type Node, node, symbolNode } from './symbols';
import { licenseOf } from './verdicts';

type Question = ModuleQuestion & { readonly license: string };

/** The tree of what another license would break. */
export class WhatIfView implements TreeDataProvider<Node>, Disposable {
  readonly #client: LanguageClient;
  readonly #view: TreeView<Node>;
  readonly #changed = new EventEmitter<undefined>();
  readonly #subscriptions: Disposable;
  #question: Question | undefined;
  #roots: readonly Node[] = [];
  onDidChangeTreeData = this.#changed.event;

  constructor(client: LanguageClient) {
    this.#client = client;
    this.#view = window.createTreeView('untainted.whatIf', { treeDataProvider: this, showCollapseAll: true });
    this.#subscriptions = Disposable.from(
      this.#view,
      this.#changed,
      client.onDidChangeState(({ newState }) => newState === State.Running && void this.refresh()),
    );
  }

  /**
   * Asks for a license and shows the answer. A document, a module's path or both say what it is about; or an item of
   * the tree of modules, which names itself by the path.
   */
  async ask(uri: unknown, module: unknown): Promise<void> {
    const about = await this.#subject(uri, module);
    const choices = about && (await this.#client.sendRequest(licensesRequest, about));
    if (!about || !choices) return;
    const license = await pickLicense(choices.modules.join(', '), choices.strings);
    if (license === undefined) return;
    this.#question = { ...about, license };
    await this.refresh();
    const [first] = this.#roots;
    if (first) await this.#view.reveal(first, { focus: true, expand: true });
  }

  getTreeItem({ item }: Node) {
    return item;
  }

  async getChildren(parent?: Node): Promise<Node[]> {
    return [...(parent ? await parent.children() : this.#roots)];
  }

  /** Lets the first line be shown: nothing is above it. */
  getParent(): undefined {
    return undefined;
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  /** Asks the last question again. */
  async refresh(): Promise<void> {
    if (!this.#question || this.#client.state !== State.Running) return;
    const answer = await this.#client.sendRequest(whatIfRequest, this.#question);
    this.#view.message = answer ? messageOf(answer) : l10n.t('There is no such module any more.');
    this.#roots = answer ? answer.modules.map(moduleNode) : [];
    this.#changed.fire(undefined);
  }

  /** What the question is about: what was named, else the active document, else a module to be chosen. */
  async #subject(uri: unknown, module: unknown): Promise<ModuleQuestion | undefined> {
    const path = typeof module === 'string' ? module : pathOf(uri);
    if (typeof uri === 'string') return { uri, module: path };
    if (path !== null) return { uri: null, module: path };
    const document = window.activeTextEditor?.document.uri;
    const active = { uri: document ? this.#client.code2ProtocolConverter.asUri(document) : null, module: null };
    if (document && (await this.#client.sendRequest(licensesRequest, active))) return active;
    const { folders } = await this.#client.sendRequest(modulesRequest, {});
    const rows = folders.flatMap(({ modules }) => modules);
    if (rows.length === 0) {
      void window.showInformationMessage(l10n.t('There is no module in this workspace.'));
      return undefined;
    }
    const items = rows.map((row) => ({
      label: row.name,
      description: licenseOf(row),
      detail: row.folder,
      path: row.path,
    }));
    const picked = await window.showQuickPick(items, { placeHolder: l10n.t('Which module?'), matchOnDetail: true });
    return picked && { uri: null, module: picked.path };
  }
}

/** The path of a module that an item of a tree stands for. */
function pathOf(argument: unknown): string | null {
  const id = (argument as Partial<Node> | undefined)?.item?.id;
  return typeof id === 'string' ? id : null;
}

/** Offers the strings that the kernel documents, the one in force marked, and any other. */
async function pickLicense(
  modules: string,
  strings: readonly {
    readonly value: string;
    readonly isCompatible: boolean;
    readonly meaning: string;
    readonly isCurrent: boolean;
  }[],
): Promise<string | undefined> {
  const items: (QuickPickItem & { readonly value: string | undefined })[] = strings.map((one) => ({
    label: `$(${one.isCompatible ? 'pass' : 'circle-slash'}) ${one.value}`,
    description: [
      one.isCompatible ? l10n.t('GPL-compatible') : l10n.t('not GPL-compatible'),
      ...(one.isCurrent ? [l10n.t('current')] : []),
    ].join(' · '),
    detail: one.meaning,
    value: one.value,
  }));
  items.push({
    label: l10n.t('$(edit) Another string…'),
    description: l10n.t('any text, compared as the kernel does'),
    value: undefined,
  });
  const title = l10n.t('What breaks in {0} under another license?', modules);
  const picked = await window.showQuickPick(items, {
    title,
    placeHolder: l10n.t('Which license?'),
    matchOnDetail: true,
  });
  if (!picked || picked.value !== undefined) return picked?.value;
  return window.showInputBox({ title, prompt: l10n.t('The string of MODULE_LICENSE'), value: 'MIT' });
}

function messageOf({ license, isCompatible, kernel }: WhatIfAnswer): string {
  return isCompatible
    ? l10n.t('"{0}" is compatible with the GPL (kernel {1}).', license, kernel.release)
    : l10n.t('"{0}" is not compatible with the GPL (kernel {1}).', license, kernel.release);
}

function moduleNode(module: WhatIfModule): Node {
  const { path, name, refused } = module;
  const look = {
    id: path,
    label: name,
    description:
      refused.length > 0
        ? l10n.t('symbols that modpost refuses: {0}', refused.length)
        : l10n.t('modpost refuses no symbol'),
    icon: refused.length > 0 ? problem('error') : new ThemeIcon('pass', new ThemeColor('testing.iconPassed')),
    context: 'module',
    isOpen: true,
  };
  return node(look, () => [
    ...notes(module),
    ...refused.map((symbol) => symbolNode(symbol, `${path}//refused`)),
    ...pairs(module),
  ]);
}

/** What is to be known besides the symbols. */
function notes({ path, remaining, isTainting, namespaces, isExact }: WhatIfModule): Node[] {
  const taint = isTainting ? [{ label: l10n.t('Loading it taints the kernel'), icon: problem('warning') }] : [];
  const tags = remaining.map(({ text, place }) => ({
    label: l10n.t('"{0}" would stay, and modpost demands that every tag is compatible', text),
    description: place ? placeName(place) : '',
    icon: problem('warning'),
    place,
  }));
  const imports =
    namespaces.length === 0
      ? []
      : [
          {
            label: l10n.t('Namespaces must be imported as before'),
            description: namespaces.join(', '),
            icon: new ThemeIcon('symbol-namespace'),
          },
        ];
  const depth = isExact ? [] : [{ label: l10n.t("Uses in the module's own files only"), icon: new ThemeIcon('info') }];
  return [...taint, ...tags, ...imports, ...depth].map((look, index) =>
    node({ ...look, id: `${path}//note/${index}` }),
  );
}

/** Modules that the loader would keep apart. */
function pairs({ path, inherited }: WhatIfModule): Node[] {
  return inherited.map(({ user, provider, symbols }) => {
    const id = `${path}//inherited/${user}/${provider}`;
    const look = {
      id,
      label: user,
      description: l10n.t('the loader refuses it: GPL-only symbols, and symbols of proprietary {0}', provider),
      icon: problem('error'),
    };
    return node(look, () => symbols.map((symbol) => symbolNode(symbol, id)));
  });
}

function problem(icon: 'error' | 'warning'): ThemeIcon {
  return new ThemeIcon(icon, new ThemeColor(icon === 'error' ? 'list.errorForeground' : 'list.warningForeground'));
}
