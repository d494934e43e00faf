import { type Change, changeOf } from '../text';
import { askedCounter, askedLine, type Machine } from './machine';
import type { Move } from './output';
import { type Prefix, restoreTokens } from './prefix';
import { type Piece, readPiece, type Segment, standing } from './segments';
import { isUsual, moveMacros, type Tail, unmoved } from './tail';

/** An edit of a unit's own text while it is followed. */
interface Patch {
  readonly machine: Machine;
  readonly prefix: Prefix;
  readonly tail: Tail;
  readonly text: string;
  /** How the text differs from that of the tail. */
  readonly change: Change;
  /** How much of the tail's definitions holds in the machine. */
  definitions: number;
}

/**
 * Makes the unit of a text from the one before, which began alike: read anew are the segments that the edit touches,
 * and those behind it where the number of a line or `__COUNTER__` is another now. False if that cannot be: then
 * neither the machine nor the tail is good for anything any more.
 */
export function patch(machine: Machine, prefix: Prefix, tail: Tail, text: string): boolean {
  const { segments } = tail;
  const change = changeOf(tail.text, text, prefix.text.length);
  const it: Patch = { machine, prefix, tail, text, change, definitions: 0 };
  const [first, last] = touched(segments, change);
  const from = { ...(segments[first] as Segment) };
  restore(it, from);
  const { piece, behind } = readChanged(it, first, last);
  if (typeof piece === 'string') return false;
  const rest = segments.slice(behind);
  segments.length = first;
  const isEmpty = from.offset === (rest[0]?.offset ?? tail.text.length) + change.delta;
  if (first === 0 || !isEmpty) for (const one of piece.segments) segments.push(one);
  if (!goOn(it, rest, piece) || !isUsual(machine)) return false;
  keep(it, from);
  return true;
}

/** Which segments an edit touches: the first, and the one behind the last. */
function touched(segments: readonly Segment[], { start, end }: Change): [number, number] {
  let first = segments.length - 1;
  while ((segments[first] as Segment).offset > start) first--;
  let behind = first;
  while (behind < segments.length && (segments[behind] as Segment).offset < end) behind++;
  // What is put between two segments goes with one of them, or there would be ever more of them.
  if (behind === first) {
    if (segments[first - 1]?.isFixed === false) first--;
    else if (segments[first]?.isFixed === false) behind++;
  }
  while (segments[first]?.isClosed === false) first--;
  return [first, behind];
}

/** Gives the machine everything that stands before a segment. */
function restore(it: Patch, { tokens, expansions, definitions }: Segment): void {
  const { machine, prefix, tail } = it;
  const { leading } = prefix;
  restoreTokens(machine, prefix);
  machine.files = tail.files;
  machine.fileIndex = tail.fileIndex;
  machine.missing = tail.missing;
  for (const source of tail.sources) source.index = tail.fileIndex.get(source.path) ?? 0;
  machine.out.append(tail.out, 0, tokens - leading.tokens, unmoved);
  machine.expansions.append(tail.expansions, 0, expansions - leading.expansions, unmoved);
  define(it, definitions);
}

/** Makes the tail's definitions up to number `end`. */
function define(it: Patch, end: number): void {
  const { machine, tail } = it;
  for (let i = it.definitions; i < end; i += 2) {
    machine.macroOf[tail.definitions[i] as number] = tail.definitions[i + 1] as number;
  }
  it.definitions = end;
}

/** So many segments are added at most while what is typed in is not closed. */
const mostAdded = 64;

/** Reads the changed segments as one piece, with some more if it goes on there; says which segment follows. */
function readChanged(it: Patch, first: number, last: number): { piece: Piece | 'open' | 'fixed'; behind: number } {
  const { machine, tail, text, change } = it;
  const { segments } = tail;
  const from = segments[first] as Segment;
  let behind = last;
  for (let more = 1; ; more *= 2) {
    for (let k = first; k < behind; k++) if (segments[k]?.isFixed !== false) return { piece: 'fixed', behind };
    machine.out.count = from.tokens;
    machine.expansions.count = from.expansions;
    machine.problems = tail.problems.slice(0, from.problems);
    machine.counter = from.counter;
    machine.resumed = 0;
    const to = (segments[behind]?.offset ?? tail.text.length) + change.delta;
    const piece = readPiece(machine, text, to, from, segments[behind]);
    if (piece !== 'open' || behind === segments.length || more > mostAdded) return { piece, behind };
    behind = Math.min(segments.length, behind + more);
  }
}

/** Takes over the segments behind the changed ones or reads them anew; false if that cannot be. */
function goOn(it: Patch, rest: readonly Segment[], changed: Piece): boolean {
  const { machine, tail, text, change } = it;
  const next = rest[0];
  if (next === undefined) return true;
  const edge = next.offset;
  const lines = changed.line - next.line;
  next.isClosed = changed.isClosed;
  moveMacros(tail, edge, change.delta);
  for (let k = 0; k < rest.length; ) {
    const one = rest[k] as Segment;
    const isCounted = machine.counter !== one.counter;
    const stale = (lines === 0 ? 0 : askedLine) | (isCounted ? askedCounter : 0);
    let to = k;
    while (to < rest.length && ((rest[to] as Segment).asked & stale) === 0) to++;
    if (to > k) {
      carry(it, rest.slice(k, to), rest[to], edge, lines);
      k = to;
      continue;
    }
    if (one.isFixed) return false;
    define(it, one.definitions);
    const end = (rest[k + 1]?.offset ?? tail.text.length) + change.delta;
    const moved = { ...one, offset: one.offset + change.delta, line: one.line + lines };
    const piece = readPiece(machine, text, end, moved, rest[k + 1]);
    if (typeof piece === 'string') return false;
    for (const made of piece.segments) tail.segments.push(made);
    k++;
  }
  return true;
}

/** Takes over segments as they are, moved along. */
function carry(
  { machine, prefix, tail, change }: Patch,
  list: readonly Segment[],
  behind: Segment | undefined,
  edge: number,
  lines: number,
): void {
  const { leading } = prefix;
  const { delta } = change;
  const from = list[0] as Segment;
  const to = behind ?? tail.end;
  const now = standing(machine);
  const tokens = now.tokens - from.tokens;
  const expansions = now.expansions - from.expansions;
  const problems = now.problems - from.problems;
  const counter = now.counter - from.counter;
  const move: Move = { edge, delta, expansions };
  machine.out.append(tail.out, from.tokens - leading.tokens, to.tokens - leading.tokens, move);
  machine.expansions.append(
    tail.expansions,
    from.expansions - leading.expansions,
    to.expansions - leading.expansions,
    move,
  );
  machine.counter = to.counter + counter;
  for (let i = from.problems; i < to.problems; i++) {
    const one = tail.problems[i] as (typeof machine.problems)[number];
    const { file, span } = one;
    const isMoved = file === tail.files[0] && span !== undefined && span.start >= edge;
    machine.problems.push(isMoved ? { ...one, span: { start: span.start + delta, end: span.end + delta } } : one);
  }
  for (const one of list) {
    one.offset += delta;
    one.line += lines;
    one.tokens += tokens;
    one.expansions += expansions;
    one.problems += problems;
    one.counter += counter;
    tail.segments.push(one);
  }
}

/** Brings the tail to what the machine has made behind a place where nothing has changed before. */
function keep({ machine, prefix, tail, text }: Patch, { tokens, expansions }: Segment): void {
  const { leading } = prefix;
  tail.text = text;
  tail.problems = machine.problems;
  tail.end = standing(machine);
  tail.out.count = tokens - leading.tokens;
  tail.out.append(machine.out, tokens, machine.out.count, unmoved);
  tail.expansions.count = expansions - leading.expansions;
  tail.expansions.append(machine.expansions, expansions, machine.expansions.count, unmoved);
}
