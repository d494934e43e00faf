import { l10n, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import { openCommand, placeName } from './places';
import type { Place, SymbolPlace, UsedSymbol } from './protocol';

/** A line of a tree, with those below it. */
export interface Node {
  readonly item: TreeItem;
  children(): readonly Node[] | Promise<readonly Node[]>;
}

/** How a node looks; `id` must be the same after a refresh, so that what is unfolded stays so. */
export interface NodeLook {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly icon?: ThemeIcon;
  readonly tooltip?: string;
  readonly place?: Place | null;
  readonly context?: string;
  readonly isOpen?: boolean;
}

/** A node; without `children` it cannot be unfolded. What the icon says is in the tooltip for those who do not see it. */
export function node(look: NodeLook, children?: () => readonly Node[] | Promise<readonly Node[]>): Node {
  const { None, Collapsed, Expanded } = TreeItemCollapsibleState;
  const item = new TreeItem(look.label, children ? (look.isOpen ? Expanded : Collapsed) : None);
  item.id = look.id;
  Object.assign(item, openCommand(look.place ?? null));
  if (look.description) item.description = look.description;
  if (look.icon) item.iconPath = look.icon;
  if (look.tooltip) item.tooltip = look.tooltip;
  if (look.context) item.contextValue = look.context;
  const spoken = [look.label, look.description, look.tooltip].filter((part) => part).join(', ');
  item.accessibilityInformation = { label: spoken };
  return { item, children: children ?? (() => []) };
}

/** A used symbol, below it the places that use it, below these each macro and function on the way. */
export function symbolNode(symbol: UsedSymbol, parent: string): Node {
  const { name, isGplOnly, namespace, provider, uses } = symbol;
  const id = `${parent}/${name}`;
  const first = uses[0]?.place;
  const more = uses.length > 1 ? ` +${uses.length - 1}` : '';
  const look = {
    id,
    label: name,
    description: [
      ...(first ? [`${placeName(first)}${more}`] : []),
      ...(namespace === '' ? [] : [l10n.t('namespace {0}', namespace)]),
    ].join(' · '),
    icon: new ThemeIcon(isGplOnly ? 'lock' : 'symbol-method'),
    tooltip: isGplOnly
      ? l10n.t("'{0}' is exported GPL-only by {1}", name, provider)
      : l10n.t("'{0}' is exported to any license by {1}", name, provider),
    place: uses[0]?.place ?? null,
  };
  return node(look, () => uses.map((use, index) => useNode(use, `${id}/${index}`)));
}

function useNode({ place, through, condition }: SymbolPlace, id: string): Node {
  const way = through.map(({ name }) => `${name}()`).join(' → ');
  const open = condition === null ? '' : l10n.t('if {0}', condition || '…');
  const look = {
    id,
    label: place ? placeName(place) : l10n.t('place not known'),
    description: [way === '' ? '' : l10n.t('through {0}', way), open].filter((part) => part).join(', '),
    icon: new ThemeIcon('location'),
    place,
  };
  const steps = () =>
    through.map((step, index) =>
      node({
        id: `${id}/${index}`,
        label: `${step.name}()`,
        description: step.place ? placeName(step.place) : '',
        icon: new ThemeIcon('debug-step-into'),
        place: step.place,
      }),
    );
  return node(look, through.length > 0 ? steps : undefined);
}
