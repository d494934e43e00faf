import type { Problem } from '../finding';
import type { HeaderCache } from './cache';
import * as directive from './directive';
import type { Machine } from './machine';
import type { Expansions, Output } from './output';
import type { PreprocessRequest } from './request';
import type { Source } from './source';
import type { Tail } from './tail';
import type { Leading } from './unit';

/**
 * The state of a unit behind the leading directives of its source: what is left to do when only the text below them has
 * changed. Good as long as the arguments, the leading text and all headers are the same.
 */
export interface Prefix {
  readonly key: string;
  /** The source's text up to the end of its leading directives. */
  readonly text: string;
  readonly source: Source;
  /** All other sources that were read, and the index of each among the files. */
  readonly sources: readonly Source[];
  readonly indexes: readonly number[];
  /** Those of them that are no files. */
  readonly virtual: readonly Source[];
  readonly generation: number;
  /** What the cache's revision was when all sources were current. */
  revision: number;
  readonly macroOf: Int32Array;
  readonly out: Output;
  readonly expansions: Expansions;
  readonly files: readonly string[];
  readonly fileIndex: ReadonlyMap<string, number>;
  readonly once: ReadonlySet<string>;
  readonly pushed: ReadonlyMap<number, readonly number[]>;
  readonly counter: number;
  readonly resumed: number;
  readonly problems: readonly Problem[];
  readonly missing: readonly string[];
  readonly isStopped: boolean;
  readonly leading: Leading;
  /** What stood behind it in the last unit. */
  tail: Tail | undefined;
}

/** Prefixes by the source's path, the one used last at the end. */
export type Prefixes = Map<string, Prefix>;

const mostPrefixes = 6;

/** Everything but the text that a prefix depends on. */
export function keyOf(request: PreprocessRequest): string {
  const { compiler, definitions, includes, quoteFolders, folders, systemFolders } = request;
  return JSON.stringify([compiler.name, definitions, includes, quoteFolders, folders, systemFolders]);
}

/** The remembered prefix of this request, if it still holds. */
export function findPrefix(request: PreprocessRequest, text: string, cache: HeaderCache): Prefix | undefined {
  const prefix = cache.prefixes.get(request.path);
  if (prefix === undefined) return undefined;
  const isGood =
    prefix.key === keyOf(request) &&
    text.startsWith(prefix.text) &&
    isLineEnd(text, prefix.text.length) &&
    !goesOn(text, prefix.text.length) &&
    isCurrent(prefix, cache) &&
    prefix.generation === cache.generation;
  if (!isGood) dropPrefix(cache, request.path);
  return isGood ? prefix : undefined;
}

/** Whether nothing has changed that a prefix read; a tail for which that is not so is dropped. */
function isCurrent(prefix: Prefix, cache: HeaderCache): boolean {
  const check = (source: Source) => cache.isCurrent(source);
  // Asking for them keeps them, too.
  if (!prefix.virtual.every(check)) return false;
  if (prefix.revision === cache.revision) return true;
  if (!prefix.sources.every(check)) return false;
  if (prefix.tail?.sources.every(check) === false) dropTail(cache, prefix);
  prefix.revision = cache.revision;
  return true;
}

function isLineEnd(text: string, at: number): boolean {
  const c = text.charCodeAt(at);
  return c === 10 || c === 13;
}

/** Whether the line behind the prefix is a directive too: then more could be remembered. */
function goesOn(text: string, from: number): boolean {
  const behind = /[^\s]/g;
  behind.lastIndex = from;
  return text[behind.exec(text)?.index ?? text.length] === '#';
}

export function dropPrefix(cache: HeaderCache, path: string): void {
  const prefix = cache.prefixes.get(path);
  if (prefix === undefined) return;
  cache.prefixes.delete(path);
  cache.release(prefix.source);
  dropTail(cache, prefix);
}

export function dropTail(cache: HeaderCache, prefix: Prefix): void {
  if (prefix.tail !== undefined) cache.release(prefix.tail.source);
  prefix.tail = undefined;
}

/** Keeps the state of a machine that has just read `source`, the leading part of its unit. */
export function keepPrefix(machine: Machine, source: Source, sources: readonly Source[], text: string): Prefix {
  const { request, cache } = machine;
  dropPrefix(cache, request.path);
  for (const [oldest] of cache.prefixes) {
    if (cache.prefixes.size < mostPrefixes) break;
    dropPrefix(cache, oldest);
  }
  const prefix: Prefix = {
    key: keyOf(request),
    text,
    source,
    sources,
    indexes: sources.map((one) => one.index),
    virtual: sources.filter((one) => one.isVirtual),
    revision: cache.revision,
    generation: cache.generation,
    macroOf: machine.macroOf.slice(),
    out: machine.out.copy(),
    expansions: machine.expansions.copy(),
    files: [...machine.files],
    fileIndex: new Map(machine.fileIndex),
    once: new Set(machine.once),
    pushed: new Map([...machine.pushed].map(([name, stack]) => [name, [...stack]])),
    counter: machine.counter,
    resumed: machine.resumed,
    problems: [...machine.problems],
    missing: [...machine.missing],
    isStopped: machine.isStopped,
    leading: { tokens: machine.out.count, expansions: machine.expansions.count, files: machine.files.length },
    tail: undefined,
  };
  cache.prefixes.set(request.path, prefix);
  return prefix;
}

/** Puts a new machine into the state of a prefix, to read what follows. */
export function restorePrefix(machine: Machine, prefix: Prefix): void {
  restoreTokens(machine, prefix);
  machine.files = [...prefix.files];
  machine.fileIndex = new Map(prefix.fileIndex);
  machine.once = new Set(prefix.once);
  machine.pushed = new Map([...prefix.pushed].map(([name, stack]) => [name, [...stack]]));
  machine.counter = prefix.counter;
  machine.resumed = prefix.resumed;
  machine.problems = [...prefix.problems];
  machine.missing = [...prefix.missing];
  machine.isStopped = prefix.isStopped;
}

/** What of that is needed to expand macros. */
export function restoreTokens(machine: Machine, { macroOf, out, expansions, sources, indexes }: Prefix): void {
  machine.macroOf.set(macroOf);
  machine.out.load(out);
  machine.expansions.load(expansions);
  for (let i = 0; i < sources.length; i++) (sources[i] as Source).index = indexes[i] as number;
}

/**
 * Where the leading directives of a source end: behind the last one that stands before any other token and outside of
 * conditionals; 0 if none of them is an include.
 */
export function leadingEnd(source: Source): number {
  const { code, hash, to, count } = source.directives;
  let end = 0;
  let depth = 0;
  let next = 0;
  let hasInclude = false;
  for (let d = 0; d < count && hash[d] === next; d++) {
    const one = code[d] as number;
    if (one === directive.include) hasInclude = true;
    if (one === directive.endif) depth--;
    else if (one >= directive.ifTrue && one < directive.elif) depth++;
    if (depth < 0 || one === directive.line) break;
    next = (to[d] as number) + 1;
    const lineEnd = source.offset[to[d] as number] as number;
    if (depth === 0 && hasInclude && isLineEnd(source.text, lineEnd)) end = lineEnd;
  }
  return end;
}
