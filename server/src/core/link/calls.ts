import { builtin } from './builtins';
import { consume, evaluate } from './evaluate';
import type { Global } from './globals';
import { characters } from './integers';
import type { Pending, Run } from './run';
import type { Expr } from './tree';
import { globalOf } from './types';
import { dead, type Value } from './values';
import { isFunction, isInlineOnly, isKept } from './walk';
import { flag } from './words';

type Call = Extract<Expr, { kind: 'call' }>;

/** A call: what is called is mentioned, and what is known of the arguments goes along. */
export function call(run: Run, e: Call): Value | undefined {
  const { shared } = run.walk;
  if (e.callee.kind === 'global') {
    const global = globalOf(shared, e.callee);
    const text =
      global === undefined || (global.flags & flag.body) === 0 ? shared.tokens.names.text(e.callee.name) : '';
    if (text.startsWith('__') && /^__(?:builtin|sync|atomic)_/.test(text)) return builtin(run, text, e);
    if (global === undefined) return undeclared(run, e, text);
    if (isFunction(shared, global)) return callFunction(run, global, e.args, e.callee.token);
  }
  const [callee, mentions] = run.captured(() => evaluate(run, e.callee));
  if (callee?.kind === 'address' && 'declared' in callee.of && isFunction(shared, callee.of)) {
    run.uncaptured(() => run.emitAll(mentions));
    return callFunction(run, callee.of, e.args, e.token);
  }
  run.uncaptured(() => run.emitAll(mentions));
  run.effects++;
  for (const arg of e.args) run.uncaptured(() => consume(run, arg));
  return undefined;
}

/** A call of what was never declared: the linker is asked for it. */
function undeclared(run: Run, e: Call, text: string): undefined {
  for (const arg of e.args) run.uncaptured(() => consume(run, arg));
  run.effects++;
  if (run.state.live) run.walk.mention(run.node, (e.callee as Extract<Expr, { kind: 'global' }>).token, text);
  return undefined;
}

/** A call of a function that the file declares. */
export function callFunction(run: Run, global: Global, args: readonly Expr[], token: number): Value | undefined {
  const hasBody = (global.flags & flag.body) !== 0 && isKept(global);
  if (!hasBody) return callExternal(run, global, args, token);
  const { walk } = run;
  const values: (Value | undefined)[] = [];
  const mentions: (readonly Pending[])[] = [];
  for (const arg of args) {
    const outer = run.hold();
    const value = evaluate(run, arg);
    const own = run.release(outer);
    run.escape(value);
    values.push(value?.kind === 'address' && !('declared' in value.of) ? { kind: 'nonzero' } : value);
    mentions.push(own);
  }
  if (!run.state.live) return undefined;
  const isLocal = (global.flags & flag.static) !== 0 || isInlineOnly(global);
  const node = walk.functionNode(global, isLocal ? values : []);
  const canInline = walk.canInline(global);
  const result = walk.result(node);
  for (let i = 0; i < args.length; i++) {
    const isRead =
      result.reads === undefined || !isLocal || result.reads.has(i) || i >= (global.body?.params.length ?? 0);
    if (isRead && values[i]?.kind !== 'int') run.uncaptured(() => run.emitAll(mentions[i] as readonly Pending[]));
  }
  run.effect(token, node.args.length === 0 ? global : node);
  if ((global.flags & flag.noreturn) !== 0 || (canInline && result.neverReturns && node.state === 'done'))
    run.state = dead();
  return canInline ? result.value : undefined;
}

function callExternal(run: Run, global: Global, args: readonly Expr[], token: number): undefined {
  for (const arg of args) {
    const value = run.uncaptured(() => consume(run, arg));
    if (value?.kind === 'string' && args.length <= 2) lookup(run, global, value.of, token);
  }
  if ((global.flags & flag.pure) !== 0) run.emit({ token, target: global });
  else run.effect(token, global);
  // What the source forbids to reach is reached by a mistake of this walk: the code behind it is there.
  if ((global.flags & (flag.noreturn | flag.error)) === flag.noreturn) run.state = dead();
  return undefined;
}

/** `__symbol_get("name")` and its like ask for a symbol while the module runs. */
function lookup(run: Run, global: Global, of: Extract<Expr, { kind: 'string' }>, token: number): void {
  const { names, name } = run.walk.shared.tokens;
  const by = names.text(global.name);
  if (!run.state.live || !/(?:symbol_get|symbol_request|kallsyms_lookup_name|find_symbol)$/.test(by)) return;
  let text = '';
  for (let i = 0; i < of.count; i++)
    text += String.fromCharCode(...characters(names.text(name[of.first + i] as number)));
  run.node.lookups = [...run.node.lookups, { token, name: text, by }];
}
