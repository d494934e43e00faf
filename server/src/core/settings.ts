import type { Severity } from './finding';

/** What a user can choose. Validated at the edge, passed down, stored nowhere in core. */
export interface Settings {
  /** Folder of kernel headers, or name of an embedded kernel (`embedded:6.1-amd64`), or empty: found by itself. */
  readonly kernel: string;
  /** Further `Module.symvers` files (absolute paths). */
  readonly extraSymvers: readonly string[];
  /** Severity per rule id; `off` switches the rule off; a missing one has the rule's own. */
  readonly rules: Readonly<Record<string, Severity | 'off'>>;
  /** Glob patterns, relative to a workspace folder, of what is not read. */
  readonly exclude: readonly string[];
}

export const defaultSettings: Settings = {
  kernel: '',
  extraSymvers: [],
  rules: {},
  exclude: ['**/.git/**', '**/node_modules/**'],
};
