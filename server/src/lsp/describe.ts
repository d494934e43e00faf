import type { Kernel } from '../core/kernel/kernel';
import type { Module } from '../core/model/module';
import type { StatusKernel, StatusModule } from './protocol';

/** Which kernel is used, and why. */
export function describeKernel({ release, origin, folder, chosenBecause, exports }: Kernel): StatusKernel {
  return { release, origin, folder: folder ?? null, because: chosenBecause, exports: exports.size };
}

/** What is shown of a module's license. */
export function describeModule({ name, verdict, licenses }: Module): StatusModule {
  return { name, verdict, licenses: licenses.map(({ value, text }) => value ?? text) };
}
