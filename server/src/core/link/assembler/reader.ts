import type { Dialect } from './dialect';
import { type AssemblerMacro, bindArguments, readMacroHead, splitOperands, substitute } from './macros';

/** One statement, without the separator. `at` is whatever tells the caller where it was written. */
export interface Statement<Place> {
  readonly text: string;
  /** The place of a character of the text. */
  at(offset: number): Place;
}

/** A word that the assembler takes for a symbol, and the macro calls that lead to it, the outermost first. */
export interface SymbolMention<Place> {
  readonly name: string;
  readonly at: Place;
  readonly through: readonly { readonly name: string; readonly at: Place }[];
}

const data =
  /^\.(?:long|quad|word|short|byte|int|hword|value|half|(?:[1248]|16)byte|xword|dword|octa|[us]leb128|dc(?:\.[a-z])?|reloc)$/;
const prefixes = /^(?:lock|rep(?:n?[ez])?|data16|notrack|bnd|xacquire|xrelease)$/;
const label = /^\s*([A-Za-z_.$][\w.$]*|\d+)\s*:(?!:)/;
const deepest = 20;
/** Statements that one source may come to, its macros expanded. */
const mostStatements = 500_000;

/** Reads the statements of a source: what they define and what they ask for. */
export class AssemblerReader<Place> {
  readonly mentions: SymbolMention<Place>[] = [];
  readonly defines = new Set<string>();
  /** Names that `.globl` makes known outside, and those that `.weak` does. */
  readonly globals = new Set<string>();
  readonly weak = new Set<string>();
  readonly #dialect: Dialect;
  readonly #macros = new Map<string, AssemblerMacro<Statement<Place>>>();
  /** Whether the conditionals around the statement hold, as far as that is known. */
  readonly #conditions: (boolean | undefined)[] = [];
  #through: SymbolMention<Place>['through'] = [];
  #count = 0;

  constructor(dialect: Dialect) {
    this.#dialect = dialect;
  }

  read(statements: readonly Statement<Place>[]): void {
    for (let i = 0; i < statements.length && this.#count++ < mostStatements; i++) {
      const statement = statements[i] as Statement<Place>;
      const text = this.#withoutComment(statement.text);
      const [, word = '', rest = ''] = /^\s*(\.?[\w.$]+)(.*)$/s.exec(text) ?? [];
      const end = word === '.macro' ? /^\s*\.endm\b/ : /^\.(?:irpc?|rept)$/.test(word) ? /^\s*\.endr\b/ : undefined;
      if (end === undefined) {
        this.#statement(statement, text);
        continue;
      }
      const begin = word === '.macro' ? /^\s*\.macro\b/ : /^\s*\.(?:irpc?|rept)\b/;
      let depth = 1;
      let last = i + 1;
      for (; last < statements.length; last++) {
        const line = statements[last]?.text ?? '';
        if (begin.test(line)) depth++;
        else if (end.test(line) && --depth === 0) break;
      }
      const body = statements.slice(i + 1, last);
      i = last;
      if (word === '.macro') {
        const { name, parameters } = readMacroHead(rest);
        if (this.#isLive) this.#macros.set(name, { parameters, body });
      } else this.#repeat(word, rest, body);
    }
  }

  get #isLive(): boolean {
    return this.#conditions.every((is) => is !== false);
  }

  #repeat(word: string, rest: string, body: readonly Statement<Place>[]): void {
    const [name = '', ...values] = splitOperands(rest);
    const [, variable = '', first] = /^(\S+)(?:\s+(.*))?$/s.exec(name) ?? [];
    const all = word === '.rept' ? [''] : first === undefined ? values : [first, ...values];
    for (const value of all) this.#expand(body, new Map([[variable, value]]));
  }

  #expand(body: readonly Statement<Place>[], values: ReadonlyMap<string, string>): void {
    const conditions = this.#conditions.length;
    this.read(
      body.flatMap((statement) =>
        separated(substitute(statement.text, values)).map((text) => ({ text, at: () => statement.at(0) })),
      ),
    );
    this.#conditions.length = Math.min(this.#conditions.length, conditions);
  }

  #withoutComment(text: string): string {
    const { comment } = this.#dialect;
    if (comment === undefined || !text.includes(comment)) return text;
    const at = text.replace(/"(?:[^"\\]|\\.)*"/g, (s) => '_'.repeat(s.length)).indexOf(comment);
    return at < 0 ? text : text.slice(0, at);
  }

  #statement(statement: Statement<Place>, whole: string): void {
    let start = 0;
    for (let found = label.exec(whole); found !== null; found = label.exec(whole.slice(start))) {
      if (this.#isLive && /^[A-Za-z_]/.test(found[1] as string)) this.defines.add(found[1] as string);
      start += found[0].length;
    }
    const text = whole.slice(start);
    const [head = '', word = ''] = /^\s*(\.?[\w.$]+)/.exec(text) ?? [];
    if (word === '') return;
    const from = start + head.length;
    const rest = whole.slice(from);
    if (/^\.(?:if|else|endif)/.test(word)) {
      this.#condition(word, rest);
      return;
    }
    if (!this.#isLive) return;
    const macro = this.#macros.get(word);
    if (macro !== undefined) this.#call(word, macro, statement.at(start), rest);
    else if (/^\s*==?(?!=)/.test(rest) || /^\s*\.req\b/.test(rest)) this.#assign(word, statement, from, whole);
    else if (!word.startsWith('.'))
      this.#operands(statement, whole, prefixes.test(word) ? afterWord(whole, from) : from);
    else this.#directive(word, statement, from, whole);
  }

  #assign(name: string, statement: Statement<Place>, from: number, whole: string): void {
    this.defines.add(name);
    if (/^\s*=/.test(whole.slice(from))) this.#operands(statement, whole, from);
  }

  #directive(word: string, statement: Statement<Place>, from: number, whole: string): void {
    const rest = whole.slice(from);
    const names = rest.split(',').map((name) => name.trim());
    const [first = ''] = names;
    if (data.test(word)) this.#operands(statement, whole, from);
    else if (/^\.(?:globl|global)$/.test(word)) for (const name of names) this.globals.add(name);
    else if (word === '.weak') for (const name of names) this.weak.add(name);
    else if (/^\.l?comm$/.test(word)) this.defines.add(first);
    else if (word === '.purgem') this.#macros.delete(first);
    else if (/^\.(?:set|equ|equiv|eqv|thumb_set)$/.test(word)) {
      this.defines.add(first);
      this.#operands(statement, whole, from + rest.indexOf(',') + 1);
    }
  }

  #call(name: string, { parameters, body }: AssemblerMacro<Statement<Place>>, at: Place, operands: string): void {
    if (this.#through.length >= deepest) return;
    const outer = this.#through;
    this.#through = [...outer, { name, at }];
    this.#expand(body, bindArguments(parameters, operands));
    this.#through = outer;
  }

  /** Conditionals on texts and plain numbers are decided; of others both branches count. */
  #condition(word: string, rest: string): void {
    const { length } = this.#conditions;
    if (word === '.endif') this.#conditions.pop();
    else if (word.startsWith('.else')) {
      const before = this.#conditions[length - 1];
      if (length > 0) this.#conditions[length - 1] = word === '.else' && before !== undefined ? !before : undefined;
    } else {
      const [a = '', b = ''] = splitOperands(rest);
      const number = /^\s*(\d+|0x[\da-f]+)\s*$/i.exec(rest)?.[1];
      const decided: Readonly<Record<string, boolean | undefined>> = {
        '.ifb': rest.trim() === '',
        '.ifnb': rest.trim() !== '',
        '.ifc': a === b,
        '.ifnc': a !== b,
        '.ifeqs': a === b,
        '.ifnes': a !== b,
        '.if': number === undefined ? undefined : Number(number) !== 0,
      };
      this.#conditions.push(decided[word]);
    }
  }

  #operands(statement: Statement<Place>, whole: string, from: number): void {
    const text = whole
      .slice(from)
      // Strings, and modifiers of relocations as in `:lo12:name`.
      .replace(/"(?:[^"\\]|\\.)*"|:\w+:/g, (found) => ' '.repeat(found.length));
    for (const found of text.matchAll(/(?<![\w.$@%\\])(\$?)([A-Za-z_][\w.$]*)/g)) {
      const [, dollar, name = ''] = found;
      const base = name.split('.', 1)[0] ?? '';
      if (this.#dialect.register?.test(base) || (dollar === '$' && this.#dialect.isDollarRegister)) continue;
      this.mentions.push({ name, at: statement.at(from + found.index), through: this.#through });
    }
  }
}

function afterWord(text: string, from: number): number {
  return from + (/^\s*[\w.]+/.exec(text.slice(from))?.[0].length ?? 0);
}

/** The statements of a text: at line ends and semicolons outside of strings. */
export function separated(text: string): string[] {
  if (!/[;\n]/.test(text)) return [text];
  const masked = text.replace(/"(?:[^"\\]|\\.)*"/g, (found) => '_'.repeat(found.length));
  const ends = [...masked.matchAll(/[;\n]/g)].map(({ index }) => index);
  return [...ends, text.length].map((end, i) => text.slice(i === 0 ? 0 : (ends[i - 1] as number) + 1, end));
}
