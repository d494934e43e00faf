import type { ModuleSummary } from '../core/features/summary';
import { licenseOf } from './graph';

/** A column of the table: what it shows of a module, and what it sorts by where that is another thing. */
export interface Column {
  readonly title: string;
  text(module: ModuleSummary): string;
  order?(module: ModuleSummary): number;
}

const states = {
  incompatible: 'not GPL-compatible',
  missing: 'no license',
  unknown: 'not known',
  compatible: 'GPL-compatible',
} as const;

/** The columns of the table, in order. */
export const columns: readonly Column[] = [
  { title: 'Module', text: ({ folder, name }) => (folder === '' ? name : `${folder}/${name}`) },
  { title: 'License', text: licenseOf },
  { title: 'State', text: ({ verdict }) => states[verdict] },
  { title: 'Findings', text: findingsOf, order: (one) => one.errors * 1e6 + one.warnings * 1e3 + one.others },
  {
    title: 'Symbols',
    text: ({ symbols, isExact }) => `${symbols}${isExact ? '' : ' (direct)'}`,
    order: (one) => one.symbols,
  },
  { title: 'GPL-only', text: ({ gplOnly }) => `${gplOnly}`, order: (one) => one.gplOnly },
  { title: 'Providers', text: providersOf, order: (one) => one.providers.length },
];

/** Which rows are shown. */
export interface Filter {
  readonly text: string;
  readonly state: 'all' | 'findings' | ModuleSummary['verdict'];
}

/** The modules that fit a filter. */
export function select(modules: readonly ModuleSummary[], { text, state }: Filter): ModuleSummary[] {
  const wanted = text.trim().toLowerCase();
  return modules.filter((module) => {
    const fits = state === 'all' || (state === 'findings' ? findings(module) > 0 : module.verdict === state);
    return fits && (wanted === '' || columns.some((column) => column.text(module).toLowerCase().includes(wanted)));
  });
}

/** Sorts by a column; numbers by size, texts by their letters. Equal rows keep their order. */
export function sortBy(modules: readonly ModuleSummary[], column: Column, isDescending: boolean): ModuleSummary[] {
  const sign = isDescending ? -1 : 1;
  const { order } = column;
  const compare = new Intl.Collator('en', { numeric: true }).compare;
  return [...modules].sort((a, b) => sign * (order ? order(a) - order(b) : compare(column.text(a), column.text(b))));
}

function findings({ errors, warnings, others }: ModuleSummary): number {
  return errors + warnings + others;
}

function findingsOf({ errors, warnings, others }: ModuleSummary): string {
  const part = (count: number, one: string) => (count === 0 ? [] : [`${count} ${one}${count === 1 ? '' : 's'}`]);
  return [...part(errors, 'error'), ...part(warnings, 'warning'), ...part(others, 'remark')].join(', ') || 'none';
}

function providersOf({ providers }: ModuleSummary): string {
  const names = providers.slice(0, 3).map(({ name }) => name);
  return [...names, ...(providers.length > 3 ? [`${providers.length - 3} more`] : [])].join(', ');
}
