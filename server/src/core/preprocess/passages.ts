import type { CountedForm, Known, Passage } from './passage';
import type { Source } from './source';

/** Bytes that all passages together may have. */
const mostBytes = 64 << 20;
/** So many units read a source before its passages are kept. */
const fewUnits = 2;

/** The passages of one cache: which sources have some, and what they share. */
export class Passages {
  readonly #forms = new Map<string, CountedForm>();
  readonly #sources = new Set<Source>();
  #bytes = 0;

  /** A unit reads a source. */
  open(source: Source, unit: number): void {
    if (source.unit !== unit) {
      source.unit = unit;
      source.units++;
    }
    if (source.units < fewUnits || source.passages !== undefined) return;
    source.passages = new Map<number, Known>();
    this.#sources.add(source);
  }

  /** Whether more than one unit reads a source: what it defines may be met again. */
  isShared(source: Source): boolean {
    return source.units >= fewUnits;
  }

  add(known: Known, passage: Passage): void {
    known.passages.unshift(passage);
    if (known.passages.length > mostKnown) known.passages.pop();
    this.#bytes += sizeOf(passage);
    if (this.#bytes > mostBytes) this.#forget();
  }

  form(before: string, after: string): CountedForm {
    const key = `${before}\0${after}`;
    let form = this.#forms.get(key);
    if (form === undefined) {
      form = { before, after, names: [] };
      this.#forms.set(key, form);
    }
    return form;
  }

  #forget(): void {
    for (const source of this.#sources) source.passages = undefined;
    this.#sources.clear();
    this.#bytes = 0;
  }
}

/** Of one place so many passages are kept, the newest first. */
const mostKnown = 3;
/** What a passage has beside its columns. */
const overhead = 1000;

function sizeOf({ kind, expansions, plain }: Passage): number {
  return kind.length * 13 + (expansions.length + plain.length) * 4 + overhead;
}
