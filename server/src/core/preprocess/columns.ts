import { grown } from './names';

/** What stands in `meta` beside the kind in its lower eight bits. */
export const white = 1 << 8;
/** Blank in front when what comes before has none; see `Pads` in machine.ts. */
export const whiteAfterNone = 1 << 9;
/** A name that was met inside its own expansion: it stays as it is for good. */
export const painted = 1 << 10;
/** `##` follows. */
export const pasteLeft = 1 << 11;
/** No token: only what its blanks do to the next one, in the bits from `padShift` on. */
export const padding = 1 << 12;
/** `#` stands in front of the parameter. */
export const stringized = 1 << 13;
/** In the place of an empty operand of `##`. */
export const placemarker = 1 << 14;
/** Number of the parameter plus 1, or a padding's two states. */
export const padShift = 16;
export const kindMask = 0xff;

/** Tokens in columns, appended and taken back as on a stack. */
export class Columns {
  name = new Int32Array(1 << 12);
  meta = new Int32Array(1 << 12);
  file = new Int32Array(1 << 12);
  offset = new Int32Array(1 << 12);
  expansion = new Int32Array(1 << 12);
  count = 0;

  /** Gives memory back that a large unit needed. */
  shrink(): void {
    this.count = 0;
    if (this.name.length <= 1 << 18) return;
    this.name = new Int32Array(1 << 12);
    this.meta = new Int32Array(1 << 12);
    this.file = new Int32Array(1 << 12);
    this.offset = new Int32Array(1 << 12);
    this.expansion = new Int32Array(1 << 12);
  }

  /** Makes room for `more` tokens. */
  reserve(more: number): void {
    while (this.count + more > this.name.length) {
      this.name = grown(this.name, Int32Array);
      this.meta = grown(this.meta, Int32Array);
      this.file = grown(this.file, Int32Array);
      this.offset = grown(this.offset, Int32Array);
      this.expansion = grown(this.expansion, Int32Array);
    }
  }

  push(name: number, meta: number, file: number, offset: number, expansion: number): void {
    if (this.count === this.name.length) this.reserve(1);
    const i = this.count++;
    this.name[i] = name;
    this.meta[i] = meta;
    this.file[i] = file;
    this.offset[i] = offset;
    this.expansion[i] = expansion;
  }

  /** Appends tokens `from` to `to` of other columns, or of these. */
  append(other: Columns, from: number, to: number): void {
    this.reserve(to - from);
    let at = this.count;
    if (to - from < 24) {
      const { name, meta, file, offset, expansion } = this;
      for (let i = from; i < to; i++) {
        name[at] = other.name[i] as number;
        meta[at] = other.meta[i] as number;
        file[at] = other.file[i] as number;
        offset[at] = other.offset[i] as number;
        expansion[at++] = other.expansion[i] as number;
      }
      this.count = at;
      return;
    }
    this.name.set(other.name.subarray(from, to), at);
    this.meta.set(other.meta.subarray(from, to), at);
    this.file.set(other.file.subarray(from, to), at);
    this.offset.set(other.offset.subarray(from, to), at);
    this.expansion.set(other.expansion.subarray(from, to), at);
    this.count = at + to - from;
  }
}
