import { l10n } from 'vscode';
import type { StatusModule } from './protocol';

/** The license strings of a module as one text. */
export function licenseOf({ licenses, verdict }: StatusModule): string {
  if (verdict === 'missing') return l10n.t('no license');
  return [...new Set(licenses)].join(' + ') || l10n.t('license not known');
}

/** What a module's license lets it do, as the end of a sentence. */
export function verdictOf({ verdict }: Pick<StatusModule, 'verdict'>): string {
  if (verdict === 'compatible') return l10n.t('may use GPL-only symbols');
  if (verdict === 'incompatible') return l10n.t('may not use GPL-only symbols and taints the kernel');
  if (verdict === 'missing') return l10n.t('modpost refuses it');
  return l10n.t('not known whether it may use GPL-only symbols');
}
