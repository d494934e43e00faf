import type { Location, Problem } from '../../finding';
import type { ConfinedFiles } from '../files';
import { callFunction } from './functions';
import { closing, isLineEnd, skipBlanks } from './lines';
import { substitutePattern } from './pattern';
import {
  both,
  clip,
  knownText,
  literal,
  maximumText,
  type Piece,
  plain,
  type Reason,
  reasonOf,
  type Source,
  slice,
  space,
  tooLarge,
  unknownPiece,
  type Value,
  withWhen,
  words,
} from './value';
import type { Budget, Fragment, Origin, Recipe, Skipped, SourceRule, TargetVariable, Variable } from './variable';

/** What a makefile may ask of the world; everything is answered from what is known, nothing is run. */
export interface World {
  readonly files: ConfinedFiles;
  /** Where make would run; `undefined` if that is not known. */
  readonly cwd: string | undefined;
  /** Further folders that relative includes are looked for in, as make's own `--include-dir` names them. */
  readonly includeFolders: readonly string[];
  /** Variables that come from outside: the environment, what Kbuild sets, the configuration. */
  readonly lookup: (name: string) => Value | undefined;
  /** Machine and release for `uname`. */
  readonly machine: string | undefined;
  readonly release: string;
  readonly report: (problem: Problem) => void;
  readonly budget: Budget;
}

/** Steps that one run of make may take; the largest makefiles of a kernel take some ten thousand. */
const maximumSteps = 500_000;
const maximumDepth = 60;
const maximumPieces = 200_000;

/** What GNU make itself defines, as version 4.4.1 does in a build on Linux. */
const makesOwn: ReadonlyMap<string, Value> = new Map(
  Object.entries({
    MAKE: 'make',
    MAKE_COMMAND: 'make',
    MAKE_VERSION: '4.4.1',
    MAKE_HOST: 'x86_64-pc-linux-gnu',
    SHELL: '/bin/sh',
    '.FEATURES':
      'target-specific order-only second-expansion else-if shortest-stem undefine oneshell nocomment grouped-target ' +
      'extra-prereqs notintermediate shell-export archives jobserver jobserver-fifo output-sync load',
  }).map(([name, text]) => [name, [literal(text)]]),
);

/** The variables of one run of make, and how references to them are expanded. */
export class Scope {
  readonly variables = new Map<string, Variable>();
  readonly exported = new Set<string>();
  readonly unexported = new Set<string>();
  readonly recipes: Recipe[] = [];
  /** Targets of all rules, patterns among them. */
  readonly targets: Piece[] = [];
  readonly sourceRules: SourceRule[] = [];
  /** The first `$(error …)` that was come to: make would have stopped there. */
  stop: Reason | undefined;
  /** The largest part that a conditional left out. */
  skipped: Skipped | undefined;
  readonly targetVariables: TargetVariable[] = [];
  isAllExported = false;
  /** Why the line that is being read may not count. */
  when: Reason | undefined;
  /** Makefiles in the order of reading, as `MAKEFILE_LIST` has them. */
  readonly makefiles: string[] = [];
  /** The makefiles that include each other down to the line that is being read, through `$(eval …)` as well. */
  readonly chain: string[] = [];
  readonly #locals: Map<string, Value>[] = [];
  readonly #open = new Set<string>();
  #depth = 0;
  #steps = maximumSteps;
  #isExhausted = false;

  constructor(
    readonly world: World,
    /** Runs the text that `$(eval …)` makes. */
    readonly evaluate: (scope: Scope, source: Source) => void,
  ) {}

  /** The value of a variable, expanded. */
  value(name: string): Piece[] {
    return this.#reference(name, undefined);
  }

  /** Whether a variable has a value at all, which may be empty; `undefined` if that is not known. */
  isDefined(name: string): boolean | undefined {
    for (let i = this.#locals.length - 1; i >= 0; i--) if (this.#locals[i]?.has(name)) return true;
    const variable = this.variables.get(name);
    if (!variable) {
      const value = this.outer(name);
      return value === undefined ? false : reasonOf(value) && knownText(value) === '' ? undefined : true;
    }
    const parts: readonly { when: Reason | undefined }[] = variable.pieces ?? variable.raw;
    return parts.length > 0 && parts.every((part) => part.when) ? undefined : true;
  }

  /** Whether `ifdef` holds: there is text assigned, whatever it expands to. */
  isSet(name: string): boolean | undefined {
    const variable = this.variables.get(name);
    const value = variable ? (variable.pieces ?? []) : (this.outer(name) ?? []);
    let isOpen = false;
    for (const part of variable && !variable.pieces ? variable.raw : []) {
      if (part.start >= part.end) continue;
      if (!part.when) return true;
      isOpen = true;
    }
    for (const piece of value) {
      if (!piece.when && !piece.unknown && piece.text !== '') return true;
      isOpen ||= piece.unknown !== undefined || piece.when !== undefined;
    }
    return isOpen ? undefined : false;
  }

  /** Runs `body` with further variables, as `call` and `foreach` do. */
  withLocals<T>(locals: Map<string, Value>, body: () => T): T {
    this.#locals.push(locals);
    try {
      return body();
    } finally {
      this.#locals.pop();
    }
  }

  /** Expands a range of a text: references replaced, continued lines joined. */
  expand(source: Source, start: number, end: number): Piece[] {
    const out: Piece[] = [];
    this.#expandInto(out, source, start, end);
    return out;
  }

  /** Takes steps from the budget; false if it is used up, and then nothing is expanded any more. */
  spend(steps: number): boolean {
    this.world.budget.steps -= steps;
    this.#steps -= steps;
    if (this.world.budget.steps > 0 && this.#steps > 0) return true;
    if (!this.#isExhausted) {
      this.#isExhausted = true;
      const file = this.makefiles[0];
      this.world.report({
        message: 'This makefile expands to more than is read: what comes after is not known. Simplify its variables.',
        ...(file === undefined ? {} : { file }),
      });
    }
    return false;
  }

  get depth(): number {
    return this.#depth;
  }

  #expandInto(out: Piece[], source: Source, start: number, end: number): void {
    if (this.#depth >= maximumDepth || !this.spend(1)) {
      out.push(unknownPiece({ text: 'an expansion that is too deep', at: undefined }));
      return;
    }
    this.#depth++;
    const text = source.text;
    let from = start;
    let at = start;
    while (at < end) {
      const c = text.charCodeAt(at);
      if (c === 92 && (isLineEnd(text, at + 1) || text[at + 1] === '#')) {
        if (at > from) out.push(slice(source, from, at));
        if (text[at + 1] === '#') {
          from = at + 1;
          at += 2;
        } else {
          out.push(space);
          at = skipBlanks(text, at, end);
          from = at;
        }
        continue;
      }
      if (c !== 36) {
        at++;
        continue;
      }
      if (at > from) out.push(slice(source, from, at));
      at = this.#dollar(out, source, at, end);
      from = at;
    }
    if (end > from) out.push(slice(source, from, end));
    this.#depth--;
    this.#bound(out);
  }

  /** One `$…`; returns the offset behind it. */
  #dollar(out: Piece[], source: Source, at: number, end: number): number {
    const text = source.text;
    const next = text[at + 1];
    if (at + 1 >= end || next === undefined) return at + 1;
    if (next === '$') {
      out.push({ ...slice(source, at, at + 2), text: '$' });
      return at + 2;
    }
    if (next !== '(' && next !== '{') {
      this.#add(out, this.#reference(next, { source, start: at, end: at + 2 }));
      return at + 2;
    }
    const close = closing(text, at + 1, end);
    if (close < 0) {
      this.problem(`The '$${next}' is not closed: what follows is not read.`, source, at, end);
      out.push(unknownPiece(this.reason(text.slice(at, end), source, at, end)));
      return end;
    }
    this.#add(out, this.#bracket(source, at, close + 1));
    return close + 1;
  }

  #bracket(source: Source, start: number, end: number): Value {
    const called = callFunction(this, source, start, end);
    if (called) return called;
    const text = source.text;
    let inner = start + 2;
    const last = end - 1;
    while (inner < last && text[inner] !== ':' && text[inner] !== '$') inner++;
    if (inner >= last) return this.#reference(text.slice(start + 2, last), { source, start, end });
    return this.#substitution(this.expand(source, start + 2, last), source, start, end);
  }

  /** `$(name)` or `$(name:a=b)` with everything in it already expanded. */
  #substitution(inside: Value, source: Source, start: number, end: number): Value {
    const written = plain(inside);
    if (written === undefined) {
      return [unknownPiece(reasonOf(inside) ?? this.reason(source.text.slice(start, end), source, start, end))];
    }
    const colon = written.indexOf(':');
    const equals = colon < 0 ? -1 : written.indexOf('=', colon);
    if (colon <= 0 || equals < 0) return this.#reference(written, { source, start, end });
    const from = written.slice(colon + 1, equals);
    const to = written.slice(equals + 1);
    const value = this.#reference(written.slice(0, colon), { source, start, end });
    const pattern = from.includes('%') ? from : `%${from}`;
    const target = from.includes('%') ? to : `%${to}`;
    return substitutePattern(words(value), pattern, target);
  }

  #reference(name: string, place: { source: Source; start: number; end: number } | undefined): Piece[] {
    for (let i = this.#locals.length - 1; i >= 0; i--) {
      const local = this.#locals[i]?.get(name);
      if (local) return [...local];
    }
    const variable = this.variables.get(name);
    if (!variable) return [...(this.outer(name) ?? [])];
    if (variable.pieces) return variable.pieces;
    if (this.#open.has(name)) {
      if (place) {
        this.problem(`The variable '${clip(name, 60)}' refers to itself.`, place.source, place.start, place.end);
      }
      return [unknownPiece({ text: `$(${clip(name, 60)})`, at: undefined })];
    }
    this.#open.add(name);
    const out: Piece[] = [];
    for (const fragment of variable.raw) {
      if (out.length > 0) out.push(space);
      const value = this.expand(fragment.source, fragment.start, fragment.end);
      this.#add(out, fragment.when ? value.map((piece) => withWhen(piece, fragment.when)) : value);
    }
    this.#open.delete(name);
    return out;
  }

  /** What a variable that no makefile sets has from outside or from make itself; `undefined` if it is none. */
  outer(name: string): Value | undefined {
    if (name === 'MAKEFILE_LIST') return this.makefiles.flatMap((file) => [space, literal(file)]);
    return this.world.lookup(name) ?? makesOwn.get(name);
  }

  #add(out: Piece[], value: Value): void {
    if (!this.spend(1 + value.length)) {
      out.push(tooLarge);
      return;
    }
    for (const piece of value) out.push(piece);
  }

  #bound(out: Piece[]): void {
    let length = 0;
    for (const piece of out) length += piece.text.length;
    // Text costs as well: a few large pieces can double as fast as many small ones.
    const isTooLarge = out.length > maximumPieces || length > maximumText;
    if (this.spend(length >> 6) && !isTooLarge) return;
    out.length = 0;
    out.push(tooLarge);
  }

  reason(text: string, source: Source, start: number, end: number): Reason {
    return { text: clip(text, 80), at: locate(source, start, end) };
  }

  problem(message: string, source: Source, start: number, end: number): void {
    const at = locate(source, start, end);
    this.world.report(at ? { message, file: at.file, span: at.span } : { message });
  }

  /** Assigns; where it is not known whether the line counts, the old value and the new are both kept. */
  set(name: string, value: { pieces: Piece[] } | { fragment: Fragment }, origin: Origin): void {
    const old = this.variables.get(name);
    if (old && old.origin === 'command line' && origin === 'file') return;
    const when = this.when;
    const fresh: Variable =
      'pieces' in value
        ? { origin, pieces: value.pieces.map((piece) => withWhen(piece, when)), raw: [] }
        : { origin, pieces: undefined, raw: [{ ...value.fragment, when: both(value.fragment.when, when) }] };
    if (when && old) this.#merge(old, fresh, when);
    this.variables.set(name, fresh);
  }

  #merge(old: Variable, fresh: Variable, when: Reason): void {
    if (!old.pieces && !fresh.pieces) {
      const kept = old.raw.filter((fragment) => fragment.when !== when);
      fresh.raw = [...kept.map((fragment) => ({ ...fragment, when: both(fragment.when, when) })), ...fresh.raw];
      return;
    }
    const parts =
      old.pieces ?? old.raw.flatMap((fragment) => this.expand(fragment.source, fragment.start, fragment.end));
    const kept = parts.filter((piece) => piece.when !== when);
    const now =
      fresh.pieces ?? fresh.raw.flatMap((fragment) => this.expand(fragment.source, fragment.start, fragment.end));
    const tagged = [...kept, space, ...now].map((piece) => withWhen(piece, when));
    fresh.pieces = kept.length > 0 ? tagged : now.map((piece) => withWhen(piece, when));
    fresh.raw = [];
  }

  /** `+=`, which keeps the flavor the variable has. */
  append(name: string, fragment: Fragment, origin: Origin): void {
    const variable = this.variables.get(name);
    if (!variable) {
      const inherited = this.outer(name);
      if (inherited) {
        this.variables.set(name, { origin, pieces: [...inherited], raw: [] });
        this.append(name, fragment, origin);
      } else this.set(name, { fragment }, origin);
      return;
    }
    if (variable.origin === 'command line' && origin === 'file') return;
    if (!variable.pieces) {
      variable.raw.push({ ...fragment, when: both(fragment.when, this.when) });
      return;
    }
    if (variable.pieces.length > maximumPieces) return;
    const value = this.expand(fragment.source, fragment.start, fragment.end);
    if (variable.pieces.length > 0) variable.pieces.push(space);
    for (const piece of value) variable.pieces.push(withWhen(piece, this.when));
  }
}

function locate(source: Source, start: number, end: number): Location | undefined {
  return source.file === undefined ? undefined : { file: source.file, span: { start, end } };
}
