import * as kinds from '../syntax/kinds';
import { line } from './directive';
import { openSource } from './include';
import { type Machine, never } from './machine';
import { isInert, isLineStart, type Mark, marksOf } from './marks';
import { run } from './run';
import type { Source } from './source';

/**
 * A stretch of a unit's own text that begins where nothing is under way: no directive, no comment, no invocation of a
 * macro. What it gives hangs on its text and on what is noted here alone.
 */
export interface Segment {
  /** Where it begins in its file, and the line. */
  offset: number;
  line: number;
  /** How much the unit had of each when it began. */
  tokens: number;
  expansions: number;
  problems: number;
  definitions: number;
  counter: number;
  /** What `Machine.asked` was at its end. */
  asked: number;
  /** It has directives, or changes macros. */
  isFixed: boolean;
  /** See `Mark`. */
  isClosed: boolean;
  isDirective: boolean;
  /** It stands in a branch that is left out. */
  isSkipped: boolean;
}

/**
 * Reads a source from its beginning up to token `end`, where it stops before its end is reached, and notes its segments.
 * None if they could not be read by themselves.
 */
export function readSegments(machine: Machine, source: Source, end: number): Segment[] {
  openSource(machine, source, 0);
  const { frame } = machine;
  if (frame?.source !== source) return [];
  let segment = begin(machine, source);
  const segments = [segment];
  let token = 0;
  let directive = 0;
  let isSkipping = false;
  machine.asked = 0;
  const endSegment = () => {
    segment.asked = machine.asked;
    segment.isFixed = frame.directive !== directive || (machine.defined?.length ?? 0) !== segment.definitions;
    machine.asked = 0;
  };
  for (const mark of marksOf(source, end)) {
    if (mark.token >= frame.cursor) {
      frame.pause = mark.token;
      run(machine);
      if (machine.isStopped) return [];
      // What is no branch that is left out, an invocation went over.
      const isQuiet = machine.asked === 0 && machine.problems.length === segment.problems;
      isSkipping = frame.cursor !== mark.token && isQuiet && isAllDirectives(source, token, mark.token);
    } else if (!isSkipping) continue;
    if (frame.cursor !== mark.token && !isSkipping) continue;
    endSegment();
    segment = begin(machine, source, mark, isSkipping);
    segments.push(segment);
    token = mark.token;
    directive = isSkipping && mark.isDirective ? -1 : frame.directive;
  }
  frame.pause = end < source.count ? end : never;
  run(machine);
  endSegment();
  // Behind `#line`, lines hang on more than where a segment begins.
  return machine.isStopped || source.directives.code.includes(line) ? [] : segments;
}

/** Whether from one token to another there are directives only. */
function isAllDirectives({ kind, directives }: Source, from: number, to: number): boolean {
  let at = from;
  for (let d = directives.hash.indexOf(from); at < to && d >= 0 && directives.hash[d] === at; d++) {
    at = (directives.to[d] as number) + 1;
  }
  return at === to && kind[from] === kinds.hash;
}

function begin(machine: Machine, source: Source, mark?: Mark, isSkipped = false): Segment {
  const { offset, isClosed, isDirective } = mark ?? { offset: source.base, isClosed: true, isDirective: false };
  const more = { asked: 0, isFixed: false, isClosed, isDirective, isSkipped };
  return { ...standing(machine), offset, line: source.line(offset), ...more };
}

/** How much a machine has made. */
export function standing(machine: Machine) {
  return {
    tokens: machine.out.count,
    expansions: machine.expansions.count,
    problems: machine.problems.length,
    definitions: machine.defined?.length ?? 0,
    counter: machine.counter,
  };
}

/** Some of a unit's text, read by itself. */
export interface Piece {
  readonly segments: readonly Segment[];
  /** As `line` and `isClosed` of the segment behind. */
  readonly line: number;
  readonly isClosed: boolean;
}

/**
 * Reads the text from `from` to `to` of the machine's file by itself. What makes that impossible: `open`, it goes on
 * behind its end, or `fixed`, no more of the text would help.
 */
export function readPiece(
  machine: Machine,
  text: string,
  to: number,
  { offset: from, line, isClosed, isSkipped, definitions }: Readonly<Segment>,
  behind: Segment | undefined,
): Piece | 'open' | 'fixed' {
  const piece = text.slice(from, to);
  if (piece.charCodeAt(0) === 0xfeff) return 'fixed';
  if (behind !== undefined && piece !== '' && !isLineStart(piece, piece.length)) return 'open';
  // A token behind the piece shows whether a comment or an invocation runs over its end.
  const lexed = behind === undefined ? piece : `${piece};`;
  const source = machine.cache.lex(machine.request.path, lexed, from, line);
  if (source.directives.count > 0) return 'fixed';
  const end = behind === undefined ? source.count : source.count - 1;
  if (behind !== undefined && source.offset[end] !== to) return 'open';
  const isClosedAtEnd = end === 0 ? isClosed : isInert(source.kind[end - 1] as number);
  let segments: Segment[];
  if (isSkipped) {
    segments = [undefined, ...marksOf(source, end)].map((mark) => begin(machine, source, mark, true));
  } else {
    machine.defined = [];
    segments = readSegments(machine, source, end);
    const { frame } = machine;
    machine.frames.length = 0;
    machine.frame = undefined;
    // Whether an invocation ends, what follows may tell.
    if (machine.resumed > 0) return behind === undefined ? 'fixed' : 'open';
    if (segments.length === 0 || segments.some(({ isFixed }) => isFixed)) return 'fixed';
    if (behind !== undefined && (frame?.cursor !== end || !(isClosedAtEnd || behind.isDirective))) return 'open';
  }
  for (const segment of segments) segment.definitions = definitions;
  (segments[0] as Segment).isClosed = isClosed;
  return { segments, line: source.line(to), isClosed: isClosedAtEnd };
}
