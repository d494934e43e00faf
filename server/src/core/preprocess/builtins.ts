import { basename } from '../path';
import * as kinds from '../syntax/kinds';
import { kindMask } from './columns';
import { hasHeader } from './include';
import { askedCounter, askedLine, type Machine } from './machine';
import type { Builtin } from './macro';
import { runPragmaOperator } from './pragma';

/** Expands a macro that computes its value; false if its name stays. */
export function expandBuiltin(machine: Machine, builtin: Builtin): boolean {
  const { recorder } = machine;
  if (recorder !== undefined && !isOfPlace.has(builtin)) recorder.isSpoiled = true;
  switch (builtin) {
    case '__LINE__':
      machine.asked |= askedLine;
      return give(machine, String(lineOf(machine)));
    case '__FILE__':
      return give(machine, quoted(machine.frame?.presumed ?? ''));
    case '__FILE_NAME__':
      return give(machine, quoted(basename(machine.frame?.presumed ?? '')));
    case '__BASE_FILE__':
      return give(machine, quoted(machine.request.path));
    case '__INCLUDE_LEVEL__':
      return give(machine, String(Math.max(0, machine.frames.length - 1)));
    case '__COUNTER__':
      machine.asked |= askedCounter;
      return giveCount(machine);
    case '__DATE__':
      return give(machine, quoted(machine.request.date ?? '??? ?? ????'));
    case '__TIME__':
      return give(machine, quoted(machine.request.time ?? '??:??:??'));
    case '__TIMESTAMP__':
      return give(machine, quoted('??? ??? ?? ??:??:?? ????'));
    case '_Pragma':
      return runPragmaOperator(machine);
    case '__has_include':
    case '__has_include_next':
      return (
        machine.directiveDepth > 0 && give(machine, hasHeader(machine, builtin === '__has_include_next') ? '1' : '0')
      );
    default:
      return askCompiler(machine, builtin);
  }
}

/** Builtins that say the same of one place each time, and the one that only counts. */
const isOfPlace: ReadonlySet<Builtin> = new Set(['__LINE__', '__FILE__', '__FILE_NAME__', '__COUNTER__']);

/** Puts one token in the place of the current one. */
function give(machine: Machine, text: string): boolean {
  const name = machine.intern(text);
  machine.recorder?.give(name);
  return put(machine, name);
}

function giveCount(machine: Machine): boolean {
  const name = machine.intern(String(machine.counter));
  machine.recorder?.count(name, machine.counter);
  machine.counter++;
  return put(machine, name);
}

function put(machine: Machine, name: number): boolean {
  const { arena } = machine;
  const from = arena.count;
  arena.push(name, machine.names.kind(name), machine.file, machine.offset, machine.expansion);
  machine.pushContext(from, from + 1, 0, 0);
  return true;
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** The line of the outermost call on the way to the current token: where it begins for gcc, where it ends for clang. */
function lineOf(machine: Machine): number {
  const { callEnds } = machine;
  let { expansion, offset, file } = machine;
  if (expansion === 0 && machine.contextCount > 0) {
    expansion = machine.contextExpansion[machine.contextCount - 1] as number;
  }
  if (expansion !== 0) {
    const { columns } = machine.expansions;
    const root = machine.expansions.root(expansion) * 6;
    file = columns[root + 3] as number;
    offset = columns[root + 4] as number;
    for (; callEnds !== undefined && expansion !== 0; expansion = columns[expansion * 6 + 5] as number) {
      const end = callEnds.get(expansion);
      if (end === undefined) continue;
      offset = end;
      break;
    }
  }
  for (let i = machine.frames.length - 1; i >= 0; i--) {
    const frame = machine.frames[i];
    if (frame?.source.index === file && offset >= frame.source.base) return frame.source.line(offset) + frame.lineShift;
  }
  return 1;
}

/** `__has_attribute(name)` and its kin, answered from the compiler's data. */
function askCompiler(machine: Machine, builtin: Builtin): boolean {
  const { name, file, offset, expansion, meta } = machine;
  if (machine.takesParenthesis()) {
    let asked = '';
    let depth = 0;
    while (machine.next()) {
      const kind = machine.meta & kindMask;
      if (kind === kinds.openParen) depth++;
      else if (kind === kinds.closeParen && depth-- === 0) {
        const bare = /^__\w+__$/.test(asked) ? asked.slice(2, -2) : asked;
        const answers = machine.request.compiler.has[builtin];
        return give(machine, String(answers?.[asked] ?? answers?.[bare] ?? 0));
      } else asked += machine.names.text(machine.name);
    }
  }
  machine.note(`'${machine.names.text(name)}' wants a name in parentheses.`, offset, file);
  machine.name = name;
  machine.file = file;
  machine.offset = offset;
  machine.expansion = expansion;
  machine.meta = meta;
  return false;
}
