import { dirname, normalize } from '../path';
import * as kinds from '../syntax/kinds';
import { kindMask, white } from './columns';
import * as directives from './directive';
import { type Frame, limits, type Machine, never } from './machine';
import type { SearchResult } from './search';
import type { Source } from './source';

/** `#include`, `#include_next` and `#import`. */
export function runInclude(machine: Machine, frame: Frame, d: number): void {
  const { source } = frame;
  const isNext = source.directives.code[d] === directives.includeNext;
  const wanted = headerOf(machine, source, d);
  const offset = source.offset[source.directives.hash[d] as number] as number;
  if (wanted === undefined) {
    machine.note('#include wants "file" or <file>.', offset, source.index);
    return;
  }
  const found = findHeader(machine, frame, wanted.header, wanted.isQuoted, isNext);
  if (found === null) {
    const text = machine.names.text(wanted.header);
    machine.note(`The header '${text}' is not found; what it declares is not known.`, offset, source.index);
    if (!machine.missing.includes(text)) machine.missing.push(text);
    return;
  }
  if (machine.once.size > 0 && machine.once.has(normalize(found.path))) return;
  if (source.directives.code[d] === directives.importOnce) machine.once.add(normalize(found.path));
  if (machine.frames.length >= limits.depth) {
    machine.note('Includes are nested too deep; this one is left out.', offset, source.index);
    return;
  }
  const header = machine.cache.header(found.path);
  if (header === undefined) {
    const text = machine.names.text(wanted.header);
    machine.note(`The header '${text}' cannot be read (${found.path}).`, offset, source.index);
    if (!machine.missing.includes(text)) machine.missing.push(text);
    return;
  }
  openSource(machine, header, found.depth);
}

/** Reads a source next, up to its end. One whose include guard is defined gives nothing and is passed over. */
export function openSource(machine: Machine, source: Source, depth: number): void {
  machine.grow();
  if (source.guard !== 0 && machine.macroOf[source.guard] !== 0) return;
  source.index = machine.addFile(source.path);
  machine.sources?.push(source);
  machine.cache.passages.open(source, machine.unit);
  const frame: Frame = {
    source,
    cursor: 0,
    directive: 0,
    limit: source.directives.hash[0] ?? source.count,
    depth,
    lineShift: 0,
    presumed: source.path,
    pause: never,
  };
  machine.frames.push(frame);
  machine.frame = frame;
}

/** Which header a directive names; a path with macros is expanded. */
function headerOf(machine: Machine, source: Source, d: number): { header: number; isQuoted: boolean } | undefined {
  const from = source.directives.from[d] as number;
  const to = source.directives.to[d] as number;
  const kind = from < to ? source.kind[from] : kinds.none;
  if (kind !== kinds.string && kind !== kinds.headerName) {
    return from < to ? computed(machine, source, from, to) : undefined;
  }
  let header = source.directives.header[d] as number;
  if (header === 0) {
    const text = machine.names.text(source.name[from] as number);
    header = machine.intern(text.slice(text.search(/["<]/) + 1, -1));
    source.directives.header[d] = header;
  }
  return header === 0 ? undefined : { header, isQuoted: kind === kinds.string };
}

function computed(
  machine: Machine,
  source: Source,
  from: number,
  to: number,
): { header: number; isQuoted: boolean } | undefined {
  let answer: { header: number; isQuoted: boolean } | undefined;
  readList(machine, source, from, to, () => {
    if (!machine.next()) return;
    if ((machine.meta & kindMask) === kinds.string) {
      const text = machine.names.text(machine.name);
      answer = { header: machine.intern(text.slice(text.indexOf('"') + 1, -1)), isQuoted: true };
    } else if (machine.name === 0x3c) {
      const text = angled(machine);
      if (text !== undefined) answer = { header: machine.intern(text), isQuoted: false };
    }
  });
  return answer?.header === 0 ? undefined : answer;
}

/** The path up to `>`, from tokens. */
function angled(machine: Machine): string | undefined {
  let text = '';
  while (machine.next()) {
    if (machine.name === 0x3e) return text;
    if (text !== '' && (machine.meta & white) !== 0) text += ' ';
    text += machine.names.text(machine.name);
  }
  return undefined;
}

/** Runs `read` over tokens of a directive, and nothing behind them; expansions made on the way are forgotten. */
export function readList(machine: Machine, source: Source, from: number, to: number, read: () => void): void {
  const { arena, prevented, pad, padTight, argumentDepth } = machine;
  const start = arena.count;
  const expansions = machine.expansions.count;
  for (let i = from; i < to; i++) {
    const meta = (source.kind[i] as number) | (source.white[i] === 1 ? white : 0);
    arena.push(source.name[i] as number, meta, source.index, source.offset[i] as number, 0);
  }
  machine.pushContext(start, arena.count, -1, 0);
  const contexts = machine.contextCount;
  machine.prevented = 0;
  machine.argumentDepth = 0;
  machine.directiveDepth++;
  read();
  machine.directiveDepth--;
  while (machine.contextCount >= contexts) machine.popContext();
  machine.prevented = prevented;
  machine.argumentDepth = argumentDepth;
  machine.pad = pad;
  machine.padTight = padTight;
  machine.expansions.count = expansions;
  arena.count = start;
}

function findHeader(
  machine: Machine,
  frame: Frame,
  header: number,
  isQuoted: boolean,
  isNext: boolean,
): SearchResult | null {
  const { cache, searchPath } = machine;
  const text = machine.names.text(header);
  if (text.startsWith('/')) return cache.exists(normalize(text)) ? { path: text, depth: -1 } : null;
  // In the file that the compiler was given, there is no folder to go on from.
  if (isNext && machine.frames.length > 1) {
    return searchPath.findAfter(frame.depth, header, cache);
  }
  if (isQuoted) {
    const path = cache.folder(dirname(frame.source.path)).find(header, cache);
    if (path !== null) return { path, depth: 0 };
    return searchPath.find(header, cache);
  }
  return machine.quoteDepth === 0
    ? searchPath.find(header, cache)
    : searchPath.findAfter(machine.quoteDepth, header, cache);
}

/** `__has_include(…)`: reads the operand behind the current token. */
export function hasHeader(machine: Machine, isNext: boolean): boolean {
  const frame = machine.frame;
  if (frame === undefined || !machine.takesParenthesis() || !machine.next()) return false;
  let header = 0;
  const isQuoted = (machine.meta & kindMask) === kinds.string;
  if (isQuoted) header = machine.intern(machine.names.text(machine.name).slice(1, -1));
  else if (machine.name === 0x3c) {
    machine.prevented++;
    header = machine.intern(angled(machine) ?? '');
    machine.prevented--;
  }
  machine.next();
  return header !== 0 && findHeader(machine, frame, header, isQuoted, isNext) !== null;
}

/** An `-include` file: searched in its own place, then like a quoted header. */
export function findForced(machine: Machine, path: string): SearchResult | null {
  if (machine.cache.exists(path)) return { path, depth: 0 };
  return machine.searchPath.find(machine.intern(path), machine.cache);
}
