import type { Target } from '../preprocess/target';
import type { Leading, TranslationUnit } from '../preprocess/unit';
import { constant } from './constant';
import { countFrom, type Writes, writesFrom } from './counts';
import { type FirstGlobals, findGlobals, type Global, type Globals, readItems } from './globals';
import { Layered, Watch } from './layered';
import { OwnItems } from './own';
import { completeRecord } from './read-record';
import type { Shared } from './reader';
import { typesOf } from './scalars';
import { readTokens, TokenColumns } from './tokens';
import type { Record } from './tree';
import { makeShared, readType } from './types';
import { flag } from './words';

const byLeading = new WeakMap<Leading, Kept | null>();

/** A unit read at top level. */
export interface UnitReading {
  readonly shared: Shared;
  /** The functions that have other bodies than in the unit before, whose `shared` it is; `undefined` if all is new. */
  readonly changed: readonly Global[] | undefined;
}

/** Reads a unit at top level. What is as in the unit before is taken from there, if that began alike. */
export function readUnit(unit: TranslationUnit): UnitReading {
  const { leading } = unit;
  if (leading !== undefined) {
    let kept = byLeading.get(leading);
    if (kept === undefined) {
      kept = keep(unit, leading);
      byLeading.set(leading, kept);
    }
    const changed = kept?.follow(unit);
    if (kept !== null && (changed !== undefined || kept.begin(unit))) return { shared: kept.shared, changed };
  }
  const tokens = readTokens(unit);
  return { shared: makeShared(tokens, findGlobals(tokens), unit.target), changed: undefined };
}

/** Reads the leading part of a unit; `null` if what follows it goes on with what it began. */
function keep(unit: TranslationUnit, leading: Leading): Kept | null {
  const tokens = new TokenColumns(unit.names, unit.count + (unit.count >> 4));
  if (!tokens.read(unit, 0, leading.tokens)) return null;
  const globals = findGlobals(tokens);
  const { count, kind } = tokens;
  const isWhole =
    kind[count - 1] === 0x3b || [...globals.byName.values()].some(({ declared }) => endsAt(declared, count));
  return isWhole ? new Kept(tokens, globals, leading, unit.target) : null;
}

function endsAt({ flags, end }: Global['declared'], count: number): boolean {
  return (flags & flag.body) !== 0 && end === count;
}

/**
 * What was read of the leading part of a unit: its tokens and declarations, and as they are needed types, members,
 * constants and bodies of functions. The next unit that begins alike reads only what stands behind it. That these may
 * be kept is checked with every name that was asked for while they were made: if the next unit says something else of
 * one of them, all are made anew.
 */
export class Kept {
  readonly shared: Shared;
  /** Tokens of the leading part. */
  readonly count: number;
  readonly #leading: Leading;
  readonly #tokens: TokenColumns;
  readonly #watch = new Watch();
  readonly #below: FirstGlobals;
  readonly #byName: Layered<Global>;
  readonly #tags: Layered<number>;
  readonly #enumerators: Layered<number>;
  readonly #globals: Globals;
  /** What stands behind the leading part, if that can be gone on with. */
  #own: OwnItems | undefined;
  /** Declarations of the leading part of which a block has said more, with what they said themselves. */
  readonly #flagged = new Map<Global, number>();
  #names: Uint8Array | undefined;
  #writes: Writes | undefined;

  constructor(tokens: TokenColumns, below: FirstGlobals, leading: Leading, target: Target) {
    this.#tokens = tokens;
    this.#below = below;
    this.#leading = leading;
    this.count = tokens.count;
    this.#byName = new Layered(below.byName, this.#watch);
    // Tags are late or known: nobody has to watch them.
    this.#tags = new Layered(below.tags, new Watch());
    this.#enumerators = new Layered(below.enumerators, this.#watch);
    this.#globals = {
      byName: this.#byName,
      tags: this.#tags,
      enumerators: this.#enumerators,
      asms: [],
      broken: [],
      changeable: (global) => this.#changeable(global),
    };
    const shared: Shared = {
      tokens,
      globals: this.#globals,
      target,
      types: typesOf(target),
      records: new Map(),
      enums: new Map(),
      kept: this,
      constant: (e) => constant(shared, e),
      typeOf: (global) => this.#typeOf(global),
      reading: (token, make) => (token >= 0 && token < this.count ? this.#watched(make) : make()),
      addFlags: (global, flags) => {
        if ((flags & ~global.flags) === 0) return;
        this.#own = undefined;
        if (this.#isKept(global)) {
          this.#watch.isSpoiled = true;
          if (!this.#flagged.has(global)) this.#flagged.set(global, global.flags);
        }
        global.flags |= flags;
      },
    };
    this.shared = shared;
  }

  /** How often names are written in the leading part; see `countFrom`. */
  get names(): Uint8Array {
    this.#names ??= this.#atBeginning(() => countFrom(this.#tokens, 0));
    return this.#names;
  }

  /** What the leading part writes to. */
  get writes(): Writes {
    this.#writes ??= this.#atBeginning(() => writesFrom(this.#tokens, 0));
    return this.#writes;
  }

  /** Goes on with a unit that differs from the one before in the bodies of functions alone, which it gives. */
  follow(unit: TranslationUnit): readonly Global[] | undefined {
    return this.#own?.follow(unit, this.#leading.tokens);
  }

  /** Goes on with another unit that begins alike; false if that cannot be. */
  begin(unit: TranslationUnit): boolean {
    this.#own = undefined;
    for (const [global, flags] of this.#flagged) global.flags = flags;
    this.#flagged.clear();
    this.#byName.clear();
    this.#tags.clear();
    this.#enumerators.clear();
    const { asms, broken } = this.#globals;
    asms.splice(0, asms.length, ...this.#below.asms);
    broken.splice(0, broken.length, ...this.#below.broken);
    this.#tokens.cut(this.count);
    const isWhole = this.#tokens.read(unit, this.#leading.tokens, unit.count);
    const starts: number[] = [];
    readItems(this.#tokens, this.#globals, this.count, starts);
    for (const layer of [this.#tags, this.#enumerators])
      for (const name of layer.own.keys()) if (layer.below.has(name)) return false;
    if (this.#watch.isSpoiled || this.#isOtherwise()) this.#forget();
    const { records, enums } = this.shared;
    for (const open of enums.keys()) if (open >= this.count) enums.delete(open);
    for (const record of records.values()) if (record.isLate) this.#beginRecord(record);
    if (isWhole && broken.length === this.#below.broken.length)
      this.#own = new OwnItems(this.#tokens, starts, this.#byName.own.values());
    return true;
  }

  /** The struct is not defined in the leading part. */
  isLate(tag: number): boolean {
    return !this.#tags.below.has(tag);
  }

  /** Somebody wants to know what is in a struct that is not defined in the leading part. */
  askLate({ name, open }: Record): void {
    if (this.#watch.depth === 0) return;
    if (open < 0) this.#watch.asked.add(name);
    else this.#watch.isSpoiled = true;
  }

  /** Another meaning of a name that something kept depends on. */
  #isOtherwise(): boolean {
    const { asked } = this.#watch;
    for (const [name, global] of this.#byName.own) {
      const before = this.#byName.below.get(name);
      if (asked.has(name) || ((before?.flags ?? global.flags) ^ global.flags) & flag.typedef) return true;
    }
    for (const layer of [this.#tags, this.#enumerators])
      for (const name of layer.own.keys()) if (asked.has(name)) return true;
    return false;
  }

  #forget(): void {
    for (const global of this.#byName.below.values()) {
      global.type = undefined;
      global.body = undefined;
    }
    this.shared.records.clear();
    this.shared.enums.clear();
    this.#watch.asked.clear();
    this.#watch.isSpoiled = false;
  }

  #beginRecord(record: Record): void {
    record.packed = false;
    record.align = [];
    record.members = undefined;
    record.layout = undefined;
    completeRecord(this.shared, record);
  }

  #changeable(global: Global): Global {
    if (!this.#isKept(global)) return global;
    const copy = { ...global, type: undefined, body: undefined };
    this.#byName.set(global.name, copy);
    return copy;
  }

  #isKept(global: Global): boolean {
    return this.#byName.below.get(global.name) === global;
  }

  #typeOf(global: Global): NonNullable<Global['type']> {
    const isKept = this.#isKept(global);
    if (this.#watch.depth > 0) {
      if (isKept) this.#watch.asked.add(global.name);
      else this.#watch.isSpoiled = true;
    }
    if (global.type !== undefined) return global.type;
    return isKept ? this.#watched(() => readType(this.shared, global)) : readType(this.shared, global);
  }

  #watched<T>(make: () => T): T {
    this.#watch.depth++;
    try {
      return make();
    } finally {
      this.#watch.depth--;
    }
  }

  /** Runs with the tokens of the leading part alone. */
  #atBeginning<T>(make: () => T): T {
    const { count } = this.#tokens;
    this.#tokens.cut(this.count);
    const made = make();
    this.#tokens.cut(count);
    return made;
  }
}
