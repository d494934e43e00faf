/** What the object file of one translation unit will ask the linker for. Knows nothing of what any kernel exports. */
export interface LinkFacts {
  /** Paths that places speak of, the source first. */
  readonly files: readonly string[];
  /** Names that stay undefined in the object file, sorted. */
  readonly symbols: readonly LinkSymbol[];
  /** Names that the object file defines for others, sorted. */
  readonly defines: readonly string[];
  /** Symbols that live code looks up at run time by a string, as `symbol_get` does. */
  readonly lookups: readonly Lookup[];
  /** What of it goes into the module's `.modinfo`: `license=GPL`, `import_ns=DMA_BUF`. */
  readonly info: readonly string[];
  /** What could not be evaluated and was therefore kept, by cause, each once: "the size of 'struct x'". */
  readonly doubts: readonly string[];
}

/** One undefined symbol. */
export interface LinkSymbol {
  readonly name: string;
  /** The object file does without it. */
  readonly weak: boolean;
  /** One for each place in the source where a way to the symbol begins, the shortest way first. */
  readonly uses: readonly Trail[];
  /** How many further places there are. */
  readonly more: number;
  /** Where it is declared; `undefined` if no C says anything of it, or says that it must never be reached. */
  readonly declared: Pick<Mention, 'file' | 'offset'> | undefined;
}

/**
 * A way to a symbol: a chain of mentions. The first stands in the source file (or where the way begins, when no code
 * of the source leads there), each further one in the body of the macro or function mentioned before it.
 */
export type Trail = readonly Mention[];

/** `name` is written at this place. */
export interface Mention {
  readonly name: string;
  /** Index in `LinkFacts.files`. */
  readonly file: number;
  readonly offset: number;
  /** What is mentioned. Assembler code mentions symbols in the text of its template. */
  readonly kind: 'macro' | 'function' | 'variable' | 'symbol' | 'assembler';
}

/** A symbol that is looked up by its name while the module runs. */
export interface Lookup {
  /** The symbol that is looked up. */
  readonly name: string;
  /** The function that is asked. */
  readonly by: string;
  readonly trail: Trail;
}
