import { LineMap } from '../core/text';

const maximumLineMaps = 256;

/** Line maps of files, each kept while its text stays the same. */
export class LineMaps {
  readonly #textOf: (path: string) => string | undefined;
  readonly #known = new Map<string, { readonly text: string; readonly map: LineMap }>();

  constructor(textOf: (path: string) => string | undefined) {
    this.#textOf = textOf;
  }

  /** `undefined` for a file that has no text. */
  get(path: string): LineMap | undefined {
    const text = this.#textOf(path);
    if (text === undefined) return undefined;
    const known = this.#known.get(path);
    if (known?.text === text) return known.map;
    const map = new LineMap(text);
    if (this.#known.size >= maximumLineMaps) this.#known.clear();
    this.#known.set(path, { text, map });
    return map;
  }
}
