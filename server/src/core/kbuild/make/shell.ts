import { basename, dirname, join } from '../../path';
import type { World } from './scope';
import { substitute } from './sed';

interface Outcome {
  readonly output: string;
  readonly isTrue: boolean;
}

/** Thrown inside of this file only: the command is more than the few plain forms that are answered. */
class Beyond extends Error {}

/**
 * The output of a shell command that can be told without running anything: `uname -r`, `pwd`, `echo`, `dirname`, tests
 * of numbers and texts, `expr` that compares two, `if`, `&&`, `||` of those, and `sed` that replaces in what they say. `undefined` for everything else.
 */
export function answerShell(command: string, world: World): string | undefined {
  if (command.length > 4000) return undefined;
  try {
    const reader = new Reader(tokens(command), world);
    const outcome = reader.list(new Set());
    if (!reader.isAtEnd) return undefined;
    return outcome.output.replace(/\s+$/, '').replace(/\n/g, ' ');
  } catch (error) {
    if (error instanceof Beyond) return undefined;
    throw error;
  }
}

interface Token {
  readonly text: string;
  readonly isOperator: boolean;
}

function tokens(command: string): Token[] {
  const found: Token[] = [];
  const plain = command.replace(/\s(?:[12]?>\s*\/dev\/null|2>&1)(?=[\s;)]|$)/g, ' ');
  let at = 0;
  let text: string | undefined;
  const flush = (): void => {
    if (text !== undefined) found.push({ text, isOperator: false });
    text = undefined;
  };
  while (at < plain.length) {
    const c = plain[at] ?? '';
    if (/\s/.test(c)) {
      flush();
      if (c === '\n') found.push({ text: ';', isOperator: true });
      at++;
    } else if (c === ';' || c === '|' || (c === '&' && plain[at + 1] === '&')) {
      flush();
      const text = c !== ';' && plain[at + 1] === c ? c + c : c;
      found.push({ text, isOperator: true });
      at += text.length;
    } else if (c === "'" || c === '"') {
      const close = plain.indexOf(c, at + 1);
      const inside = close < 0 ? '' : plain.slice(at + 1, close);
      if (close < 0 || (c === '"' && /[$`\\]/.test(inside))) throw new Beyond();
      text = (text ?? '') + inside;
      at = close + 1;
    } else if (c === '\\') {
      text = (text ?? '') + (plain[at + 1] ?? '');
      at += 2;
    } else if (/[&<>$`*?~{}#]/.test(c)) {
      throw new Beyond();
    } else {
      text = (text ?? '') + c;
      at++;
    }
  }
  flush();
  return found;
}

class Reader {
  #at = 0;
  #cwd: string | undefined;
  #depth = 0;

  constructor(
    readonly tokens: readonly Token[],
    readonly world: World,
  ) {
    this.#cwd = world.cwd;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.tokens.length;
  }

  list(until: ReadonlySet<string>): Outcome {
    if (++this.#depth > 20) throw new Beyond();
    let output = '';
    let isTrue = true;
    while (!this.isAtEnd && !this.#isWord(until)) {
      if (this.#isOperator(';')) {
        this.#at++;
        continue;
      }
      const outcome = this.#chain(until);
      output += outcome.output;
      isTrue = outcome.isTrue;
    }
    this.#depth--;
    return { output, isTrue };
  }

  #chain(until: ReadonlySet<string>): Outcome {
    let { output, isTrue } = this.#pipe(until, true);
    while (this.#isOperator('&&') || this.#isOperator('||')) {
      const isNeeded = this.#isOperator('&&') === isTrue;
      this.#at++;
      const next = this.#pipe(until, isNeeded);
      if (!isNeeded) continue;
      output += next.output;
      isTrue = next.isTrue;
    }
    return { output, isTrue };
  }

  #pipe(until: ReadonlySet<string>, isNeeded: boolean): Outcome {
    // Each part of a pipe has a shell of its own.
    const cwd = this.#cwd;
    let outcome = this.#command(until, isNeeded, undefined);
    while (this.#isOperator('|')) {
      this.#at++;
      this.#cwd = cwd;
      outcome = this.#command(until, isNeeded, outcome.output);
      this.#cwd = cwd;
    }
    return outcome;
  }

  #command(until: ReadonlySet<string>, isNeeded: boolean, input: string | undefined): Outcome {
    if (this.#isWord(new Set(['if']))) return this.#if();
    const args: string[] = [];
    for (let token = this.tokens[this.#at]; token && !token.isOperator; token = this.tokens[this.#at]) {
      args.push(token.text);
      this.#at++;
    }
    if (args.length === 0 || until.has(args[0] ?? '')) throw new Beyond();
    return isNeeded ? this.#run(args, input) : { output: '', isTrue: true };
  }

  #if(): Outcome {
    this.#at++;
    let result: Outcome | undefined;
    const condition = this.list(new Set(['then']));
    this.#expect('then');
    const yes = this.list(new Set(['else', 'elif', 'fi']));
    if (condition.isTrue) result = yes;
    if (this.#isWord(new Set(['elif']))) {
      const other = this.#if();
      return result ?? other;
    }
    if (this.#isWord(new Set(['else']))) {
      this.#at++;
      const no = this.list(new Set(['fi']));
      result ??= no;
    }
    this.#expect('fi');
    return result ?? { output: '', isTrue: true };
  }

  #run(args: readonly string[], input: string | undefined): Outcome {
    const [name, ...rest] = args;
    const say = (text: string): Outcome => ({ output: `${text}\n`, isTrue: true });
    switch (name) {
      case 'true':
      case ':':
        return { output: '', isTrue: true };
      case 'false':
        return { output: '', isTrue: false };
      case 'echo':
        return say((rest[0] === '-n' || rest[0] === '-e' ? rest.slice(1) : rest).join(' '));
      case 'uname':
        if (rest.join(' ') === '-r') return say(this.world.release);
        if (rest.join(' ') === '-m' && this.world.machine) return say(this.world.machine);
        if (rest.length === 0 || rest.join(' ') === '-s') return say('Linux');
        throw new Beyond();
      case 'pwd':
        return say(this.#path('.'));
      case 'cd':
        if (rest.length !== 1) throw new Beyond();
        this.#cwd = this.#path(rest[0] ?? '');
        return { output: '', isTrue: true };
      case 'dirname':
        if (rest.length !== 1) throw new Beyond();
        return say(dirname(rest[0] ?? ''));
      case 'basename':
        if (rest.length < 1 || rest.length > 2) throw new Beyond();
        return say(basename(rest[0] ?? '', rest[1]));
      case 'realpath':
      case 'readlink':
        if (rest.filter((word) => !word.startsWith('-')).length !== 1) throw new Beyond();
        return say(this.#path(rest.at(-1) ?? ''));
      case '[':
        if (rest.at(-1) !== ']') throw new Beyond();
        return { output: '', isTrue: test(rest.slice(0, -1)) };
      case 'test':
        return { output: '', isTrue: test(rest) };
      case 'expr':
        return expr(rest);
      case 'sed':
        return sed(rest, input);
      default:
        throw new Beyond();
    }
  }

  #path(path: string): string {
    if (path.startsWith('/')) return join('/', path);
    if (this.#cwd === undefined) throw new Beyond();
    return join(this.#cwd, path);
  }

  #expect(word: string): void {
    if (!this.#isWord(new Set([word]))) throw new Beyond();
    this.#at++;
  }

  #isWord(texts: ReadonlySet<string>): boolean {
    const token = this.tokens[this.#at];
    return token !== undefined && !token.isOperator && texts.has(token.text);
  }

  #isOperator(text: string): boolean {
    const token = this.tokens[this.#at];
    return token?.isOperator === true && token.text === text;
  }
}

/** `expr A < B` and its like: two integers are compared as such, all else as texts. Says 1 or 0. */
function expr(words: readonly string[]): Outcome {
  const [left, operator = '', right] = words;
  if (words.length !== 3 || left === undefined || right === undefined) throw new Beyond();
  const areNumbers = [left, right].every((word) => /^-?\d+$/.test(word));
  const [a, b] = areNumbers ? [number(left), number(right)] : [left, right];
  const answers: Readonly<Record<string, boolean>> = {
    '<': a < b,
    '<=': a <= b,
    '=': a === b,
    '!=': a !== b,
    '>=': a >= b,
    '>': a > b,
  };
  const isTrue = Object.hasOwn(answers, operator) ? answers[operator] : undefined;
  if (isTrue === undefined) throw new Beyond();
  return { output: `${isTrue ? 1 : 0}\n`, isTrue };
}

/** `sed` with one script, `-e` or not, over the lines that come through a pipe. */
function sed(words: readonly string[], input: string | undefined): Outcome {
  const isExtended = words[0] === '-E' || words[0] === '-r';
  const rest = words.slice(isExtended ? 1 : 0);
  const [script, ...more] = rest[0] === '-e' ? rest.slice(1) : rest;
  if (input === undefined || script === undefined || more.length > 0) throw new Beyond();
  const lines = input.replace(/\n$/, '').split('\n');
  if (lines.length > 100) throw new Beyond();
  const replaced = lines.map((line) => substitute(line, script, isExtended));
  if (replaced.some((line) => line === undefined)) throw new Beyond();
  return { output: `${replaced.join('\n')}\n`, isTrue: true };
}

/** `test` on numbers and texts; files are not asked for. */
function test(words: readonly string[]): boolean {
  let at = 0;
  const or = (): boolean => {
    let value = and();
    while (words[at] === '-o') {
      at++;
      const right = and();
      value = value || right;
    }
    return value;
  };
  const and = (): boolean => {
    let value = not();
    while (words[at] === '-a') {
      at++;
      const right = not();
      value = value && right;
    }
    return value;
  };
  const not = (): boolean => {
    if (words[at] === '!') {
      at++;
      return !not();
    }
    if (words[at] === '(') {
      at++;
      const value = or();
      if (words[at++] !== ')') throw new Beyond();
      return value;
    }
    return primary();
  };
  const primary = (): boolean => {
    const left = words[at];
    const right = words[at + 2];
    const compare = comparisons[words[at + 1] ?? ''];
    if (left === undefined) throw new Beyond();
    if (compare && right !== undefined) {
      at += 3;
      return compare(left, right);
    }
    at += 2;
    if (left === '-n') return (words[at - 1] ?? '') !== '';
    if (left === '-z') return (words[at - 1] ?? '') === '';
    throw new Beyond();
  };
  const value = or();
  if (at < words.length) throw new Beyond();
  return value;
}

const comparisons: Readonly<Record<string, (left: string, right: string) => boolean>> = {
  '=': (left, right) => left === right,
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  '-eq': (left, right) => number(left) === number(right),
  '-ne': (left, right) => number(left) !== number(right),
  '-lt': (left, right) => number(left) < number(right),
  '-le': (left, right) => number(left) <= number(right),
  '-gt': (left, right) => number(left) > number(right),
  '-ge': (left, right) => number(left) >= number(right),
};

function number(text: string): number {
  if (!/^-?\d{1,15}$/.test(text)) throw new Beyond();
  return Number(text);
}
