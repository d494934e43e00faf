import type { Finding } from '../finding';
import type { Module } from '../model/module';
import { basename, dirname, relative } from '../path';
import { providers } from './providers';

/** A module in figures, for lists and reports; plain data. */
export interface ModuleSummary {
  readonly name: string;
  /** Relative to the opened folder; empty for that folder itself. */
  readonly folder: string;
  /** As written where a string is not known. */
  readonly licenses: readonly string[];
  readonly verdict: Module['verdict'];
  readonly errors: number;
  readonly warnings: number;
  readonly others: number;
  readonly symbols: number;
  readonly gplOnly: number;
  /** Whether the symbols are what the linker will be asked for; else those of the module's own files. */
  readonly isExact: boolean;
  readonly providers: readonly ProviderSummary[];
}

export interface ProviderSummary {
  readonly name: string;
  readonly symbols: number;
  readonly gplOnly: number;
}

/** Counts what a module uses and what is found in it; its folder is told as seen from the one that is opened. */
export function summarize(module: Module, findings: readonly Finding[], folder: string): ModuleSummary {
  const counts = { errors: 0, warnings: 0, others: 0 };
  for (const { severity } of findings) {
    if (severity === 'error') counts.errors++;
    else if (severity === 'warning') counts.warnings++;
    else counts.others++;
  }
  const { name, path, licenses, verdict, isExact } = module;
  const used = providers(module).map((one) => ({ ...one, symbols: one.symbols.length }));
  return {
    name,
    folder: path === `${folder}/${basename(path)}` ? '' : relative(dirname(path), folder),
    licenses: licenses.map(({ value, text }) => value ?? text),
    verdict,
    ...counts,
    symbols: used.reduce((sum, one) => sum + one.symbols, 0),
    gplOnly: used.reduce((sum, one) => sum + one.gplOnly, 0),
    isExact,
    providers: used,
  };
}
