import { join, normalize } from '../../path';
import { skipBlanks } from './lines';
import { countable, filter, joinWords, sort } from './lists';
import { substitutePattern } from './pattern';
import type { Scope } from './scope';
import { answerShell } from './shell';
import {
  isFilled,
  knownText,
  literal,
  maximumText,
  type Piece,
  plain,
  reasonOf,
  type Source,
  space,
  tooLarge,
  trim,
  unknownPiece,
  unwords,
  type Value,
  withText,
  withWhen,
  words,
} from './value';

/** A function of make as it is called: arguments are ranges, expanded by the function when it needs them. */
interface Call {
  readonly scope: Scope;
  readonly source: Source;
  readonly start: number;
  readonly end: number;
  readonly count: number;
  /** An argument, expanded; empty if it is not there. */
  readonly argument: (index: number) => Piece[];
}

interface Definition {
  /** Commas behind the last argument belong to it. */
  readonly most: number;
  readonly run: (call: Call) => Value;
}

const functions = new Map<string, Definition>(
  Object.entries({
    subst: { most: 3, run: subst },
    patsubst: {
      most: 3,
      run: (c) => withPlain(c, [0, 1], (from, to) => substitutePattern(words(c.argument(2)), from, to)),
    },
    strip: { most: 1, run: (c) => unwords(words(c.argument(0))) },
    findstring: { most: 2, run: findstring },
    filter: { most: 2, run: (c) => filterWords(c, true) },
    'filter-out': { most: 2, run: (c) => filterWords(c, false) },
    sort: { most: 1, run: (c) => sort(words(c.argument(0))) },
    word: { most: 2, run: word },
    wordlist: { most: 3, run: wordlist },
    words: { most: 1, run: countWords },
    firstword: { most: 1, run: (c) => words(c.argument(0)).slice(0, 1) },
    lastword: { most: 1, run: (c) => words(c.argument(0)).slice(-1) },
    dir: { most: 1, run: (c) => mapWords(c, (text) => text.slice(0, text.lastIndexOf('/') + 1) || './') },
    notdir: { most: 1, run: (c) => mapWords(c, (text) => text.slice(text.lastIndexOf('/') + 1)) },
    suffix: { most: 1, run: (c) => mapWords(c, suffixOf) },
    basename: { most: 1, run: (c) => mapWords(c, (text) => text.slice(0, text.length - suffixOf(text).length)) },
    addsuffix: { most: 2, run: (c) => withPlain(c, [0], (add) => wordsOf(c, 1, (text) => text + add)) },
    addprefix: { most: 2, run: (c) => withPlain(c, [0], (add) => wordsOf(c, 1, (text) => add + text)) },
    join: { most: 2, run: (c) => joinWords(c.argument(0), c.argument(1)) },
    wildcard: { most: 1, run: wildcard },
    abspath: { most: 1, run: paths },
    realpath: { most: 1, run: paths },
    if: { most: 3, run: conditional },
    or: { most: Number.POSITIVE_INFINITY, run: (c) => either(c, true) },
    and: { most: Number.POSITIVE_INFINITY, run: (c) => either(c, false) },
    foreach: { most: 3, run: foreach },
    call: { most: Number.POSITIVE_INFINITY, run: callVariable },
    eval: { most: 1, run: evaluate },
    value: { most: 1, run: rawValue },
    origin: { most: 1, run: (c) => withPlain(c, [0], (name) => [literal(originOf(c.scope, name))]) },
    flavor: { most: 1, run: (c) => withPlain(c, [0], (name) => [literal(flavorOf(c.scope, name))]) },
    shell: { most: 1, run: shell },
    error: { most: 1, run: stop },
    warning: { most: 1, run: () => [] },
    info: { most: 1, run: () => [] },
    file: { most: 2, run: (c) => [unknownHere(c)] },
    guile: { most: 1, run: (c) => [unknownHere(c)] },
    let: { most: 3, run: (c) => [unknownHere(c)] },
    intcmp: { most: 5, run: intcmp },
  } satisfies Record<string, Definition>),
);

/** Calls the function that `$(name …)` names; `undefined` if it is a reference to a variable. */
export function callFunction(scope: Scope, source: Source, start: number, end: number): Value | undefined {
  const text = source.text;
  let at = start + 2;
  while (at < end && /[a-z-]/.test(text[at] ?? '')) at++;
  const behind = text.charCodeAt(at);
  if (at === start + 2 || !(behind === 32 || behind === 9 || behind === 92 || behind === 10)) return undefined;
  const definition = functions.get(text.slice(start + 2, at));
  if (!definition) return undefined;
  const close = end - 1;
  const ranges = split(text, start + 1, skipBlanks(text, at, close), close, definition.most);
  return definition.run({
    scope,
    source,
    start,
    end,
    count: ranges.length,
    argument: (index) => {
      const found = ranges[index];
      return found ? scope.expand(source, found.start, found.end) : [];
    },
  });
}

function split(
  text: string,
  bracket: number,
  from: number,
  end: number,
  most: number,
): { start: number; end: number }[] {
  const left = text.charCodeAt(bracket);
  const right = left === 40 ? 41 : 125;
  const found: { start: number; end: number }[] = [];
  let depth = 0;
  let start = from;
  for (let at = from; at < end && found.length + 1 < most; at++) {
    const c = text.charCodeAt(at);
    if (c === left) depth++;
    else if (c === right) depth--;
    else if (c === 44 && depth === 0) {
      found.push({ start, end: at });
      start = at + 1;
    }
  }
  found.push({ start, end });
  return found;
}

/** `$(error …)`: make ends there; what comes behind is read all the same. */
function stop({ scope, source, start, end, argument }: Call): Value {
  if (!scope.when) scope.stop ??= scope.reason(knownText(argument(0)), source, start, end);
  return [];
}

function unknownHere(call: Call): Piece {
  const { scope, source, start, end } = call;
  return unknownPiece(scope.reason(source.text.slice(start, end), source, start, end));
}

/** Runs with the named arguments as plain text; if one of them is not known the result is not. */
function withPlain(call: Call, indexes: readonly number[], run: (...texts: [string, string]) => Value): Value {
  const texts: string[] = [];
  for (const index of indexes) {
    const value = call.argument(index);
    const text = plain(value);
    if (text === undefined) return [unknownPiece(reasonOf(value) ?? unknownHere(call).unknown ?? nothing)];
    texts.push(text);
  }
  return run(texts[0] ?? '', texts[1] ?? '');
}

const nothing = { text: 'a value', at: undefined };

function wordsOf(call: Call, index: number, change: (text: string) => string): Value {
  const list = words(call.argument(index));
  return unwords(list.map((item) => withText(item, change(item.text))));
}

function mapWords(call: Call, change: (text: string) => string): Value {
  const list = words(call.argument(0)).map((item) => (item.unknown ? item : withText(item, change(item.text))));
  return unwords(list.filter((item) => item.unknown || item.text !== ''));
}

function suffixOf(text: string): string {
  const dot = text.lastIndexOf('.');
  return dot > text.lastIndexOf('/') ? text.slice(dot) : '';
}

/** Each pattern is held against each word, which has its price. */
function filterWords(call: Call, isKept: boolean): Value {
  const wanted = words(call.argument(0));
  const list = words(call.argument(1));
  const patterns = wanted.filter((one) => one.text.includes('%')).length;
  return call.scope.spend(Math.floor((patterns * list.length) / 16)) ? filter(wanted, list, isKept) : [tooLarge];
}

function subst(call: Call): Value {
  return withPlain(call, [0, 1], (from, to) => {
    const value = call.argument(2);
    if (from === '') return value;
    let length = 0;
    for (const { text } of value) {
      length += text.length;
      if (to.length > from.length) length += (text.split(from).length - 1) * to.length;
    }
    if (length > maximumText) return [tooLarge];
    const isWordwise = !/\s/.test(from) && value.length > 1;
    if (!isWordwise) {
      const text = plain(value);
      if (text !== undefined && value.length > 1) return [literal(text.replaceAll(from, () => to))];
      return value.map((piece) =>
        piece === space
          ? piece
          : withText(
              piece,
              piece.text.replaceAll(from, () => to),
            ),
      );
    }
    const list = words(value);
    if (list.length === 0) return value;
    return unwords(
      list.map((item) =>
        item.unknown
          ? item
          : withText(
              item,
              item.text.replaceAll(from, () => to),
            ),
      ),
    );
  });
}

function findstring(call: Call): Value {
  return withPlain(call, [0], (needle) => {
    const value = call.argument(1);
    const text = plain(value);
    if (text !== undefined) return text.includes(needle) ? [literal(needle)] : [];
    return value.some((piece) => !piece.when && !piece.unknown && piece.text.includes(needle))
      ? [literal(needle)]
      : [unknownPiece(reasonOf(value) ?? nothing)];
  });
}

function word(call: Call): Value {
  return withPlain(call, [0], (index) => {
    const value = call.argument(1);
    const list = countable(value);
    if (!list) return [unknownPiece(reasonOf(value) ?? nothing)];
    const found = list[Number.parseInt(index, 10) - 1];
    return found ? [found] : [];
  });
}

function wordlist(call: Call): Value {
  return withPlain(call, [0, 1], (first, last) => {
    const value = call.argument(2);
    const list = countable(value);
    if (!list) return [unknownPiece(reasonOf(value) ?? nothing)];
    const from = Math.max(1, Number.parseInt(first, 10) || 1);
    return unwords(list.slice(from - 1, Math.max(0, Number.parseInt(last, 10) || 0)));
  });
}

function countWords(call: Call): Value {
  const value = call.argument(0);
  const list = countable(value);
  return list ? [literal(String(list.length))] : [unknownPiece(reasonOf(value) ?? nothing)];
}

function wildcard(call: Call): Value {
  const { files, cwd } = call.scope.world;
  const out: Piece[] = [];
  for (const pattern of words(call.argument(0))) {
    if (pattern.unknown) {
      out.push(unknownPiece(pattern.unknown));
      continue;
    }
    if (!pattern.text.startsWith('/') && cwd === undefined) {
      out.push(unknownHere(call));
      continue;
    }
    const found = files.glob(cwd ?? '/', pattern.text);
    if (!found) out.push(unknownHere(call));
    else for (const path of found) out.push(withText(pattern, path));
    if (!call.scope.spend(1 + (found?.length ?? 0))) break;
  }
  return unwords(out);
}

function paths(call: Call): Value {
  const { cwd } = call.scope.world;
  const out = words(call.argument(0)).map((item) => {
    if (item.unknown) return item;
    if (item.text.startsWith('/')) return withText(item, normalize(item.text));
    return cwd === undefined ? { ...item, unknown: unknownHere(call).unknown } : withText(item, join(cwd, item.text));
  });
  return unwords(out);
}

function conditional(call: Call): Value {
  const condition = trim(call.argument(0));
  const isTrue = isFilled(condition);
  if (isTrue !== undefined) return call.argument(isTrue ? 1 : 2);
  const reason = reasonOf(condition);
  const branches = [call.argument(1), call.argument(2)].filter((branch) => branch.length > 0);
  return branches.flatMap((branch) => [space, ...branch.map((piece) => withWhen(piece, reason))]);
}

/** `or` is the first argument with text, `and` the last if all have text. */
function either(call: Call, isOr: boolean): Value {
  let last: Piece[] = [];
  for (let i = 0; i < call.count; i++) {
    last = trim(call.argument(i));
    const isTrue = isFilled(last);
    if (isTrue === undefined) return [unknownPiece(reasonOf(last) ?? nothing)];
    if (isOr && isTrue) return last;
    if (!isOr && !isTrue) return [];
  }
  return isOr ? [] : last;
}

function foreach(call: Call): Value {
  return withPlain(call, [0], (name) => {
    const out: Piece[] = [];
    for (const item of words(call.argument(1))) {
      if (item.unknown) {
        out.push(space, unknownPiece(item.unknown));
        continue;
      }
      const value = call.scope.withLocals(new Map([[name.trim(), [{ ...item, when: undefined }]]]), () =>
        call.argument(2),
      );
      if (out.length > 0) out.push(space);
      for (const piece of value) out.push(withWhen(piece, item.when));
      if (!call.scope.spend(1 + value.length)) break;
    }
    return out;
  });
}

/** `$(call name,…)`. A function that is not defined in what was read may well be one of Kbuild's: not known. */
function callVariable(call: Call): Value {
  return withPlain(call, [0], (written) => {
    const name = written.trim();
    const locals = new Map<string, Value>([['0', [literal(name)]]]);
    for (let i = 1; i < Math.max(call.count, 10); i++) locals.set(String(i), call.argument(i));
    if (call.scope.isDefined(name) === false) return [unknownHere(call)];
    return call.scope.withLocals(locals, () => call.scope.value(name));
  });
}

function evaluate(call: Call): Value {
  const value = call.argument(0);
  const text = plain(value);
  if (text === undefined) return [];
  if (call.scope.depth < 20) call.scope.evaluate(call.scope, { file: undefined, text });
  return [];
}

function rawValue(call: Call): Value {
  return withPlain(call, [0], (name) => {
    const variable = call.scope.variables.get(name);
    if (!variable) return call.scope.value(name);
    return variable.pieces ?? variable.raw.map((part) => literal(part.source.text.slice(part.start, part.end)));
  });
}

function originOf(scope: Scope, name: string): string {
  const variable = scope.variables.get(name);
  if (variable) return variable.origin;
  return scope.outer(name) ? 'environment' : 'undefined';
}

function flavorOf(scope: Scope, name: string): string {
  const variable = scope.variables.get(name);
  if (variable) return variable.pieces ? 'simple' : 'recursive';
  return scope.outer(name) ? 'recursive' : 'undefined';
}

function intcmp(call: Call): Value {
  return withPlain(call, [0, 1], (left, right) => {
    const difference = Number.parseInt(left, 10) - Number.parseInt(right, 10);
    if (Number.isNaN(difference)) return [unknownHere(call)];
    if (call.count <= 2) return difference === 0 ? [literal(left.trim())] : [];
    if (difference < 0) return call.argument(2);
    return difference === 0 || call.count < 5 ? call.argument(3) : call.argument(4);
  });
}

function shell(call: Call): Value {
  const command = call.argument(0);
  const text = plain(command);
  // A part that is not known makes the answer unknown for that part's reason: that is what a reader can look into.
  if (text === undefined) return [unknownPiece(reasonOf(command) ?? nothing)];
  const answer = answerShell(text, call.scope.world);
  if (answer === undefined) return [unknownHere(call)];
  const shown = /^\s*uname\s+-r\s*$/.test(knownText(command)) ? '$(shell uname -r)' : undefined;
  return [{ ...literal(answer), source: call.source, start: call.start, end: call.end, shown }];
}
