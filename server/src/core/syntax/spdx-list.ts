import oldExceptions from 'spdx-exceptions/deprecated.json';
import newExceptions from 'spdx-exceptions/index.json';
import oldIds from 'spdx-license-ids/deprecated.json';
import newIds from 'spdx-license-ids/index.json';
import names from 'spdx-license-list/spdx.json';
import { compareTexts } from '../text';

/** What the kernel's LICENSES folder holds: `dual` ones only beside a license that is compatible with GPL version 2. */
export type KernelPlace = 'preferred' | 'dual' | 'deprecated';

/** A license of the SPDX list. */
export interface SpdxLicense {
  readonly id: string;
  /** `undefined` for one that came to the list after its names were gathered. */
  readonly name: string | undefined;
  readonly isOsiApproved: boolean | undefined;
  /** The SPDX list has a newer identifier for it. The kernel takes some of these still. */
  readonly isDeprecated: boolean;
  /** `undefined` if the kernel has no text of it. */
  readonly kernel: KernelPlace | undefined;
}

/** Identifiers in LICENSES/ of the kernel, the usual ones first. */
const kernelIds: Readonly<Record<KernelPlace, readonly string[]>> = {
  preferred:
    'GPL-2.0-only GPL-2.0-or-later GPL-2.0 GPL-2.0+ MIT BSD-2-Clause BSD-3-Clause BSD-3-Clause-Clear LGPL-2.1-only LGPL-2.1-or-later LGPL-2.1 LGPL-2.1+ LGPL-2.0 LGPL-2.0+'.split(
      ' ',
    ),
  dual: 'MPL-1.1 Apache-2.0 CDDL-1.0 CC-BY-4.0 copyleft-next-0.3.1'.split(' '),
  deprecated: 'ISC Zlib X11 Linux-OpenIB 0BSD CC0-1.0 GPL-1.0 GPL-1.0+ GFDL-1.1 GFDL-1.2'.split(' '),
};
/** Of LICENSES/exceptions. */
const kernelExceptions = ['Linux-syscall-note', 'GCC-exception-2.0'];

const old = new Set(oldIds);
const places = new Map(
  (['preferred', 'dual', 'deprecated'] as const).flatMap((place) =>
    kernelIds[place].map((id): [string, KernelPlace] => [id, place]),
  ),
);
const known = new Set([...newIds, ...oldIds]);
const described: Readonly<Record<string, { readonly name: string; readonly osiApproved: boolean } | undefined>> = names;

/** Every identifier: those the kernel prefers first, then its other ones, the current ones, the deprecated ones. */
export const licenseIds: readonly string[] = [
  ...new Set([...places.keys(), ...[...newIds].sort(byLetters), ...[...oldIds].sort(byLetters)]),
];

/** Every exception that may follow WITH, the kernel's own first. */
export const exceptionIds: readonly string[] = [
  ...new Set([...kernelExceptions, ...[...newExceptions].sort(byLetters), ...[...oldExceptions].sort(byLetters)]),
];

/** Whether the kernel's LICENSES folder has the exception. */
export function isKernelException(id: string): boolean {
  return kernelExceptions.includes(id);
}

/** Whether the SPDX list has a newer way to say the exception. */
export function isOldException(id: string): boolean {
  return oldExceptions.includes(id);
}

/** What is known of an identifier, spelled as the list spells it; `undefined` for one that is not in the list. */
export function spdxLicense(id: string): SpdxLicense | undefined {
  if (!known.has(id)) return undefined;
  const found = Object.hasOwn(described, id) ? described[id] : undefined;
  return {
    id,
    name: found?.name,
    isOsiApproved: found?.osiApproved,
    isDeprecated: old.has(id),
    kernel: places.get(id),
  };
}

function byLetters(a: string, b: string): number {
  return compareTexts(a.toLowerCase(), b.toLowerCase());
}
