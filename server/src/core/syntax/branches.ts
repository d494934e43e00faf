import { type Directive, readCondition } from './directives';
import type { Branch } from './facts';
import type { Tokens } from './lexer';

type Open = { -readonly [K in keyof Branch]: Branch[K] };

/** Builds the list of `#if` branches from conditional directives in order. */
export class BranchList {
  readonly branches: Open[] = [];
  readonly #tokens: Tokens;
  /** The open branch of each group, the outermost first. */
  readonly #open: number[] = [];

  constructor(tokens: Tokens) {
    this.#tokens = tokens;
  }

  /** `#if`, `#ifdef`, `#ifndef`; gives the condition. */
  begin(directive: Directive, kind: Branch['directive']): string {
    const parent = this.#open[this.#open.length - 1] ?? -1;
    return this.#add(directive, kind, parent, this.branches.length);
  }

  /** `#elif`, `#else`; gives the condition, `undefined` if no group is open. */
  next(directive: Directive, kind: Branch['directive']): string | undefined {
    const last = this.branches[this.#open[this.#open.length - 1] ?? -1];
    if (last === undefined) return undefined;
    this.#end(this.#open.pop(), this.#tokens.start[directive.hash] as number);
    return this.#add(directive, kind, last.parent, last.first);
  }

  /** `#endif`. */
  end(directive: Directive): void {
    this.#end(this.#open.pop(), this.#tokens.start[directive.hash] as number);
  }

  /** Ends what was never ended; gives all branches. */
  finish(): readonly Branch[] {
    for (const index of this.#open) this.#end(index, this.#tokens.text.length);
    return this.branches;
  }

  #add(directive: Directive, kind: Branch['directive'], parent: number, first: number): string {
    const start = this.#tokens.start[directive.hash] as number;
    const condition = readCondition(this.#tokens, directive);
    this.#open.push(this.branches.length);
    this.branches.push({ span: { start, end: start }, directive: kind, condition, parent, first });
    return condition;
  }

  #end(index: number | undefined, at: number): void {
    const branch = index === undefined ? undefined : this.branches[index];
    if (branch !== undefined) branch.span = { start: branch.span.start, end: at };
  }
}
