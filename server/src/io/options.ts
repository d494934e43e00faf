import type { Settings } from '../core/settings';

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
  /** The user's own; what the project's file says is added to them. */
  readonly settings: Settings;
  /** The project's file, if it is not the `untainted.json` of the folder. */
  readonly projectFile?: string;
  /** The file of findings that are known, if it is not the one that the project's file names. */
  readonly baseline?: string;
  /** False for a file opened without a folder: only the folder's own files are read, none below it. */
  readonly isRecursive?: boolean;
  /** Globs of the modules to read, relative to the folder and without suffix; all without any. */
  readonly modules?: readonly string[];
}
