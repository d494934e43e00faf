import { Columns } from './columns';
import { Expansions, Output } from './output';

/** Memory that one unit after another uses. */
export class Spare {
  readonly arena = new Columns();
  readonly temporary = new Columns();
  macroOf: Int32Array = new Int32Array(0);
  disabled: Uint8Array = new Uint8Array(0);
  /** How much the last unit had: the next one is like it. */
  tokens = 1 << 12;
  expansions = 1 << 10;
  #output: Output | undefined;
  #expansions: Expansions | undefined;

  takeOutput(): Output {
    const output = this.#output ?? new Output(Math.ceil(this.tokens * 1.1) + 1024);
    this.#output = undefined;
    output.count = 0;
    return output;
  }

  takeExpansions(): Expansions {
    const expansions = this.#expansions ?? new Expansions(Math.ceil(this.expansions * 1.1));
    this.#expansions = undefined;
    expansions.count = 1;
    return expansions;
  }

  give(output: Output, expansions: Expansions): void {
    if (output.name.length > 1 << 23) return;
    this.#output = output;
    this.#expansions = expansions;
  }
}
