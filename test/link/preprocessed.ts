import { usualTarget } from '../../server/src/core/preprocess/target';
import type { NameTable, TranslationUnit } from '../../server/src/core/preprocess/unit';
import * as kinds from '../../server/src/core/syntax/kinds';
import { lex, spelling } from '../../server/src/core/syntax/lexer';

/** Spellings as numbers. */
export class Names implements NameTable {
  readonly #numbers = new Map<string, number>();
  readonly #texts: string[] = [];

  get count(): number {
    return this.#texts.length;
  }

  intern(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#numbers.set(text, this.#texts.length);
    return this.#texts.push(text) - 1;
  }

  text(name: number): string {
    return this.#texts[name] ?? '';
  }
}

/**
 * A translation unit from what `gcc -E` prints: files from its line markers, lines in the place of offsets, no
 * expansions.
 */
export function preprocessed(text: string, source = 'test.c', names: NameTable = new Names()): TranslationUnit {
  const tokens = lex(text);
  const kind = new Uint8Array(tokens.count);
  const name = new Uint32Array(tokens.count);
  const file = new Uint32Array(tokens.count);
  const offset = new Uint32Array(tokens.count);
  const files = [source];
  let count = 0;
  let current = 0;
  let line = 1;
  let scanned = 0;
  for (let i = 0; i < tokens.count; i++) {
    const start = tokens.start[i] as number;
    for (let at = text.indexOf('\n', scanned); at >= 0 && at < start; at = text.indexOf('\n', scanned)) {
      line++;
      scanned = at + 1;
    }
    if (tokens.kind[i] === kinds.hash && tokens.kind[i + 1] === kinds.number) {
      line = Number(spelling(tokens, i + 1)) - 1;
      const path = spelling(tokens, i + 2).slice(1, -1);
      current = path === source ? 0 : files.indexOf(path);
      if (current < 0) current = files.push(path) - 1;
      while (tokens.kind[i] !== kinds.directiveEnd) i++;
      continue;
    }
    kind[count] = tokens.kind[i] as number;
    name[count] = names.intern(spelling(tokens, i));
    file[count] = current;
    offset[count++] = line;
  }
  return {
    count,
    kind,
    name,
    file,
    offset,
    expansion: new Uint32Array(count),
    names,
    target: usualTarget,
    files,
    expansions: [{ name: 0, file: 0, offset: 0, callFile: 0, callOffset: 0, parent: 0 }],
    problems: [],
    missingHeaders: [],
  };
}
