import { statSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import type { Module } from '../core/model/module';
import type { Snapshot } from '../core/model/snapshot';
import { dirname, isInside } from '../core/path';
import { projectFileName } from '../core/project/file';
import { defaultSettings, isEmbedded, type Settings } from '../core/settings';
import { listKernels } from '../io/kernels';
import type { Progress } from '../io/options';
import { Workspace } from '../io/workspace';
import { CannotRun } from './failure';
import { toCorePath } from './paths';
import { createProgress } from './progress';
import type { Target } from './targets';
import type { Terminal } from './terminal';

/** Options that every command which reads a workspace has, as commander hands them over. */
export interface WorkspaceFlags {
  readonly kernel?: string;
  readonly extraSymvers?: readonly string[];
  readonly exclude?: readonly string[];
  readonly config?: string;
  readonly baseline?: string;
  readonly quiet?: boolean;
  readonly module?: readonly string[];
}

/** How far symbol uses are followed; see `addDepthFlags`. */
export interface DepthFlags {
  readonly direct?: boolean;
  readonly exact?: boolean;
  /** Commander's form of `--no-uses`: only which symbols are asked for, not where. */
  readonly uses?: boolean;
}

/** The nearest `untainted.json`: of the folder, or above it up to where the command runs. */
export function projectFile({ config }: WorkspaceFlags, folder: string, cwd: string): string {
  if (config !== undefined) {
    if (!isKind(config, cwd, 'file')) throw new CannotRun(`there is no file '${config}' (--config)`);
    return toCorePath(config, cwd);
  }
  for (let at = folder; isInside(at, cwd); at = dirname(at)) {
    const file = `${at}/${projectFileName}`;
    if (isKind(file, cwd, 'file')) return file;
    if (at === cwd || dirname(at) === at) break;
  }
  return `${folder}/${projectFileName}`;
}

/** Checks the flags against the disk and makes settings of them. */
function toSettings(flags: WorkspaceFlags, cwd: string): Settings {
  return {
    ...defaultSettings,
    kernel: flags.kernel === undefined ? '' : toKernelSetting(flags.kernel, cwd),
    extraSymvers: (flags.extraSymvers ?? []).map((path) => {
      if (!isKind(path, cwd, 'file')) throw new CannotRun(`there is no symvers file '${path}' (--extra-symvers)`);
      return toCorePath(path, cwd);
    }),
    exclude: [...defaultSettings.exclude, ...(flags.exclude ?? [])],
  };
}

/** So many modules of a kernel's own are followed without being told to. */
const mostUnasked = 20;

/** Reads one target and hands it to `use`; worker threads end whatever happens. */
export async function withWorkspace<T>(
  terminal: Terminal,
  target: Omit<Target, 'files'> & Partial<Target>,
  flags: WorkspaceFlags,
  use: (workspace: Workspace, snapshot: Snapshot, directBecause: string | undefined) => Promise<T>,
  depth: DepthFlags = { direct: true },
): Promise<T> {
  const cwd = toCorePath('.');
  const { folder, isRecursive } = target;
  const settings = toSettings(flags, cwd);
  const workspace = new Workspace(folder, {
    settings,
    isRecursive,
    projectFile: projectFile(flags, folder, cwd),
    ...(flags.module !== undefined && { modules: flags.module }),
    ...(flags.baseline !== undefined && { baseline: toCorePath(flags.baseline, cwd) }),
  });
  const progress = createProgress(terminal, flags.quiet === true);
  try {
    const onProgress = (step: Progress) => progress.report(step);
    refuseWrongKernel(await workspace.load({ onProgress }), workspace.settings, flags);
    const asked = new Set(targetModules(target, workspace.snapshot).map((module) => module.path));
    const directBecause = obstacle(workspace, depth, asked.size);
    if (directBecause === undefined) {
      const of = (module: { readonly path: string }) => asked.has(module.path);
      await workspace.link({ onProgress, of, isBlocking: true, isBrief: depth.uses === false });
    }
    progress.clear();
    return await use(workspace, workspace.snapshot, directBecause);
  } finally {
    progress.clear();
    await workspace.dispose();
  }
}

/** The modules that were asked for: those of the files named, or all of the folder. */
export function targetModules({ files = [] }: Partial<Target>, snapshot: Snapshot): readonly Module[] {
  return files.length === 0 ? snapshot.modules : [...new Set(files.flatMap((file) => snapshot.modulesOf(file)))];
}

/** Why only direct uses are looked for; `undefined` if headers are followed. */
function obstacle(workspace: Workspace, { direct, exact }: DepthFlags, modules: number): string | undefined {
  if (direct) return '--direct asks for no more';
  if (workspace.linkObstacle !== undefined) return workspace.linkObstacle;
  const isLong = workspace.build.isKernelTree && exact !== true && modules > mostUnasked;
  return isLong ? 'a whole kernel takes minutes; --exact follows its headers' : undefined;
}

function toKernelSetting(value: string, cwd: string): string {
  if (value === 'embedded') return embeddedKernels()[0] ?? refuse(value);
  if (value.startsWith('embedded:')) return embeddedKernels().includes(value) ? value : refuse(value);
  if (!isKind(value, cwd, 'folder')) {
    throw new CannotRun(
      `there is no kernel folder '${value}' (--kernel); 'untainted kernels' lists what can be chosen here`,
    );
  }
  return isAbsolute(value) ? toCorePath(value) : toCorePath(value, cwd);
}

function embeddedKernels(): string[] {
  return listKernels()
    .map((kernel) => kernel.setting)
    .filter((setting) => setting.startsWith('embedded:'));
}

function refuse(value: string): never {
  const known = embeddedKernels();
  throw new CannotRun(
    `there is no kernel '${value}' (--kernel)${known.length > 0 ? `; there is ${known.join(', ')}` : ''}`,
  );
}

/** A kernel that was asked for by name must be the one that answers, or the answer means something else. */
function refuseWrongKernel({ kernel }: Snapshot, settings: Settings, flags: WorkspaceFlags): void {
  if (settings.kernel === '' || isEmbedded(settings.kernel)) return;
  if (kernel.origin === 'headers') return;
  const where = flags.kernel === undefined ? projectFileName : '--kernel';
  throw new CannotRun(`cannot check against '${settings.kernel}' (${where}): ${kernel.chosenBecause}`);
}

function isKind(path: string, cwd: string, kind: 'file' | 'folder'): boolean {
  try {
    const found = statSync(toCorePath(path, cwd));
    return kind === 'file' ? found.isFile() : found.isDirectory();
  } catch {
    return false;
  }
}
