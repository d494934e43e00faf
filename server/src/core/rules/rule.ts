import type { Fix, Location, Related, Severity } from '../finding';
import type { Kernel } from '../kernel/kernel';
import type { Module, SourceFile } from '../model/module';
import type { Suppression } from '../syntax/facts';

/** What a rule's `check` yields: severity, settings and suppression are none of its business. */
export interface Match<Data> {
  readonly at: Location;
  readonly message: string;
  readonly related?: readonly Related[];
  /** Weaker than the rule's own severity, where the claim is (code that is compiled only perhaps). */
  readonly severity?: Severity;
  /** What `fix` needs. */
  readonly data: Data;
}

interface RuleHead {
  /** Names the pattern found, in kebab case; also the page's name, the diagnostic's code and the settings key. */
  readonly id: string;
  readonly severity: Severity;
  /** One sentence. */
  readonly summary: string;
  /** How an editor draws the place: faded, where it can go without loss; struck out, where something better took its place. */
  readonly tag?: 'unnecessary' | 'deprecated';
}

interface RuleDefinition<Subject, Data> extends RuleHead {
  check(subject: Subject, kernel: Kernel): Iterable<Match<Data>>;
  fix?(data: Data, subject: Subject, kernel: Kernel): readonly Fix[];
}

/** A file and the modules it belongs to: none for a file that is only lying there. */
export interface FileSubject {
  readonly file: SourceFile;
  readonly modules: readonly Module[];
}

/** A file with what of its suppressions holds nothing back, as far as that can be told. */
export interface SuppressionSubject {
  readonly file: SourceFile;
  readonly idle: readonly Idle[];
}

/** A name in a suppression that does nothing. */
export interface Idle {
  readonly suppression: Suppression;
  /** Missing where no rule is named at all. */
  readonly name: Suppression['rules'][number] | undefined;
  /** Of the rule that is named; missing where there is no such rule. */
  readonly scope: Rule['scope'] | undefined;
  /** Rules whose names it resembles. */
  readonly near: readonly string[];
}

export interface ModuleRuleDefinition<Data> extends RuleDefinition<Module, Data> {
  readonly scope: 'module';
}

export interface FileRuleDefinition<Data> extends RuleDefinition<FileSubject, Data> {
  readonly scope: 'file';
}

export interface SuppressionRuleDefinition<Data> extends RuleDefinition<SuppressionSubject, Data> {
  readonly scope: 'suppression';
}

/** A match with its fixes: what the rule's data was is of no concern to anybody else. */
export interface Found {
  readonly at: Location;
  readonly message: string;
  readonly related: readonly Related[];
  readonly severity: Severity | undefined;
  readonly fixes: readonly Fix[];
}

export interface ModuleRule extends RuleHead {
  readonly scope: 'module';
  run(subject: Module, kernel: Kernel): Iterable<Found>;
}

export interface FileRule extends RuleHead {
  readonly scope: 'file';
  run(subject: FileSubject, kernel: Kernel): Iterable<Found>;
}

/** A rule about what the others found: it runs last. */
export interface SuppressionRule extends RuleHead {
  readonly scope: 'suppression';
  run(subject: SuppressionSubject, kernel: Kernel): Iterable<Found>;
}

export type Rule = ModuleRule | FileRule | SuppressionRule;

/** A rule of its definition: ties each match to its fixes. */
export function defineRule<Data>(definition: ModuleRuleDefinition<Data>): ModuleRule;
export function defineRule<Data>(definition: FileRuleDefinition<Data>): FileRule;
export function defineRule<Data>(definition: SuppressionRuleDefinition<Data>): SuppressionRule;
export function defineRule<Data>(
  definition: ModuleRuleDefinition<Data> | FileRuleDefinition<Data> | SuppressionRuleDefinition<Data>,
): Rule {
  const { id, severity, summary, tag } = definition;
  const head = { id, severity, summary, ...(tag && { tag }) };
  switch (definition.scope) {
    case 'module':
      return { ...head, scope: 'module', run: (subject, kernel) => run(definition, subject, kernel) };
    case 'file':
      return { ...head, scope: 'file', run: (subject, kernel) => run(definition, subject, kernel) };
    case 'suppression':
      return { ...head, scope: 'suppression', run: (subject, kernel) => run(definition, subject, kernel) };
  }
}

function* run<Subject, Data>(
  definition: RuleDefinition<Subject, Data>,
  subject: Subject,
  kernel: Kernel,
): Iterable<Found> {
  for (const match of definition.check(subject, kernel)) {
    yield {
      at: match.at,
      message: match.message,
      related: match.related ?? [],
      severity: match.severity,
      fixes: definition.fix?.(match.data, subject, kernel) ?? [],
    };
  }
}
