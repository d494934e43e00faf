import {
  commands,
  Disposable,
  EventEmitter,
  l10n,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  type TreeView,
  window,
  workspace,
} from 'vscode';
import { type LanguageClient, State } from 'vscode-languageclient/node';
import { type Filter, matches, nameOfFilter, pickFilter } from './filter';
import { placeName, toTarget } from './places';
import { type FolderModules, type ModuleDetails, type ModuleRow, moduleRequest, modulesRequest } from './protocol';
import { type Node, node, symbolNode } from './symbols';
import { licenseOf, verdictOf } from './verdicts';

/** The tree of modules, with its filter. */
export class ModulesView implements TreeDataProvider<Node>, Disposable {
  readonly #client: LanguageClient;
  readonly #view: TreeView<Node>;
  readonly #changed = new EventEmitter<undefined>();
  readonly #subscriptions: Disposable;
  #filter: Filter = { kind: 'all' };
  #isStale = false;
  onDidChangeTreeData = this.#changed.event;

  constructor(client: LanguageClient) {
    this.#client = client;
    this.#view = window.createTreeView('untainted.modules', { treeDataProvider: this, showCollapseAll: true });
    this.#subscriptions = Disposable.from(
      this.#view,
      this.#changed,
      client.onDidChangeState(({ newState }) => newState === State.Running && this.refresh()),
      this.#view.onDidChangeVisibility(({ visible }) => visible && this.#isStale && this.refresh()),
    );
  }

  refresh(): void {
    this.#isStale = false;
    this.#changed.fire(undefined);
  }

  /** What is shown may be wrong: it is asked for again, now or when somebody looks. */
  changed(): void {
    if (this.#view.visible) this.refresh();
    else this.#isStale = true;
  }

  /** Asks which modules to show. */
  async filter(): Promise<void> {
    const filter = await pickFilter(this.#filter);
    if (!filter) return;
    this.#filter = filter;
    await commands.executeCommand('setContext', 'untainted.modulesFiltered', filter.kind !== 'all');
    this.refresh();
  }

  async clearFilter(): Promise<void> {
    this.#filter = { kind: 'all' };
    await commands.executeCommand('setContext', 'untainted.modulesFiltered', false);
    this.refresh();
  }

  getTreeItem({ item }: Node) {
    return item;
  }

  async getChildren(parent?: Node): Promise<Node[]> {
    return [...(parent ? await parent.children() : await this.#roots())];
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  async #roots(): Promise<readonly Node[]> {
    if (this.#client.state !== State.Running) return [];
    const { folders } = (await this.#client.sendRequest(modulesRequest, {})) ?? { folders: [] };
    const all = folders.reduce((sum, { modules }) => sum + modules.length, 0);
    const shown = folders.map((folder) => ({
      ...folder,
      modules: folder.modules.filter((one) => matches(this.#filter, one)),
    }));
    const left = shown.reduce((sum, { modules }) => sum + modules.length, 0);
    const [first] = folders;
    this.#view.description = first?.kernel.release ?? '';
    const filtered = l10n.t('{0} of {1} modules: {2}', left, all, nameOfFilter(this.#filter));
    // A message takes the place of the welcome.
    this.#view.message = this.#filter.kind === 'all' || all === 0 ? '' : filtered;
    const own = (folder: FolderModules) => folder.modules.map((row) => this.#moduleNode(row));
    const filled = shown.filter(({ modules }) => modules.length > 0);
    if (folders.length < 2) return filled.flatMap(own);
    return filled.map((folder) => {
      const { uri } = toTarget({ uri: folder.uri, range: noRange });
      const look = { id: folder.uri, label: workspace.asRelativePath(uri, true), description: folder.kernel.release };
      return node({ ...look, icon: new ThemeIcon('root-folder'), isOpen: true }, () => own(folder));
    });
  }

  #moduleNode(row: ModuleRow): Node {
    const findings = row.errors + row.warnings + row.others;
    const state = stateOf(row);
    const look = {
      id: row.path,
      label: row.name,
      description: [
        licenseOf(row),
        ...(findings > 0 ? [findingsOf(row)] : []),
        l10n.t('{0} GPL-only', row.gplOnly),
      ].join(' · '),
      icon: new ThemeIcon(state.icon, new ThemeColor(state.color)),
      tooltip: [`${row.folder === '' ? '' : `${row.folder}/`}${row.name}.ko`, verdictOf(row), findingsOf(row)].join(
        '\n',
      ),
      place: row.place,
      context: 'module',
    };
    return node(look, () => this.#details(row));
  }

  async #details(row: ModuleRow): Promise<readonly Node[]> {
    const details = await this.#client.sendRequest(moduleRequest, { path: row.path });
    return details ? detailNodes(row, details) : [];
  }
}

const noRange = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

function detailNodes(
  row: ModuleRow,
  { kernel, licenses, members, imports, dependsOn, providers }: ModuleDetails,
): Node[] {
  const { path } = row;
  const said = licenses.map(({ text, isCompatible, place }, index) =>
    node({
      id: `${path}//license/${index}`,
      label: `"${text}"`,
      description: [
        isCompatible === null
          ? l10n.t('not known')
          : isCompatible
            ? l10n.t('GPL-compatible')
            : l10n.t('not GPL-compatible'),
        ...(place ? [placeName(place)] : []),
      ].join(' · '),
      icon: new ThemeIcon('law'),
      place,
    }),
  );
  const lines = [
    { id: 'state', label: verdictOf(row), description: findingsOf(row), icon: stateOf(row).icon },
    {
      id: 'kernel',
      label: l10n.t('Kernel {0}', kernel.release),
      description: kernel.because,
      icon: 'server-environment',
    },
    ...(imports.length > 0
      ? [{ id: 'imports', label: l10n.t('Imports'), description: imports.join(', '), icon: 'symbol-namespace' }]
      : []),
    ...(dependsOn === null ? [] : [{ id: 'if', label: l10n.t('Built if'), description: dependsOn, icon: 'question' }]),
  ];
  const memberNodes = () =>
    members.map(({ name, uri }) =>
      node({
        id: `${path}//member/${name}`,
        label: name,
        description: uri === null ? l10n.t('no source that can be read') : '',
        icon: new ThemeIcon(uri === null ? 'file-binary' : 'file-code'),
        place: uri === null ? null : { uri, range: noRange },
      }),
    );
  return [
    ...said,
    ...lines.map((line) => node({ ...line, id: `${path}//${line.id}`, icon: new ThemeIcon(line.icon) })),
    node(
      {
        id: `${path}//members`,
        label: l10n.t('Members'),
        description: `${members.length}`,
        icon: new ThemeIcon('files'),
      },
      memberNodes,
    ),
    ...providers.map(({ name, gplOnly, symbols }) => {
      const id = `${path}//provider/${name}`;
      const description = l10n.t('{0} symbols, {1} GPL-only', symbols.length, gplOnly);
      const icon = new ThemeIcon(name === 'vmlinux' ? 'chip' : 'package');
      return node({ id, label: name, description, icon }, () => symbols.map((symbol) => symbolNode(symbol, id)));
    }),
  ];
}

function findingsOf({ errors, warnings, others }: ModuleRow): string {
  const parts = [
    ...(errors > 0 ? [l10n.t('errors: {0}', errors)] : []),
    ...(warnings > 0 ? [l10n.t('warnings: {0}', warnings)] : []),
    ...(others > 0 ? [l10n.t('remarks: {0}', others)] : []),
  ];
  return parts.join(', ') || l10n.t('no findings');
}

/** Different shapes, not only different colors. */
function stateOf({ verdict, errors, warnings }: ModuleRow): { readonly icon: string; readonly color: string } {
  if (errors > 0) return { icon: 'error', color: 'list.errorForeground' };
  if (warnings > 0) return { icon: 'warning', color: 'list.warningForeground' };
  if (verdict === 'incompatible') return { icon: 'circle-slash', color: 'list.warningForeground' };
  if (verdict === 'compatible') return { icon: 'pass', color: 'testing.iconPassed' };
  return { icon: 'question', color: 'foreground' };
}
