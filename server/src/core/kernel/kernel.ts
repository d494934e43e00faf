import type { Location, Problem } from '../finding';

/** What modules are built against: exports, configuration, license table. Immutable. */
export interface Kernel {
  /** Stable while the kernel's files stay the same: facts computed for one id may be kept. */
  readonly id: string;
  /** What users see: `6.1.0-56-amd64`. */
  readonly release: string;
  readonly version: KernelVersion | undefined;
  readonly origin: 'headers' | 'embedded';
  /** Folder of the headers, as the user would name it; `undefined` for an embedded kernel. */
  readonly folder: string | undefined;
  /** Folder of the sources or shared headers that the headers' Makefile names, if it is another one. */
  readonly sourceFolder: string | undefined;
  readonly exports: ExportTable;
  readonly config: KernelConfig;
  /** Strings that `license_is_gpl_compatible` accepts, exactly as in the tree's include/linux/license.h. */
  readonly compatibleLicenses: ReadonlySet<string>;
  /** Ends the sentence "This kernel is used because …": `KDIR in Makefile names it`. */
  readonly chosenBecause: string;
  /** Every file it was read from or that was looked for, so that a change of one calls for opening it again. */
  readonly inputs: readonly string[];
  readonly problems: readonly Problem[];
}

export interface KernelVersion {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

/** Negative, zero or positive as `a` is older than, equal to or newer than `b`. */
export function compareVersions(a: KernelVersion, b: KernelVersion): number {
  return a.major - b.major || a.minor - b.minor || a.patch - b.patch;
}

/** Whether `version` is at least `major.minor`; `undefined` if it is not known. */
export function isAtLeast(version: KernelVersion | undefined, major: number, minor: number): boolean | undefined {
  return version && compareVersions(version, { major, minor, patch: 0 }) >= 0;
}

export interface KernelExport {
  readonly name: string;
  readonly isGplOnly: boolean;
  /** Empty if the export is in no namespace. */
  readonly namespace: string;
  /** `vmlinux` or the module's path without suffix, as in `drivers/net/dummy`. */
  readonly provider: string;
  /** The line of the symvers file, if it came from one. */
  readonly at?: Location;
}

export interface ExportTable {
  readonly size: number;
  get(name: string): KernelExport | undefined;
  [Symbol.iterator](): Iterator<KernelExport>;
}

export interface KernelConfig {
  /** Whether a configuration was found at all; if not, `get` is always `undefined` and means nothing. */
  readonly isKnown: boolean;
  /** `y`, `m`, a number or a string's content, for a name with its `CONFIG_`; `undefined` if it is not set. */
  get(name: string): string | undefined;
}
