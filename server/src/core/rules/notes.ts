import type { Related } from '../finding';
import type { Kernel, KernelExport } from '../kernel/kernel';
import type { UseSite } from '../model/module';
import { basename } from '../path';

/** Each macro and function between a place and the symbol it asks for. */
export function stepNotes({ through }: UseSite): Related[] {
  return through.map((step) => ({ message: `the way goes through ${step.name}()`, at: step.at }));
}

/** What the claim depends on. */
export function conditionNotes({ presence, condition }: UseSite): Related[] {
  return presence === 'yes' || condition === undefined ? [] : [{ message: `only if '${condition}' holds` }];
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
