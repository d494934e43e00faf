import type { TranslationUnit } from '../../preprocess/unit';
import * as kinds from '../../syntax/kinds';
import type { LinkFacts, LinkSymbol, Mention, Trail } from '../facts';
import type { Dialect } from './dialect';
import { AssemblerReader, type Statement, type SymbolMention } from './reader';

/** So many uses of one symbol are told; the others are counted. */
const mostUses = 50;

/**
 * What the object file of a preprocessed assembler source asks the linker for. `textOf` gives the text of a file of the
 * unit: the assembler's statements end with their lines.
 */
export function assemblerFacts(
  unit: TranslationUnit,
  dialect: Dialect,
  textOf: (path: string) => string | undefined,
): LinkFacts {
  const reader = new AssemblerReader<number>(dialect);
  reader.read(statementsOf(unit, textOf));
  const { defines, globals, weak } = reader;
  const byName = new Map<string, SymbolMention<number>[]>();
  for (const mention of reader.mentions) {
    if (defines.has(mention.name)) continue;
    const known = byName.get(mention.name);
    if (known) known.push(mention);
    else byName.set(mention.name, [mention]);
  }
  const symbols = [...byName].map(([name, mentions]): LinkSymbol => {
    const trails = distinct(mentions.map((mention) => trailOf(unit, mention)));
    const more = Math.max(0, trails.length - mostUses);
    return { name, weak: weak.has(name), uses: trails.slice(0, mostUses), more, declared: undefined };
  });
  return {
    files: unit.files,
    symbols: symbols.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)),
    defines: [...defines].filter((name) => globals.has(name) || weak.has(name)).sort(),
    lookups: [],
    info: [],
    doubts: [],
  };
}

/** One trail for each place where one begins, the shortest. */
function distinct(trails: readonly Trail[]): Trail[] {
  const found = new Map<string, Trail>();
  for (const trail of trails.toSorted((a, b) => a.length - b.length)) {
    const key = `${trail[0]?.file}:${trail[0]?.offset}`;
    if (!found.has(key)) found.set(key, trail);
  }
  return [...found.values()];
}

function trailOf(unit: TranslationUnit, { name, at, through }: SymbolMention<number>): Trail {
  const steps = through.flatMap((call): Mention[] => [
    ...expansionsAt(unit, call.at),
    { name: call.name, ...placeOf(unit, call.at), kind: 'macro' },
  ]);
  const last: Mention = { name, ...placeOf(unit, at), kind: 'symbol' };
  return [...steps, ...expansionsAt(unit, at), last];
}

function placeOf(unit: TranslationUnit, token: number): Pick<Mention, 'file' | 'offset'> {
  return { file: unit.file[token] ?? 0, offset: unit.offset[token] ?? 0 };
}

/** The macros of the preprocessor that wrote a token, from the outside in. */
function expansionsAt(unit: TranslationUnit, token: number): Mention[] {
  const found: Mention[] = [];
  for (let at = unit.expansion[token] ?? 0; at !== 0 && found.length < 100; ) {
    const expansion = unit.expansions.at(at);
    if (expansion === undefined) break;
    const { name, callFile: file, callOffset: offset, parent } = expansion;
    found.push({ name: unit.names.text(name), file, offset, kind: 'macro' });
    at = parent;
  }
  return found.reverse();
}

/** The statements of a unit, each character's place the token that wrote it. */
export function statementsOf(unit: TranslationUnit, textOf: (path: string) => string | undefined): Statement<number>[] {
  const lines = unit.files.map((): Uint32Array | undefined => undefined);
  const lineOf = (file: number, offset: number): number => {
    const starts = lines[file] ?? lineStarts(textOf(unit.files[file] ?? '') ?? '');
    lines[file] = starts;
    return upperBound(starts, offset);
  };
  const statements: Statement<number>[] = [];
  let text = '';
  let tokens: { readonly from: number; readonly token: number }[] = [];
  const finish = (): void => {
    if (tokens.length > 0) statements.push(statementOf(text, tokens));
    text = '';
    tokens = [];
  };
  let [lastFile, lastLine] = [-1, -1];
  for (let i = 0; i < unit.count; i++) {
    if (unit.kind[i] === kinds.hash) {
      while (i < unit.count && unit.kind[i] !== kinds.directiveEnd) i++;
      finish();
      continue;
    }
    const { file, offset } = outermost(unit, i);
    const line = lineOf(file, offset);
    if (file !== lastFile || line !== lastLine) finish();
    [lastFile, lastLine] = [file, line];
    if (unit.kind[i] === kinds.semicolon) {
      finish();
      continue;
    }
    if (tokens.length > 0 && !isGlued(unit, i)) text += ' ';
    tokens.push({ from: text.length, token: i });
    text += unit.names.text(unit.name[i] as number);
  }
  finish();
  return statements;
}

function statementOf(
  text: string,
  tokens: readonly { readonly from: number; readonly token: number }[],
): Statement<number> {
  return { text, at: (offset) => (tokens.findLast(({ from }) => from <= offset) ?? tokens[0])?.token ?? 0 };
}

/** Whether a token was written right behind the one before it. */
function isGlued(unit: TranslationUnit, i: number): boolean {
  const before = i - 1;
  return (
    unit.file[i] === unit.file[before] &&
    unit.expansion[i] === unit.expansion[before] &&
    unit.offset[i] === (unit.offset[before] as number) + unit.names.text(unit.name[before] as number).length
  );
}

/** Where the file that is read says the token, if only by a macro's call. */
function outermost(unit: TranslationUnit, token: number): { file: number; offset: number } {
  const [outer] = expansionsAt(unit, token);
  return outer ?? placeOf(unit, token);
}

/** Where lines begin that do not go on the one before. */
function lineStarts(text: string): Uint32Array {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    const isContinued = text[at - 1] === '\\' || (text[at - 1] === '\r' && text[at - 2] === '\\');
    if (!isContinued) starts.push(at + 1);
  }
  return Uint32Array.from(starts);
}

function upperBound(sorted: Uint32Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
