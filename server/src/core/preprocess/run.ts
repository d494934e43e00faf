import * as kinds from '../syntax/kinds';
import { kindMask, padding, painted, pasteLeft } from './columns';
import { isTaken } from './condition';
import * as directive from './directive';
import { runInclude } from './include';
import { newExpansion } from './invoke';
import { computedLine } from './line';
import { type Frame, limits, type Machine } from './machine';
import { bodyOf, readMacro } from './macro';
import { readPassage } from './passage';
import { runPragma } from './pragma';

/** Reads all open files to their ends, or up to where one of them pauses. */
export function run(machine: Machine): void {
  for (;;) {
    const frame = machine.frame;
    if (frame === undefined || machine.isStopped) break;
    const stop = frame.pause < frame.limit ? frame.pause : frame.limit;
    if (frame.cursor < stop) readText(machine, frame, stop);
    else if (frame.cursor >= frame.pause) return;
    else if (frame.cursor < frame.source.count) runDirective(machine);
    else {
      machine.frames.pop();
      machine.frame = machine.frames[machine.frames.length - 1];
    }
  }
}

/** Reads text of a file: up to a macro's name, and what that expands to. Goes beyond `end` only with a macro's arguments. */
function readText(machine: Machine, frame: Frame, end: number): void {
  const { out, macroOf } = machine;
  const { source } = frame;
  const { name } = source;
  const from = frame.cursor;
  let i = from;
  while (i < end && macroOf[name[i] as number] === 0) i++;
  if (i > from) {
    out.copySource(source, from, i);
    frame.cursor = i;
    if (out.count > limits.tokens) machine.stop('The file expands to too many tokens');
    if (i === end) return;
  }
  if (machine.recorder === undefined && readPassage(machine, frame, readText)) return;
  if (expandFlat(machine, name[i] as number, source.index, source.offset[i] as number, 0)) {
    frame.cursor = i + 1;
    return;
  }
  machine.arena.count = 0;
  machine.pad = 0;
  machine.padTight = 2;
  emitNext(machine);
  drain(machine);
}

function emitNext(machine: Machine): void {
  if (!machine.next()) return;
  machine.out.push(machine.meta & kindMask, machine.name, machine.file, machine.offset, machine.expansion);
}

/** Writes out what is being rescanned, until only the file is left to read. */
function drain(machine: Machine): void {
  const { out, arena } = machine;
  while (machine.contextCount > 0 && !machine.isStopped) {
    const context = machine.contextCount - 1;
    const from = machine.contextAt[context] as number;
    const end = machine.contextEnd[context] as number;
    const { name, meta } = arena;
    const { macroOf } = machine;
    let i = from;
    while (i < end && macroOf[name[i] as number] === 0 && ((meta[i] as number) & (pasteLeft | padding)) === 0) i++;
    if (i > from) {
      out.copyColumns(arena, from, i);
      machine.contextAt[context] = i;
      if (out.count > limits.tokens) machine.stop('The file expands to too many tokens');
    }
    if (i === end) machine.popContext();
    else if (((meta[i] as number) & padding) !== 0) machine.contextAt[context] = i + 1;
    else if (
      ((meta[i] as number) & (pasteLeft | painted)) === 0 &&
      expandFlat(
        machine,
        name[i] as number,
        arena.file[i] as number,
        arena.offset[i] as number,
        arena.expansion[i] as number,
      )
    ) {
      machine.contextAt[context] = i + 1;
    } else emitNext(machine);
  }
}

/** Writes the expansion of an object-like macro whose body names no macro straight to the output; false for others. */
function expandFlat(machine: Machine, name: number, file: number, offset: number, parent: number): boolean {
  const { out, macroOf } = machine;
  const macro = machine.cache.macros[macroOf[name] as number];
  if (macro === undefined || macro.isFunction || macro.builtin !== undefined || machine.disabled[name] !== 0)
    return false;
  const body = bodyOf(macro);
  for (let k = 0; k < body.length; k += 3) {
    if (macroOf[body[k] as number] !== 0 || ((body[k + 1] as number) & pasteLeft) !== 0) return false;
  }
  const expansion = newExpansion(machine, macro, file, offset, parent);
  const index = macro.source?.index ?? 0;
  for (let k = 0; k < body.length; k += 3) {
    out.push((body[k + 1] as number) & kindMask, body[k] as number, index, body[k + 2] as number, expansion);
  }
  return true;
}

/** Goes on behind directive number `d`. */
function continueBehind(frame: Frame, d: number): void {
  const { directives, count } = frame.source;
  frame.cursor = (directives.to[d] as number) + 1;
  frame.directive = d + 1;
  frame.limit = d + 1 < directives.count ? (directives.hash[d + 1] as number) : count;
}

/** Leaves the file: the rest is skipped. */
function skipRest(machine: Machine, frame: Frame, d: number): void {
  const { source } = frame;
  frame.cursor = source.count;
  frame.limit = source.count;
  frame.directive = source.directives.count;
  noteDirective(machine, frame, d, "without '#endif'");
}

/** Does what the directive at the open file's cursor says. */
export function runDirective(machine: Machine): void {
  const frame = machine.frame as Frame;
  const { source, directive: d } = frame;
  const { directives } = source;
  continueBehind(frame, d);
  switch (directives.code[d]) {
    case directive.define:
      defineAll(machine, frame, d);
      return;
    case directive.undef: {
      const from = directives.from[d] as number;
      if (source.kind[from] === kinds.identifier) machine.define(source.name[from] as number, 0);
      return;
    }
    case directive.include:
    case directive.includeNext:
    case directive.importOnce:
      runInclude(machine, frame, d);
      return;
    case directive.ifTrue:
    case directive.ifdef:
    case directive.ifndef:
      branch(machine, frame, d);
      return;
    case directive.elif:
    case directive.elifdef:
    case directive.elifndef:
    case directive.otherwise:
    case directive.endif: {
      // A branch that was taken ends here.
      const end = directives.endif[d] as number;
      if (directives.next[d] === -2) noteDirective(machine, frame, d, "without '#if'");
      else if (directives.code[d] === directive.endif) return;
      else if (end < 0) skipRest(machine, frame, d);
      else continueBehind(frame, end);
      return;
    }
    case directive.pragma:
      pragma(machine, frame, d);
      return;
    case directive.line:
      computedLine(machine, frame, d);
      return;
    case directive.error:
    case directive.warning:
      noteDirective(machine, frame, d, textOf(machine, frame, d));
      return;
  }
}

function branch(machine: Machine, frame: Frame, first: number): void {
  const { directives } = frame.source;
  let d = first;
  for (;;) {
    if (isTaken(machine, frame, d)) {
      if ((directives.endif[d] as number) < 0) noteDirective(machine, frame, first, "without '#endif'");
      return;
    }
    const next = directives.next[d] as number;
    if (next < 0) {
      skipRest(machine, frame, first);
      return;
    }
    continueBehind(frame, next);
    d = next;
    if (directives.code[d] === directive.endif) return;
  }
}

/** `#define` number `first`, and those that follow it line by line. */
function defineAll(machine: Machine, frame: Frame, first: number): void {
  const { macro, macroName, code, hash, to } = frame.source.directives;
  let d = first;
  for (;;) {
    const id = (macro[d] as number) || prepare(machine, frame, d);
    if (id > 0) machine.define(macroName[d] as number, id);
    else noteDirective(machine, frame, d, 'defines nothing: its name or its parameters are wrong');
    if (code[d + 1] !== directive.define || hash[d + 1] !== (to[d] as number) + 1) break;
    d++;
  }
  if (d !== first) continueBehind(frame, d);
}

/** Reads a definition for the first time; -1 if it defines nothing. */
function prepare(machine: Machine, frame: Frame, d: number): number {
  const { source } = frame;
  const { directives } = source;
  const read = readMacro(source, directives.from[d] as number, directives.to[d] as number);
  directives.macro[d] = read === null ? -1 : machine.cache.register(read);
  directives.macroName[d] = read?.name ?? 0;
  return directives.macro[d] as number;
}

function pragma(machine: Machine, frame: Frame, d: number): void {
  const { kind, name, offset, index, directives } = frame.source;
  const words = [];
  const to = directives.to[d] as number;
  for (let i = directives.from[d] as number; i < to; i++) {
    words.push({ kind: kind[i] as number, name: name[i] as number, file: index, offset: offset[i] as number });
  }
  const at = offset[directives.hash[d] as number] as number;
  runPragma(machine, words, { kind: kinds.hash, name: 0, file: index, offset: at }, 0);
}

function textOf(machine: Machine, frame: Frame, d: number): string {
  const { directives, name } = frame.source;
  let text = '';
  const to = directives.to[d] as number;
  for (let i = directives.from[d] as number; i < to && text.length < 500; i++) {
    text += `${text === '' ? '' : ' '}${machine.names.text(name[i] as number)}`;
  }
  return text;
}

function noteDirective(machine: Machine, frame: Frame, d: number, text: string): void {
  const { directives, name, offset, index } = frame.source;
  const hash = directives.hash[d] as number;
  machine.note(`#${machine.names.text(name[hash + 1] ?? 0)} ${text}`, offset[hash], index);
}
