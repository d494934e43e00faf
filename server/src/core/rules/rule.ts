import type { Fix, Location, Related, Severity } from '../finding';
import type { Kernel } from '../kernel/kernel';
import type { Module, SourceFile } from '../model/module';

/** What `check` yields: severity, settings and suppression are none of its business. */
export interface Match<Data> {
  readonly at: Location;
  readonly message: string;
  readonly related?: readonly Related[];
  /** Weaker than the rule's own severity, where the claim is (code that is compiled only perhaps). */
  readonly severity?: Severity;
  /** What `fix` needs. */
  readonly data: Data;
}

interface RuleBase<Subject, Data> {
  /** Names the pattern found, in kebab case; also the page's name, the diagnostic's code and the settings key. */
  readonly id: string;
  readonly severity: Severity;
  /** One sentence. */
  readonly summary: string;
  check(subject: Subject, kernel: Kernel): Iterable<Match<Data>>;
  fix?(data: Data, subject: Subject, kernel: Kernel): readonly Fix[];
}

export interface ModuleRule<Data = unknown> extends RuleBase<Module, Data> {
  readonly scope: 'module';
}

/** `modules` are those the file belongs to. */
export interface FileRule<Data = unknown> extends RuleBase<{ file: SourceFile; modules: readonly Module[] }, Data> {
  readonly scope: 'file';
}

export type Rule = ModuleRule<never> | FileRule<never>;
