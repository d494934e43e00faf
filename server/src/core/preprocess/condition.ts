import * as kinds from '../syntax/kinds';
import { kindMask } from './columns';
import * as directives from './directive';
import { type Failure, isTrue } from './evaluate';
import { readList } from './include';
import type { Frame, Machine } from './machine';
import { known } from './names';

const defined = known('defined');
const one = 0x31;
const zero = 0x30;

/** Whether a branch is taken: `#if`, `#ifdef`, `#elif` and their kin; `#else` always. */
export function isTaken(machine: Machine, frame: Frame, d: number): boolean {
  const { source } = frame;
  switch (source.directives.code[d]) {
    case directives.otherwise:
      return true;
    case directives.ifdef:
    case directives.elifdef:
      return isDefined(machine, frame, d);
    case directives.ifndef:
    case directives.elifndef:
      return source.kind[source.directives.from[d] as number] === kinds.identifier && !isDefined(machine, frame, d);
    default:
      return simple(machine, frame, d) ?? evaluate(machine, frame, d);
  }
}

function isDefined(machine: Machine, frame: Frame, d: number): boolean {
  const { source } = frame;
  if (
    (source.directives.from[d] as number) < (source.directives.to[d] as number) &&
    source.kind[source.directives.from[d] as number] === kinds.identifier
  ) {
    return machine.macroOf[source.name[source.directives.from[d] as number] as number] !== 0;
  }
  machine.note(
    'A macro name is missing behind the directive.',
    source.offset[source.directives.hash[d] as number],
    source.index,
  );
  return false;
}

/** `defined(NAME)`, negated or not, alone or joined by one kind of `&&` and `||`; `undefined` for all else. */
function simple(machine: Machine, frame: Frame, d: number): boolean | undefined {
  const { name, kind } = frame.source;
  const to = frame.source.directives.to[d] as number;
  let at = frame.source.directives.from[d] as number;
  let answer: boolean | undefined;
  let joint = 0;
  for (;;) {
    let isNegated = false;
    while (name[at] === 0x21 && at < to) {
      isNegated = !isNegated;
      at++;
    }
    if (at >= to || name[at] !== defined) return undefined;
    let operand = at + 1;
    if (kind[operand] === kinds.openParen) {
      operand++;
      at = operand + 2;
      if (kind[operand + 1] !== kinds.closeParen) return undefined;
    } else at = operand + 1;
    if (at > to || kind[operand] !== kinds.identifier) return undefined;
    const isYes = (machine.macroOf[name[operand] as number] !== 0) !== isNegated;
    answer = answer === undefined ? isYes : joint === kinds.andAnd ? answer && isYes : answer || isYes;
    if (at === to) return answer;
    const next = kind[at] as number;
    if ((next !== kinds.andAnd && next !== kinds.orOr) || (joint !== 0 && joint !== next)) return undefined;
    joint = next;
    at++;
  }
}

function evaluate(machine: Machine, frame: Frame, d: number): boolean {
  const { source } = frame;
  const kind: number[] = [];
  const name: number[] = [];
  readList(machine, source, source.directives.from[d] as number, source.directives.to[d] as number, () => {
    while (machine.next()) {
      if (machine.name === defined) {
        const answer = readDefined(machine);
        kind.push(kinds.number);
        name.push(answer ? one : zero);
        continue;
      }
      kind.push(machine.meta & kindMask);
      name.push(machine.name);
    }
  });
  const failure: Failure = { message: '' };
  const { isCharUnsigned } = machine.request.compiler.target;
  const answer = isTrue({ names: machine.names, kind, name, isCharUnsigned }, failure);
  if (failure.message !== '') {
    machine.note(
      `The condition is not understood: ${failure.message}.`,
      source.offset[source.directives.hash[d] as number],
      source.index,
    );
  }
  return answer;
}

/** The operand behind `defined`, with or without parentheses. */
function readDefined(machine: Machine): boolean {
  machine.prevented++;
  let answer = false;
  const isWrapped = machine.takesParenthesis();
  if (machine.next() && (machine.meta & kindMask) === kinds.identifier) {
    answer = machine.macroOf[machine.name] !== 0;
  } else machine.note("'defined' wants the name of a macro.");
  if (isWrapped && (!machine.next() || (machine.meta & kindMask) !== kinds.closeParen)) {
    machine.note("The ')' behind 'defined' is missing.");
  }
  machine.prevented--;
  return answer;
}
