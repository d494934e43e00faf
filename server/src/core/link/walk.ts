import type { Problem } from '../finding';
import * as kinds from '../syntax/kinds';
import { assemblySymbols, assemblyText } from './assembly';
import { countNames, findWrites } from './counts';
import { consume, holdInitializer } from './evaluate';
import { execute } from './execute';
import type { Global } from './globals';
import type { Int } from './integers';
import { readInitializer } from './read-initializer';
import { readBody } from './read-statement';
import { Reader, type Shared, Unreadable } from './reader';
import { Run } from './run';
import type { Body, Expr, Local } from './tree';
import { resolved } from './types';
import type { Value } from './values';
import { flag } from './words';

/** A function in one context, a variable's initializer, or assembler text: what mentions symbols. */
export interface Node {
  readonly kind: 'function' | 'variable' | 'assembler';
  /** Token of its name. */
  readonly token: number;
  readonly global: Global | undefined;
  readonly local: Local | undefined;
  /** What is known of the arguments. */
  readonly args: readonly (Value | undefined)[];
  /** What it mentions, with the tokens that do. Names that are not defined here are globals or plain names. */
  readonly mentions: Map<Node | Global | string, Set<number>>;
  state: 'new' | 'running' | 'done';
  result: Result;
}

/** What a function does to its caller. */
export interface Result {
  readonly value: Value | undefined;
  readonly neverReturns: boolean;
  /** Parameters whose value matters; undefined for all. */
  readonly reads: ReadonlySet<number> | undefined;
}

const unknownResult: Result = { value: undefined, neverReturns: false, reads: undefined };

/** So many different sets of constant arguments of one function are told apart. */
const mostContexts = 32;
/** Calls are followed at once so deep; deeper ones later, with nothing known of their arguments. */
const deepestCalls = 40;

/** Goes from what the compiler must keep to all that this mentions. */
export class Walk {
  readonly shared: Shared;
  readonly problems: Problem[] = [];
  readonly nodes: Node[] = [];
  readonly lookups: { node: Node; token: number; name: string; by: string }[] = [];
  readonly #contexts = new Map<Global, Map<string, Node>>();
  readonly #variables = new Map<Global | Local, Node>();
  readonly #queue: Node[] = [];
  readonly #path: string;
  #depth = 0;
  #counts: Uint8Array | undefined;
  #written: ((global: Global) => boolean) | undefined;

  constructor(shared: Shared, path: string) {
    this.shared = shared;
    this.#path = path;
  }

  /** Runs until nothing new is reached. */
  finish(): void {
    for (let node = this.#queue.pop(); node !== undefined; node = this.#queue.pop()) this.#visit(node);
  }

  mention(from: Node, token: number, target: Node | Global | string): void {
    let to = target;
    if (typeof to !== 'string' && !('mentions' in to)) {
      const global = to;
      const isCode = isFunction(this.shared, global) && (global.flags & flag.alias) === 0;
      if (isCode ? (global.flags & flag.body) !== 0 && isKept(global) : global.isDefined)
        to = isCode ? this.functionNode(global, []) : this.variableNode(global);
    }
    const tokens = from.mentions.get(to);
    if (tokens === undefined) from.mentions.set(to, new Set([token]));
    else tokens.add(token);
  }

  functionNode(global: Global, args: readonly (Value | undefined)[]): Node {
    let contexts = this.#contexts.get(global);
    if (contexts === undefined) {
      contexts = new Map();
      this.#contexts.set(global, contexts);
    }
    const isTold = contexts.size < mostContexts && args.some((value) => value !== undefined && value.kind !== 'some');
    const known = isTold ? args : [];
    const key = known.map(keyOf).join();
    const found = contexts.get(key);
    if (found !== undefined) return found;
    const node = this.#add('function', global.declared.token, global, undefined, known);
    contexts.set(key, node);
    return node;
  }

  variableNode(of: Global | Local): Node {
    const found = this.#variables.get(of);
    if (found !== undefined) return found;
    const isLocal = 'assigned' in of;
    const node = this.#add(
      'variable',
      isLocal ? of.token : of.declared.token,
      isLocal ? undefined : of,
      isLocal ? of : undefined,
      [],
    );
    this.#variables.set(of, node);
    return node;
  }

  /** Assembler text at top level; returns the names that it defines. */
  assembler(first: number, end: number): readonly string[] {
    const node = this.#add('assembler', first, undefined, undefined, []);
    const tokens: number[] = [];
    for (let i = first; i < end; i++) if (this.shared.tokens.kind[i] === kinds.string) tokens.push(i);
    const { mentions, defines } = this.assembly(tokens);
    for (const { token, target } of mentions) this.mention(node, token, target);
    return defines;
  }

  /** What an assembler template mentions and defines. */
  assembly(tokens: readonly number[]): { mentions: { token: number; target: Global | string }[]; defines: string[] } {
    const { names, name } = this.shared.tokens;
    const { mentions, defines } = assemblySymbols(assemblyText(tokens.map((t) => names.text(name[t] as number))));
    const token = tokens[0] ?? 0;
    const outside = mentions.filter((text) => !defines.includes(text));
    return {
      mentions: outside.map((text) => ({ token, target: this.shared.globals.byName.get(names.intern(text)) ?? text })),
      defines,
    };
  }

  /** The result of calling a function; goes through it now if that is possible. */
  result(node: Node): Result {
    if (node.state === 'new' && this.#depth < deepestCalls) {
      this.#depth++;
      this.#visit(node);
      this.#depth--;
    }
    return node.result;
  }

  /** The compiler may put the function's body in the place of a call. */
  canInline(global: Global): boolean {
    if ((global.flags & (flag.noinline | flag.weak)) !== 0) return false;
    if ((global.flags & (flag.alwaysInline | flag.inline)) !== 0) return true;
    const { value, end } = global.declared;
    return end - value < 80 || ((global.flags & flag.static) !== 0 && this.#isSeldomNamed(global.name));
  }

  #isSeldomNamed(name: number): boolean {
    this.#counts ??= countNames(this.shared);
    return (this.#counts[name] ?? 0) <= 2;
  }

  /** No code of the unit gives the static variable another value than its first. */
  isNeverWritten(global: Global): boolean {
    if ((global.flags & (flag.constant | flag.static)) === (flag.constant | flag.static)) return true;
    if ((global.flags & (flag.static | flag.volatile | flag.used | flag.weak)) !== flag.static) return false;
    this.#written ??= findWrites(this.shared);
    return !this.#written(global);
  }

  /** The initializer of a variable. */
  initializerOf(global: Global): Expr | undefined {
    const { value, end } = global.declared;
    if ((global.declared.flags & flag.initialized) === 0 || value === 0) return undefined;
    return readInitializer(new Reader(this.shared, value, end));
  }

  #add(
    kind: Node['kind'],
    token: number,
    global: Global | undefined,
    local: Local | undefined,
    args: Node['args'],
  ): Node {
    const node: Node = {
      kind,
      token,
      global,
      local,
      args,
      mentions: new Map(),
      state: kind === 'assembler' ? 'done' : 'new',
      result: unknownResult,
    };
    this.nodes.push(node);
    this.#queue.push(node);
    return node;
  }

  #visit(node: Node): void {
    if (node.state !== 'new') return;
    node.state = 'running';
    try {
      if (node.kind === 'function') this.#runFunction(node);
      else this.#runInitializer(node);
    } catch (error) {
      if (!(error instanceof Unreadable || error instanceof RangeError)) throw error;
      this.#mentionAll(node);
    }
    node.state = 'done';
  }

  #runInitializer(node: Node): void {
    if (node.global?.alias !== undefined) {
      const { globals, tokens } = this.shared;
      const target = globals.byName.get(tokens.names.intern(node.global.alias));
      this.mention(node, node.token, target ?? node.global.alias);
      return;
    }
    const init =
      node.local !== undefined
        ? node.local.init
        : node.global === undefined
          ? undefined
          : this.initializerOf(node.global);
    if (init === undefined) return;
    const run = new Run(this, node, undefined);
    if (init.kind === 'list') for (const p of holdInitializer(run, init)) run.record(p);
    else consume(run, init);
  }

  #runFunction(node: Node): void {
    const global = node.global as Global;
    const body = this.bodyOf(global);
    if (body === undefined) throw new Unreadable(node.token);
    const run = new Run(this, node, body);
    for (let pass = 0; pass < 4; pass++) {
      run.restart();
      node.args.forEach((value, i) => {
        const param = body.params[i];
        if (param !== undefined && value !== undefined) run.store(param, value, []);
      });
      execute(run, body.body);
      if (!run.again) break;
    }
    if (run.state.live) {
      run.returns = undefined;
      run.hasReturned = true;
    }
    const reads = new Set<number>();
    body.params.forEach((param, i) => {
      if (run.hasRead(param)) reads.add(i);
    });
    node.result = { value: run.returns, neverReturns: !run.hasReturned, reads };
  }

  /** A function's body, read once. */
  bodyOf(global: Global): Body | undefined {
    const { shared } = this;
    if (global.body !== undefined) return global.body;
    const { value, end } = global.declared;
    const type = resolved(shared, shared.typeOf(global));
    if (type.kind !== 'function') return undefined;
    global.body = shared.reading(value, () => readBody(new Reader(shared, value, end), type.open, value, type.returns));
    return global.body;
  }

  /** What cannot be read mentions every name in it that the file knows. */
  #mentionAll(node: Node): void {
    const { tokens, globals } = this.shared;
    const declared = node.global?.declared;
    const text = tokens.names.text(tokens.name[node.token] as number);
    this.problems.push({
      file: this.#path,
      message: `The code of '${text}' is not understood; all names in it count as used.`,
    });
    if (declared === undefined) return;
    for (let i = declared.value; i < declared.end; i++) {
      const before = tokens.kind[i - 1];
      if (tokens.kind[i] !== kinds.identifier || before === kinds.dot || before === kinds.arrow) continue;
      const global = globals.byName.get(tokens.name[i] as number);
      if (global !== undefined && (global.flags & flag.typedef) === 0) this.mention(node, i, global);
    }
  }
}

function keyOf(value: Value | undefined): string {
  if (value === undefined || value.kind === 'some') return '';
  if (value.kind === 'int') return `${value.value}.${value.size}${value.unsigned ? 'u' : ''}`;
  if (value.kind === 'address') return 'declared' in value.of ? `a${value.of.name}` : 'n';
  return value.kind === 'string' ? `s${value.of.first}` : 'n';
}

/** A function, declared as such or by a typedef. */
export function isFunction(shared: Shared, global: Global): boolean {
  if ((global.flags & (flag.function | flag.body)) !== 0) return true;
  if ((global.flags & flag.namedType) === 0 || (global.flags & flag.initialized) !== 0) return false;
  return resolved(shared, shared.typeOf(global)).kind === 'function';
}

/** The function is compiled where it is called for; GNU's `extern inline` functions exist for inlining only. */
export function isKept(global: Global): boolean {
  return !isInlineOnly(global) || (global.flags & flag.alwaysInline) !== 0;
}

/** `extern inline` of GNU, `inline` of C99: somebody else has the real function. */
export function isInlineOnly(global: Global): boolean {
  const flags = global.declared.flags;
  if ((flags & flag.inline) === 0 || (flags & flag.static) !== 0) return false;
  return (global.flags & flag.gnuInline) !== 0 ? (flags & flag.extern) !== 0 : (flags & flag.extern) === 0;
}

/** An integer that an argument is known to be. */
export function isInt(value: Value | undefined): value is Int {
  return value?.kind === 'int';
}
