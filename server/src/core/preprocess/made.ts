import type { Problem } from '../finding';
import type { Machine } from './machine';
import type { Expansions, Output } from './output';
import type { Expansion, NameTable, TranslationUnit } from './unit';

/** The unit that a machine has made. */
export function unitOf(machine: Machine): TranslationUnit {
  return new MadeUnit(machine.out, machine.expansions, machine.names, machine.files, machine.problems, machine.missing);
}

class MadeUnit implements TranslationUnit {
  readonly count: number;
  readonly kind: Uint8Array;
  readonly name: Uint32Array;
  readonly file: Uint32Array;
  readonly offset: Uint32Array;
  readonly expansion: Uint32Array;
  readonly expansionColumns: Int32Array;
  readonly expansionCount: number;
  #list: readonly Expansion[] | undefined;

  constructor(
    out: Output,
    readonly made: Expansions,
    readonly names: NameTable,
    readonly files: readonly string[],
    readonly problems: readonly Problem[],
    readonly missingHeaders: readonly string[],
  ) {
    this.count = out.count;
    this.kind = out.kind;
    this.name = out.name;
    this.file = out.file;
    this.offset = out.offset;
    this.expansion = out.expansion;
    this.expansionColumns = made.columns;
    this.expansionCount = made.count;
  }

  /** Made when somebody asks: few units are asked about more than a handful. */
  get expansions(): readonly Expansion[] {
    this.#list ??= this.made.list();
    return this.#list;
  }
}
