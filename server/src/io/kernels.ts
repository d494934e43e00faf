import { readdirSync } from 'node:fs';
import { access, constants, stat } from 'node:fs/promises';
import { homedir, release } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import type { KernelFolderHint } from '../core/kbuild/build';
import { configOf, unknownConfig } from '../core/kernel/config';
import { exportTable, mergeExports } from '../core/kernel/exports';
import type { Kernel, KernelExport } from '../core/kernel/kernel';
import { embeddedFolder, listEmbedded, openEmbedded } from './embedded';
import {
  errorCode,
  InputFiles,
  isBuiltKernel,
  isMissing,
  isNetworkPath,
  portable,
  readHeaders,
  readSymvers,
} from './headers';

export interface KernelRequest {
  /** As in `Settings.kernel`: a folder, `embedded:NAME`, or empty to find one. */
  readonly setting: string;
  /** What the Makefiles take for the kernel's folder, in the order to try them. */
  readonly hints: readonly KernelFolderHint[];
  /** Further symvers files, absolute. */
  readonly extraSymvers: readonly string[];
}

/** One kernel that could be chosen, for a list; `setting` is what chooses it. */
export interface KernelChoice {
  readonly label: string;
  readonly description: string;
  readonly setting: string;
  readonly kind: 'headers' | 'embedded';
  readonly isRunning: boolean;
  /** Whether its exports are there: headers of a kernel that was not built have none. */
  readonly hasExports: boolean;
}

/** Where this machine keeps kernels. */
export interface Machine {
  /** Release of the running kernel. */
  readonly release: string;
  /** The folder that has one folder per installed kernel, as `/lib/modules`. */
  readonly modules: string;
  /** Folders in which headers are installed side by side, as `/usr/src`. */
  readonly sources: readonly string[];
  /** The folder of the embedded kernels. */
  readonly embedded: string;
}

/** The machine it runs on. */
export function thisMachine(): Machine {
  const sources = ['/usr/src', '/usr/src/kernels'];
  return { release: release(), modules: '/lib/modules', sources, embedded: embeddedFolder() };
}

/**
 * The kernel that modules are built against: what the setting names; else what a Makefile names; else the headers of
 * the running kernel, then the newest installed ones; else the embedded default. Never rejects: what could not be read
 * is among the kernel's problems, and a setting that fails leads to the embedded default with a problem that says so.
 */
export async function openKernel(request: KernelRequest, machine: Machine = thisMachine()): Promise<Kernel> {
  const inputs = new InputFiles();
  const setting = request.setting.trim();
  const kernel = setting
    ? await openSetting(setting, machine, inputs)
    : ((await openHint(request.hints, machine, inputs)) ??
      (await openInstalled(machine, inputs)) ??
      (await openDefault('no kernel headers were found on this machine', machine, inputs)));

  const extra: KernelExport[] = [];
  for (const file of request.extraSymvers) {
    const before = inputs.problems.length;
    const text = await inputs.read(resolve(file));
    if (text !== undefined) for (const one of readSymvers(text, resolve(file), inputs)) extra.push(one);
    else if (inputs.problems.length === before) {
      const message = `'${file}' is not there, so the symbols that other modules export are not known: build these modules first or correct the path (extraSymvers, KBUILD_EXTRA_SYMBOLS).`;
      inputs.report({ message, file: portable(file) });
    }
  }
  return {
    ...kernel,
    id: `${kernel.id}:${inputs.digest}`,
    exports: extra.length > 0 ? mergeExports(kernel.exports, extra) : kernel.exports,
    inputs: inputs.files.map(portable),
    problems: inputs.problems,
  };
}

/** Kernels that could be chosen: headers installed on this machine, newest first, then the embedded ones. */
export function listKernels(machine: Machine = thisMachine()): KernelChoice[] {
  const installed = installedFolders(machine).map((folder) => ({
    label: nameOf(folder),
    description: portable(folder),
    setting: portable(folder),
    kind: 'headers' as const,
    isRunning: nameOf(folder) === machine.release,
    hasExports: list(folder).includes('Module.symvers'),
  }));
  const embedded = listEmbedded(machine.embedded).map((one) => ({
    label: `${one.release} (embedded)`,
    description: `${one.distribution}, ${one.architecture}, ${one.exports} exports`,
    setting: `embedded:${one.name}`,
    kind: 'embedded' as const,
    isRunning: false,
    hasExports: true,
  }));
  return [...installed, ...embedded];
}

/** A kernel before the extra symvers and the account of its files. */
type Opened = Omit<Kernel, 'inputs' | 'problems'>;

async function openSetting(setting: string, machine: Machine, inputs: InputFiles): Promise<Opened> {
  const name = /^embedded(?::(.*))?$/.exec(setting);
  if (name) {
    const list = listEmbedded(machine.embedded);
    const wanted = name[1] || list[0]?.name;
    if (wanted && list.some((one) => one.name === wanted)) {
      return openEmbeddedKernel(wanted, 'the setting names it', machine, inputs);
    }
    const names = list.map((one) => `embedded:${one.name}`).join(', ') || 'none';
    return openFallback(setting, `is not among the embedded kernels (${names})`, machine, inputs);
  }
  const folder = resolve(setting.replace(/^~(?=[\\/]|$)/, homedir()));
  const opened = await openFolder(folder, 'the setting names it', inputs);
  return typeof opened === 'string' ? openFallback(setting, opened, machine, inputs) : opened;
}

/** The setting failed: the user must not take the embedded kernel for the one that was asked for. */
async function openFallback(setting: string, why: string, machine: Machine, inputs: InputFiles): Promise<Opened> {
  const kernel = await openDefault(`the setting '${setting}' ${why}`, machine, inputs);
  const message = `The kernel that is set, '${setting}', ${why}: the embedded ${kernel.release} is used instead; name a folder of kernel headers, as in /lib/modules/$(uname -r)/build.`;
  inputs.report({ message, file: portable(setting) });
  return kernel;
}

async function openHint(
  hints: readonly KernelFolderHint[],
  machine: Machine,
  inputs: InputFiles,
): Promise<Opened | undefined> {
  const tried = new Set<string>();
  for (const hint of hints) {
    const value = expandHint(hint.value, machine);
    if (value === undefined) continue;
    const folder = resolve(dirname(hint.at.file), value);
    if (tried.has(folder)) continue;
    tried.add(folder);
    // A folder that is not there is the rule on a machine that only edits: no problem, the next one is tried.
    if (!(await isThere(folder))) {
      inputs.expect(join(folder, 'Module.symvers'));
      continue;
    }
    const opened = await openFolder(folder, `${hint.at.file} names '${hint.value}'`, inputs);
    if (typeof opened !== 'string') return opened;
    const message = `The kernel folder of ${hint.at.file}, '${folder}', ${opened}: another kernel is used.`;
    inputs.report({ message, file: hint.at.file, span: hint.at.span });
  }
  return undefined;
}

/** The running release is put in; any other variable is not known, and nothing is guessed for it. */
function expandHint(value: string, machine: Machine): string | undefined {
  const running =
    /\$[({]\s*shell\s+uname\s+(?:-r|--kernel-release)\s*[)}]|\$\$?\(\s*uname\s+-r\s*\)|`\s*uname\s+-r\s*`/g;
  const expanded = value.trim().replace(running, () => machine.release);
  return expanded === '' || /[$`\n\0]/.test(expanded) || isNetworkPath(expanded) ? undefined : expanded;
}

async function openInstalled(machine: Machine, inputs: InputFiles): Promise<Opened | undefined> {
  const running = join(machine.modules, machine.release, 'build');
  for (const folder of [running, ...installedFolders(machine)]) {
    if (!(await isBuiltKernel(folder))) continue;
    const why = folder === running ? 'it is the running one' : 'it is the newest of the installed ones';
    const opened = await openFolder(folder, why, inputs);
    if (typeof opened !== 'string') return opened;
  }
  return undefined;
}

/** Folders that may be headers, newest release first; for one release those of `/lib/modules` first. */
function installedFolders(machine: Machine): string[] {
  const folders: string[] = [];
  for (const name of list(machine.modules)) folders.push(join(machine.modules, name, 'build'));
  for (const source of machine.sources) {
    const isPlain = basename(source) === 'kernels';
    for (const name of list(source)) if (isPlain || /^linux-headers-\d/.test(name)) folders.push(join(source, name));
  }
  const built = folders.filter((folder) =>
    list(folder).some((name) => name === 'Module.symvers' || name === '.config'),
  );
  const seen = new Set<string>();
  return built
    .sort((a, b) => nameOf(b).localeCompare(nameOf(a), 'en', { numeric: true }))
    .filter((folder) => !seen.has(nameOf(folder)) && seen.add(nameOf(folder)));
}

function nameOf(folder: string): string {
  const name = basename(folder);
  return name === 'build' ? basename(dirname(folder)) : name.replace(/^linux-headers-/, '');
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Opens a folder of headers, or the `build` folder in it as `/lib/modules/RELEASE` has one; else says why not. */
async function openFolder(folder: string, because: string, inputs: InputFiles): Promise<Opened | string> {
  const obstacle = await obstacleOf(folder);
  if (obstacle !== undefined) {
    inputs.expect(join(folder, 'Module.symvers'));
    return obstacle;
  }
  for (const candidate of [folder, join(folder, 'build')]) {
    const headers = await readHeaders(candidate, inputs);
    if (!headers) continue;
    return {
      id: `headers:${portable(candidate)}`,
      release: headers.release,
      version: headers.version,
      origin: 'headers',
      folder: portable(candidate),
      sourceFolder: headers.sourceFolder,
      exports: exportTable(headers.exports ?? []),
      config: headers.options ? configOf(headers.options) : unknownConfig,
      compatibleLicenses: headers.compatibleLicenses,
      chosenBecause: because,
    };
  }
  return 'is not a folder of kernel headers (it has neither Module.symvers nor a kernel configuration nor a kernel Makefile)';
}

async function openDefault(because: string, machine: Machine, inputs: InputFiles): Promise<Opened> {
  const name = listEmbedded(machine.embedded)[0]?.name ?? 'default';
  return openEmbeddedKernel(name, because, machine, inputs);
}

async function openEmbeddedKernel(
  name: string,
  because: string,
  machine: Machine,
  inputs: InputFiles,
): Promise<Opened> {
  const { kernel, digest } = await openEmbedded(machine.embedded, name, inputs);
  return {
    id: `embedded:${name}:${digest}`,
    release: kernel.release,
    version: kernel.version,
    origin: 'embedded',
    folder: undefined,
    sourceFolder: undefined,
    exports: kernel.exports,
    config: kernel.config,
    compatibleLicenses: kernel.compatibleLicenses,
    chosenBecause: because,
  };
}

/** Why a folder cannot be read. */
async function obstacleOf(folder: string): Promise<string | undefined> {
  try {
    if (!(await stat(folder)).isDirectory()) return 'is a file, not a folder of kernel headers';
    await access(folder, constants.R_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    const code = errorCode(error);
    if (isMissing(code)) return 'is not there';
    return `cannot be read (${code === 'EACCES' ? 'permission denied' : code})`;
  }
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error) => !isMissing(errorCode(error)),
  );
}
