import { createHash } from 'node:crypto';
import { readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Problem } from '../core/finding';
import { type ConfigFile, parseConfig } from '../core/kernel/config';
import type { KernelExport, KernelVersion } from '../core/kernel/kernel';
import { knownCompatibleLicenses, parseLicenseHeader } from '../core/kernel/license';
import { parseSymvers } from '../core/kernel/symvers';
import { parseRelease, parseTopMakefile, parseUtsRelease, parseVersionHeader } from '../core/kernel/version';

/** What a folder of kernel headers, a build folder or a source tree says. */
export interface Headers {
  readonly release: string;
  readonly version: KernelVersion | undefined;
  /** `undefined` without a `Module.symvers` that has any. */
  readonly exports: readonly KernelExport[] | undefined;
  /** Set options; `undefined` without a configuration. */
  readonly options: ReadonlyMap<string, string> | undefined;
  readonly compatibleLicenses: ReadonlySet<string>;
  /** Where the rest is: the shared headers of a distribution, the sources of a separate build folder. */
  readonly sourceFolder: string | undefined;
}

/** Paths leave io with `/` between segments. */
export function portable(path: string): string {
  return path.replaceAll('\\', '/');
}

/** Reads a kernel's folder; `undefined` if it is none. Problems and every file looked at go into `inputs`. */
export async function readHeaders(folder: string, inputs: InputFiles): Promise<Headers | undefined> {
  const read = (path: string) => inputs.read(join(folder, path));
  const [symvers, makefile, utsRelease, kernelRelease, versionHeader] = await Promise.all(
    [
      'Module.symvers',
      'Makefile',
      'include/generated/utsrelease.h',
      'include/config/kernel.release',
      'include/generated/uapi/linux/version.h',
    ].map(read),
  );
  const config = await readConfig(folder, inputs);
  const top = makefile === undefined ? undefined : parseTopMakefile(makefile);
  const own = symvers ?? utsRelease ?? kernelRelease ?? config ?? top?.version;
  if (own === undefined && top?.sourceFolder === undefined) return undefined;
  const source = await findSource(folder, top?.sourceFolder, inputs);
  if (own === undefined && !source) return undefined;
  const outer = source?.top ?? top;
  if (top?.sourceFolder !== undefined && !source) {
    const message = `'${join(folder, 'Makefile')}' includes '${top.sourceFolder}', which is not there nor beside it: the kernel's version and license strings may be taken from elsewhere; install the package with the common headers.`;
    inputs.report({ message, file: portable(join(folder, 'Makefile')) });
  }

  const release =
    (utsRelease && parseUtsRelease(utsRelease)) ||
    kernelRelease?.trim().slice(0, 200) ||
    outer?.release ||
    config?.version ||
    basename(folder);
  const version =
    outer?.version ??
    (versionHeader === undefined ? undefined : parseVersionHeader(versionHeader)) ??
    parseRelease(config?.version ?? release);
  const listed = symvers === undefined ? [] : readSymvers(symvers, join(folder, 'Module.symvers'), inputs);
  const exports = listed.length > 0 ? listed : undefined;
  reportGaps(folder, { exports, config, version }, inputs);
  return {
    release,
    version,
    exports,
    options: config?.options,
    sourceFolder: source && portable(source.folder),
    compatibleLicenses: await readLicenses([folder, ...(source ? [source.folder] : [])], inputs),
  };
}

/** Says what is not known about a kernel, and so not claimed. */
function reportGaps(
  folder: string,
  found: { exports: unknown; config: unknown; version: unknown },
  inputs: InputFiles,
): void {
  const file = portable(folder);
  if (!found.exports || !found.config) {
    const missing = [found.exports ? '' : 'Module.symvers with exports', found.config ? '' : 'configuration'];
    const unknown = [found.exports ? '' : 'exports', found.config ? '' : 'options'];
    const message = `'${folder}' has no ${missing.filter(Boolean).join(' and no ')}, so its ${unknown.filter(Boolean).join(' and ')} are not known: build the kernel in it or choose the headers of a built one.`;
    inputs.report({ message, file });
  }
  if (!found.version) {
    const message = `The version of the kernel in '${folder}' cannot be found: nothing that depends on it is claimed.`;
    inputs.report({ message, file });
  }
}

/** Whether a folder has what a module is built against; cheap, for choosing among several. */
export async function isBuiltKernel(folder: string): Promise<boolean> {
  const isThere = (path: string) =>
    stat(join(folder, path)).then(
      (found) => found.isFile(),
      () => false,
    );
  return (await isThere('Module.symvers')) || (await isThere('include/config/auto.conf')) || (await isThere('.config'));
}

/** Exports of one symvers file, its problems reported. */
export function readSymvers(text: string, file: string, inputs: InputFiles): readonly KernelExport[] {
  const symvers = parseSymvers(text, portable(file));
  inputs.report(...symvers.problems);
  return symvers.exports;
}

/** kbuild builds by auto.conf; a tree that is only configured has the `.config` alone. */
async function readConfig(folder: string, inputs: InputFiles): Promise<ConfigFile | undefined> {
  for (const name of ['include/config/auto.conf', '.config']) {
    const file = join(folder, name);
    const text = await inputs.read(file);
    if (text === undefined) continue;
    const config = parseConfig(text, portable(file));
    inputs.report(...config.problems);
    if (config.options.size > 0) return config;
  }
  return undefined;
}

/**
 * The source folder that split headers and separate build folders name in their Makefile. It is named by absolute
 * path, so headers that were unpacked elsewhere have it as their sibling; build folders may link to it besides. A folder
 * full of links into another one, as Ubuntu's headers of a flavour are, has that one for its source.
 */
async function findSource(folder: string, named: string | undefined, inputs: InputFiles) {
  const real = await realpath(folder).catch(() => folder);
  const linked = dirname(await realpath(join(folder, 'Makefile')).catch(() => join(real, 'Makefile')));
  const candidates = [...(linked === real ? [] : [linked]), join(folder, 'source')];
  if (named !== undefined && !isNetworkPath(named)) {
    const name = basename(named);
    candidates.unshift(resolve(real, named), join(dirname(real), name), join(dirname(resolve(folder)), name));
  }
  for (const candidate of new Set(candidates)) {
    const makefile = await inputs.read(join(candidate, 'Makefile'));
    const top = makefile === undefined ? undefined : parseTopMakefile(makefile);
    if (top?.version) return { folder: candidate, top };
  }
  return undefined;
}

async function readLicenses(folders: readonly string[], inputs: InputFiles): Promise<ReadonlySet<string>> {
  for (const folder of folders) {
    const file = join(folder, 'include/linux/license.h');
    const text = await inputs.read(file);
    if (text === undefined) continue;
    const { accepted, problems } = parseLicenseHeader(text, portable(file));
    inputs.report(...problems);
    return accepted;
  }
  return knownCompatibleLicenses;
}

/** A path that would make the machine log in elsewhere: never followed where a file names it. */
export function isNetworkPath(path: string): boolean {
  return /^[\\/]{2}/.test(path);
}

/** The system's word for what went wrong (`ENOENT`), or the whole error where it has none. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}

export function isMissing(code: string): boolean {
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** Files read for one kernel, with what went wrong and what tells that they have changed. */
export class InputFiles {
  readonly #stamps = new Map<string, string>();
  readonly #problems: Problem[] = [];

  /** Native paths of all files looked at, there or not. */
  get files(): readonly string[] {
    return [...this.#stamps.keys()];
  }

  get problems(): readonly Problem[] {
    return this.#problems;
  }

  /** Changes when a file does. */
  get digest(): string {
    const stamps = [...this.#stamps].map(([file, stamp]) => `${file} ${stamp}`).sort();
    return createHash('sha256').update(stamps.join('\n')).digest('hex').slice(0, 16);
  }

  /** Notes a file that is not there, but would change the choice if it were. */
  expect(file: string): void {
    if (!this.#stamps.has(file)) this.#stamps.set(file, 'missing');
  }

  report(...problems: readonly Problem[]): void {
    this.#problems.push(...problems);
  }

  /** A file's text; `undefined` if it is not there, or with a problem if it cannot be read as one. */
  async read(file: string): Promise<string | undefined> {
    const bytes = await this.readBytes(file);
    if (!bytes?.subarray(0, sniffed).includes(0)) return bytes?.toString('utf8');
    this.report({ message: `'${file}' is not a text file: it is left out.`, file: portable(file) });
    return undefined;
  }

  async readBytes(file: string): Promise<Buffer | undefined> {
    this.#stamps.set(file, 'missing');
    try {
      const found = await stat(file);
      this.#stamps.set(file, `${found.mtimeMs} ${found.size}`);
      if (!found.isFile()) return this.#refuse(file, found.isDirectory() ? 'is a folder, not a file' : 'is not a file');
      if (found.size > largestFile) return this.#refuse(file, `is larger than ${largestFile >> 20} MB`);
      return await readFile(file);
    } catch (error) {
      const code = errorCode(error);
      if (isMissing(code)) return undefined;
      return this.#refuse(file, `cannot be read (${code === 'EACCES' ? 'permission denied' : code})`);
    }
  }

  #refuse(file: string, why: string): undefined {
    this.report({ message: `'${file}' ${why}: it is left out.`, file: portable(file) });
  }
}

const largestFile = 64 << 20;
/** A text file has no NUL; a binary one has it early. */
const sniffed = 4096;
