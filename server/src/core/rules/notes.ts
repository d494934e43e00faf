import type { Related } from '../finding';
import type { Kernel, KernelExport } from '../kernel/kernel';
import type { LicenseTag, Module, SymbolUse, UseSite } from '../model/module';
import { basename } from '../path';

/** Each macro and function between a place and the symbol it asks for. */
export function stepNotes({ through }: UseSite): Related[] {
  return through.map((step) => ({ message: `the way goes through ${step.name}()`, at: step.at }));
}

/** So many places that share one way are named. */
const mostUsers = 3;

/** The places whose ways meet in a finding's place. */
export function userNotes(users: readonly UseSite[]): Related[] {
  const notes = users
    .slice(0, mostUsers)
    .map(({ at, through }) => ({ message: `reached from here through ${through[0]?.name ?? ''}()`, at }));
  const further = users.length - notes.length;
  if (further === 0) return notes;
  return [...notes, { message: `and from ${places(further)}` }];
}

/** How many places are left untold. */
export function moreNotes({ name, more }: SymbolUse): Related[] {
  return more > 0 ? [{ message: `'${name}' is asked for in ${places(more)}` }] : [];
}

function places(further: number): string {
  return `${further} further ${further === 1 ? 'place' : 'places'}`;
}

/** What the claim depends on. */
export function conditionNotes({ presence, condition }: UseSite): Related[] {
  return presence === 'yes' || condition === undefined ? [] : [{ message: `only if '${condition}' holds` }];
}

/** Each license of a module that is not compatible with the GPL. */
export function licenseNotes({ licenses }: Module): Related[] {
  return licenses.filter((tag) => tag.isCompatible === false).map(incompatibleNote);
}

/** Who exports a symbol, and how: 'GPL-only', or in which namespace. */
export function exportNote({ name, provider, at }: KernelExport, how: string, kernel: Kernel): Related {
  const message = `'${name}' is exported ${how} by ${provider}`;
  // A module of the workspace exports its symbols in a source, whatever the kernel.
  const isSource = at !== undefined && !basename(at.file).includes('symvers');
  return {
    message: isSource ? message : `${message} (kernel ${kernel.release})`,
    ...(at && { at }),
  };
}

/** Which license keeps a module from GPL-only symbols. */
export function incompatibleNote({ value = '', at }: LicenseTag): Related {
  return { message: `"${value.replaceAll('\0', '\\0')}" is not compatible with the GPL`, at };
}

/** Where a module says that it is compatible. */
export function compatibleNotes({ licenses }: Module): Related[] {
  return licenses
    .filter((tag) => tag.isCompatible === true)
    .map(({ value, at }) => ({ message: `MODULE_LICENSE says "${value}"`, at }));
}
