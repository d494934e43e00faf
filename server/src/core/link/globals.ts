import * as kinds from '../syntax/kinds';
import type { Table } from './layered';
import type { Tokens } from './tokens';
import type { Body, Type } from './tree';
import { flag, storageFlags, word } from './words';

/** One declarator at top level, found without being read. */
export interface Declared {
  /** First token of the declaration, with its specifiers. */
  readonly start: number;
  /** First token of the declarator. */
  readonly declarator: number;
  /** Token of the name. */
  readonly token: number;
  readonly flags: number;
  /** First token of the initializer or the body; 0 if there is none. */
  readonly value: number;
  /** One past the declaration's or the body's last token. */
  readonly end: number;
}

/** A name of file scope: typedef, function or variable. All its declarations together. */
export interface Global {
  readonly name: number;
  flags: number;
  /** The declaration that defines it, else the last one. */
  declared: Declared;
  isDefined: boolean;
  /** Symbol it gets by an asm label. */
  label: string | undefined;
  /** Symbol it is an alias of. */
  alias: string | undefined;
  type?: Type | undefined;
  body?: Body | undefined;
}

/** What stands at top level. */
export interface Globals {
  readonly byName: Table<Global>;
  /** Tags: token of the brace behind them. */
  readonly tags: Table<number>;
  /** Enumerators: token of the brace of their enum. */
  readonly enumerators: Table<number>;
  /** First and last token of each asm at top level. */
  readonly asms: (readonly [number, number])[];
  /** Token ranges that could not be understood. */
  readonly broken: (readonly [number, number])[];
  /** The global to be changed in the place of one that must stay as it is. */
  changeable?(global: Global): Global;
}

/** What one reading from the first token on found. */
export interface FirstGlobals extends Globals {
  readonly byName: Map<number, Global>;
  readonly tags: Map<number, number>;
  readonly enumerators: Map<number, number>;
}

/** Finds all declarations at top level; nothing in brackets is looked at but tags and enumerators. */
export function findGlobals(tokens: Tokens): FirstGlobals {
  const globals: FirstGlobals = { byName: new Map(), tags: new Map(), enumerators: new Map(), asms: [], broken: [] };
  readItems(tokens, globals, 0);
  return globals;
}

/** Adds the declarations from a token on, where an item begins, and to `starts` the first token of each item. */
export function readItems(tokens: Tokens, globals: Globals, from: number, starts?: number[]): void {
  let at = from;
  while (at < tokens.count) {
    starts?.push(at);
    const next = new Item(tokens, globals, at).read();
    at = next > at ? next : at + 1;
  }
}

class Item {
  readonly #t: Tokens;
  readonly #globals: Globals;
  readonly #start: number;
  #at: number;
  #flags = 0;
  #label: string | undefined;
  #alias: string | undefined;
  #isTypeof = false;

  constructor(tokens: Tokens, globals: Globals, at: number) {
    this.#t = tokens;
    this.#globals = globals;
    this.#start = at;
    this.#at = at;
  }

  /** The token behind the item. */
  read(): number {
    const { kind, word: words, match, count } = this.#t;
    if (kind[this.#at] === kinds.semicolon) return this.#at + 1;
    if (words[this.#at] === word.staticAssert) return this.#skipToSemicolon();
    if (words[this.#at] === word.asm) {
      const end = this.#skipToSemicolon();
      this.#globals.asms.push([this.#start, end]);
      return end;
    }
    this.#specifiers();
    const shared = this.#flags;
    for (;;) {
      this.#flags = shared;
      this.#label = undefined;
      this.#alias = undefined;
      const declarator = this.#at;
      const token = this.#declaratorName();
      if (token < 0 && kind[this.#at] === kinds.semicolon) return this.#at + 1;
      this.#suffixes();
      const k = kind[this.#at];
      if (k === kinds.openBrace && token >= 0 && this.#at < count) {
        const end = Math.min(count, (match[this.#at] as number) + 1);
        this.#flags |= flag.body;
        this.#declare({ start: this.#start, declarator, token, flags: this.#flags, value: this.#at, end });
        return end;
      }
      let value = 0;
      if (k === kinds.assign) {
        value = this.#at + 1;
        this.#flags |= flag.initialized;
        this.#skipInitializer();
      }
      if (token < 0) break;
      this.#declare({ start: this.#start, declarator, token, flags: this.#flags, value, end: this.#at });
      if (kind[this.#at] === kinds.comma) this.#at++;
      else if (kind[this.#at] === kinds.semicolon) return this.#at + 1;
      else break;
    }
    const end = this.#skipToSemicolon();
    this.#globals.broken.push([this.#start, end]);
    return end;
  }

  #declare(declared: Declared): void {
    const name = this.#t.name[declared.token] as number;
    const isDefinition =
      (declared.flags & (flag.initialized | flag.body | flag.typedef | flag.alias)) !== 0 ||
      (declared.flags & (flag.extern | flag.function)) === 0;
    const global = this.#globals.byName.get(name);
    if (global === undefined) {
      this.#globals.byName.set(name, {
        name,
        flags: declared.flags,
        declared,
        isDefined: isDefinition,
        label: this.#label,
        alias: this.#alias,
      });
      return;
    }
    const hadValue = (global.flags & (flag.initialized | flag.body)) !== 0;
    const to = this.#globals.changeable?.(global) ?? global;
    // A declaration of a GNU inline function without `extern` or `inline` makes a definition of it.
    if ((declared.flags & flag.body) !== 0) to.flags &= ~(flag.inline | flag.extern);
    to.flags |= declared.flags & ~(hadValue ? flag.extern | flag.inline : 0);
    to.label ??= this.#label;
    to.alias ??= this.#alias;
    // `extern typeof(x) x;` says nothing of x that was not known.
    if (!hadValue && (!this.#isTypeof || declared.value > 0)) to.declared = declared;
    to.isDefined ||= isDefinition;
  }

  /** Storage classes, qualifiers, attributes and the type, up to the first declarator. */
  #specifiers(): void {
    const { kind, word: words, name, match, count } = this.#t;
    let hasType = false;
    while (this.#at < count) {
      const w = words[this.#at] as number;
      if (this.#isBracketed()) {
        this.#attribute();
        continue;
      }
      if (kind[this.#at] !== kinds.identifier) return;
      switch (w) {
        case word.none:
          if (hasType && this.#isUnknownQualifier()) {
            this.#at++;
            break;
          }
          if (hasType) return;
          hasType = true;
          this.#flags |= flag.namedType;
          this.#at++;
          break;
        case word.attribute:
          this.#attribute();
          break;
        case word.asm:
          return;
        case word.struct:
        case word.union:
        case word.enum:
          hasType = true;
          this.#at++;
          while (words[this.#at] === word.attribute || this.#isBracketed()) this.#attribute();
          if (kind[this.#at] === kinds.identifier) {
            const open = w === word.enum ? this.#enumBrace(this.#at + 1) : this.#at + 1;
            if (kind[open] === kinds.openBrace) this.#globals.tags.set(name[this.#at] as number, open);
            this.#at++;
          }
          if (w === word.enum) this.#at = this.#enumBrace(this.#at);
          if (kind[this.#at] === kinds.openBrace) {
            if (w === word.enum) this.#enumerators(this.#at);
            else this.#inside(this.#at);
            this.#at = Math.min(count, (match[this.#at] as number) + 1);
          }
          break;
        case word.typeof:
          this.#isTypeof = true;
          this.#flags |= flag.namedType;
          hasType = true;
          this.#skipWithParens();
          break;
        case word.atomic:
          hasType ||= kind[this.#at + 1] === kinds.openParen;
          this.#skipWithParens();
          break;
        case word.auto:
        case word.autoType:
          // `auto` without a type is `__auto_type` from C23 on.
          hasType ||= w === word.autoType || kind[this.#at + 2] === kinds.assign;
          this.#at++;
          break;
        case word.alignas:
          this.#skipWithParens();
          break;
        default:
          if (w >= word.void && w <= word.bitInt) hasType = true;
          if (w === word.bitInt && kind[this.#at + 1] === kinds.openParen)
            this.#at = Math.min(count - 1, match[this.#at + 1] as number);
          this.#flags |= storageFlags[w] ?? 0;
          this.#at++;
      }
    }
  }

  /** Enums and tagged structs in a struct's members belong to the file as well. */
  #inside(open: number): void {
    const { kind, word: words, name, match } = this.#t;
    const close = match[open] as number;
    for (let i = open + 1; i < close; i++) {
      const w = words[i];
      if (w !== word.struct && w !== word.union && w !== word.enum) continue;
      let at = i + 1;
      const isTagged = kind[at] === kinds.identifier && words[at] === word.none;
      if (isTagged) at++;
      if (w === word.enum) at = this.#enumBrace(at);
      if (kind[at] !== kinds.openBrace) continue;
      if (w === word.enum) this.#enumerators(at);
      if (isTagged) this.#globals.tags.set(name[i + 1] as number, at);
    }
  }

  /** Where an enum's brace is, if it has one: C23 lets it say in front which type it has. */
  #enumBrace(behindTag: number): number {
    const { kind, count } = this.#t;
    let at = behindTag;
    if (kind[at] !== kinds.colon) return at;
    while (at < count && kind[at] !== kinds.openBrace && kind[at] !== kinds.semicolon && kind[at] !== kinds.comma) at++;
    return kind[at] === kinds.openBrace ? at : behindTag;
  }

  #enumerators(open: number): void {
    const { kind, name, match } = this.#t;
    const close = match[open] as number;
    for (let i = open + 1; i < close; i++) {
      const k = kind[i] as number;
      if ((match[i] as number) > i) i = match[i] as number;
      else if (k === kinds.identifier && (kind[i - 1] === kinds.comma || i === open + 1))
        this.#globals.enumerators.set(name[i] as number, open);
    }
  }

  /** Token of the declared name, or -1; the position is then behind it and the parentheses around it. */
  #declaratorName(depth = 0): number {
    const { kind, word: words, match, count } = this.#t;
    while (this.#at < count) {
      const k = kind[this.#at] as number;
      const w = words[this.#at] as number;
      if (k === kinds.star) this.#at++;
      else if (w === word.attribute || this.#isBracketed()) this.#attribute();
      else if (this.#at > 0 && kind[this.#at - 1] === kinds.star && this.#isUnknownQualifier()) this.#at++;
      else if (w >= word.const && w <= word.atomic) {
        // The qualifier of a pointer is the variable's, the one of what it points to is not.
        this.#flags = (this.#flags & ~(flag.constant | flag.volatile)) | (storageFlags[w] ?? 0);
        this.#at++;
      } else if (w !== word.none) return -1;
      else if (k === kinds.identifier) {
        if (kind[this.#at + 1] === kinds.openParen) this.#flags |= flag.function;
        if (kind[this.#at - 1] === kinds.star) this.#flags &= ~(flag.constant | flag.volatile);
        return this.#at++;
      } else if (k === kinds.openParen) {
        const close = match[this.#at] as number;
        const open = this.#at++;
        const inner = depth < 50 ? this.#declaratorName(depth + 1) : -1;
        // Not `(*f(int))(int)`, where the name inside has parameters, but `(*f)(int)`, a variable, and `(f)(int)`.
        if (inner === open + 1 && kind[close + 1] === kinds.openParen) this.#flags |= flag.function;
        this.#at = Math.min(count, close + 1);
        return inner;
      } else return -1;
    }
    return -1;
  }

  /** Parameters, array bounds, asm labels and attributes behind a name. */
  #suffixes(): void {
    const { kind, word: words, match, name, names, count } = this.#t;
    while (this.#at < count) {
      const k = kind[this.#at] as number;
      const w = words[this.#at] as number;
      if (w === word.attribute || this.#isBracketed()) this.#attribute();
      else if (k === kinds.openParen || k === kinds.openBracket) this.#at = (match[this.#at] as number) + 1;
      else if (w === word.asm) {
        const string = this.#at + 2;
        if (kind[string] === kinds.string) this.#label = unquoted(names.text(name[string] as number));
        this.#skipWithParens();
      } else if (w >= word.const && w <= word.atomic) this.#at++;
      else return;
    }
    this.#at = Math.min(this.#at, count);
  }

  /** `[[…]]` is here. */
  #isBracketed(): boolean {
    const { kind } = this.#t;
    return kind[this.#at] === kinds.openBracket && kind[this.#at + 1] === kinds.openBracket;
  }

  /** See the function of that name in `read-type.ts`. */
  #isUnknownQualifier(): boolean {
    const { kind, word: words } = this.#t;
    const isPlain = (at: number) => kind[at] === kinds.identifier && words[at] === word.none;
    const next = this.#at + 1;
    const w = words[next] as number;
    return isPlain(this.#at) && (kind[next] === kinds.star || isPlain(next) || (w >= word.const && w <= word.atomic));
  }

  /** An attribute specifier of either form. */
  #attribute(): void {
    const { kind, name, match, names, words, count } = this.#t;
    const open = this.#isBracketed() ? this.#at : this.#at + 1;
    if (kind[open] !== kinds.openParen && open !== this.#at) {
      this.#at++;
      return;
    }
    const close = match[open] as number;
    for (let i = open + 1; i < close; i++) {
      if (kind[i] !== kinds.identifier) continue;
      const bits = words.attribute.get(name[i] as number);
      if (bits !== undefined) {
        this.#flags |= bits;
        if ((bits & flag.alias) !== 0 && kind[i + 2] === kinds.string)
          this.#alias = unquoted(names.text(name[i + 2] as number));
      }
      if (kind[i + 1] === kinds.openParen) i = match[i + 1] as number;
    }
    this.#at = Math.min(count, close + 1);
  }

  #skipWithParens(): void {
    const { kind, word: words, match, count } = this.#t;
    this.#at++;
    while (words[this.#at] === word.volatile || words[this.#at] === word.goto || words[this.#at] === word.inline)
      this.#at++;
    if (kind[this.#at] === kinds.openParen) this.#at = Math.min(count, (match[this.#at] as number) + 1);
  }

  #skipInitializer(): void {
    const { kind, match, count } = this.#t;
    while (this.#at < count) {
      const k = kind[this.#at] as number;
      if (k === kinds.comma || k === kinds.semicolon) return;
      const close = match[this.#at] as number;
      this.#at = close > this.#at ? close + 1 : this.#at + 1;
    }
    this.#at = count;
  }

  #skipToSemicolon(): number {
    const { kind, match, count } = this.#t;
    let at = this.#at;
    while (at < count) {
      if (kind[at] === kinds.semicolon) return at + 1;
      const close = match[at] as number;
      if (close > at && kind[at] === kinds.openBrace) return Math.min(count, close + 1);
      at = close > at ? close + 1 : at + 1;
    }
    return count;
  }
}

function unquoted(text: string): string {
  return text.replace(/^[^"]*"|"$/g, '');
}
