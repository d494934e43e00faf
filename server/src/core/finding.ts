import type { Span } from './text';

/** In the order of weight; `hint` is shown only where the reader already looks. */
export const severities = ['error', 'warning', 'info', 'hint'] as const;
export type Severity = (typeof severities)[number];

/** A range of one file; `file` is an absolute path in the form of `path.ts`. */
export interface Location {
  readonly file: string;
  readonly span: Span;
}

/** Why a finding is one: a cause, with its place where it has one (an embedded kernel's export has none). */
export interface Related {
  readonly message: string;
  readonly at?: Location;
}

export interface Edit extends Location {
  readonly newText: string;
}

/** `safe` fixes keep the program's meaning and are applied by "fix all"; others are only offered. */
export interface Fix {
  readonly title: string;
  readonly safe: boolean;
  readonly edits: readonly Edit[];
}

export interface Finding {
  /** Rule id, which is also the diagnostic code, the page's name and the settings key. */
  readonly rule: string;
  readonly severity: Severity;
  readonly at: Location;
  readonly message: string;
  readonly related: readonly Related[];
  readonly fixes: readonly Fix[];
}

/** What could not be read or understood: what, where and what to do, as one sentence. Never a rule's finding. */
export interface Problem {
  readonly message: string;
  /** The file or folder it is about; with `span` the place in it. */
  readonly file?: string;
  readonly span?: Span;
}
