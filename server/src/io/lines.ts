import { LineMap } from '../core/text';

const maximumLineMaps = 256;

/** Where the lines of files come from. */
export interface LineSource {
  text(path: string): string | undefined;
  /** Another value when the text is another one, without reading it; `undefined` for a file that has none. */
  stamp(path: string): string | undefined;
}

/** Line maps of files, each kept while its text stays the same. */
export class LineMaps {
  readonly #source: LineSource;
  readonly #known = new Map<string, { readonly stamp: string; readonly map: LineMap }>();

  constructor(source: LineSource) {
    this.#source = source;
  }

  /** `undefined` for a file that has no text. */
  get(path: string): LineMap | undefined {
    const stamp = this.#source.stamp(path);
    const known = this.#known.get(path);
    if (stamp === undefined || known?.stamp === stamp) return stamp === undefined ? undefined : known?.map;
    const text = this.#source.text(path);
    if (text === undefined) return undefined;
    const map = new LineMap(text);
    if (this.#known.size >= maximumLineMaps) this.#known.clear();
    this.#known.set(path, { stamp, map });
    return map;
  }
}
