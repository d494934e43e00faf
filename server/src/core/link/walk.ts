import * as kinds from '../syntax/kinds';
import { type Answer, isSameResult } from './answers';
import { assemblySymbols, assemblyText } from './assembly';
import { countNames, findWrites } from './counts';
import { consume, holdInitializer } from './evaluate';
import { execute } from './execute';
import type { Global } from './globals';
import type { Int } from './integers';
import { doubt, keyOf, type Node, newNode, type Result, unknownResult } from './node';
import { readInitializer } from './read-initializer';
import { readBody } from './read-statement';
import { Reader, type Shared, Unreadable } from './reader';
import { Run } from './run';
import type { Body, Expr, Local } from './tree';
import { asType, resolved } from './types';
import type { Value } from './values';
import { flag } from './words';

/** So many different sets of constant arguments of one function are told apart, the first ones. */
const mostContexts = 32;
/** Calls are followed at once so deep; deeper ones later, with nothing known of their arguments. */
const deepestCalls = 40;

/** The nodes of one function, by what is known of the arguments. */
interface Contexts {
  readonly byKey: Map<string, Node>;
  round: number;
  /** How many of them the round has come to. */
  size: number;
}

/**
 * Goes from what the compiler must keep to all that this mentions. After a change in the bodies of some functions it can
 * go again: what another node found is taken over if all that it asked the walk for gets the same answer.
 */
export class Walk {
  readonly shared: Shared;
  readonly nodes: Node[] = [];
  readonly #contexts = new Map<Global, Contexts>();
  readonly #variables = new Map<Global | Local, Node>();
  readonly #queue: Node[] = [];
  /** Whether what is found is kept for a further round. */
  readonly #isKept: boolean;
  #round = 0;
  /** Nodes of all rounds that are remembered. */
  #remembered = 0;
  /** What the node that is gone through has asked for, if that is kept. */
  #answers: Answer[] | undefined;
  #depth = 0;
  #counts: Uint8Array | undefined;
  #written: ((global: Global) => boolean) | undefined;

  constructor(shared: Shared) {
    this.shared = shared;
    this.#isKept = shared.kept !== undefined;
  }

  /** Makes ready for another round. Nothing has changed but the bodies of some functions. */
  again(changed: readonly Global[]): void {
    if (this.#remembered > 2 * this.nodes.length) this.#sweep();
    this.#round++;
    this.nodes.length = 0;
    this.#counts = undefined;
    this.#written = undefined;
    for (const global of changed)
      for (const node of this.#contexts.get(global)?.byKey.values() ?? []) {
        node.token = global.declared.token;
        node.found = undefined;
        node.doubts = undefined;
      }
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
    const isTellable = args.some((value) => value !== undefined && value.kind !== 'some');
    return this.#inContext(global, isTellable ? args.map(keyOf).join() : '', args);
  }

  /** The node of a function for arguments with a key; none if nothing is known of them. */
  #inContext(global: Global, key: string, args: Node['args']): Node {
    const contexts = this.#contextsOf(global);
    const isTold = contexts.size < mostContexts || contexts.byKey.get(key)?.round === this.#round;
    const told = isTold ? key : '';
    let node = contexts.byKey.get(told);
    if (node === undefined) {
      node = newNode('function', global.declared.token, global, undefined, told === '' ? [] : args);
      contexts.byKey.set(told, node);
      this.#remembered++;
    }
    if (node.round !== this.#round) {
      contexts.size++;
      this.#reach(node);
    }
    this.#answers?.push({ kind: 'function', of: global, key, args, node });
    return node;
  }

  #contextsOf(global: Global): Contexts {
    let contexts = this.#contexts.get(global);
    if (contexts === undefined) {
      contexts = { byKey: new Map(), round: this.#round, size: 0 };
      this.#contexts.set(global, contexts);
    } else if (contexts.round !== this.#round) {
      contexts.round = this.#round;
      contexts.size = 0;
    }
    return contexts;
  }

  variableNode(of: Global | Local): Node {
    let node = this.#variables.get(of);
    if (node === undefined) {
      const isLocal = 'assigned' in of;
      const token = isLocal ? of.token : of.declared.token;
      node = newNode('variable', token, isLocal ? undefined : of, isLocal ? of : undefined, []);
      this.#variables.set(of, node);
      this.#remembered++;
    }
    if (node.round !== this.#round) this.#reach(node);
    this.#answers?.push({ kind: 'variable', of });
    return node;
  }

  /** Assembler text at top level; returns the names that it defines. */
  assembler(first: number, end: number): readonly string[] {
    const node = newNode('assembler', first, undefined, undefined, []);
    this.#reach(node);
    node.state = 'done';
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
    this.#answers?.push({ kind: 'result', of: node, result: node.result, state: node.state });
    return node.result;
  }

  /** The compiler may put the function's body in the place of a call. */
  canInline(global: Global): boolean {
    if ((global.flags & (flag.noinline | flag.weak)) !== 0) return false;
    if ((global.flags & (flag.alwaysInline | flag.inline)) !== 0) return true;
    const { value, end } = global.declared;
    const is = end - value < 80 || ((global.flags & flag.static) !== 0 && this.#isSeldomNamed(global.name));
    this.#answers?.push({ kind: 'canInline', of: global, is });
    return is;
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
    const is = !this.#written(global);
    this.#answers?.push({ kind: 'isNeverWritten', of: global, is });
    return is;
  }

  /** The initializer of a variable. */
  initializerOf(global: Global): Expr | undefined {
    const { value, end } = global.declared;
    if ((global.declared.flags & flag.initialized) === 0 || value === 0) return undefined;
    return readInitializer(new Reader(this.shared, value, end));
  }

  /** The round comes to a node for the first time. */
  #reach(node: Node): void {
    node.round = this.#round;
    node.state = 'new';
    node.result = unknownResult;
    this.nodes.push(node);
    this.#queue.push(node);
  }

  #visit(node: Node): void {
    if (node.state !== 'new') return;
    node.state = 'running';
    const outer = this.#answers;
    this.#answers = undefined;
    if (node.found?.answers.every((answer) => this.#isStill(answer))) node.result = node.found.result;
    else this.#goThrough(node);
    this.#answers = outer;
    node.state = 'done';
  }

  #goThrough(node: Node): void {
    const answers: Answer[] | undefined = this.#isKept ? [] : undefined;
    this.#answers = answers;
    node.found = undefined;
    node.mentions.clear();
    if (node.lookups.length > 0) node.lookups = [];
    try {
      if (node.kind === 'function') this.#runFunction(node);
      else this.#runInitializer(node);
      if (answers) node.found = { answers, result: node.result };
    } catch (error) {
      if (!(error instanceof Unreadable || error instanceof RangeError)) throw error;
      this.#mentionAll(node, error instanceof Unreadable ? error.token : node.token);
    }
  }

  /** Asks once more: the same happens as when it was asked first, and the answer is the same. */
  #isStill(answer: Answer): boolean {
    switch (answer.kind) {
      case 'function':
        return this.#inContext(answer.of, answer.key, answer.args) === answer.node;
      case 'variable':
        this.variableNode(answer.of);
        return true;
      case 'result': {
        const result = this.result(answer.of);
        return answer.of.state === answer.state && isSameResult(result, answer.result);
      }
      default:
        return this[answer.kind](answer.of) === answer.is;
    }
  }

  /** Forgets what the last round did not come to. */
  #sweep(): void {
    this.#remembered = 0;
    for (const [global, { byKey }] of this.#contexts) {
      for (const [key, node] of byKey) if (node.round !== this.#round) byKey.delete(key);
      this.#remembered += byKey.size;
      if (byKey.size === 0) this.#contexts.delete(global);
    }
    for (const [of, node] of this.#variables) if (node.round !== this.#round) this.#variables.delete(of);
    this.#remembered += this.#variables.size;
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
        const passed = param === undefined ? undefined : asType(this.shared, value, param.type);
        if (param !== undefined && passed !== undefined) run.store(param, passed, []);
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
  #mentionAll(node: Node, at: number): void {
    const { tokens, globals } = this.shared;
    const declared = node.global?.declared;
    const [text, where] = [node.token, at].map((token) => tokens.names.text(tokens.name[token] as number));
    doubt(node, `the code of '${text}', from '${where}' on`);
    if (declared === undefined) return;
    for (let i = declared.value; i < declared.end; i++) {
      const before = tokens.kind[i - 1];
      if (tokens.kind[i] !== kinds.identifier || before === kinds.dot || before === kinds.arrow) continue;
      const global = globals.byName.get(tokens.name[i] as number);
      if (global !== undefined && (global.flags & flag.typedef) === 0) this.mention(node, i, global);
    }
  }
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
