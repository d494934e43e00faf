import type { Columns } from './columns';
import { kindMask } from './columns';
import { grown } from './names';
import type { Source } from './source';
import type { Expansion, ExpansionList } from './unit';

/** How tokens and expansions change that are taken over from the unit before an edit. */
export interface Move {
  /** Offsets in the unit's own file from `edge` on are moved by `delta`. */
  readonly edge: number;
  readonly delta: number;
  /** Added to numbers of expansions. */
  readonly expansions: number;
}

/** The columns of a translation unit while it grows. */
export class Output {
  kind: Uint8Array;
  name: Uint32Array;
  file: Uint32Array;
  offset: Uint32Array;
  expansion: Uint32Array;
  count = 0;
  /** What was loaded, as long as nothing is written over it. */
  beginning: Output | undefined;

  constructor(capacity: number) {
    this.kind = new Uint8Array(capacity);
    this.name = new Uint32Array(capacity);
    this.file = new Uint32Array(capacity);
    this.offset = new Uint32Array(capacity);
    this.expansion = new Uint32Array(capacity);
  }

  reserve(more: number): void {
    while (this.count + more > this.name.length) {
      this.kind = grown(this.kind, Uint8Array);
      this.name = grown(this.name, Uint32Array);
      this.file = grown(this.file, Uint32Array);
      this.offset = grown(this.offset, Uint32Array);
      this.expansion = grown(this.expansion, Uint32Array);
    }
  }

  push(kind: number, name: number, file: number, offset: number, expansion: number): void {
    if (this.count === this.name.length) this.reserve(1);
    const at = this.count++;
    this.kind[at] = kind;
    this.name[at] = name;
    this.file[at] = file;
    this.offset[at] = offset;
    this.expansion[at] = expansion;
  }

  /** Tokens of a file that no macro touches. */
  copySource(source: Source, from: number, to: number): void {
    const length = to - from;
    if (this.count + length > this.name.length) this.reserve(length);
    const at = this.count;
    this.count = at + length;
    if (length < 40) {
      const { kind, name, offset, index } = source;
      const { kind: toKind, name: toName, file: toFile, offset: toOffset, expansion: toExpansion } = this;
      for (let i = from, j = at; i < to; i++, j++) {
        toKind[j] = kind[i] as number;
        toName[j] = name[i] as number;
        toFile[j] = index;
        toOffset[j] = offset[i] as number;
        toExpansion[j] = 0;
      }
      return;
    }
    this.kind.set(source.kind.subarray(from, to), at);
    this.name.set(source.name.subarray(from, to), at);
    this.offset.set(source.offset.subarray(from, to), at);
    this.file.fill(source.index, at, at + length);
    this.expansion.fill(0, at, at + length);
  }

  /** Tokens of an expansion that no macro touches any more. */
  copyColumns(columns: Columns, from: number, to: number): void {
    const length = to - from;
    if (this.count + length > this.name.length) this.reserve(length);
    const { name, meta, file, offset, expansion } = columns;
    const { kind: toKind, name: toName, file: toFile, offset: toOffset, expansion: toExpansion } = this;
    let at = this.count;
    for (let i = from; i < to; i++, at++) {
      toKind[at] = (meta[i] as number) & kindMask;
      toName[at] = name[i] as number;
      toFile[at] = file[i] as number;
      toOffset[at] = offset[i] as number;
      toExpansion[at] = expansion[i] as number;
    }
    this.count = at;
  }

  /** Takes over what another output has; nothing is to do if this one began with it and only went on. */
  load(from: Output): void {
    this.count = from.count;
    if (this.beginning === from) return;
    this.beginning = from;
    this.count = 0;
    this.reserve(from.count);
    this.kind.set(from.kind.subarray(0, from.count));
    this.name.set(from.name.subarray(0, from.count));
    this.file.set(from.file.subarray(0, from.count));
    this.offset.set(from.offset.subarray(0, from.count));
    this.expansion.set(from.expansion.subarray(0, from.count));
    this.count = from.count;
  }

  /** Appends tokens of another output. */
  append(from: Output, start: number, end: number, { edge, delta, expansions }: Move): void {
    this.reserve(end - start);
    const at = this.count;
    const count = at + end - start;
    this.count = count;
    this.kind.set(from.kind.subarray(start, end), at);
    this.name.set(from.name.subarray(start, end), at);
    this.file.set(from.file.subarray(start, end), at);
    this.offset.set(from.offset.subarray(start, end), at);
    this.expansion.set(from.expansion.subarray(start, end), at);
    const { file, offset, expansion } = this;
    if (delta !== 0) {
      for (let i = at; i < count; i++) {
        if (file[i] === 0 && (offset[i] as number) >= edge) offset[i] = (offset[i] as number) + delta;
      }
    }
    if (expansions === 0) return;
    for (let i = at; i < count; i++) {
      if (expansion[i] !== 0) expansion[i] = (expansion[i] as number) + expansions;
    }
  }

  /** An output that begins like this one. */
  copy(): Output {
    const copy = new Output(this.count + 1);
    copy.load(this);
    copy.beginning = undefined;
    return copy;
  }
}

/** Expansions in columns, six numbers each in the order of `Expansion`; number 0 stands for none. */
export class Expansions implements ExpansionList {
  columns: Int32Array;
  count = 1;
  /** What was loaded, as long as nothing is written over it. */
  beginning: Expansions | undefined;

  constructor(expected: number) {
    this.columns = new Int32Array(6 * Math.max(1 << 10, expected));
  }

  reserve(more: number): void {
    while ((this.count + more) * 6 > this.columns.length) this.columns = grown(this.columns, Int32Array);
  }

  add(name: number, file: number, offset: number, callFile: number, callOffset: number, parent: number): number {
    let at = this.count * 6;
    if (at >= this.columns.length) this.columns = grown(this.columns, Int32Array);
    const columns = this.columns;
    columns[at++] = name;
    columns[at++] = file;
    columns[at++] = offset;
    columns[at++] = callFile;
    columns[at++] = callOffset;
    columns[at] = parent;
    return this.count++;
  }

  /** The outermost expansion that this one happened in. */
  root(expansion: number): number {
    let one = expansion;
    for (;;) {
      const parent = this.columns[one * 6 + 5] as number;
      if (parent === 0) return one;
      one = parent;
    }
  }

  /** Appends expansions of another list. */
  append(from: Expansions, start: number, end: number, { edge, delta, expansions }: Move): void {
    const at = this.count * 6;
    this.count += end - start;
    while (this.columns.length < this.count * 6) this.columns = grown(this.columns, Int32Array);
    const { columns } = this;
    columns.set(from.columns.subarray(start * 6, end * 6), at);
    if (delta === 0 && expansions === 0) return;
    for (let i = at; i < this.count * 6; i += 6) {
      const offset = columns[i + 2] as number;
      const callOffset = columns[i + 4] as number;
      const parent = columns[i + 5] as number;
      if (columns[i + 1] === 0 && offset >= edge) columns[i + 2] = offset + delta;
      if (columns[i + 3] === 0 && callOffset >= edge) columns[i + 4] = callOffset + delta;
      if (parent !== 0) columns[i + 5] = parent + expansions;
    }
  }

  copy(): Expansions {
    const copy = new Expansions(this.count);
    copy.load(this);
    copy.beginning = undefined;
    return copy;
  }

  /** Takes over what another list has; nothing is to do if this one began with it and only went on. */
  load(from: Expansions): void {
    this.count = from.count;
    if (this.beginning === from) return;
    this.beginning = from;
    while (this.columns.length < from.count * 6) this.columns = grown(this.columns, Int32Array);
    this.columns.set(from.columns.subarray(0, from.count * 6));
  }

  get length(): number {
    return this.count;
  }

  at(index: number): Expansion | undefined {
    if (index < 0 || index >= this.count) return undefined;
    const { columns } = this;
    const at = index * 6;
    return {
      name: columns[at] as number,
      file: columns[at + 1] as number,
      offset: columns[at + 2] as number,
      callFile: columns[at + 3] as number,
      callOffset: columns[at + 4] as number,
      parent: columns[at + 5] as number,
    };
  }
}
