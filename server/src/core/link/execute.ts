import { callFunction } from './calls';
import { condition, consume, effect, evaluate, holdInitializer } from './evaluate';
import { binary, type Int } from './integers';
import { refine } from './refine';
import type { Run } from './run';
import type { Case, Stmt } from './tree';
import { asType, globalOf, resolved } from './types';
import { copied, dead, joined, merged, type State, truth, type Value } from './values';

/** Goes through a statement. What control cannot reach is passed over, up to a label that is reached. */
export function execute(run: Run, s: Stmt): void {
  if (!run.state.live && !s.entry) return;
  switch (s.kind) {
    case 'block':
      for (const inner of s.body) execute(run, inner);
      return;
    case 'expr':
      effect(run, s.of);
      return;
    case 'declare':
      declare(run, s);
      return;
    case 'if':
      branch(run, s);
      return;
    case 'loop':
      if (s.init !== undefined) execute(run, s.init);
      if (s.isDo) runOnceOrMore(run, s);
      else loop(run, s);
      return;
    case 'switch':
      runSwitch(run, s);
      return;
    case 'case':
      // Reached from its switch, which puts the state in place.
      enterCase(run, s);
      execute(run, s.body);
      return;
    case 'label':
      enterLabel(run, s.name);
      execute(run, s.body);
      return;
    case 'goto':
      run.goto(s.to);
      run.state = dead();
      return;
    case 'jump':
      consume(run, s.to);
      for (const label of run.body?.labelAddresses ?? []) run.goto(label);
      run.state = dead();
      return;
    case 'break':
    case 'continue':
      jump(run, s.kind === 'break');
      return;
    case 'return':
      runReturn(run, s);
      return;
    case 'asm':
      assembler(run, s);
  }
}

function declare(run: Run, s: Extract<Stmt, { kind: 'declare' }>): void {
  const { local } = s;
  if (local.isStatic) {
    if (local.isUsed) run.effect(local.token, run.walk.variableNode(local));
    return;
  }
  for (const size of s.sizes) effect(run, size);
  const type = resolved(run.walk.shared, local.type);
  run.state.values.delete(local);
  if (local.init?.kind === 'list') run.store(local, undefined, holdInitializer(run, local.init));
  else if (local.init !== undefined) {
    const init = local.init;
    let [value, mentions] = run.captured(() => evaluate(run, init));
    if (value?.kind === 'int') {
      value = asType(run.walk.shared, value, type);
      mentions = [];
    }
    if (local.assigned > 0 || local.addressed || type.kind === 'record') run.escape(value);
    run.store(local, type.kind === 'array' || type.kind === 'record' ? undefined : value, mentions);
  }
  if (s.cleanup?.kind === 'global' && run.state.live) {
    run.escape({ kind: 'address', of: local, isExact: true });
    const global = globalOf(run.walk.shared, s.cleanup);
    run.record(local);
    if (global !== undefined) callFunction(run, global, [], s.cleanup.token);
  }
}

function branch(run: Run, s: Extract<Stmt, { kind: 'if' }>): void {
  if (!run.state.live) {
    execute(run, s.then);
    const afterThen = run.state;
    run.state = dead();
    if (s.otherwise !== undefined) execute(run, s.otherwise);
    run.state = merged(afterThen, run.state);
    return;
  }
  const is = condition(run, s.when);
  if (!run.state.live) {
    if (s.entry) branch(run, s);
    return;
  }
  const otherwise = is === true ? dead() : copied(run.state);
  if (is === false) run.state = dead();
  else if (is === undefined) refine(run, s.when, true);
  execute(run, s.then);
  const afterThen = run.state;
  run.state = otherwise;
  if (is === undefined) refine(run, s.when, false);
  if (s.otherwise !== undefined) execute(run, s.otherwise);
  run.state = merged(afterThen, run.state);
}

type Loop = Extract<Stmt, { kind: 'loop' }>;

/** `while` and `for`: the condition first as it is at the beginning, then as it is any time. */
function loop(run: Run, s: Loop): void {
  const jumps = { breaks: undefined as State | undefined, continues: undefined as State | undefined, isLoop: true };
  if (run.state.live && s.when !== undefined && isFalseAtFirst(run, s.when)) {
    if (!s.entry) return;
    run.state = dead();
  }
  run.forget(s.changed);
  const is = s.when === undefined || !run.state.live ? run.state.live || undefined : condition(run, s.when);
  let exit = is === true ? dead() : copied(run.state);
  if (is !== true && s.when !== undefined && exit.live) exit = refined(run, exit, s.when, false);
  if (is === undefined && s.when !== undefined) refine(run, s.when, true);
  if (is === false) run.state = dead();
  run.jumps.push(jumps);
  execute(run, s.body);
  run.state = merged(run.state, jumps.continues);
  if (s.step !== undefined && run.state.live) effect(run, s.step);
  run.jumps.pop();
  // Entered at a label in the middle, the condition is asked afterwards.
  if (is === undefined && s.when !== undefined && run.state.live) condition(run, s.when);
  const after = exit.live || s.when === undefined || is === true ? exit : run.state;
  run.state = merged(after, jumps.breaks);
}

/** Computes a condition for nothing but its first value. */
function isFalseAtFirst(run: Run, when: Loop['when'] & object): boolean {
  if (when.kind === 'number' || when.kind === 'constant') return truth(evaluate(run, when)) === false;
  const before = copied(run.state);
  const [value, mentions] = run.captured(() => evaluate(run, when));
  if (truth(value) === false) return true;
  run.emitAll(mentions);
  run.state = merged(run.state, before);
  return false;
}

function refined(run: Run, state: State, when: Loop['when'] & object, is: boolean): State {
  const back = run.state;
  run.state = state;
  refine(run, when, is);
  const made = run.state;
  run.state = back;
  return made;
}

function runOnceOrMore(run: Run, s: Loop): void {
  const jumps = { breaks: undefined as State | undefined, continues: undefined as State | undefined, isLoop: true };
  const isOnce = s.when !== undefined && run.walk.shared.constant(s.when)?.value === 0n;
  if (!isOnce) run.forget(s.changed);
  run.jumps.push(jumps);
  execute(run, s.body);
  run.state = merged(run.state, jumps.continues);
  run.jumps.pop();
  if (!isOnce && s.when !== undefined && run.state.live) {
    const is = condition(run, s.when);
    if (is === true) run.state = dead();
    else if (is === undefined) refine(run, s.when, false);
  }
  run.state = merged(run.state, jumps.breaks);
}

/** The state at the beginning of each switch that is being gone through, and which of its cases are reached. */
interface Switching {
  readonly entry: State;
  readonly taken: ReadonlySet<Case> | undefined;
}

const switching = new WeakMap<Run, Switching[]>();

function runSwitch(run: Run, s: Extract<Stmt, { kind: 'switch' }>): void {
  const value = run.state.live ? condition2(run, s) : undefined;
  const { shared } = run.walk;
  let taken: Set<Case> | undefined;
  if (value?.kind === 'int') {
    const matching = s.cases.filter(
      (c) => c.low !== undefined && covers(value, shared.constant(c.low), c.high && shared.constant(c.high)),
    );
    taken = new Set(matching.length > 0 ? matching : s.cases.filter((c) => c.low === undefined));
  }
  const hasDefault = s.cases.some((c) => c.low === undefined);
  const jumps = { breaks: undefined as State | undefined, continues: undefined, isLoop: false };
  const entry = run.state;
  const stack = switching.get(run) ?? [];
  switching.set(run, stack);
  stack.push({ entry, taken });
  run.jumps.push(jumps);
  run.state = dead();
  execute(run, s.body);
  run.jumps.pop();
  stack.pop();
  run.state = merged(run.state, jumps.breaks);
  if (taken === undefined ? !hasDefault : taken.size === 0) run.state = merged(run.state, copied(entry));
}

function condition2(run: Run, s: Extract<Stmt, { kind: 'switch' }>): Value | undefined {
  return run.uncaptured(() => consume(run, s.on));
}

/** True unless the case is known not to match. */
function covers(value: Int, low: Int | undefined, high: Int | undefined): boolean {
  if (low === undefined) return true;
  if (high === undefined) return binary('==', value, low)?.value === 1n;
  return binary('>=', value, low)?.value === 1n && binary('<=', value, high)?.value === 1n;
}

function enterCase(run: Run, s: Case): void {
  const innermost = switching.get(run)?.at(-1);
  if (innermost === undefined || !innermost.entry.live) return;
  if (innermost.taken === undefined || innermost.taken.has(s)) run.state = merged(run.state, copied(innermost.entry));
}

function enterLabel(run: Run, name: number): void {
  if (!run.enter(name)) return;
  run.state = copied(run.state);
  run.state.live = true;
  run.forget(run.body?.changed ?? []);
}

function jump(run: Run, isBreak: boolean): void {
  const to = isBreak ? run.jumps.at(-1) : run.jumps.findLast((j) => j.isLoop);
  if (to !== undefined) {
    if (isBreak) to.breaks = merged(to.breaks, run.state);
    else to.continues = merged(to.continues, run.state);
  }
  run.state = dead();
}

function runReturn(run: Run, s: Extract<Stmt, { kind: 'return' }>): void {
  let value: Value | undefined;
  if (s.value !== undefined) {
    value = consume(run, s.value);
    value = run.body === undefined ? undefined : asType(run.walk.shared, value, run.body.returns);
    if (value?.kind === 'address' && !('declared' in value.of)) value = undefined;
  }
  if (!run.state.live) return;
  run.returns = run.hasReturned ? joined(run.returns, value) : value;
  run.hasReturned = true;
  run.state = dead();
}

function assembler(run: Run, s: Extract<Stmt, { kind: 'asm' }>): void {
  if (!s.isVolatile && s.outputs.length > 0 && s.outputs.every((e) => e.kind === 'local' && !e.local.isStatic)) {
    computation(run, s);
    return;
  }
  run.effects++;
  for (const { token, target } of run.walk.assembly(s.template).mentions) run.effect(token, target);
  for (const operand of s.operands) {
    const [value, mentions] = run.captured(() => evaluate(run, operand));
    run.emitAll(mentions);
    run.escape(value);
  }
  for (const output of s.outputs) {
    if (output.kind === 'local' && !output.local.isStatic) run.state.values.delete(output.local);
    else run.uncaptured(() => run.escape(evaluate(run, output)));
  }
  for (const label of s.labels) run.goto(label);
}

/** Assembler code that only computes its outputs: if nobody reads them it is dropped. */
function computation(run: Run, s: Extract<Stmt, { kind: 'asm' }>): void {
  const [, mentions] = run.captured(() => {
    for (const mention of run.walk.assembly(s.template).mentions) run.emit(mention);
    for (const operand of s.operands) run.escape(evaluate(run, operand));
  });
  for (const output of s.outputs) if (output.kind === 'local') run.store(output.local, undefined, mentions);
}
