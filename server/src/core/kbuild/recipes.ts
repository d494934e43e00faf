import { join } from '../path';
import type { Scope } from './make/scope';
import { literal, type Piece, type Reason, type Value, words } from './make/value';

/** One call of make, as a recipe or a dkms.conf writes it. */
export interface MakeCall {
  /** Where it runs, after `cd` and before `-C`. */
  readonly cwd: string;
  /** The word behind `-C`. */
  readonly directory: Piece | undefined;
  /** The folder of the module: `M=`, `SUBDIRS=` or `KBUILD_EXTMOD=`; a piece with `unknown` if it cannot be told. */
  readonly module: Piece | undefined;
  readonly variables: ReadonlyMap<string, Value>;
  readonly goals: readonly string[];
  readonly when: Reason | undefined;
}

const maximumCalls = 200;

/** Every call of make in the recipes of a makefile that was read. */
export function makeCalls(scope: Scope, cwd: string): MakeCall[] {
  const calls: MakeCall[] = [];
  for (const recipe of scope.recipes) {
    const text = recipe.source.text.slice(recipe.start, recipe.end);
    if (!/make/i.test(text) || calls.length > maximumCalls) continue;
    const targets = text.includes('$@') ? words(recipe.targets).slice(0, 10) : [literal('')];
    for (const target of targets) {
      const locals = new Map<string, Value>([['@', [target]]]);
      const value = scope.withLocals(locals, () => scope.expand(recipe.source, recipe.start, recipe.end));
      calls.push(...readCommands(value, cwd, recipe.when));
    }
  }
  return calls;
}

/** The calls of make in a shell text. */
export function readCommands(value: Value, cwd: string, when: Reason | undefined): MakeCall[] {
  const calls: MakeCall[] = [];
  let folder = cwd;
  for (const command of commands(words(value))) {
    const first = command[0]?.text;
    if (first === 'cd' && command[1] && !command[1].unknown) {
      folder = join(folder, resolvePwd(command[1].text, folder));
      continue;
    }
    const at = command.findIndex((word) => /^(?:.*\/)?g?make$/.test(word.text));
    if (at >= 0) calls.push(readCall(command.slice(0, at), command.slice(at + 1), folder, when));
  }
  return calls;
}

function readCall(before: readonly Piece[], words: readonly Piece[], cwd: string, when: Reason | undefined): MakeCall {
  let directory: Piece | undefined;
  let module: Piece | undefined;
  const variables = new Map<string, Value>();
  const goals: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (!word) break;
    const text = word.text;
    const assigned = /^([A-Za-z_][\w.-]*)[:+]?=/.exec(text);
    if (text === '-C' || text === '--directory') directory = words[++at];
    else if (text.startsWith('-C')) directory = cut(word, 2);
    else if (text.startsWith('--directory=')) directory = cut(word, 12);
    else if (text === '-f' || text === '-I' || text === '-o') at++;
    else if (text.startsWith('-')) continue;
    else if (assigned) {
      const name = assigned[1] ?? '';
      const value = cut(word, assigned[0].length);
      const path = { ...value, text: resolvePwd(value.text, cwd) };
      if (name === 'M' || name === 'SUBDIRS' || name === 'KBUILD_EXTMOD') module ??= path;
      else variables.set(name, [path]);
    } else if (!word.unknown) goals.push(text);
  }
  for (const word of before) {
    const assigned = /^([A-Za-z_]\w*)=/.exec(word.text);
    if (assigned?.[1] && !variables.has(assigned[1])) variables.set(assigned[1], [cut(word, assigned[0].length)]);
  }
  return { cwd, directory, module, variables, goals, when };
}

function cut(word: Piece, from: number): Piece {
  const isExact = word.end - word.start === word.text.length;
  const shown = word.shown === undefined ? undefined : word.shown.slice(from);
  return { ...word, text: word.text.slice(from), start: isExact ? word.start + from : word.start, shown };
}

/** `$PWD`, `$(pwd)` and their like as the shell of a recipe sees them. */
function resolvePwd(text: string, cwd: string): string {
  return text.replace(/\$PWD\b|\$\{PWD\}|`pwd`|\$\(pwd\)/g, () => cwd);
}

/** Words of each simple command: split at `;`, `&&`, `||`, `|`; quotes and brackets taken away. */
function commands(list: readonly Piece[]): Piece[][] {
  const found: Piece[][] = [[]];
  for (let at = 0; at < list.length; at++) {
    let word = list[at];
    if (!word) break;
    while (isOpen(word.text) && at + 1 < list.length) {
      const next: Piece | undefined = list[++at];
      if (!next) break;
      const shown: string | undefined =
        word.shown === undefined && next.shown === undefined
          ? undefined
          : `${word.shown ?? word.text} ${next.shown ?? next.text}`;
      const end: number = next.source === word.source ? Math.max(word.end, next.end) : word.end;
      word = { ...word, end, text: `${word.text} ${next.text}`, unknown: word.unknown ?? next.unknown, shown };
    }
    const isEnd = /^(?:;|&&|\|\||\||&|\\)$/.test(word.text);
    const ends = isEnd || /;$/.test(word.text);
    const text = unquote(word.text.replace(/;+$/, '').replace(/^[@+(-]*(?=\(|g?make\b|cd\b|[A-Z_]+=)/, ''));
    const shown = word.shown === undefined ? undefined : unquote(word.shown.replace(/;+$/, ''));
    if (!isEnd) found.at(-1)?.push({ ...word, text: text.replace(/^\((?=make|cd)/, ''), shown });
    if (ends) found.push([]);
    if (found.length > 500) break;
  }
  return found;
}

function isOpen(text: string): boolean {
  for (const quote of ['"', "'", '`']) if (text.split(quote).length % 2 === 0) return true;
  return false;
}

function unquote(text: string): string {
  return text.replace(/["']/g, '').replace(/(?<!\$\(pwd|\$\([^()]*)\)+$/, '');
}
