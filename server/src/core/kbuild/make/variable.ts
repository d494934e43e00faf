import type { Operator } from './statement';
import type { Piece, Reason, Source, Value } from './value';

/** Steps that one reading may still take: what keeps a text made to explode from doing so. */
export interface Budget {
  steps: number;
}

export type Origin = 'file' | 'command line' | 'override';

export interface Fragment {
  readonly source: Source;
  readonly start: number;
  readonly end: number;
  readonly when: Reason | undefined;
}

/** `pieces` of a variable that was expanded when it was assigned, `raw` of one that is expanded when it is used. */
export interface Variable {
  origin: Origin;
  pieces: Piece[] | undefined;
  raw: Fragment[];
}

export interface Recipe {
  readonly targets: Value;
  readonly source: Source;
  readonly start: number;
  readonly end: number;
  readonly when: Reason | undefined;
}

/** A rule that names a source: `foo/%.o: ../bar/%.c`; the range is what stands behind the colon. */
export interface SourceRule {
  readonly targets: Value;
  readonly source: Source;
  readonly start: number;
  readonly end: number;
}

/** An assignment that holds for some targets: `foo.o: ccflags-y += -DFOO`. */
export interface TargetVariable extends Fragment {
  readonly targets: Value;
  readonly name: string;
  readonly operator: Operator;
}

/** Lines of a makefile that were left out as one branch of a conditional. */
export interface Skipped {
  readonly lines: number;
  readonly at: Reason;
}
