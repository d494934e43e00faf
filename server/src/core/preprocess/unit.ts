import type { Problem } from '../finding';
import type { Target } from './target';

/**
 * One translation unit after preprocessing: its tokens in columns, only the first `count` of each count. Every token
 * knows where it was written and through which macros it came.
 */
export interface TranslationUnit {
  readonly count: number;
  /** Kinds of `syntax/kinds.ts`; no directives are left but `#pragma`. */
  readonly kind: Uint8Array;
  /** The spelling as a number of `names`: equal numbers are equal spellings. */
  readonly name: Uint32Array;
  /** Where the token was written, in a file or in a macro's body: index in `files`, offset in that file's text. */
  readonly file: Uint32Array;
  readonly offset: Uint32Array;
  /** Index in `expansions`; 0 for a token that no macro made. */
  readonly expansion: Uint32Array;
  readonly names: NameTable;
  /** What the unit is compiled for. */
  readonly target: Target;
  /** Paths of all files read, the source first. */
  readonly files: readonly string[];
  /** The one at 0 stands for none. */
  readonly expansions: ExpansionList;
  /** Missing headers, `#error`, what is unterminated: it went on in spite of them. */
  readonly problems: readonly Problem[];
  /** Headers that were not found: what depends on them is not known. */
  readonly missingHeaders: readonly string[];
  /**
   * What the source's leading directives gave, if it was remembered: as long as this is the same object, so are the first
   * tokens, expansions and files of the unit.
   */
  readonly leading?: Leading | undefined;
}

/** How much of a unit comes from the leading directives of its source. */
export interface Leading {
  readonly tokens: number;
  readonly expansions: number;
  readonly files: number;
}

/** Spellings as numbers, shared by all translation units of a process. */
export interface NameTable {
  /** Names in use are below this number. */
  readonly count: number;
  intern(text: string): number;
  text(name: number): string;
}

/** Expansions by number, made as they are asked for. */
export interface ExpansionList {
  readonly length: number;
  at(index: number): Expansion | undefined;
}

/** One expansion of a macro. */
export interface Expansion {
  /** The macro's name. */
  readonly name: number;
  /** Where it is defined: index in `files`, offset of its name. */
  readonly file: number;
  readonly offset: number;
  /** Where it is called: in a file, or in the body of the macro that `parent` expands. */
  readonly callFile: number;
  readonly callOffset: number;
  /** The expansion this one happened in; 0 for none. */
  readonly parent: number;
}
