import type { Problem } from '../finding';
import { normalize } from '../path';
import type { HeaderCache } from './cache';
import { type Columns, kindMask, padding, padShift, painted, pasteLeft, white, whiteAfterNone } from './columns';
import { enterMacro } from './invoke';
import { grown, type Names } from './names';
import { pasteAll } from './operators';
import type { Expansions, Output } from './output';
import type { Recorder } from './record';
import type { PreprocessRequest } from './request';
import type { SearchPath } from './search';
import type { Source } from './source';

/** One file that is being read. */
export interface Frame {
  readonly source: Source;
  /** Next token, next directive, and the token at which it stands (or the end). */
  cursor: number;
  directive: number;
  limit: number;
  /** Step of the search path where the file was found. */
  readonly depth: number;
  /** What `#line` said: added to lines, and the file's name. */
  lineShift: number;
  presumed: string;
  /** The token at which `run` comes back. */
  pause: number;
}

/** No token is that far behind. */
export const never = 0x3fffffff;

/** What an expansion asked for that depends on more than macros and the text. */
export const askedLine = 1;
export const askedCounter = 2;

/** More than this is never made of one unit. */
export const limits = {
  tokens: 32_000_000,
  pending: 4_000_000,
  expansions: 4_000_000,
  depth: 200,
  nesting: 400,
  problems: 1000,
};

/** What blanks in front of a token say about it: nothing, a blank, no blank. */
export const fromToken = 0;
export const isWhite = 1;
export const isTight = 2;

/**
 * The state of one unit: macros, open files, and contexts, which are the expansions that are being rescanned, the
 * innermost last. `next` delivers one token as gcc's `cpp_get_token` does.
 *
 * Blanks: gcc puts padding tokens around expansions and arguments; what they mean for the next token is a function
 * of the state before them (`fromToken` or `isTight`; `isWhite` always wins). The pair `pad`, `padTight` is that
 * function, and a token's bits `white` and `whiteAfterNone` its outcome.
 */
export class Machine {
  readonly names: Names;
  /** For each name the number of its macro, 0 for none. */
  macroOf: Int32Array;
  /** Names whose macro is being rescanned. */
  disabled: Uint8Array;
  readonly arena: Columns;
  /** What is being collected; a stack. */
  readonly temporary: Columns;

  contextCount = 0;
  contextStart = new Int32Array(256);
  contextAt = new Int32Array(256);
  contextEnd = new Int32Array(256);
  /** The macro's name, 0 for none, -1 for a list that ends reading. */
  contextMacro = new Int32Array(256);
  contextExpansion = new Int32Array(256);

  /** The token that `next` delivered. */
  name = 0;
  meta = 0;
  file = 0;
  offset = 0;
  expansion = 0;
  pad = fromToken;
  padTight = isTight;

  /** Above 0 while arguments are collected, arguments are expanded, a directive is read. */
  prevented = 0;
  argumentDepth = 0;
  directiveDepth = 0;

  frames: Frame[] = [];
  frame: Frame | undefined;
  out: Output;
  expansions: Expansions;
  files: string[] = [];
  fileIndex = new Map<string, number>();
  /** Sources that were read, while a prefix is made. */
  sources: Source[] | undefined;
  once = new Set<string>();
  pushed = new Map<number, number[]>();
  counter = 0;
  /** What was asked for since somebody set it to 0. */
  asked = 0;
  /** What was defined, two numbers each: name and macro, where somebody wants to know. */
  defined: number[] | undefined;
  /** Invocations without an end that were passed over. */
  resumed = 0;
  problems: Problem[] = [];
  missing: string[] = [];
  isStopped = false;
  /** Notes what a passage depends on, while one is made. */
  recorder: Recorder | undefined;
  /** The offsets at which calls end, by their expansions, where `__LINE__` is the line of a call's end: for clang. */
  readonly callEnds: Map<number, number> | undefined;
  /** The unit's number in its cache. */
  readonly unit: number;

  constructor(
    readonly request: PreprocessRequest,
    readonly cache: HeaderCache,
    readonly searchPath: SearchPath,
    /** Steps of the search path up to this one are for quoted names alone. */
    readonly quoteDepth: number,
    readonly runDirective: (machine: Machine) => void,
  ) {
    this.names = cache.names;
    this.callEnds = request.compiler.name.startsWith('clang') ? new Map() : undefined;
    this.unit = ++cache.units;
    const { spare } = cache;
    this.arena = spare.arena;
    this.temporary = spare.temporary;
    this.arena.count = 0;
    this.temporary.count = 0;
    this.macroOf = spare.macroOf;
    this.disabled = spare.disabled;
    this.macroOf.fill(0);
    this.disabled.fill(0);
    this.out = spare.takeOutput();
    this.expansions = spare.takeExpansions();
    this.grow();
  }

  /** Leaves behind what the next unit can use. */
  close(): void {
    const { spare } = this.cache;
    spare.macroOf = this.macroOf;
    spare.disabled = this.disabled;
    spare.tokens = Math.min(this.out.count, mostSpare);
    spare.expansions = Math.min(this.expansions.count, mostSpare);
    this.arena.shrink();
    this.temporary.shrink();
  }

  /** The next token; false at the end of the file, or of the list that is being read. */
  next(): boolean {
    const arena = this.arena;
    while (!this.isStopped) {
      if (this.contextCount > 0) {
        const context = this.contextCount - 1;
        const i = this.contextAt[context] as number;
        if (i === this.contextEnd[context]) {
          if (this.contextMacro[context] === -1) return false;
          this.popContext();
          this.addPad(fromToken, fromToken);
          continue;
        }
        this.contextAt[context] = i + 1;
        const meta = arena.meta[i] as number;
        if ((meta & padding) !== 0) {
          this.addPad((meta >> padShift) & 3, (meta >> (padShift + 2)) & 3);
          continue;
        }
        this.name = arena.name[i] as number;
        this.meta = meta;
        this.file = arena.file[i] as number;
        this.offset = arena.offset[i] as number;
        this.expansion = arena.expansion[i] as number;
        if ((meta & pasteLeft) !== 0) pasteAll(this, context);
      } else {
        const frame = this.frame;
        if (frame === undefined) return false;
        const i = frame.cursor;
        const source = frame.source;
        if (i === frame.limit) {
          if (i >= source.count) return false;
          this.runDirective(this);
          continue;
        }
        frame.cursor = i + 1;
        this.name = source.name[i] as number;
        this.meta = (source.kind[i] as number) | (source.white[i] === 1 ? white : 0);
        this.file = source.index;
        this.offset = source.offset[i] as number;
        this.expansion = 0;
      }
      const meta = this.meta;
      let first = this.pad;
      if (first === fromToken) first = (meta & white) !== 0 ? isWhite : isTight;
      else if (first === isTight) first = (meta & whiteAfterNone) !== 0 ? isWhite : isTight;
      let tight = this.padTight;
      if (tight === fromToken) tight = (meta & white) !== 0 ? isWhite : isTight;
      else if (tight === isTight) tight = (meta & whiteAfterNone) !== 0 ? isWhite : isTight;
      let isPainted = meta & painted;
      this.pad = fromToken;
      this.padTight = isTight;
      if (this.macroOf[this.name] !== 0 && isPainted === 0) {
        if (this.disabled[this.name] !== 0) isPainted = painted;
        else if (this.prevented === 0 && enterMacro(this)) {
          this.pad = first;
          this.padTight = tight;
          continue;
        }
      }
      this.meta =
        (meta & kindMask) | isPainted | (first === isWhite ? white : 0) | (tight === isWhite ? whiteAfterNone : 0);
      return true;
    }
    return false;
  }

  /** What stands between this token and the next: see the class. */
  addPad(ofToken: number, ofTight: number): void {
    if (this.pad === fromToken) this.pad = ofToken;
    else if (this.pad === isTight) this.pad = ofTight;
    if (this.padTight === fromToken) this.padTight = ofToken;
    else if (this.padTight === isTight) this.padTight = ofTight;
  }

  /**
   * Whether `(` is the next token, which is then consumed. Expansions that are used up are left on the way; directives
   * are not run.
   */
  takesParenthesis(): boolean {
    const arena = this.arena;
    while (this.contextCount > 0) {
      const context = this.contextCount - 1;
      const i = this.contextAt[context] as number;
      if (i === this.contextEnd[context]) {
        if (this.contextMacro[context] === -1) return false;
        this.popContext();
        this.addPad(fromToken, fromToken);
        continue;
      }
      const meta = arena.meta[i] as number;
      if ((meta & padding) !== 0) {
        this.contextAt[context] = i + 1;
        this.addPad((meta >> padShift) & 3, (meta >> (padShift + 2)) & 3);
        continue;
      }
      if ((meta & kindMask) !== 0x28) return false;
      this.contextAt[context] = i + 1;
      return true;
    }
    const frame = this.frame;
    if (frame === undefined || frame.cursor === frame.limit || frame.source.kind[frame.cursor] !== 0x28) return false;
    frame.cursor++;
    return true;
  }

  /** Rescans tokens of the arena. */
  pushContext(from: number, to: number, macro: number, expansion: number): void {
    const context = this.contextCount++;
    if (context === this.contextAt.length) {
      this.contextStart = grown(this.contextStart, Int32Array);
      this.contextAt = grown(this.contextAt, Int32Array);
      this.contextEnd = grown(this.contextEnd, Int32Array);
      this.contextMacro = grown(this.contextMacro, Int32Array);
      this.contextExpansion = grown(this.contextExpansion, Int32Array);
    }
    this.contextStart[context] = from;
    this.contextAt[context] = from;
    this.contextEnd[context] = to;
    this.contextMacro[context] = macro;
    this.contextExpansion[context] = expansion;
    if (macro > 0) this.disabled[macro] = 1;
    if (this.arena.count > limits.pending) this.stop('A macro expands to too many tokens');
  }

  popContext(): void {
    const macro = this.contextMacro[--this.contextCount] as number;
    if (macro > 0) this.disabled[macro] = 0;
    // What was put behind the list is used up with it, except the arguments that are being collected.
    if (this.prevented === 0) this.arena.count = this.contextStart[this.contextCount] as number;
  }

  /** Keeps tokens collected since `base` and takes them from the stack; answers where they begin. */
  settle(base: number): number {
    const from = this.arena.count;
    this.arena.append(this.temporary, base, this.temporary.count);
    this.temporary.count = base;
    return from;
  }

  /** Says which macro a name has from here on, 0 for none. */
  define(name: number, macro: number): void {
    this.macroOf[name] = macro;
    this.defined?.push(name, macro);
  }

  /** Makes room for names that are new since the unit began. */
  grow(): void {
    if (this.names.count <= this.macroOf.length) return;
    const size = columnSize(this.names.count);
    const macroOf = new Int32Array(size);
    macroOf.set(this.macroOf);
    this.macroOf = macroOf;
    const disabled = new Uint8Array(size);
    disabled.set(this.disabled);
    this.disabled = disabled;
  }

  /** The number of a spelling that the preprocessor has made. */
  intern(text: string): number {
    const name = this.names.intern(text);
    if (name >= this.macroOf.length) this.grow();
    return name;
  }

  /** The index of a source's file among the unit's. */
  addFile(path: string): number {
    let index = this.fileIndex.get(path);
    if (index === undefined) {
      index = this.files.length;
      this.files.push(/^[/A-Z]/i.test(path) ? normalize(path) : path);
      this.fileIndex.set(path, index);
    }
    return index;
  }

  note(message: string, offset = this.offset, file = this.file): void {
    if (this.problems.length >= limits.problems) return;
    const path = this.files[file];
    this.problems.push(
      path === undefined ? { message } : { message, file: path, span: { start: offset, end: offset + 1 } },
    );
  }

  stop(message: string): void {
    if (this.isStopped) return;
    this.note(`${message}; what follows is not read.`);
    this.isStopped = true;
  }
}

/** A unit far above the usual leaves no memory behind. */
const mostSpare = 1 << 22;

/** Room for names to come, so that columns by name seldom grow. */
function columnSize(count: number): number {
  return count + (count >> 3) + 4096;
}
