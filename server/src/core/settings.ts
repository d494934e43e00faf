import type { Severity } from './finding';

/** Severity per rule id; `off` switches the rule off; a missing one has the rule's own. */
export type Severities = Readonly<Record<string, Severity | 'off'>>;

/** What a user can choose. Validated at the edge, passed down, stored nowhere in core. */
export interface Settings {
  /** Folder of kernel headers, or name of an embedded kernel (`embedded:6.1-amd64`), or empty: found by itself. */
  readonly kernel: string;
  /** Further `Module.symvers` files (absolute paths). */
  readonly extraSymvers: readonly string[];
  readonly rules: Severities;
  /** Whether licenses and exports have a line above them. */
  readonly codeLens: boolean;
  /** Whether names that ask for GPL-only symbols are marked in the text. */
  readonly inlayHints: boolean;
  /** Glob patterns, relative to a workspace folder, of what is not read. */
  readonly exclude: readonly string[];
  /** What the project's own file says besides. */
  readonly project?: ProjectSettings;
  /** Nobody vouches for the project: its own file must not name files to read. */
  readonly isUntrusted?: true;
}

/** The part of `untainted.json` that a user's own settings have no words for; globs are relative to `folder`. */
export interface ProjectSettings {
  readonly folder: string;
  readonly exclude: readonly string[];
  /** Severities of the files that match; of several for one file the last that names the rule counts. */
  readonly overrides: readonly { readonly files: readonly string[]; readonly rules: Severities }[];
}

export const defaultSettings: Settings = {
  kernel: '',
  extraSymvers: [],
  rules: {},
  codeLens: true,
  inlayHints: false,
  exclude: ['**/.git/**', '**/node_modules/**'],
};

/** Whether a kernel setting names an embedded kernel, and so no folder. */
export function isEmbedded(kernel: string): boolean {
  return /^embedded(?::|$)/.test(kernel);
}
