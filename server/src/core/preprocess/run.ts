import * as kinds from '../syntax/kinds';
import { kindMask, padding, pasteLeft } from './columns';
import { isTaken } from './condition';
import { type Directive, names } from './directive';
import { runInclude } from './include';
import { computedLine } from './line';
import { type Frame, limits, type Machine } from './machine';
import { type Macro, readMacro } from './macro';
import { runPragma } from './pragma';

/** Reads all open files to their ends. */
export function run(machine: Machine): void {
  const { out } = machine;
  for (;;) {
    const frame = machine.frame;
    if (frame === undefined || machine.isStopped) break;
    const { source, limit } = frame;
    const { name } = source;
    const { macroOf } = machine;
    const from = frame.cursor;
    let i = from;
    while (i < limit && macroOf[name[i] as number] === 0) i++;
    if (i > from) {
      out.copySource(source, from, i);
      frame.cursor = i;
      if (out.count > limits.tokens) machine.stop('The file expands to too many tokens');
    }
    if (i < limit) {
      machine.arena.count = 0;
      machine.pad = 0;
      machine.padTight = 2;
      emitNext(machine);
      drain(machine);
    } else if (i < source.count) runDirective(machine);
    else {
      machine.frames.pop();
      machine.frame = machine.frames[machine.frames.length - 1];
    }
  }
}

function emitNext(machine: Machine): void {
  if (!machine.next()) return;
  machine.out.push(machine.meta & kindMask, machine.name, machine.file, machine.offset, machine.expansion);
}

/** Writes out what is being rescanned, until only the file is left to read. */
function drain(machine: Machine): void {
  const { out, arena } = machine;
  while (machine.contextCount > 0) {
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
    else emitNext(machine);
  }
}

/** Goes on behind directive number `index`. */
function continueBehind(frame: Frame, index: number): void {
  const { directives, count } = frame.source;
  frame.cursor = (directives[index] as Directive).to + 1;
  frame.directive = index + 1;
  frame.limit = directives[index + 1]?.hash ?? count;
}

/** Leaves the file: the rest is skipped. */
function skipRest(machine: Machine, frame: Frame, directive: Directive): void {
  const { source } = frame;
  frame.cursor = source.count;
  frame.limit = source.count;
  frame.directive = source.directives.length;
  machine.note("A conditional is not closed: '#endif' is missing.", source.offset[directive.hash], source.index);
}

/** Does what the directive at the open file's cursor says. */
export function runDirective(machine: Machine): void {
  const frame = machine.frame as Frame;
  const { source } = frame;
  const directive = source.directives[frame.directive] as Directive;
  continueBehind(frame, frame.directive);
  switch (directive.name) {
    case names.define:
      define(machine, frame, directive);
      return;
    case names.undef:
      if (source.kind[directive.from] === kinds.identifier) machine.macroOf[source.name[directive.from] as number] = 0;
      return;
    case names.include:
    case names.includeNext:
    case names.import:
      runInclude(machine, frame, directive);
      return;
    case names.if:
    case names.ifdef:
    case names.ifndef:
      branch(machine, frame, directive);
      return;
    case names.elif:
    case names.elifdef:
    case names.elifndef:
    case names.else:
    case names.endif:
      // A branch that was taken ends here.
      if (directive.isStray) noteDirective(machine, frame, directive, "without '#if'");
      else if (directive.name !== names.endif) {
        if (directive.endif < 0) skipRest(machine, frame, directive);
        else continueBehind(frame, directive.endif);
      }
      return;
    case names.pragma:
      pragma(machine, frame, directive);
      return;
    case names.line:
      computedLine(machine, frame, directive);
      return;
    case names.error:
    case names.warning:
      noteDirective(machine, frame, directive, textOf(machine, frame, directive));
      return;
  }
}

function branch(machine: Machine, frame: Frame, first: Directive): void {
  const { directives } = frame.source;
  let directive = first;
  for (;;) {
    if (isTaken(machine, frame, directive)) {
      if (directive.endif < 0) noteDirective(machine, frame, first, "without '#endif'");
      return;
    }
    const next = directive.next;
    if (next < 0) {
      skipRest(machine, frame, first);
      return;
    }
    continueBehind(frame, next);
    directive = directives[next] as Directive;
    if (directive.name === names.endif) return;
  }
}

function define(machine: Machine, frame: Frame, directive: Directive): void {
  let macro: Macro | null | undefined = directive.macro;
  if (macro === undefined) {
    macro = readMacro(frame.source, directive.from, directive.to);
    directive.macro = macro;
    if (macro !== null) machine.cache.register(macro);
  }
  if (macro === null) noteDirective(machine, frame, directive, 'defines nothing: its name or parameters are wrong');
  else machine.macroOf[macro.name] = macro.id;
}

function pragma(machine: Machine, frame: Frame, directive: Directive): void {
  const { kind, name, offset, index } = frame.source;
  const words = [];
  for (let i = directive.from; i < directive.to; i++) {
    words.push({ kind: kind[i] as number, name: name[i] as number, file: index, offset: offset[i] as number });
  }
  const at = offset[directive.hash] as number;
  runPragma(machine, words, { kind: kinds.hash, name: 0, file: index, offset: at }, 0);
}

function textOf(machine: Machine, frame: Frame, directive: Directive): string {
  let text = '';
  for (let i = directive.from; i < directive.to && text.length < 500; i++) {
    text += `${text === '' ? '' : ' '}${machine.names.text(frame.source.name[i] as number)}`;
  }
  return text;
}

function noteDirective(machine: Machine, frame: Frame, directive: Directive, text: string): void {
  const name = machine.names.text(directive.name);
  machine.note(`#${name} ${text}`, frame.source.offset[directive.hash], frame.source.index);
}
