import { type Line, readLines } from './lines';
import type { Scope } from './scope';
import { type Assignment, parseStatement, type Range, type Statement, sides } from './statement';
import {
  both,
  clip,
  isFilled,
  knownText,
  type Piece,
  plain,
  type Reason,
  reasonOf,
  type Source,
  trim,
  type Value,
  words,
} from './value';
import type { Origin } from './variable';

/** A conditional that is open: whether its present branch counts, and whether one before it did. */
interface Branch {
  readonly outer: Reason | undefined;
  readonly isOuterActive: boolean;
  isActive: boolean;
  /** A branch before this one was taken for sure. */
  isDecided: boolean;
  /** Why branches before this one may have been taken. */
  doubt: Reason | undefined;
  readonly start: number;
  readonly end: number;
  /** Index of the line behind the directive that its present branch begins with. */
  since: number;
}

const maximumIncludes = 60;
const maximumFiles = 2_000;

/** Reads a makefile and all it includes into the scope. False if there is no such file. */
export function evaluateFile(scope: Scope, path: string): boolean {
  const text = scope.world.files.read(path);
  if (text === undefined) return false;
  if (scope.makefiles.length > maximumFiles || !scope.spend(1 + (text.length >> 6))) return true;
  runFile(scope, path, text);
  return true;
}

function runFile(scope: Scope, path: string, text: string): void {
  scope.makefiles.push(path);
  scope.chain.push(path);
  new Evaluation(scope, sourceOf(scope, path, text)).run();
  scope.chain.pop();
}

/** Runs text that make made itself, as `$(eval …)` does. */
export function evaluateText(scope: Scope, source: Source): void {
  new Evaluation(scope, source).run();
}

function sourceOf(scope: Scope, path: string, text: string): Source {
  return scope.world.files.source(path, text);
}

class Evaluation {
  readonly #branches: Branch[] = [];
  readonly #lines: readonly Line[];
  #next = 0;
  /** Targets of the rule whose recipe may follow. */
  #rule: Value | undefined;

  constructor(
    readonly scope: Scope,
    readonly source: Source,
  ) {
    this.#lines = readLines(source.text, source.text.charCodeAt(0) === 0xfeff ? 1 : 0);
  }

  run(): void {
    const when = this.scope.when;
    while (this.#next < this.#lines.length) {
      const line = this.#lines[this.#next++];
      if (!line || !this.scope.spend(1)) break;
      if (line.isTabbed && this.#rule) this.#recipe(line.start + 1, line.end);
      else this.#statement(line);
    }
    const open = this.#branches[0];
    if (open) this.scope.problem("This conditional has no 'endif'.", this.source, open.start, open.end);
    this.scope.when = when;
  }

  get #isActive(): boolean {
    return this.#branches.at(-1)?.isActive ?? true;
  }

  #recipe(start: number, end: number): void {
    if (!this.#isActive || !this.#rule || this.scope.recipes.length > 20_000) return;
    this.scope.recipes.push({ targets: this.#rule, source: this.source, start, end, when: this.scope.when });
  }

  #statement(line: Line): void {
    const statement = parseStatement(this.source.text, line.start, line.end);
    if (!statement) return;
    if (statement.kind === 'condition') this.#condition(statement.word, statement.rest, line);
    else if (statement.kind === 'define') this.#define(statement);
    else if (this.#isActive) this.#act(statement);
  }

  #act(statement: Statement): void {
    // As in make, an assignment or directive ends the rule; a line that expands to nothing does not.
    if (statement.kind !== 'text') this.#rule = undefined;
    if (statement.kind === 'rule') this.#ruleLine(statement.targets, statement.rest);
    else if (statement.kind === 'assignment') this.#assign(statement);
    else if (statement.kind === 'include') this.#include(statement.paths, statement.isOptional);
    else if (statement.kind === 'export') this.#export(statement.isOn, statement.names);
    else if (statement.kind === 'text') this.#text(statement.range);
    else if (statement.kind === 'undefine') {
      for (const word of words(this.#expand(statement.names))) this.scope.variables.delete(word.text);
    }
  }

  #text(found: Range): void {
    const value = this.#expand(found);
    if (isFilled(value) === false || reasonOf(value)) return;
    const text = knownText(value);
    if (text !== this.source.text.slice(found.start, found.end)) {
      // What references expand to is read as a line again: a rule or an assignment that a macro makes.
      if (this.scope.depth < 20 && this.source.file !== undefined) evaluateText(this.scope, { file: undefined, text });
      return;
    }
    if (this.source.file === undefined) return;
    this.scope.problem(
      `'${clip(text, 40)}' is neither an assignment, a rule nor a directive.`,
      this.source,
      found.start,
      found.end,
    );
  }

  #expand(found: Range): Piece[] {
    return this.scope.expand(this.source, found.start, found.end);
  }

  #assign(statement: Assignment): void {
    const { operator, value, modifiers } = statement;
    const target = this.#name(statement.name);
    if (!target) return;
    const when = this.scope.when;
    this.scope.when = both(when, target.when);
    const origin: Origin = modifiers.includes('override') ? 'override' : 'file';
    this.#store(target.name, operator, value, origin);
    this.scope.when = when;
    if (modifiers.includes('export')) this.scope.exported.add(target.name);
    if (modifiers.includes('unexport')) this.scope.unexported.add(target.name);
  }

  #store(name: string, operator: Assignment['operator'], value: Range, origin: Origin): void {
    const { scope, source } = this;
    const fragment = { source, start: value.start, end: value.end, when: undefined };
    if (operator === '+=') scope.append(name, fragment, origin);
    else if (operator === ':=') scope.set(name, { pieces: this.#expand(value) }, origin);
    else if (operator === '=') scope.set(name, { fragment }, origin);
    else if (operator === '!=') {
      const written = source.text.slice(value.start, value.end);
      const call = { file: undefined, text: `$(shell ${written})` };
      scope.set(name, { pieces: scope.expand(call, 0, call.text.length) }, origin);
    } else {
      const isDefined = scope.isDefined(name);
      if (isDefined === true) return;
      const outer = scope.when;
      if (isDefined === undefined) scope.when = both(outer, reasonOf(scope.value(name)));
      scope.set(name, { fragment }, origin);
      scope.when = outer;
    }
  }

  /**
   * The variable that is assigned. Where the end of its name is not known (`obj-$(X)`), it is taken as one that
   * counts, for the reason that the end is not known.
   */
  #name(found: Range): { name: string; when: Reason | undefined } | undefined {
    const written = this.source.text.slice(found.start, found.end);
    if (!/[$\\]/.test(written)) return written === '' ? undefined : { name: written, when: undefined };
    const value = this.#expand(found);
    const text = plain(value);
    if (text !== undefined) return text === '' ? undefined : { name: text.trim(), when: undefined };
    const parts = words(value);
    const [word] = parts;
    if (parts.length !== 1 || !word) return undefined;
    if (!word.unknown) return { name: word.text, when: word.when };
    const isAtEnd = value.at(-1)?.unknown !== undefined;
    if (isAtEnd && word.text.endsWith('-')) {
      return { name: word.text + (word.text === 'obj-' ? 'm' : 'y'), when: both(word.when, word.unknown) };
    }
    return undefined;
  }

  #define(statement: Statement & { kind: 'define' }): void {
    const text = this.source.text;
    const first = this.#lines[this.#next];
    const start = first?.start ?? text.length;
    let end = start;
    let depth = 1;
    while (this.#next < this.#lines.length) {
      const line = this.#lines[this.#next++];
      if (!line) break;
      const inner = line.isTabbed ? undefined : parseStatement(text, line.start, line.end);
      if (inner?.kind === 'define') depth++;
      if (inner?.kind === 'endef' && --depth === 0) break;
      end = line.end;
    }
    if (!this.#isActive) return;
    this.#rule = undefined;
    const target = this.#name(statement.name);
    if (!target) return;
    const origin: Origin = statement.modifiers.includes('override') ? 'override' : 'file';
    this.#store(target.name, statement.operator, { start, end }, origin);
  }

  #export(isOn: boolean, names: Range): void {
    const found = words(this.#expand(names));
    if (found.length === 0) this.scope.isAllExported = isOn;
    for (const word of found) (isOn ? this.scope.exported : this.scope.unexported).add(word.text);
  }

  #ruleLine(targets: Range, rest: Range): void {
    const value = this.#expand(targets);
    const own = parseStatement(this.source.text, rest.start, rest.end);
    if (own?.kind === 'assignment') {
      this.#assignFor(value, own);
      return;
    }
    this.#rule = value;
    if (this.scope.targets.length < 50_000) this.scope.targets.push(...words(value));
    const text = this.source.text;
    if (/\.[cS]\b/.test(text.slice(rest.start, rest.end)) && this.scope.sourceRules.length < 5_000) {
      this.scope.sourceRules.push({ targets: value, source: this.source, ...rest });
    }
    const semicolon = text.indexOf(';', rest.start);
    if (semicolon >= 0 && semicolon < rest.end) this.#recipe(semicolon + 1, rest.end);
  }

  #assignFor(targets: Value, { name, operator, value }: Assignment): void {
    const { scope, source } = this;
    const found = this.#name(name);
    if (!found || scope.targetVariables.length > 10_000) return;
    const when = both(scope.when, found.when);
    scope.targetVariables.push({
      targets,
      name: found.name,
      operator,
      source,
      start: value.start,
      end: value.end,
      when,
    });
  }

  #condition(word: string, rest: Range, line: Line): void {
    const branch = this.#branches.at(-1);
    const text = this.source.text;
    if (branch && (word === 'endif' || word === 'else')) this.#endBranch(branch);
    if (word === 'endif') {
      this.#branches.pop();
      if (branch) this.scope.when = branch.outer;
      else this.scope.problem("There is no conditional that this 'endif' ends.", this.source, line.start, line.end);
      return;
    }
    if (word !== 'else') {
      const isOuterActive = this.#isActive;
      const fresh: Branch = {
        outer: this.scope.when,
        isOuterActive,
        isActive: false,
        isDecided: false,
        doubt: undefined,
        start: line.start,
        end: line.end,
        since: this.#next,
      };
      this.#branches.push(fresh);
      if (isOuterActive) this.#enter(fresh, word, rest);
      return;
    }
    if (!branch) {
      this.scope.problem("There is no conditional that this 'else' belongs to.", this.source, line.start, line.end);
      return;
    }
    if (!branch.isOuterActive) return;
    this.scope.when = branch.outer;
    const inner = parseStatement(text, rest.start, rest.end);
    if (inner?.kind === 'condition' && inner.word !== 'else' && inner.word !== 'endif') {
      this.#enter(branch, inner.word, inner.rest);
      return;
    }
    branch.isActive = !branch.isDecided;
    // A fresh object for each branch: what is assigned in one is told apart from what another one assigned.
    if (branch.isActive && branch.doubt) this.scope.when = fresh(both(branch.outer, branch.doubt));
    branch.isDecided = true;
  }

  #endBranch(branch: Branch): void {
    const lines = this.#next - branch.since - 1;
    branch.since = this.#next;
    if (branch.isActive || !branch.isOuterActive || lines <= (this.scope.skipped?.lines ?? 0)) return;
    const { start, end } = branch;
    const at = this.scope.reason(this.source.text.slice(start, end), this.source, start, end);
    this.scope.skipped = { lines, at };
  }

  #enter(branch: Branch, word: string, rest: Range): void {
    branch.isActive = false;
    if (branch.isDecided) return;
    const { isTrue, reason } = this.#test(word, rest);
    if (isTrue === false) return;
    branch.isActive = true;
    if (isTrue) branch.isDecided = true;
    else branch.doubt = both(branch.doubt, reason);
    const doubt = isTrue ? branch.doubt : (branch.doubt ?? reason);
    if (doubt) this.scope.when = fresh(both(branch.outer, doubt));
  }

  #test(word: string, rest: Range): { isTrue: boolean | undefined; reason: Reason | undefined } {
    const isNegated = word === 'ifneq' || word === 'ifndef';
    const flip = (value: boolean | undefined): boolean | undefined =>
      value === undefined ? value : value !== isNegated;
    if (word === 'ifdef' || word === 'ifndef') {
      const name = this.#expand(rest);
      const known = plain(name);
      const isSet = known === undefined ? undefined : this.scope.isSet(known.trim());
      const reason = known === undefined ? reasonOf(name) : reasonOf(this.scope.value(known.trim()));
      return { isTrue: flip(isSet), reason: reason ?? this.#reasonAt(rest) };
    }
    const pair = sides(this.source.text, rest);
    if (!pair) {
      this.scope.problem(
        `'${word}' wants two values: '${word} (a,b)'.`,
        this.source,
        rest.start,
        Math.max(rest.end, rest.start),
      );
      return { isTrue: undefined, reason: this.#reasonAt(rest) };
    }
    const left = this.#expand(pair[0]);
    const right = this.#expand(pair[1]);
    return { isTrue: flip(isEqual(left, right)), reason: reasonOf(left) ?? reasonOf(right) };
  }

  #reasonAt(found: Range): Reason {
    const text = this.source.text.slice(found.start, found.end);
    return this.scope.reason(text, this.source, found.start, found.end);
  }

  #include(paths: Range, isOptional: boolean): void {
    const { scope, source } = this;
    const named = words(this.#expand(paths));
    for (const word of named) {
      const at = word.source === source && named.length > 1 ? word : { start: paths.start, end: paths.end };
      if (word.unknown) {
        if (!isOptional) {
          const why = word.unknown.text;
          scope.problem(`The file to include is not known: it depends on ${why}.`, source, at.start, at.end);
        }
        continue;
      }
      const when = scope.when;
      scope.when = both(when, word.when);
      const found = scope.world.files.find(word.text, [scope.world.cwd, ...scope.world.includeFolders]);
      if (found.paths.length === 0) {
        const message = found.isOutside
          ? `'${clip(word.text, 80)}' lies outside of the opened folder and is not read.`
          : `'${clip(word.text, 80)}' is to be included and is not there.`;
        if (!isOptional && !found.isForeseen) scope.problem(message, source, at.start, at.end);
      }
      for (const path of found.paths) this.#includeFile(path, at);
      scope.when = when;
    }
  }

  #includeFile(path: string, at: Range): void {
    const { scope } = this;
    const isOpen = scope.chain.includes(path);
    if (isOpen || scope.chain.length >= maximumIncludes || scope.makefiles.length > maximumFiles) {
      const why = isOpen ? 'includes itself' : 'is one of too many included files';
      scope.problem(`'${path}' ${why} and is not read again.`, this.source, at.start, at.end);
      return;
    }
    const text = scope.world.files.read(path);
    if (text === undefined || !scope.spend(1 + (text.length >> 6))) return;
    runFile(scope, path, text);
  }
}

/** Whether two values are the same text; `undefined` if that depends on what is not known. */
function isEqual(left: Value, right: Value): boolean | undefined {
  const a = plain(trim(left));
  const b = plain(trim(right));
  if (a !== undefined && b !== undefined) return a === b;
  if (a === '' && isFilled(right)) return false;
  if (b === '' && isFilled(left)) return false;
  return undefined;
}

function fresh(reason: Reason | undefined): Reason | undefined {
  return reason && { ...reason };
}
