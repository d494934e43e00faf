import * as kinds from '../syntax/kinds';
import { padShift } from './columns';
import type { Frame, Machine } from './machine';
import { bodyOf, type Macro } from './macro';
import type { Counted, Passage } from './passage';
import type { Source } from './source';

/** Reads text of the open file: up to a macro's name and what that expands to, not beyond `end` otherwise. */
export type ReadText = (machine: Machine, frame: Frame, end: number) => void;

/** A passage ends with the macro call that goes beyond so many tokens. */
const length = 128;

/** Notes what a passage depends on while it is read. */
export class Recorder {
  /** What came out would be another thing the next time. */
  isSpoiled = false;
  /** Names that were not written anywhere. */
  readonly made = new Set<number>();
  /** Names with the value of `__COUNTER__` in them. */
  readonly counted = new Map<number, { value: number; before: string; after: string }>();

  constructor(readonly machine: Machine) {}

  /** A builtin gives a token. */
  give(name: number): void {
    this.made.add(name);
  }

  count(name: number, value: number): void {
    this.counted.set(name, { value, before: '', after: '' });
  }

  paste(left: number, right: number, pasted: number): void {
    const first = this.counted.get(left);
    const second = this.counted.get(right);
    const { names } = this.machine;
    if (first === undefined && second === undefined) this.made.add(pasted);
    else if (first === undefined) this.#derive(pasted, second, names.text(left), '');
    else if (second === undefined) this.#derive(pasted, first, '', names.text(right));
    else this.isSpoiled = true;
  }

  /** A name becomes part of a string. */
  stringize(name: number): void {
    if (this.counted.has(name)) this.isSpoiled = true;
  }

  #derive(
    name: number,
    from: { value: number; before: string; after: string } | undefined,
    left: string,
    right: string,
  ) {
    if (from === undefined) return;
    const { value, before, after } = from;
    this.counted.set(name, { value, before: left + before, after: after + right });
  }
}

/** Reads a passage, which begins at a macro's name; `undefined` if it cannot be used again. */
export function record(machine: Machine, frame: Frame, read: ReadText): Passage | undefined {
  const { source, directive, cursor: from } = frame;
  const { counter, problems } = machine;
  const end = Math.min(frame.limit, from + length);
  const token = machine.out.count;
  const expansion = machine.expansions.count;
  const recorder = new Recorder(machine);
  const noted = problems.length;
  machine.recorder = recorder;
  while (frame.cursor < end && frame.directive === directive && !machine.isStopped) read(machine, frame, end);
  machine.recorder = undefined;
  const isOdd = recorder.isSpoiled || frame.directive !== directive || machine.isStopped || problems.length > noted;
  const needs = isOdd ? undefined : needsOf(machine, source, from, frame.cursor, recorder.made);
  if (needs === undefined) return undefined;
  const counted: Counted[] = [];
  const numberOf = new Map<number, number>();
  for (const [name, { value, before, after }] of recorder.counted) {
    // The same text is written out as well: what is counted cannot be told from it.
    if (needs.names.has(name) || machine.macroOf[name] !== 0) return undefined;
    numberOf.set(name, counted.length);
    counted.push({ at: value - counter, form: machine.cache.passages.form(before, after) });
  }
  const sources = [...new Set([source, ...needs.macros.flatMap((macro) => macro.source ?? [])])];
  const places = new Map(sources.map((one, i) => [one.index, i]));
  const expansions = expansionsFrom(machine, expansion, places);
  const columns = columnsFrom(machine, token, expansion, places);
  if (expansions === undefined || columns === undefined) return undefined;
  const holes: number[] = [];
  for (const [i, name] of columns.name.entries()) {
    const number = numberOf.get(name);
    if (number !== undefined) holes.push(i, number);
  }
  return {
    end: frame.cursor,
    plain: Int32Array.from(needs.plain),
    macros: needs.macros,
    sources,
    ...columns,
    expansions,
    counted,
    holes,
    counts: machine.counter - counter,
  };
}

/** Which names and macros decide what tokens of a file expand to; `undefined` if another unit has other ones for sure. */
function needsOf(machine: Machine, source: Source, from: number, to: number, made: ReadonlySet<number>) {
  const { macroOf, cache } = machine;
  const names = new Set(made);
  for (let i = from; i < to; i++) names.add(source.name[i] as number);
  const plain: number[] = [];
  const macros: Macro[] = [];
  // What is added on the way is visited too.
  for (const name of names) {
    const macro = cache.macros[macroOf[name] as number];
    if (macro === undefined) {
      if (machine.names.kind(name) === kinds.identifier) plain.push(name);
      continue;
    }
    macros.push(macro);
    if (macro.builtin !== undefined) continue;
    if (macro.source === undefined || !cache.passages.isShared(macro.source)) return undefined;
    const body = bodyOf(macro);
    for (let k = 0; k < body.length; k += 3)
      if ((body[k + 1] as number) >>> padShift === 0) names.add(body[k] as number);
  }
  return { names, plain, macros };
}

function expansionsFrom(machine: Machine, first: number, places: ReadonlyMap<number, number>): Int32Array | undefined {
  const { columns, count } = machine.expansions;
  const copy = columns.slice(first * 6, count * 6);
  for (let k = 0; k < copy.length; k += 6) {
    const file = places.get(copy[k + 1] as number);
    const callFile = places.get(copy[k + 3] as number);
    if (file === undefined || callFile === undefined) return undefined;
    copy[k + 1] = file;
    copy[k + 3] = callFile;
    copy[k + 5] = fromFirst(copy[k + 5] as number, first);
  }
  return copy;
}

/** The columns of what was written since token `first`; `undefined` if that is more than a passage can have. */
function columnsFrom(
  { out, expansions }: Machine,
  first: number,
  firstExpansion: number,
  places: ReadonlyMap<number, number>,
): Pick<Passage, 'kind' | 'name' | 'offset' | 'place' | 'expansion'> | undefined {
  if (expansions.count - firstExpansion > 0xfffe || places.size > 0xffff) return undefined;
  const place = new Uint16Array(out.count - first);
  const expansion = new Uint16Array(out.count - first);
  for (let i = 0; i < place.length; i++) {
    const found = places.get(out.file[first + i] as number);
    if (found === undefined) return undefined;
    place[i] = found;
    expansion[i] = fromFirst(out.expansion[first + i] as number, firstExpansion);
  }
  return {
    kind: out.kind.slice(first, out.count),
    name: out.name.slice(first, out.count),
    offset: out.offset.slice(first, out.count),
    place,
    expansion,
  };
}

/** An expansion's number counted from the first of a passage, which is 1; 0 for none. */
function fromFirst(expansion: number, first: number): number {
  return expansion === 0 ? 0 : expansion - first + 1;
}
