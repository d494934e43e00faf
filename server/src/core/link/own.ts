import type { TranslationUnit } from '../preprocess/unit';
import * as kinds from '../syntax/kinds';
import type { Global } from './globals';
import type { TokenColumns } from './tokens';
import { flag } from './words';

/** An item at top level; `global` is the function that it defines. */
interface Item {
  start: number;
  end: number;
  readonly global: Global | undefined;
}

/** A function with another body: where its definition stands in the unit. */
interface Change {
  readonly item: Item;
  readonly global: Global;
  readonly from: number;
  readonly to: number;
}

/** Tokens that nothing stands for any more are left lying up to so many, and as many as there are others. */
const mostDead = 10_000;

/**
 * The items of a source behind its leading part. Where the next unit differs in bodies of functions alone, the new ones
 * are read behind all that is there: the tokens of everything else keep their numbers, and what was made of them stays.
 */
export class OwnItems {
  readonly #tokens: TokenColumns;
  readonly #items: readonly Item[];
  #live: number;
  #dead = 0;

  /** `starts` are the first tokens of the items, `globals` what they declare. */
  constructor(tokens: TokenColumns, starts: readonly number[], globals: Iterable<Global>) {
    this.#tokens = tokens;
    this.#live = tokens.count - (starts[0] ?? tokens.count);
    const functions = new Map<number, Global>();
    for (const global of globals)
      if ((global.declared.flags & flag.body) !== 0) functions.set(global.declared.start, global);
    this.#items = starts.map((start, i) => {
      return { start, end: starts[i + 1] ?? tokens.count, global: functions.get(start) };
    });
  }

  /**
   * Takes over a unit whose own tokens begin at `from`, and gives the functions that have another body; `undefined` if
   * more than that is different: then the tokens are of no use any more.
   */
  follow(unit: TranslationUnit, from: number): Global[] | undefined {
    if (this.#dead > mostDead + this.#live) return undefined;
    const changes: Change[] = [];
    let at = from;
    for (const item of this.#items) {
      const begin = plain(unit, at);
      at = this.#compare(unit, begin, item.start, item.end);
      if (at >= 0) continue;
      const { global } = item;
      if (global === undefined) return undefined;
      at = closing(unit, this.#compare(unit, begin, item.start, global.declared.value + 1));
      if (at < 0) return undefined;
      changes.push({ item, global, from: begin, to: at });
    }
    if (plain(unit, at) < unit.count) return undefined;
    return changes.every((change) => this.#apply(unit, change)) ? changes.map(({ global }) => global) : undefined;
  }

  /** The unit's token behind those that are the same as the ones from `start` to `end`, which they become; else -1. */
  #compare(unit: TranslationUnit, from: number, start: number, end: number): number {
    const { kind, name, origin } = this.#tokens;
    let at = from;
    for (let t = start; t < end; t++) {
      if (unit.kind[at] === kinds.hash) at = plain(unit, at);
      if (at >= unit.count || unit.name[at] !== name[t] || unit.kind[at] !== kind[t]) return -1;
      origin[t] = at++;
    }
    return at;
  }

  #apply(unit: TranslationUnit, { item, global, from, to }: Change): boolean {
    const tokens = this.#tokens;
    const { declared } = global;
    const start = tokens.count;
    const isWhole = tokens.read(unit, from, to);
    const by = start - declared.start;
    const value = declared.value + by;
    // A struct in front of the body is a struct of the file.
    const isBody =
      isWhole && tokens.match[value] === tokens.count - 1 && tokens.kind.indexOf(kinds.openBrace, start) === value;
    if (!isBody) return false;
    tokens.kind.fill(kinds.none, item.start, item.end);
    this.#dead += item.end - item.start;
    this.#live += tokens.count - start - (item.end - item.start);
    item.start = start;
    item.end = tokens.count;
    const { flags } = declared;
    const [declarator, token] = [declared.declarator + by, declared.token + by];
    global.declared = { start, declarator, token, flags, value, end: tokens.count };
    global.type = undefined;
    global.body = undefined;
    return true;
  }
}

/** The first token from `from` on that belongs to no pragma. */
function plain({ kind, count }: TranslationUnit, from: number): number {
  let at = from;
  while (at < count && kind[at] === kinds.hash) {
    while (at < count && kind[at] !== kinds.directiveEnd) at++;
    at++;
  }
  return at;
}

/** The token behind the brace that closes the one in front of `from`; -1 if none does. */
function closing(unit: TranslationUnit, from: number): number {
  const { kind, count } = unit;
  let depth = 1;
  for (let at = from; at >= 0 && at < count; at++) {
    const k = kind[at];
    if (k === kinds.hash) at = plain(unit, at) - 1;
    else if (k === kinds.openBrace) depth++;
    else if (k === kinds.closeBrace && --depth === 0) return at + 1;
  }
  return -1;
}
