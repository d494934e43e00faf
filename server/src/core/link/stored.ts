import type { Int } from './integers';
import type { Run } from './run';
import { converted } from './scalars';
import type { Expr, Local } from './tree';
import { resolved, typeOf } from './types';
import type { State, Value } from './values';

/** What was stored last through a pointer, for as long as nothing else can have been. */
export interface Stored {
  readonly place: Expr;
  /** In the values of each state that control reaches behind the store. */
  readonly mark: Local;
  /** How many effects there were then: any further one may write to the place. */
  readonly effects: number;
}

/** Remembers that a pointer in memory, `p->next`, gets a value that is known; see `storedValue`. */
export function noteStored(run: Run, place: Expr, value: Value | undefined): void {
  if (run.stored !== undefined) run.state.values.delete(run.stored.mark);
  run.stored = undefined;
  if (value?.kind !== 'int' || !run.state.live || !isPlace(place)) return;
  // Numbers may be bit-fields or volatile; pointers are what stubs give.
  const type = resolved(run.walk.shared, typeOf(run.walk.shared, place));
  if (type.kind !== 'pointer') return;
  const mark = newMark();
  run.stored = { place, mark, effects: run.effects };
  run.state.values.set(mark, converted(run.walk.shared.target, value, type));
}

/** The value of a place in memory into which one was just stored: `p->next = NULL; if (p->next == NULL) …`. */
export function storedValue(run: Run, place: Expr): Int | undefined {
  const { stored, effects } = run;
  if (stored === undefined || stored.effects !== effects || !isSame(stored.place, place)) return undefined;
  return valueIn(run.state, stored.mark);
}

function valueIn({ values }: State, mark: Local): Int | undefined {
  const value = values.get(mark);
  return value?.kind === 'int' ? value : undefined;
}

/** A member of what a local points to. A pointer that is itself in memory may be what was stored into. */
function isPlace(e: Expr): boolean {
  if (e.kind !== 'member') return false;
  return e.isArrow ? e.of.kind === 'local' && !e.of.local.isStatic && !e.of.local.isVolatile : isPlace(e.of);
}

function isSame(a: Expr, b: Expr): boolean {
  if (a.kind === 'local') return b.kind === 'local' && a.local === b.local;
  return (
    a.kind === 'member' && b.kind === 'member' && a.name === b.name && a.isArrow === b.isArrow && isSame(a.of, b.of)
  );
}

function newMark(): Local {
  return {
    kind: 'local',
    name: 0,
    token: 0,
    type: { kind: 'unknown' },
    isStatic: false,
    isVolatile: false,
    isConst: false,
    isUsed: false,
    init: undefined,
    assigned: 0,
    addressed: false,
  };
}
