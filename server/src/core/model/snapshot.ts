import type { Problem } from '../finding';
import type { Kernel } from '../kernel/kernel';
import type { Module, SourceFile } from './module';

/** Everything known at one revision. Reading it after a later write throws `Stale`. */
export interface Snapshot {
  readonly revision: number;
  /** As `revision`, but links that come do not count. */
  readonly changes: number;
  readonly kernel: Kernel;
  readonly modules: readonly Module[];
  /** What could not be read or understood in the whole workspace. */
  readonly problems: readonly Problem[];
  file(path: string): SourceFile | undefined;
  /** Modules that a file is a member, a local header or the Makefile of. */
  modulesOf(path: string): readonly Module[];
  /** Paths of all files known, members and headers first. */
  files(): Iterable<string>;
}

/** A snapshot was read after the analysis had moved on; only the guard around handlers catches it. */
export class Stale extends Error {
  constructor() {
    super('the snapshot is out of date');
  }
}
