import type { Problem } from '../finding';
import type { HeaderCache } from './cache';
import type { Machine } from './machine';
import type { Expansions, Output } from './output';
import type { Target } from './target';
import type { Leading, NameTable, TranslationUnit } from './unit';

/**
 * Says that nobody looks at a unit's columns any more: the next unit is made in their place, which saves a large unit's
 * memory from being asked for anew each time.
 */
export function recycle(unit: TranslationUnit, cache: HeaderCache): void {
  if (unit instanceof MadeUnit) cache.spare.give(unit.out, unit.expansions);
}

/** The unit that a machine has made. */
export function unitOf(machine: Machine, leading: Leading | undefined): TranslationUnit {
  return new MadeUnit(
    machine.out,
    machine.expansions,
    machine.names,
    machine.request.compiler.target,
    machine.files,
    machine.problems,
    machine.missing,
    leading,
  );
}

class MadeUnit implements TranslationUnit {
  readonly count: number;
  readonly kind: Uint8Array;
  readonly name: Uint32Array;
  readonly file: Uint32Array;
  readonly offset: Uint32Array;
  readonly expansion: Uint32Array;

  constructor(
    readonly out: Output,
    readonly expansions: Expansions,
    readonly names: NameTable,
    readonly target: Target,
    readonly files: readonly string[],
    readonly problems: readonly Problem[],
    readonly missingHeaders: readonly string[],
    readonly leading: Leading | undefined,
  ) {
    this.count = out.count;
    this.kind = out.kind;
    this.name = out.name;
    this.file = out.file;
    this.offset = out.offset;
    this.expansion = out.expansion;
  }
}
