import type { Problem } from '../finding';
import { limits, type Machine } from './machine';
import { bodyOf } from './macro';
import { Expansions, type Move, Output } from './output';
import type { Prefix } from './prefix';
import { type Segment, standing } from './segments';
import type { Source } from './source';

/**
 * What a unit's own text behind its leading directives gave, by segments, for the next unit, which differs by an edit.
 * Moves along with each edit.
 */
export interface Tail {
  /** The whole text, as it was when the tail was made or moved last. */
  text: string;
  /** The text behind the leading directives as it was when the tail was made: macros that it defines belong to it. */
  readonly source: Source;
  /** Headers that were read on the way. */
  readonly sources: readonly Source[];
  segments: Segment[];
  end: Standing;
  /** Tokens and expansions behind those of the leading directives. */
  readonly out: Output;
  readonly expansions: Expansions;
  /** All problems of the unit. */
  problems: readonly Problem[];
  /** See `Machine.defined`. */
  readonly definitions: readonly number[];
  readonly files: string[];
  readonly fileIndex: Map<string, number>;
  readonly missing: string[];
}

type Standing = ReturnType<typeof standing>;

export const unmoved: Move = { edge: 0, delta: 0, expansions: 0 };

/** The tail of a machine that has read its text up to the end; `undefined` if it cannot be moved along. */
export function tailOf(
  machine: Machine,
  { leading, resumed }: Prefix,
  text: string,
  source: Source,
  segments: Segment[],
): Tail | undefined {
  if (segments.length === 0 || !isUsual(machine) || machine.resumed > resumed) return undefined;
  for (const macro of source.macros) bodyOf(macro);
  const out = new Output(machine.out.count - leading.tokens + spare);
  out.append(machine.out, leading.tokens, machine.out.count, unmoved);
  const expansions = new Expansions(machine.expansions.count - leading.expansions + spare);
  expansions.count = 0;
  expansions.append(machine.expansions, leading.expansions, machine.expansions.count, unmoved);
  return {
    text,
    source,
    sources: [...new Set(machine.sources)].filter((one) => one !== source),
    segments,
    end: standing(machine),
    out,
    expansions,
    problems: machine.problems,
    definitions: machine.defined ?? [],
    files: machine.files,
    fileIndex: machine.fileIndex,
    missing: machine.missing,
  };
}

/** Room for what is typed in. */
const spare = 1 << 10;

/** Whether a machine is far from all limits, so that they say nothing about what comes behind. */
export function isUsual({ isStopped, problems, out, expansions }: Machine): boolean {
  return (
    !isStopped &&
    problems.length < limits.problems &&
    out.count < limits.tokens / 2 &&
    expansions.count < limits.expansions / 2
  );
}

/** Moves the macros that the text itself defines along with an edit before them. */
export function moveMacros({ source }: Tail, edge: number, delta: number): void {
  if (delta === 0) return;
  for (const macro of source.macros) {
    if (macro.offset < edge) continue;
    macro.offset += delta;
    const body = bodyOf(macro);
    for (let k = 2; k < body.length; k += 3) body[k] = (body[k] as number) + delta;
  }
}
