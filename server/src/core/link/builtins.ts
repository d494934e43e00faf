import { consume, evaluate } from './evaluate';
import { binary, characters, int, one, zero } from './integers';
import { sizeOf } from './layout';
import { doubt } from './node';
import type { Run } from './run';
import { converted, sizeValue } from './scalars';
import type { Expr } from './tree';
import { resolved, typeOf } from './types';
import { copied, dead, nonzero, type Value } from './values';

type Call = Extract<Expr, { kind: 'call' }>;

/** Builtins that only compute: nothing happens if their value is not used. */
const computing =
  /^__builtin_(?:clz|ctz|clrsb|ffs|popcount|parity|bswap|abs|labs|llabs|str(?:n?len|n?cmp|r?chr|str|c?spn|pbrk)|mem(?:cmp|chr)|return_address|frame_address|extract_return_addr|isnan|isinf|huge_val|inf|nan|fabs|classify_type|has_attribute|is_constant_evaluated)/;

/** Builtins that do something, of which no value is known. */
const acting = /^__(?:sync|atomic)_|^__builtin_(?:va_|mem|st[rp]|alloca|prefetch|v?s?n?printf|clear_padding)/;

/** A call of a compiler's builtin. */
export function builtin(run: Run, name: string, e: Call): Value | undefined {
  const { shared } = run.walk;
  const [first, second, third] = e.args;
  switch (name) {
    case '__builtin_expect':
    case '__builtin_expect_with_probability':
    case '__builtin_assume_aligned':
      return first === undefined ? undefined : evaluate(run, first);
    case '__builtin_constant_p': {
      if (first === undefined) return zero;
      // The operand is never run, whatever it is.
      const before = run.state;
      run.state = copied(before);
      const value = quietly(run, first);
      run.state = before;
      return value?.kind === 'int' || value?.kind === 'string' || value?.kind === 'some' ? one : zero;
    }
    case '__builtin_choose_expr': {
      const chosen = first === undefined ? undefined : shared.constant(first);
      const arm = chosen === undefined ? undefined : chosen.value !== 0n ? second : third;
      if (arm !== undefined) return evaluate(run, arm);
      doubt(run.node, '__builtin_choose_expr of a condition that is not known');
      for (const other of [second, third]) if (other !== undefined) evaluate(run, other);
      return undefined;
    }
    case '__builtin_unreachable':
    case '__builtin_trap':
    case '__builtin_abort':
      run.state = dead();
      return undefined;
    case '__builtin_object_size':
    case '__builtin_dynamic_object_size':
      return objectSize(run, first, second);
    case '__builtin_add_overflow':
    case '__builtin_sub_overflow':
    case '__builtin_mul_overflow':
      return overflow(run, name.slice(10, 13), e);
  }
  if (!computing.test(name)) {
    if (!acting.test(name)) doubt(run.node, `the builtin '${name}'`);
    run.effects++;
    for (const arg of e.args) run.uncaptured(() => consume(run, arg));
    return /^__builtin_(?:return_address|frame_address|alloca)/.test(name) ? nonzero : undefined;
  }
  const values = e.args.map((arg) => consume(run, arg));
  const value = values[0];
  if (name === '__builtin_strlen' && value?.kind === 'string') {
    let length = 0;
    const { names, name: nameOf } = shared.tokens;
    for (let i = 0; i < value.of.count; i++)
      length += characters(names.text(nameOf[value.of.first + i] as number)).length;
    return sizeValue(shared.target, length);
  }
  return value?.kind === 'int' ? computed(name, value.value, shared.target.long * 8) : undefined;
}

/** The size of what a pointer points to: the greatest number if that may be anything. */
function objectSize(run: Run, pointer: Expr | undefined, mode: Expr | undefined): Value | undefined {
  const { shared } = run.walk;
  const asked = mode === undefined ? undefined : shared.constant(mode);
  if (pointer === undefined || asked === undefined || asked.value > 1n) return undefined;
  const value = quietly(run, pointer);
  if (value === undefined) return sizeValue(shared.target, -1);
  if (value.kind !== 'address' || !value.isExact) return undefined;
  const type = 'declared' in value.of ? shared.typeOf(value.of) : value.of.type;
  const size = sizeOf(shared, type);
  return size === undefined || size === 0 ? undefined : sizeValue(shared.target, size);
}

/** Evaluates without a trace: no mention, no problem. */
function quietly(run: Run, e: Expr): Value | undefined {
  if (hasCall(e)) return run.walk.shared.constant(e);
  const [value] = run.captured(() => evaluate(run, e));
  return value;
}

function hasCall(e: Expr): boolean {
  switch (e.kind) {
    case 'call':
    case 'block':
    case 'assign':
    case 'step':
      return true;
    case 'unary':
    case 'cast':
    case 'address':
    case 'deref':
    case 'member':
      return hasCall(e.of);
    case 'index':
      return hasCall(e.of) || hasCall(e.at);
    case 'binary':
    case 'logic':
      return hasCall(e.left) || hasCall(e.right);
    case 'comma':
      return hasCall(e.first) || hasCall(e.second);
    case 'choice':
      return hasCall(e.when) || (e.then !== undefined && hasCall(e.then)) || hasCall(e.otherwise);
    default:
      return false;
  }
}

const operators: { readonly [name: string]: string } = { add: '+', sub: '-', mul: '*' };

function overflow(run: Run, name: string, e: Call): Value | undefined {
  const [left, right, to] = e.args;
  if (left === undefined || right === undefined || to === undefined) return undefined;
  const a = evaluate(run, left);
  const b = evaluate(run, right);
  const target = evaluate(run, to);
  const place = target?.kind === 'address' && !('declared' in target.of) && target.isExact ? target.of : undefined;
  run.effects++;
  if (place !== undefined) run.state.values.delete(place);
  if (a?.kind !== 'int' || b?.kind !== 'int') return undefined;
  const type = resolved(run.walk.shared, typeOf(run.walk.shared, { kind: 'deref', of: to }));
  if (type.kind !== 'int') return undefined;
  const wide = binary(operators[name] as string, int(a.value, 32), int(b.value, 32));
  if (wide === undefined) return undefined;
  const kept = converted(run.walk.shared.target, wide, type);
  if (place !== undefined) run.store(place, kept, []);
  return kept.value === wide.value ? zero : one;
}

function computed(name: string, value: bigint, long: number): Value | undefined {
  const match = /^__builtin_(clz|ctz|ffs|popcount|parity|bswap16|bswap32|bswap64|abs|labs)(l|ll)?$/.exec(name);
  if (match === null) return undefined;
  const bits = match[2] === undefined && match[1] !== 'labs' ? 32 : match[2] === 'll' ? 64 : long;
  const text = BigInt.asUintN(bits, value).toString(2);
  const trailing = text.length - 1 - text.lastIndexOf('1');
  const isZero = BigInt.asUintN(bits, value) === 0n;
  switch (match[1]) {
    case 'clz':
      return isZero ? undefined : int(BigInt(bits - text.length));
    case 'ctz':
      return isZero ? undefined : int(BigInt(trailing));
    case 'ffs':
      return int(isZero ? 0n : BigInt(trailing + 1));
    case 'popcount':
    case 'parity': {
      const ones = text.replaceAll('0', '').length;
      return int(BigInt(match[1] === 'parity' ? ones & 1 : ones));
    }
    case 'bswap16':
    case 'bswap32':
    case 'bswap64': {
      const size = Number(match[1].slice(5)) / 8;
      let swapped = 0n;
      for (let i = 0; i < size; i++) swapped = (swapped << 8n) | ((value >> BigInt(8 * i)) & 0xffn);
      return int(swapped, size, true);
    }
    default:
      return int(value < 0n ? -value : value, bits / 8);
  }
}
