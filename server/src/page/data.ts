import type { ModuleSummary } from '../core/features/summary';

/** What the page of the report shows. Names and licenses in it come from outside: they are text, never markup. */
export interface ReportData {
  /** The kernel's release; several where folders are checked against different ones. */
  readonly kernel: string;
  readonly modules: readonly ModuleSummary[];
}

/** What the page tells the editor that shows it. */
export type PageMessage =
  | { readonly type: 'open'; readonly folder: string; readonly name: string }
  | { readonly type: 'save'; readonly svg: string }
  | { readonly type: 'savePage' }
  | { readonly type: 'refresh' };
