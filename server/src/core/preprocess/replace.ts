import * as kinds from '../syntax/kinds';
import { kindMask, padding, padShift, pasteLeft, placemarker, stringized, white, whiteAfterNone } from './columns';
import { behindParameter, expandArgument } from './invoke';
import { isWhite, limits, type Machine } from './machine';
import { bodyOf, type Macro } from './macro';
import { known } from './names';
import { stringize } from './operators';

const vaOpt = known('__VA_OPT__');

/** Puts the body of an object-like macro into the arena. */
export function replaceObject(machine: Machine, macro: Macro, expansion: number): void {
  const body = bodyOf(macro);
  const { arena } = machine;
  const length = body.length / 3;
  arena.reserve(length);
  const { name, meta, offset, count } = arena;
  for (let k = 0, at = count; k < body.length; at++) {
    name[at] = body[k++] as number;
    meta[at] = body[k++] as number;
    offset[at] = body[k++] as number;
  }
  arena.count += length;
  if (length < 8) {
    for (let at = count; at < arena.count; at++) {
      arena.file[at] = macro.source?.index ?? 0;
      arena.expansion[at] = expansion;
    }
    return;
  }
  arena.file.fill(macro.source?.index ?? 0, count, arena.count);
  arena.expansion.fill(expansion, count, arena.count);
}

/** The arguments of one call. */
interface Call {
  readonly macro: Macro;
  readonly body: Int32Array;
  readonly ranges: readonly number[];
  /** Where each expanded argument stands, like `ranges`; empty until it is wanted. */
  readonly expanded: (number | undefined)[];
  readonly file: number;
  readonly expansion: number;
  hasPlacemarkers: boolean;
}

/** Puts the body of a function-like macro with its arguments into the arena; answers where it begins. */
export function replace(machine: Machine, macro: Macro, ranges: readonly number[], expansion: number): number {
  const body = bodyOf(macro);
  const file = macro.source?.index ?? 0;
  const call: Call = { macro, body, ranges, expanded: [], file, expansion, hasPlacemarkers: false };
  // Arguments first, since they use the arena themselves.
  for (let k = 0; k < body.length; k += 3) {
    const meta = body[k + 1] as number;
    const parameter = meta >>> padShift;
    if (parameter === 0 || (meta & (stringized | pasteLeft)) !== 0) continue;
    if (k > 0 && ((body[k - 2] as number) & pasteLeft) !== 0) continue;
    expandFor(machine, call, parameter);
  }
  if (macro.hasOptional) expandFor(machine, call, macro.parameters.length);
  const from = machine.arena.count;
  replaceRange(machine, call, from, 0, body.length);
  if (call.hasPlacemarkers) dropPlacemarkers(machine, from);
  return from;
}

function expandFor(machine: Machine, call: Call, parameter: number): void {
  const at = (parameter - 1) * 2;
  if (call.expanded[at] !== undefined) return;
  const from = call.ranges[at] as number;
  const to = call.ranges[at + 1] as number;
  const made = from < 0 || machine.isStopped ? undefined : expandArgument(machine, from, to);
  call.expanded[at] = made?.from ?? (from < 0 ? to : from);
  call.expanded[at + 1] = made?.to ?? to;
}

function replaceRange(machine: Machine, call: Call, start: number, begin: number, end: number): void {
  const { arena } = machine;
  const { body, macro } = call;
  for (let k = begin; k < end; k += 3) {
    const meta = body[k + 1] as number;
    if (meta >>> padShift !== 0) {
      replaceParameter(machine, call, start, k);
      continue;
    }
    if (macro.hasOptional && body[k] === vaOpt && ((body[k + 4] as number) & kindMask) === kinds.openParen) {
      k = replaceOptional(machine, call, k, end);
      continue;
    }
    arena.push(body[k] as number, meta, call.file, body[k + 2] as number, call.expansion);
  }
}

function replaceParameter(machine: Machine, call: Call, start: number, k: number): void {
  const { arena } = machine;
  const { body, macro, ranges, expanded } = call;
  const meta = body[k + 1] as number;
  const parameter = meta >>> padShift;
  const at = (parameter - 1) * 2;
  const isAbsent = (ranges[at] as number) < 0;
  const rawTo = ranges[at + 1] as number;
  const rawFrom = isAbsent ? rawTo : (ranges[at] as number);
  if ((meta & stringized) !== 0) {
    const text = stringize(machine, rawFrom, rawTo);
    const flags = meta & (white | pasteLeft);
    arena.push(text, kinds.string | flags, call.file, body[k + 2] as number, call.expansion);
    return;
  }
  const isLeft = (meta & pasteLeft) !== 0;
  const isRight = k > 0 && ((body[k - 2] as number) & pasteLeft) !== 0;
  const last = arena.count - 1;
  if (isRight && last >= start && macro.isVariadic && parameter === macro.parameters.length) {
    const before = arena.meta[last] as number;
    if ((before & kindMask) === kinds.comma && (before & pasteLeft) !== 0) {
      // GNU: the comma goes with an argument that is left out, and stays with any other.
      if (isAbsent) arena.count--;
      else arena.meta[last] = before & ~pasteLeft;
      if (rawFrom === rawTo) return;
    }
  }
  const from = isLeft || isRight ? rawFrom : (expanded[at] as number);
  const to = isLeft || isRight ? rawTo : (expanded[at + 1] as number);
  if (from === to) {
    if (isLeft || isRight) {
      arena.push(0, placemarker | (meta & pasteLeft), 0, 0, 0);
      call.hasPlacemarkers = true;
    } else if (k > 0) {
      arena.push(0, padding | ((meta & white) !== 0 ? isWhite << padShift : 0), 0, 0, 0);
    }
    return;
  }
  const first = arena.count;
  if (first + to - from > limits.pending) {
    machine.stop('A macro expands to too many tokens');
    return;
  }
  arena.append(arena, from, to);
  if (k > 0 && !isRight) arena.meta[first] = behindParameter(arena.meta[first] as number, (meta & white) !== 0);
  if (isLeft) arena.meta[arena.count - 1] = (arena.meta[arena.count - 1] as number) | pasteLeft;
  else if (((arena.meta[arena.count - 1] as number) & padding) !== 0) arena.push(0, padding, 0, 0, 0);
}

/** `__VA_OPT__(…)`: its content, or nothing without variadic arguments. Answers where its `)` is. */
function replaceOptional(machine: Machine, call: Call, k: number, end: number): number {
  const { arena } = machine;
  const { body, macro, expanded } = call;
  let close = k + 6;
  for (let depth = 0; close < end; close += 3) {
    const kind = (body[close + 1] as number) & kindMask;
    if (kind === kinds.openParen) depth++;
    else if (kind === kinds.closeParen && depth-- === 0) break;
  }
  const start = arena.count;
  const at = (macro.parameters.length - 1) * 2;
  if (hasTokens(machine, expanded[at] as number, expanded[at + 1] as number)) {
    replaceRange(machine, call, start, k + 6, Math.min(close, end));
  }
  const flags = ((body[close + 1] ?? 0) as number) & pasteLeft;
  const own = body[k + 1] as number;
  if ((own & stringized) !== 0) {
    const text = stringize(machine, start, arena.count);
    arena.count = start;
    arena.push(text, kinds.string | flags | (own & white), call.file, body[k + 2] as number, call.expansion);
  } else if (arena.count === start) {
    arena.push(0, placemarker | flags, 0, 0, 0);
    call.hasPlacemarkers = true;
  } else {
    const first = arena.meta[start] as number;
    if ((first & padding) === 0) arena.meta[start] = (first & ~(white | whiteAfterNone)) | (own & white);
    arena.meta[arena.count - 1] = (arena.meta[arena.count - 1] as number) | flags;
  }
  return Math.min(close, end);
}

function hasTokens(machine: Machine, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (((machine.arena.meta[i] as number) & padding) === 0) return true;
  return false;
}

/** Takes placemarkers out: what stood before one is pasted with what follows it, if the placemarker was. */
function dropPlacemarkers(machine: Machine, from: number): void {
  const { arena } = machine;
  let to = from;
  for (let i = from; i < arena.count; i++) {
    const meta = arena.meta[i] as number;
    if ((meta & placemarker) !== 0) {
      if (to > from && (meta & pasteLeft) === 0) {
        arena.meta[to - 1] = (arena.meta[to - 1] as number) & ~pasteLeft;
      }
      continue;
    }
    if (to < i) {
      arena.name[to] = arena.name[i] as number;
      arena.meta[to] = meta;
      arena.file[to] = arena.file[i] as number;
      arena.offset[to] = arena.offset[i] as number;
      arena.expansion[to] = arena.expansion[i] as number;
    }
    to++;
  }
  arena.count = to;
}
