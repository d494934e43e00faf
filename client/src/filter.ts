import { l10n, type QuickPickItem, window } from 'vscode';
import type { ModuleRow } from './protocol';

/** Which modules the view shows. */
export type Filter =
  | { readonly kind: 'all' | 'findings' | 'incompatible' }
  | { readonly kind: 'name'; readonly text: string };

/** Whether a module is shown. */
export function matches(
  filter: Filter,
  { name, folder, licenses, verdict, errors, warnings, others }: ModuleRow,
): boolean {
  if (filter.kind === 'findings') return errors + warnings + others > 0;
  if (filter.kind === 'incompatible') return verdict === 'incompatible' || verdict === 'missing';
  if (filter.kind !== 'name') return true;
  const text = filter.text.toLowerCase();
  return [`${folder}/${name}`, ...licenses].some((one) => one.toLowerCase().includes(text));
}

/** What the view says of its filter. */
export function nameOfFilter(filter: Filter): string {
  if (filter.kind === 'findings') return l10n.t('with findings');
  if (filter.kind === 'incompatible') return l10n.t('without a GPL-compatible license');
  return filter.kind === 'name' ? l10n.t("containing '{0}'", filter.text) : l10n.t('all');
}

/** Asks for a filter; text that is typed filters by name, path and license. */
export async function pickFilter(current: Filter): Promise<Filter | undefined> {
  const choices: (QuickPickItem & { readonly filter: Filter | 'ask' })[] = [
    { label: l10n.t('All Modules'), filter: { kind: 'all' } },
    { label: l10n.t('With Findings'), filter: { kind: 'findings' } },
    { label: l10n.t('Without a GPL-Compatible License'), filter: { kind: 'incompatible' } },
    { label: l10n.t('By Name, Folder or License…'), filter: 'ask' },
  ];
  const isCurrent = (filter: Filter | 'ask') => (filter === 'ask' ? 'name' : filter.kind) === current.kind;
  const items = choices.map((one) => (isCurrent(one.filter) ? { ...one, description: l10n.t('current') } : one));
  const picked = await window.showQuickPick(items, { placeHolder: l10n.t('Which modules?') });
  if (picked?.filter !== 'ask') return picked?.filter;
  const value = current.kind === 'name' ? current.text : '';
  const text = await window.showInputBox({ prompt: l10n.t('Part of a name, a folder or a license'), value });
  return text === undefined ? undefined : text === '' ? { kind: 'all' } : { kind: 'name', text };
}
