import { askedCounter, type Frame, limits, type Machine } from './machine';
import type { Macro } from './macro';
import { grown } from './names';
import { type ReadText, record } from './record';
import type { Source } from './source';

/**
 * A piece of a header's text from a macro's name on, with what it expands to. One unit after another reads the same
 * headers with mostly the same macros: its tokens are copied as long as every name that has a say in them means the same.
 */
export interface Passage {
  /** One past its last token in the source. */
  readonly end: number;
  /** Names that must not be macros. */
  readonly plain: Int32Array;
  /** Macros that must be in force. */
  readonly macros: readonly Macro[];
  /** The files of its tokens and expansions, which say where in this list theirs is. */
  readonly sources: readonly Source[];
  /** Its tokens in columns: files as places in `sources`, expansions counted from 1. */
  readonly kind: Uint8Array;
  readonly name: Uint32Array;
  readonly offset: Uint32Array;
  readonly place: Uint16Array;
  readonly expansion: Uint16Array;
  /** Expansions, six numbers each as in `Expansions`. */
  readonly expansions: Int32Array;
  /** Names with the value of `__COUNTER__` in them, and the tokens that have them: token and number, one after the other. */
  readonly counted: readonly Counted[];
  readonly holes: readonly number[];
  /** How far it brings `__COUNTER__`. */
  readonly counts: number;
}

/** A name that is made with the value of `__COUNTER__`, `at` above what it was in front of the passage. */
export interface Counted {
  readonly at: number;
  readonly form: CountedForm;
}

/** What stands around the number, and for each number the name that this gives once it was needed. */
export interface CountedForm {
  readonly before: string;
  readonly after: string;
  readonly names: number[];
}

/** What is known of the passages from one token on. */
export interface Known {
  readonly passages: Passage[];
  /** How often one was made, or could not be. */
  tries: number;
}

const mostTries = 10;

/** Reads a passage at the macro's name where a file is: copied if that is possible. False if nothing was read. */
export function readPassage(machine: Machine, frame: Frame, read: ReadText): boolean {
  const { source, cursor } = frame;
  const { passages } = source;
  if (passages === undefined || frame.lineShift !== 0 || frame.presumed !== source.path) return false;
  let known = passages.get(cursor);
  if (known === undefined) {
    known = { passages: [], tries: 0 };
    passages.set(cursor, known);
  }
  for (const passage of known.passages) {
    if (!holds(machine, passage) || !copy(machine, passage)) continue;
    frame.cursor = passage.end;
    return true;
  }
  if (known.tries >= mostTries) return false;
  known.tries++;
  const made = record(machine, frame, read);
  if (made !== undefined) machine.cache.passages.add(known, made);
  return true;
}

function holds({ macroOf, cache }: Machine, { plain, macros }: Passage): boolean {
  for (const macro of macros) if (macroOf[macro.name] !== macro.id || cache.macros[macro.id] !== macro) return false;
  for (let i = 0; i < plain.length; i++) if (macroOf[plain[i] as number] !== 0) return false;
  return true;
}

/** Indexes of a passage's files, and its counted names, in the unit that it is copied to. */
let indexes = new Uint32Array(64);
const names: number[] = [];

/** Appends a passage's tokens to the unit; false if a counted name is a macro there. */
function copy(machine: Machine, passage: Passage): boolean {
  const { sources, counted, holes, place, expansion, counts } = passage;
  const { out, counter } = machine;
  for (let i = 0; i < counted.length; i++) {
    const name = nameOf(machine, counted[i] as Counted, counter);
    if (machine.macroOf[name] !== 0) return false;
    names[i] = name;
  }
  while (sources.length > indexes.length) indexes = grown(indexes, Uint32Array);
  for (let i = 0; i < sources.length; i++) indexes[i] = (sources[i] as Source).index;
  const shift = machine.expansions.count - 1;
  copyExpansions(machine, passage.expansions, shift);
  const { length } = place;
  out.reserve(length);
  const at = out.count;
  out.count += length;
  out.kind.set(passage.kind, at);
  out.name.set(passage.name, at);
  out.offset.set(passage.offset, at);
  const { name, file, expansion: expanded } = out;
  for (let i = 0; i < length; i++) {
    const made = expansion[i] as number;
    file[at + i] = indexes[place[i] as number] as number;
    expanded[at + i] = made === 0 ? 0 : made + shift;
  }
  for (let i = 0; i < holes.length; i += 2) name[at + (holes[i] as number)] = names[holes[i + 1] as number] as number;
  machine.counter += counts;
  if (counts > 0) machine.asked |= askedCounter;
  if (out.count > limits.tokens) machine.stop('The file expands to too many tokens');
  return true;
}

function copyExpansions(machine: Machine, from: Int32Array, shift: number): void {
  const { expansions } = machine;
  expansions.reserve(from.length / 6);
  const { columns } = expansions;
  let at = expansions.count * 6;
  for (let k = 0; k < from.length; k += 6) {
    const parent = from[k + 5] as number;
    columns[at++] = from[k] as number;
    columns[at++] = indexes[from[k + 1] as number] as number;
    columns[at++] = from[k + 2] as number;
    columns[at++] = indexes[from[k + 3] as number] as number;
    columns[at++] = from[k + 4] as number;
    columns[at++] = parent === 0 ? 0 : parent + shift;
  }
  expansions.count += from.length / 6;
  if (expansions.count > limits.expansions) machine.stop('Too many macros are expanded');
}

function nameOf(machine: Machine, { at, form }: Counted, counter: number): number {
  const value = counter + at;
  const known = form.names[value];
  if (known !== undefined) return known;
  const name = machine.intern(`${form.before}${value}${form.after}`);
  if (value < mostCounts) form.names[value] = name;
  return name;
}

/** Names with higher numbers are not remembered. */
const mostCounts = 1 << 16;
