import { arithmetic } from './arithmetic';
import { call } from './calls';
import { execute } from './execute';
import type { Global } from './globals';
import { binary, type Int, int, one, unary, zero } from './integers';
import { alignOf, offsetOf, sizeOf } from './layout';
import { doubt } from './node';
import { storedIn } from './read-expression';
import { refine } from './refine';
import type { Pending, Run } from './run';
import { converted, sizeValue } from './scalars';
import { noteStored, storedValue } from './stored';
import type { Expr, Local } from './tree';
import { genericArm, globalOf, isSame, nameOfType, resolved, typeOf } from './types';
import { copied, joined, merged, nonzero, some, truth, type Value } from './values';
import { isFunction } from './walk';
import { flag } from './words';

/** Computes an expression whose value is used by something that cannot be followed. */
export function consume(run: Run, e: Expr): Value | undefined {
  const outer = run.hold();
  const value = evaluate(run, e);
  const mentions = run.release(outer);
  if (value?.kind !== 'int') run.emitAll(mentions);
  run.escape(value);
  return value;
}

/** Runs an expression whose value nobody uses. */
export function effect(run: Run, e: Expr): void {
  const outer = run.hold();
  evaluate(run, e);
  run.release(outer);
}

/** Computes a condition. */
export function condition(run: Run, e: Expr): boolean | undefined {
  const outer = run.hold();
  const value = evaluate(run, e);
  const mentions = run.release(outer);
  const is = truth(value);
  if (is === undefined) run.emitAll(mentions);
  return is;
}

/** Computes an expression as far as that goes; what it mentions is emitted. */
export function evaluate(run: Run, e: Expr): Value | undefined {
  const { shared } = run.walk;
  switch (e.kind) {
    case 'number':
    case 'constant':
      return typeof e.value === 'function' ? e.value() : e.value;
    case 'string':
      return { kind: 'string', of: e };
    case 'local':
      return local(run, e.local, e.token);
    case 'global':
      return global(run, e);
    case 'unary': {
      const value = evaluate(run, e.of);
      if (value?.kind === 'int') return unary(e.op, value);
      const is = e.op === '!' ? truth(value) : undefined;
      return is === undefined ? undefined : is ? zero : one;
    }
    case 'step':
      return step(run, e);
    case 'address':
      return address(run, e.of);
    case 'deref':
      return load(run, evaluate(run, e.of));
    case 'binary':
      return arithmetic(run, e);
    case 'logic':
      return logic(run, e);
    case 'choice':
      return choice(run, e);
    case 'assign':
      return assign(run, e);
    case 'comma':
      effect(run, e.first);
      return evaluate(run, e.second);
    case 'call':
      return call(run, e);
    case 'member':
      if (e.isArrow) load(run, evaluate(run, e.of));
      else evaluate(run, e.of);
      return storedValue(run, e) ?? (isArrayTyped(run, e) ? nonzero : undefined);
    case 'index':
      evaluate(run, e.of);
      evaluate(run, e.at);
      return undefined;
    case 'cast': {
      const value = evaluate(run, e.of);
      if (value === undefined) return undefined;
      const type = resolved(shared, e.type);
      if (value.kind === 'int')
        return type.kind === 'float' || type.kind === 'unknown'
          ? undefined
          : converted(run.walk.shared.target, value, type);
      if (type.kind === 'int' && type.id === 'bool') return truth(value) === true ? one : undefined;
      return type.kind === 'pointer' || (type.kind === 'int' && type.size >= shared.target.pointer) ? value : undefined;
    }
    case 'literal': {
      const mentions = holdInitializer(run, e.init);
      run.emitAll(mentions);
      return undefined;
    }
    case 'size': {
      const type = e.type ?? typeOf(shared, e.of as Expr);
      const size = e.isAlign ? alignOf(shared, type, e.isPreferred) : sizeOf(shared, type);
      if (size === undefined) doubt(run.node, `the ${e.isAlign ? 'alignment' : 'size'} of ${nameOfType(shared, type)}`);
      return size === undefined ? some : sizeValue(shared.target, size);
    }
    case 'block':
      return blockValue(run, e);
    case 'generic': {
      const arm = genericArm(shared, e);
      if (arm !== undefined) return evaluate(run, arm);
      doubt(run.node, 'a _Generic whose type is not known');
      for (const arm of e.arms) evaluate(run, arm.value);
      return undefined;
    }
    case 'offset': {
      const offset = offsetOf(shared, e.type, e.path);
      if (offset === undefined) doubt(run.node, `an offset in ${nameOfType(shared, e.type)}`);
      return offset === undefined ? some : sizeValue(shared.target, offset);
    }
    case 'compatible': {
      const same = isSame(shared, e.left, e.right);
      if (same === undefined) doubt(run.node, '__builtin_types_compatible_p of a type that is not known');
      return same === undefined ? some : same ? one : zero;
    }
    case 'list':
      run.emitAll(holdInitializer(run, e));
      return undefined;
    case 'opaque':
      for (const part of e.parts) consume(run, part);
      return undefined;
  }
}

function local(run: Run, of: Local, token: number): Value | undefined {
  if (of.isStatic) {
    run.emit({ token, target: run.walk.variableNode(of) });
    const isArray = resolved(run.walk.shared, of.type).kind === 'array';
    if (isArray) return { kind: 'address', of, isExact: true };
    if (of.assigned > 0 || of.addressed || of.isVolatile || !isScalar(run, of.type)) return undefined;
    const value = of.init === undefined ? zero : run.walk.shared.constant(of.init);
    return value === undefined
      ? undefined
      : converted(run.walk.shared.target, value, resolved(run.walk.shared, of.type));
  }
  run.emit(of);
  const value = run.state.values.get(of);
  if (value !== undefined) return value;
  return resolved(run.walk.shared, of.type).kind === 'array' ? { kind: 'address', of, isExact: true } : undefined;
}

function isScalar(run: Run, type: Local['type']): boolean {
  const t = resolved(run.walk.shared, type);
  return t.kind === 'int' || t.kind === 'pointer';
}

function isArrayTyped(run: Run, e: Expr): boolean {
  return resolved(run.walk.shared, typeOf(run.walk.shared, e)).kind === 'array';
}

function global(run: Run, e: Extract<Expr, { kind: 'global' }>): Value | undefined {
  const { shared } = run.walk;
  const found = globalOf(shared, e);
  if (found === undefined) {
    const text = shared.tokens.names.text(e.name);
    if (/^__(?:func|FUNCTION|PRETTY_FUNCTION)__$/.test(text)) return nonzero;
    return undefined;
  }
  if ((found.flags & (flag.register | flag.typedef)) !== 0) return undefined;
  const isCode = isFunction(shared, found);
  if (!isCode) {
    const constant = constantOf(run, found);
    if (constant !== undefined) return constant;
  }
  run.emit({ token: e.token, target: found });
  if (isCode || resolved(shared, shared.typeOf(found)).kind === 'array') return addressOf(run, found);
  return undefined;
}

/** With gcc what another unit defines may have a null address, as kernels are built. */
function addressOf(run: Run, of: Global): Value | undefined {
  if ((of.flags & flag.weak) !== 0) return undefined;
  const address = { kind: 'address', of, isExact: true } as const;
  const isHere =
    (of.flags & (flag.static | flag.body | flag.initialized | flag.alias)) !== 0 ||
    (of.flags & (flag.extern | flag.function)) === 0;
  return isHere || run.walk.shared.target.isAddressNeverNull ? address : { ...address, mayBeNull: true };
}

/** The value of a static variable that never gets another one. */
function constantOf(run: Run, of: Global): Int | undefined {
  const { walk } = run;
  if ((of.flags & flag.static) === 0 || !walk.isNeverWritten(of)) return undefined;
  if (!isScalar(run, walk.shared.typeOf(of))) return undefined;
  const init = walk.initializerOf(of);
  const value = init === undefined ? zero : walk.shared.constant(init);
  return value === undefined
    ? undefined
    : converted(run.walk.shared.target, value, resolved(walk.shared, walk.shared.typeOf(of)));
}

/** What a pointer points to. */
function load(run: Run, pointer: Value | undefined): Value | undefined {
  if (pointer?.kind !== 'address') return undefined;
  if ('declared' in pointer.of) return isFunction(run.walk.shared, pointer.of) ? pointer : undefined;
  if (pointer.of.isStatic || !pointer.isExact) return undefined;
  run.emit(pointer.of);
  return run.state.values.get(pointer.of);
}

/** `&e`. */
function address(run: Run, e: Expr): Value | undefined {
  switch (e.kind) {
    case 'local': {
      const { local: of } = e;
      if (of.isStatic) run.emit({ token: e.token, target: run.walk.variableNode(of) });
      else run.emit(of);
      return { kind: 'address', of, isExact: true };
    }
    case 'global': {
      const found = globalOf(run.walk.shared, e);
      if (found === undefined) return undefined;
      run.emit({ token: e.token, target: found });
      return addressOf(run, found);
    }
    case 'deref':
      return evaluate(run, e.of);
    case 'member': {
      const base = e.isArrow ? evaluate(run, e.of) : address(run, e.of);
      return base?.kind === 'address' ? { ...base, isExact: false } : truth(base) === true ? nonzero : undefined;
    }
    case 'index': {
      const base = isArrayTyped(run, e.of) ? address(run, e.of) : evaluate(run, e.of);
      evaluate(run, e.at);
      return base?.kind === 'address' ? { ...base, isExact: false } : undefined;
    }
    default:
      evaluate(run, e);
      return nonzero;
  }
}

function step(run: Run, e: Extract<Expr, { kind: 'step' }>): Value | undefined {
  const value = evaluate(run, e.of);
  if (e.of.kind === 'local' && !e.of.local.isStatic) {
    const next = value?.kind === 'int' ? binary('+', value, int(e.by)) : undefined;
    const kept =
      next === undefined
        ? undefined
        : converted(run.walk.shared.target, next, resolved(run.walk.shared, e.of.local.type));
    run.effects++;
    run.store(e.of.local, kept, []);
    return e.isPostfix ? value : kept;
  }
  run.effects++;
  return e.isPostfix ? value : undefined;
}

function logic(run: Run, e: Extract<Expr, { kind: 'logic' }>): Value | undefined {
  let outer = run.hold();
  const left = evaluate(run, e.left);
  const mentions = run.release(outer);
  const is = truth(left);
  if (is === !e.isAnd) return e.isAnd ? zero : one;
  if (is !== undefined) {
    const right = truth(evaluate(run, e.right));
    return right === undefined ? undefined : right ? one : zero;
  }
  const before = run.state;
  run.state = copied(before);
  refine(run, e.left, e.isAnd);
  const effects = run.effects;
  outer = run.hold();
  const right = evaluate(run, e.right);
  const more = run.release(outer);
  const isRight = truth(right);
  run.state = merged(run.state, before);
  settle(run, mentions, run.effects !== effects);
  if (isRight === !e.isAnd) return e.isAnd ? zero : one;
  if (isRight === undefined) run.emitAll(more);
  return undefined;
}

/** What decides whether something happens is used. */
function settle(run: Run, mentions: readonly Pending[], decides: boolean): void {
  if (decides) run.uncaptured(() => run.emitAll(mentions));
  else run.emitAll(mentions);
}

function choice(run: Run, e: Extract<Expr, { kind: 'choice' }>): Value | undefined {
  const outer = run.hold();
  const when = evaluate(run, e.when);
  const mentions = run.release(outer);
  const is = truth(when);
  if (is !== undefined) {
    if (is && e.then === undefined) {
      run.emitAll(mentions);
      return when;
    }
    return evaluate(run, is ? (e.then as Expr) : e.otherwise);
  }
  const otherwise = copied(run.state);
  const effects = run.effects;
  refine(run, e.when, true);
  const a = e.then === undefined ? when : evaluate(run, e.then);
  const afterThen = run.state;
  run.state = otherwise;
  refine(run, e.when, false);
  const b = evaluate(run, e.otherwise);
  const isThenLive = afterThen.live;
  const isElseLive = run.state.live;
  run.state = merged(afterThen, run.state);
  settle(run, mentions, run.effects !== effects);
  if (!isThenLive) return b;
  return isElseLive ? joined(a, b) : a;
}

function assign(run: Run, e: Extract<Expr, { kind: 'assign' }>): Value | undefined {
  run.effects++;
  const base = storedIn(e.to);
  if (base === undefined || base.local.isStatic || e.to.kind === 'index') {
    const value = run.uncaptured(() => consume(run, e.from));
    run.uncaptured(() => {
      const to = e.to.kind === 'deref' ? evaluate(run, e.to.of) : undefined;
      if (to?.kind === 'address' && 'assigned' in to.of) run.state.values.delete(to.of);
      if (e.to.kind !== 'deref') target(run, e.to);
    });
    noteStored(run, e.to, e.op === '' ? value : undefined);
    return e.op === '' ? value : undefined;
  }
  const outer = run.hold();
  const value = evaluate(run, e.from);
  const mentions = run.release(outer);
  if (e.to.kind !== 'local') {
    run.escape(value);
    run.state.values.delete(base.local);
    run.keep(base.local, mentions);
    return value;
  }
  const to = base.local;
  const type = resolved(run.walk.shared, to.type);
  let next = value;
  if (e.op !== '') {
    const old = run.state.values.get(to);
    next = old?.kind === 'int' && value?.kind === 'int' ? binary(e.op, old, value) : undefined;
  }
  if (next?.kind === 'int') next = converted(run.walk.shared.target, next, type);
  if (to.assigned > 1 || to.addressed) run.escape(next);
  run.store(to, next, next?.kind === 'int' ? [] : mentions);
  if (next?.kind !== 'int' && run.capture !== undefined) run.emit(to);
  return next;
}

/** The place an assignment writes to: what computes the place is used. */
function target(run: Run, e: Expr): void {
  if (e.kind === 'global') {
    const found = globalOf(run.walk.shared, e);
    if (found !== undefined && (found.flags & flag.register) === 0) run.emit({ token: e.token, target: found });
  } else if (e.kind === 'local' && e.local.isStatic)
    run.emit({ token: e.token, target: run.walk.variableNode(e.local) });
  else if (e.kind === 'member' && !e.isArrow) target(run, e.of);
  else evaluate(run, e);
}

function blockValue(run: Run, e: Extract<Expr, { kind: 'block' }>): Value | undefined {
  const { body } = e.body;
  const last = body.at(-1);
  const isValued = last?.kind === 'expr';
  run.uncaptured(() => {
    for (const statement of isValued ? body.slice(0, -1) : body) execute(run, statement);
  });
  return isValued && last.kind === 'expr' ? evaluate(run, last.of) : undefined;
}

/** The mentions of an initializer, to be kept until the variable is read. */
export function holdInitializer(run: Run, e: Expr): readonly Pending[] {
  const [, mentions] = run.captured(() => {
    if (e.kind !== 'list') {
      run.escape(evaluate(run, e));
      return;
    }
    for (const item of e.items) {
      const [value, own] = run.captured(() => (item.value.kind === 'list' ? undefined : evaluate(run, item.value)));
      run.escape(value);
      if (value?.kind !== 'int') run.emitAll(own);
      if (item.value.kind === 'list') run.emitAll(holdInitializer(run, item.value));
    }
  });
  return mentions;
}
