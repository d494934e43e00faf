import type { Problem } from '../core/finding';
import type { Build } from '../core/kbuild/build';
import type { Snapshot } from '../core/model/snapshot';
import type { Settings } from '../core/settings';
import type { LineMap } from '../core/text';

export interface Progress {
  /** What is being done: 'Reading 4,312 sources'. */
  readonly message: string;
  /** 0 to 1, or `undefined` if it is not known how much is left. */
  readonly fraction: number | undefined;
}

export interface LoadOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

export interface WorkspaceOptions {
  readonly settings: Settings;
  /** False for a file opened without a folder: only the folder's own files are read, none below it. */
  readonly isRecursive?: boolean;
}

/**
 * One folder on disk with the open texts laid over it, and the analysis of both. Used by the terminal and the server
 * alike. Every path is absolute with `/`.
 */
export class Workspace {
  constructor(
    readonly folder: string,
    options: WorkspaceOptions,
  ) {
    void options;
  }

  /** Reads the folder: build files, kernel, sources. Rejects only with the signal's reason. */
  load(options?: LoadOptions): Promise<Snapshot> {
    throw new Error(`${options}`);
  }

  /** The last snapshot; empty before the first `load`. */
  get snapshot(): Snapshot {
    throw new Error();
  }

  get build(): Build {
    throw new Error();
  }

  /** Lays an editor's text over the file and brings the snapshot up to date; a few milliseconds. */
  openText(path: string, text: string): Promise<Snapshot> {
    throw new Error(path + text);
  }

  /** Goes back to what is on disk. */
  closeText(path: string): Promise<Snapshot> {
    throw new Error(path);
  }

  /** Files made, changed or deleted on disk; those that an open text covers are left alone. */
  filesChanged(paths: readonly string[], options?: LoadOptions): Promise<Snapshot> {
    throw new Error(`${paths}${options}`);
  }

  /** New settings: reads again what they change (the kernel, the excluded files, nothing). */
  setSettings(settings: Settings, options?: LoadOptions): Promise<Snapshot> {
    throw new Error(`${settings}${options}`);
  }

  /** The text the facts of a file come from (open over disk); also of a kernel's file that a related location names. */
  text(path: string): string | undefined {
    throw new Error(path);
  }

  /** Line map of `text(path)`, kept while the text stays the same. */
  lines(path: string): LineMap | undefined {
    throw new Error(path);
  }

  /** Kernels that could be chosen here: headers found on this machine, embedded ones. */
  kernels(): readonly { readonly label: string; readonly description: string; readonly setting: string }[] {
    throw new Error();
  }

  get problems(): readonly Problem[] {
    return this.snapshot.problems;
  }

  /** Ends worker threads. */
  dispose(): Promise<void> {
    throw new Error();
  }
}
