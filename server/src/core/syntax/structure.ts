import type { Parser } from 'web-tree-sitter';
import type { Body, Items } from './declared';
import { commentFacts, extractFacts, factsOf, languageOf, useTable } from './extract';
import { type FileFacts, noOwner, type UseTable, useIsCall, useIsUncertain } from './facts';
import { readItems } from './items';
import { lex, type Tokens } from './lexer';
import { maskBody } from './mask';
import * as names from './names';
import { parameterNames } from './parameters';
import { joinParts, type Parts, type ReadUses, readParts, rereadParts } from './parts';
import { NodeKinds, readScopes, type Scopes } from './scopes';
import { Uses } from './uses';

/** Larger bodies are judged by their tokens. */
const largestBody = 512 * 1024;
/** How many uses the remembered bodies may have together: some megabytes. */
const mostRemembered = 400_000;
/** How often the parser may report before it is stopped: far beyond what any body of that size needs. */
const mostReports = 20_000;

/** The uses of one body, relative to its opening brace. */
interface BodyUses {
  readonly start: readonly number[];
  readonly end: readonly number[];
  readonly flags: readonly number[];
}

/**
 * Facts of files with the scopes of a syntax tree. Each function body is parsed on its own and remembered by its text,
 * so that reading a file again parses only the bodies that changed, and broken code cannot hide what is not in it. The
 * tree never outlives the call.
 */
export class StructureReader {
  readonly #parser: Parser;
  readonly #kinds: NodeKinds;
  /** Least recently used first. */
  readonly #remembered = new Map<string, BodyUses>();
  #weight = 0;
  /** What was read of files that are followed. */
  readonly #followed = new Map<string, Parts>();
  readonly #readUses: ReadUses = (tokens, items) => this.#uses(tokens, items);
  #isBroken = false;

  private constructor(parser: Parser, kinds: NodeKinds) {
    this.#parser = parser;
    this.#kinds = kinds;
  }

  /** Starts the runtime, given as the bytes of `web-tree-sitter.wasm` and `tree-sitter-c.wasm`. */
  static async create(wasm: { runtime: Uint8Array; grammar: Uint8Array }): Promise<StructureReader> {
    // Not before somebody needs it: most runs of the command line do not.
    const { Language, Parser } = await import('web-tree-sitter');
    await Parser.init({ wasmBinary: wasm.runtime.slice().buffer });
    const language = await Language.load(wasm.grammar);
    const parser = new Parser();
    parser.setLanguage(language);
    return new StructureReader(parser, new NodeKinds(language));
  }

  /** The parser failed inside: from then on files are read from their tokens, until a new process starts. */
  get isBroken(): boolean {
    return this.#isBroken;
  }

  /** Facts of a file; at depth `tokens` if it is not C or the parser has failed. Never throws. */
  read(path: string, text: string): FileFacts {
    const parts = this.#canRead(path) ? readParts(text, this.#readUses) : undefined;
    return parts && !this.#isBroken ? this.#factsOf(parts) : extractFacts(path, text);
  }

  /** As `read`, of a file that is read again and again until it is forgotten: only the parts that changed are read. */
  follow(path: string, text: string): FileFacts {
    const before = this.#followed.get(path);
    this.#followed.delete(path);
    if (!this.#canRead(path)) return extractFacts(path, text);
    const parts = before ? rereadParts(before, text, this.#readUses) : readParts(text, this.#readUses);
    if (this.#isBroken) return extractFacts(path, text);
    this.#followed.set(path, parts);
    return this.#factsOf(parts);
  }

  /** Forgets what is kept of a file that was followed, or all that was ever read. */
  forget(path?: string): void {
    if (path !== undefined) {
      this.#followed.delete(path);
      return;
    }
    this.#followed.clear();
    this.#remembered.clear();
    this.#weight = 0;
  }

  dispose(): void {
    this.forget();
    if (!this.#isBroken) this.#parser.delete();
    this.#isBroken = true;
  }

  #canRead(path: string): boolean {
    return !this.#isBroken && languageOf(path) === 'c';
  }

  #factsOf(parts: Parts): FileFacts {
    const joined = joinParts(parts);
    const depth = 'structure';
    if (parts.parts.some((part) => part.isUnbalanced)) {
      const tokens = lex(parts.text);
      const items = readItems(tokens, true);
      if (items.functions.length >= joined.functions.length) {
        return factsOf(items, { ...commentFacts(tokens), uses: this.#uses(tokens, items), depth });
      }
    }
    return factsOf(joined, { ...commentFacts(joined.comments), uses: joined.uses, depth });
  }

  /** The uses of the tokens, with those of the bodies replaced by what their trees say. */
  #uses(tokens: Tokens, items: Items): UseTable {
    const table = useTable(items.uses);
    const uses = new Uses();
    let next = 0;
    const copyUntil = (offset: number): void => {
      for (; next < table.start.length && (table.start[next] as number) < offset; next++) {
        const flags = table.flags[next] as number;
        const name = table.names[table.name[next] as number] as string;
        if (isClaim(table, next))
          uses.add(name, table.start[next] as number, table.within[next] as number, flags & ~useIsUncertain);
      }
    };
    for (const body of items.bodies) {
      const start = tokens.start[body.open] as number;
      const end = tokens.end[body.close] as number;
      if (body.close === body.open || (table.start[next] ?? start) > end) continue;
      copyUntil(start);
      const from = next;
      while (next < table.start.length && (table.start[next] as number) < end) next++;
      const found = this.#bodyUses(tokens, body, table, from, next);
      for (let i = 0; i < found.start.length; i++) {
        const at = start + (found.start[i] as number);
        const name = tokens.text.slice(at, start + (found.end[i] as number));
        uses.add(names.flat(name, 0, name.length), at, body.owner, found.flags[i] as number);
      }
    }
    copyUntil(Number.POSITIVE_INFINITY);
    return useTable(uses);
  }

  #bodyUses(tokens: Tokens, body: Body, table: UseTable, from: number, to: number): BodyUses {
    const key = keyOf(tokens, body);
    const known = this.#remembered.get(key);
    if (known !== undefined) {
      this.#remembered.delete(key);
      this.#remembered.set(key, known);
      return known;
    }
    const found = this.#parse(tokens, body, table, from, to);
    this.#remembered.set(key, found);
    this.#weight += found.start.length + 20;
    for (const [oldest, uses] of this.#remembered) {
      if (this.#weight <= mostRemembered) break;
      this.#weight -= uses.start.length + 20;
      this.#remembered.delete(oldest);
    }
    return found;
  }

  #parse(tokens: Tokens, body: Body, table: UseTable, from: number, to: number): BodyUses {
    const start = tokens.start[body.open] as number;
    const end = tokens.end[body.close] as number;
    const masked = end - start > largestBody ? undefined : maskBody(tokens, body.open, body.close);
    const parameters = parameterNames(tokens, body.from, body.to, body.owner === noOwner);
    const scopes = masked === undefined ? undefined : this.#scopes(masked.text, parameters);
    const found: { start: number; end: number; flags: number }[] = [];
    const blind = scopes === undefined ? [0, end - start] : [...scopes.broken, ...(masked?.blind ?? [])];
    const hidden = new Set(masked?.hidden.map((token) => (tokens.start[token] as number) - start));
    const uncertain = new Set<string>();
    for (let i = from; i < to; i++) {
      const at = (table.start[i] as number) - start;
      const flags = table.flags[i] as number;
      const name = table.names[table.name[i] as number] as string;
      const isDoubtful = (flags & useIsUncertain) !== 0;
      // A name that a macro may declare; one that the tree declares has the tree's scopes.
      if (isDoubtful && scopes?.declared.has(name) !== true) uncertain.add(name);
      if (!isInside(blind, at) && !hidden.has(at)) continue;
      if (isDoubtful || scopes?.declared.has(name)) continue;
      found.push({ start: at, end: at + widthOf(tokens, start + at), flags });
    }
    for (let i = 0; scopes !== undefined && i < scopes.outer.length; i++) {
      const at = scopes.outer[i] as number;
      const stop = scopes.ends[i] as number;
      if (isInside(blind, at)) continue;
      const name = tokens.text.slice(start + at, start + stop);
      if (uncertain.has(name) || names.roleOfName(name) !== names.plain) continue;
      found.push({ start: at, end: stop, flags: isCall(tokens.text, start + stop) ? useIsCall : 0 });
    }
    found.sort((a, b) => a.start - b.start);
    return { start: found.map((u) => u.start), end: found.map((u) => u.end), flags: found.map((u) => u.flags) };
  }

  #scopes(text: string, parameters: readonly string[]): Scopes | undefined {
    if (this.#isBroken) return undefined;
    try {
      let reports = 0;
      const tree = this.#parser.parse(text, null, { progressCallback: () => ++reports > mostReports });
      if (tree === null) {
        this.#parser.reset();
        return undefined;
      }
      const cursor = tree.walk();
      try {
        return readScopes(cursor, text, this.#kinds, parameters);
      } finally {
        cursor.delete();
        tree.delete();
      }
    } catch {
      // An abort leaves the runtime's memory in an unknown state.
      this.#isBroken = true;
      return undefined;
    }
  }
}

/** Whether a use outside of bodies that were parsed is claimed without doubt. */
function isClaim(table: UseTable, index: number): boolean {
  return ((table.flags[index] as number) & useIsUncertain) === 0 || (table.within[index] as number) === noOwner;
}

function isInside(pairs: readonly number[], at: number): boolean {
  for (let i = 0; i < pairs.length; i += 2) {
    if (at >= (pairs[i] as number) && at < (pairs[i + 1] as number)) return true;
  }
  return false;
}

function isCall(text: string, at: number): boolean {
  let i = at;
  while (i < text.length && text.charCodeAt(i) <= 32) i++;
  return text.charCodeAt(i) === 40;
}

/** How many characters the identifier that begins at an offset has. */
function widthOf(tokens: Tokens, at: number): number {
  let low = 0;
  let high = tokens.count - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens.start[middle] as number) < at) low = middle + 1;
    else high = middle;
  }
  return (tokens.end[low] as number) - at;
}

/** A body's text with its parameters as a number of 64 bits and its lengths: long texts need not be kept to be known. */
function keyOf(tokens: Tokens, body: Body): string {
  let a = 0x811c9dc5;
  let b = 0x2545f491;
  const add = (from: number, to: number): void => {
    for (let i = from; i < to; i++) {
      const c = tokens.text.charCodeAt(i);
      a = Math.imul(a ^ c, 0x01000193);
      b = Math.imul(b ^ c, 0x5bd1e995) ^ (b >>> 15);
    }
  };
  const parametersFrom = tokens.start[body.from] as number;
  const parametersTo = Math.max(parametersFrom, tokens.end[body.to] as number);
  const start = tokens.start[body.open] as number;
  const end = tokens.end[body.close] as number;
  add(parametersFrom, parametersTo);
  add(start, end);
  return `${parametersTo - parametersFrom}.${end - start}.${body.owner === noOwner}.${a}.${b}`;
}
