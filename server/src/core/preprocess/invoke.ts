import * as kinds from '../syntax/kinds';
import { expandBuiltin } from './builtins';
import { type Columns, kindMask, padding, padShift, painted, white, whiteAfterNone } from './columns';
import { limits, type Machine } from './machine';
import type { Macro } from './macro';
import { replace, replaceObject } from './replace';

/**
 * Expands the macro that the current token names, and rescans what it gives. False if the name stays as it is: a
 * function-like macro without arguments, or with wrong ones, which are then lost as in gcc unless they never end.
 */
export function enterMacro(machine: Machine): boolean {
  const macro = machine.cache.macros[machine.macroOf[machine.name] as number];
  if (macro === undefined || machine.isStopped) return false;
  if (macro.builtin !== undefined) return expandBuiltin(machine, macro.builtin);
  const { name, meta, file, offset, expansion } = machine;
  if (!macro.isFunction) {
    const made = newExpansion(machine, macro, file, offset, expansion);
    const from = machine.arena.count;
    replaceObject(machine, macro, made);
    machine.pushContext(from, machine.arena.count, name, made);
    return !machine.isStopped;
  }
  const { frame } = machine;
  const cursor = frame?.cursor ?? 0;
  const directive = frame?.directive ?? 0;
  const limit = frame?.limit ?? 0;
  const isTop = machine.contextCount + machine.argumentDepth + machine.directiveDepth === 0;
  if (machine.takesParenthesis()) {
    const ranges = collectArguments(machine, macro);
    if (ranges) {
      const made = newExpansion(machine, macro, file, offset, expansion);
      if (machine.expansion === 0) machine.callEnds?.set(made, machine.offset);
      const from = replace(machine, macro, ranges, made);
      machine.pushContext(from, machine.arena.count, name, made);
      if (!machine.isStopped) return true;
    } else if (ranges === null && isTop && frame && frame === machine.frame && machine.resumed < mostResumed) {
      // Half-typed: the rest of the file is no argument.
      frame.cursor = cursor;
      frame.directive = directive;
      frame.limit = limit;
      machine.resumed++;
    }
  }
  machine.name = name;
  machine.meta = meta;
  machine.file = file;
  machine.offset = offset;
  machine.expansion = expansion;
  return false;
}

/** So many invocations that end with their file are passed over. */
const mostResumed = 8;

/** Numbers an expansion. */
export function newExpansion(machine: Machine, macro: Macro, file: number, offset: number, parent: number): number {
  const { expansions } = machine;
  if (expansions.count > limits.expansions) machine.stop('Too many macros are expanded');
  const made = expansions.add(macro.name, macro.source?.index ?? 0, macro.offset, file, offset, parent);
  // The number may have been another's, of a passage that was given up.
  machine.callEnds?.delete(made);
  return made;
}

/**
 * Reads arguments up to the closing parenthesis: where each begins and ends in the arena, two numbers each;
 * `undefined` if they do not fit the macro, `null` if they do not end. A variadic argument that is left out begins at -1.
 */
function collectArguments(machine: Machine, macro: Macro): number[] | null | undefined {
  const { temporary, name, file, offset } = machine;
  const base = temporary.count;
  const wanted = macro.parameters.length;
  const ranges: number[] = [];
  let depth = 0;
  let isClosed = false;
  const { prevented } = machine;
  machine.prevented = 1;
  while (machine.next()) {
    const kind = machine.meta & kindMask;
    if (kind === kinds.openParen) depth++;
    else if (kind === kinds.closeParen) {
      if (depth-- === 0) {
        isClosed = true;
        break;
      }
    } else if (kind === kinds.comma && depth === 0 && !(macro.isVariadic && ranges.length >= (wanted - 1) * 2)) {
      const from = machine.settle(base);
      ranges.push(from, machine.arena.count);
      continue;
    }
    const isFirst = temporary.count === base;
    const meta = isFirst ? machine.meta & ~whiteAfterNone : machine.meta;
    temporary.push(machine.name, meta, machine.file, machine.offset, machine.expansion);
    if (temporary.count > limits.pending) machine.stop('The arguments of a macro are too long');
  }
  machine.prevented = prevented;
  machine.pad = 0;
  machine.padTight = 2;
  if (!isClosed) {
    temporary.count = base;
    machine.note(
      `The arguments of the macro '${machine.names.text(name)}' are not closed: add the missing ')'.`,
      offset,
      file,
    );
    return null;
  }
  const from = machine.settle(base);
  ranges.push(from, machine.arena.count);
  const given = ranges.length / 2;
  if (wanted === 0 && given === 1 && ranges[0] === ranges[1]) return [];
  if (given === wanted) {
    if (macro.isVariadic && wanted === 1 && ranges[0] === ranges[1]) ranges[0] = -1;
    return ranges;
  }
  if (given + 1 === wanted && macro.isVariadic) {
    ranges.push(-1, machine.arena.count);
    return ranges;
  }
  // One empty argument where several are wanted is still too few.
  machine.note(
    `The macro '${machine.names.text(name)}' takes ${wanted} arguments and is given ${given}.`,
    offset,
    file,
  );
  return undefined;
}

/** Whether tokens of the arena name a macro that could be expanded. */
function namesMacro(machine: Machine, columns: Columns, from: number, to: number): boolean {
  const { name, meta } = columns;
  const { macroOf } = machine;
  for (let i = from; i < to; i++) {
    if (macroOf[name[i] as number] !== 0 && ((meta[i] as number) & painted) === 0) return true;
  }
  return false;
}

/** Expands an argument by itself: where the outcome begins in the arena; it ends at `machine.argumentEnd`. */
export function expandArgument(machine: Machine, from: number, to: number): { from: number; to: number } | undefined {
  if (!namesMacro(machine, machine.arena, from, to)) return undefined;
  if (machine.argumentDepth >= limits.nesting) {
    machine.note('Macro arguments are nested too deep; the inner ones are not expanded.');
    return undefined;
  }
  const { prevented, temporary } = machine;
  const base = temporary.count;
  const contexts = machine.contextCount;
  machine.pushContext(from, to, -1, 0);
  machine.prevented = 0;
  machine.argumentDepth++;
  machine.pad = 0;
  machine.padTight = 2;
  while (machine.next()) {
    temporary.push(machine.name, machine.meta, machine.file, machine.offset, machine.expansion);
    if (temporary.count > limits.pending) machine.stop('The arguments of a macro are too long');
  }
  if (machine.pad !== 0 || machine.padTight !== 2) {
    temporary.push(0, padding | (machine.pad << padShift) | (machine.padTight << (padShift + 2)), 0, 0, 0);
  }
  machine.argumentDepth--;
  machine.prevented = prevented;
  while (machine.contextCount > contexts + 1) machine.popContext();
  machine.contextCount = contexts;
  const start = machine.settle(base);
  return { from: start, to: machine.arena.count };
}

/** What the first token of an argument says about blanks once the parameter stands in front. */
export function behindParameter(meta: number, isParameterWhite: boolean): number {
  if ((meta & padding) !== 0) return meta;
  const isWhite = isParameterWhite || (meta & whiteAfterNone) !== 0;
  return (meta & ~white) | (isWhite ? white : 0);
}
