import type { Module } from '../model/module';
import type { Snapshot } from '../model/snapshot';
import type { Span } from '../text';
import { gplOnlySymbols } from './gplonly';
import { count } from './markdown';
import type { Users } from './users';

/** A line above a license: how the module stands. */
export interface LicenseLens {
  readonly span: Span;
  readonly title: string;
  readonly module: Module;
}

/** A line above an export, whose users are to be counted. */
export interface ExportLens {
  readonly span: Span;
  readonly name: string;
}

/** A file may belong to so many modules that nobody wants to read all. */
const mostModules = 4;

/** One line for each license tag of a file and module that it belongs to. */
export function licenseLenses(snapshot: Snapshot, path: string): LicenseLens[] {
  const modules = snapshot.modulesOf(path).slice(0, mostModules);
  const tags = snapshot.file(path)?.licenses.filter(({ call }) => call.file === path) ?? [];
  return tags.flatMap(({ call }) =>
    modules.map((module) => ({ span: call.span, title: describeModule(module), module })),
  );
}

/** One line for each export of a file; what makes several symbols of one name has one. */
export function exportLenses(snapshot: Snapshot, path: string): ExportLens[] {
  const lenses = new Map<number, ExportLens>();
  for (const { name, at } of snapshot.file(path)?.exports ?? []) {
    if (at.file === path && !lenses.has(at.span.start)) lenses.set(at.span.start, { span: at.span, name });
  }
  return [...lenses.values()];
}

/** `used by 3 modules, 1 of them proprietary`. */
export function describeUsers({ modules, isUncounted }: Users): string {
  if (isUncounted) return `named by ${modules.length} modules`;
  if (modules.length === 0) return 'used by no other module here';
  const bad = modules.filter(({ verdict }) => verdict === 'incompatible').length;
  const of = bad === 0 ? '' : modules.length === 1 ? ', which is proprietary' : `, ${bad} of them proprietary`;
  return `used by ${count(modules.length, 'module')}${of}`;
}

function describeModule(module: Module): string {
  const symbols = count(gplOnlySymbols(module).length, 'GPL-only symbol');
  const licenses = [...new Set(module.licenses.map(({ value, text }) => value ?? text))].join(' + ');
  const limits = module.isExact ? '' : ', direct uses only';
  return `${module.name}: ${symbols}${limits}, ${licenses}`;
}
