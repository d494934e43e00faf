import { LineMap } from '../core/text';
import type { Workspace } from '../io/workspace';

interface Source {
  readonly text: string;
  readonly lines: LineMap;
}

/** Texts are kept up to this many characters together: answers come sorted by file, so few are in use at a time. */
const maximumCharacters = 32 << 20;

/** Texts and line maps behind an answer. A command reads a workspace once, so no file is read for every place in it. */
export class Sources {
  readonly #kept = new Map<string, Source | undefined>();
  #characters = 0;

  constructor(readonly workspace: Workspace) {}

  get folder(): string {
    return this.workspace.folder;
  }

  /** `undefined` if the file cannot be read. */
  get(path: string): Source | undefined {
    if (this.#kept.has(path)) return this.#kept.get(path);
    const text = this.workspace.text(path);
    if (this.#characters > maximumCharacters) {
      this.#kept.clear();
      this.#characters = 0;
    }
    this.#characters += text?.length ?? 0;
    const source = text === undefined ? undefined : { text, lines: new LineMap(text) };
    this.#kept.set(path, source);
    return source;
  }
}
