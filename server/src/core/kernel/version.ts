import type { KernelVersion } from './kernel';

/** The version at the head of a release string: `6.1.0-56-amd64`, `6.17-rc3`, `5.10.234+`. */
export function parseRelease(release: string): KernelVersion | undefined {
  const match = /^\s*v?(\d{1,5})\.(\d{1,5})(?:\.(\d{1,5}))?/.exec(release);
  return match ? versionOf(match[1], match[2], match[3]) : undefined;
}

/** The release in include/generated/utsrelease.h: `#define UTS_RELEASE "6.1.0-56-amd64"`. */
export function parseUtsRelease(text: string): string | undefined {
  return /^[ \t]*#[ \t]*define[ \t]+UTS_RELEASE[ \t]+"([^"\n]{1,200})"/m.exec(text)?.[1];
}

/** The version in include/generated/uapi/linux/version.h, which has it in three parts since 5.13. */
export function parseVersionHeader(text: string): KernelVersion | undefined {
  const part = (name: string) =>
    new RegExp(`^[ \\t]*#[ \\t]*define[ \\t]+LINUX_VERSION_${name}[ \\t]+(\\d{1,9})\\b`, 'm').exec(text)?.[1];
  const major = part('MAJOR');
  if (major !== undefined) return versionOf(major, part('PATCHLEVEL'), part('SUBLEVEL'));
  const code = Number(part('CODE'));
  return code > 0 ? { major: code >> 16, minor: (code >> 8) & 255, patch: code & 255 } : undefined;
}

/** What a kernel's top Makefile says of itself, or where it sends make for it. */
export interface TopMakefile {
  readonly version: KernelVersion | undefined;
  /** As in `6.1.192-rc1`: version with EXTRAVERSION, without the local part. */
  readonly release: string | undefined;
  /**
   * Folder of the Makefile that this one stands for: split headers `include` it by path, older build folders call
   * `$(MAKE) -C` on it. As written, so perhaps relative or not there.
   */
  readonly sourceFolder: string | undefined;
}

/** Reads the top Makefile of a kernel tree, of a build folder or of split headers. */
export function parseTopMakefile(text: string): TopMakefile {
  const head = text.slice(0, headLength);
  const variable = (name: string) =>
    new RegExp(`^${name}[ \\t]*:?=[ \\t]*([\\w.+~-]*)[ \\t]*\\r?$`, 'm').exec(head)?.[1];
  const version = versionOf(variable('VERSION'), variable('PATCHLEVEL'), variable('SUBLEVEL'));
  const release = version && `${version.major}.${version.minor}.${version.patch}${variable('EXTRAVERSION') ?? ''}`;
  // The real top Makefile includes scripts of its own: only a small one stands for another.
  const isSmall = text.length <= smallMakefile;
  const included = isSmall ? /^-?include[ \t]+([^\s$#]+)\/Makefile[ \t]*\r?$/m.exec(text)?.[1] : undefined;
  const called = isSmall ? /^MAKEARGS[ \t]*:?=[ \t]*-C[ \t]+([^\s$#]+)/m.exec(text)?.[1] : undefined;
  // Older build folders repeat VERSION and PATCHLEVEL alone, which would pass for the patch level 0.
  const isWhole = variable('SUBLEVEL') !== undefined;
  return {
    version: isWhole ? version : undefined,
    release: isWhole ? release : undefined,
    sourceFolder: included ?? called,
  };
}

/** The assignments stand in the first lines. */
const headLength = 4096;
const smallMakefile = 4096;

function versionOf(major?: string, minor?: string, patch = '0'): KernelVersion | undefined {
  if (!/^\d{1,5}$/.test(major ?? '') || !/^\d{1,5}$/.test(minor ?? '')) return undefined;
  return { major: Number(major), minor: Number(minor), patch: /^\d{1,5}$/.test(patch) ? Number(patch) : 0 };
}
