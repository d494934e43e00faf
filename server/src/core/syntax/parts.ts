import { changeOf, type Span } from '../text';
import type { Items } from './declared';
import {
  type Branch,
  type FunctionDefinition,
  type Include,
  type Invocation,
  type MacroDefinition,
  type NamedSymbol,
  noOwner,
  type UseTable,
  type VariableDefinition,
} from './facts';
import { ItemReader } from './items';
import { type Comments, lex, Scratch, type Tokens } from './lexer';

/** Parts are longer than this, so that a file is not cut into single lines. */
const shortest = 1024;

/** What is read of some tokens' items beyond what the tokens say: the uses, with `within` and places as in the items. */
export type ReadUses = (tokens: Tokens, items: Items) => UseTable;

/** Whole items of a file in a row. What they say hangs neither on what stands before them nor on what stands behind. */
export interface Part {
  readonly length: number;
  /** What the places of this part count from, as an offset into the part. */
  readonly origin: number;
  readonly items: Omit<Items, 'uses' | 'bodies' | 'isUnbalanced'>;
  /** Brackets did not match. */
  readonly isUnbalanced: boolean;
  readonly uses: UseTable;
  /** Starts and ends of the comments. */
  readonly comments: readonly number[];
}

/** A text cut into parts. */
export interface Parts {
  readonly text: string;
  readonly parts: readonly Part[];
}

/** What the parts of a file say together. */
export interface Joined extends Omit<Items, 'uses' | 'bodies' | 'isUnbalanced'> {
  readonly uses: UseTable;
  readonly comments: Comments;
}

const scratch = new Scratch();

/** Reads all of a text. */
export function readParts(text: string, readUses: ReadUses): Parts {
  return { text, parts: partsOf(text, readUses).parts };
}

/** Reads those parts of a text that are not the ones of the text before. */
export function rereadParts(before: Parts, text: string, readUses: ReadUses): Parts {
  const { start, end, delta } = changeOf(before.text, text);
  const { parts } = before;
  let from = 0;
  let first = 0;
  for (let part = parts[0]; part && from + part.length <= start && first < parts.length - 1; part = parts[++first]) {
    from += part.length;
  }
  let last = first;
  let to = from + (parts[last]?.length ?? 0);
  while (to < end && last < parts.length - 1) to += parts[++last]?.length ?? 0;
  // What ends no item any more may do so together with the part behind.
  for (const further of [0, 1]) {
    if (further > 0 && last < parts.length - 1) to += parts[++last]?.length ?? 0;
    const isEnd = last >= parts.length - 1;
    const piece = text.slice(from, isEnd ? text.length : to + delta);
    // Only at the start of a text it is no part of a word.
    if (from > 0 && piece.charCodeAt(0) === byteOrderMark) break;
    const made = partsOf(piece, readUses);
    if (isEnd || made.isWhole)
      return { text, parts: [...parts.slice(0, first), ...made.parts, ...parts.slice(last + 1)] };
  }
  return readParts(text, readUses);
}

const byteOrderMark = 0xfeff;

/** The parts of a text that begins where a line does; whether the last one ends where the text does. */
function partsOf(text: string, readUses: ReadUses): { readonly parts: readonly Part[]; readonly isWhole: boolean } {
  const tokens = lex(text, scratch);
  const parts: Part[] = [];
  let comment = 0;
  let token = 0;
  let start = 0;
  let isWhole = true;
  // The last token is looked at in any case: the text may end where its items do.
  const lastStart = tokens.start[tokens.count - 1] ?? 0;
  while (start < text.length) {
    const least = Math.min(start + shortest, lastStart);
    const stretch = new ItemReader(tokens, false).run(token, least);
    const end = stretch.end ?? text.length;
    const comments: number[] = [];
    for (; comment < tokens.commentCount && (tokens.commentStart[comment] as number) < end; comment++) {
      comments.push(tokens.commentStart[comment] as number, tokens.commentEnd[comment] as number);
    }
    const { uses: _uses, bodies: _bodies, isUnbalanced, ...items } = stretch.items;
    const uses = readUses(tokens, stretch.items);
    parts.push({ length: end - start, origin: start, items, isUnbalanced, uses, comments });
    isWhole = stretch.end !== undefined;
    token = stretch.next;
    start = end;
  }
  return { parts, isWhole };
}

/** What all parts say, with places in the whole text. */
export function joinParts({ text, parts }: Parts): Joined {
  const all = {
    invocations: [] as Invocation[],
    functions: [] as FunctionDefinition[],
    variables: [] as VariableDefinition[],
    macros: [] as MacroDefinition[],
    includes: [] as Include[],
    branches: [] as Branch[],
    lookups: [] as NamedSymbol[],
  };
  const places: Place[] = [];
  let start = 0;
  for (const part of parts) {
    const by = start - part.origin;
    const move = <T extends Spanned>(items: readonly T[]) => (by === 0 ? items : items.map((item) => moved(item, by)));
    const { items } = part;
    places.push({ by, functions: all.functions.length, variables: all.variables.length });
    const before = all.branches.length;
    for (const { parent, first, ...rest } of move(items.branches)) {
      all.branches.push({ ...rest, parent: parent < 0 ? parent : parent + before, first: first + before });
    }
    all.invocations.push(...move(items.invocations));
    all.functions.push(...move(items.functions));
    all.variables.push(...move(items.variables));
    all.macros.push(...move(items.macros));
    all.includes.push(...move(items.includes));
    all.lookups.push(...move(items.lookups));
    start += part.length;
  }
  return { ...all, uses: joinUses(parts, places), comments: joinComments(text, parts, places) };
}

/** Where a part of a file stands: what its places, and its numbers of functions and variables are moved by. */
interface Place {
  readonly by: number;
  readonly functions: number;
  readonly variables: number;
}

function joinUses(parts: readonly Part[], places: readonly Place[]): UseTable {
  const count = parts.reduce((sum, { uses }) => sum + uses.start.length, 0);
  const names: string[] = [];
  const numbers = new Map<string, number>();
  const table = {
    names,
    name: new Uint32Array(count),
    start: new Uint32Array(count),
    within: new Int32Array(count),
    flags: new Uint8Array(count),
  };
  let at = 0;
  for (const [i, { uses }] of parts.entries()) {
    const { by, functions, variables } = places[i] as Place;
    const known = uses.names.map((name) => {
      const number = numbers.get(name) ?? names.length;
      if (number === names.length) {
        numbers.set(name, number);
        names.push(name);
      }
      return number;
    });
    table.flags.set(uses.flags, at);
    for (let k = 0; k < uses.start.length; k++, at++) {
      const owner = uses.within[k] as number;
      table.name[at] = known[uses.name[k] as number] as number;
      table.start[at] = (uses.start[k] as number) + by;
      table.within[at] = owner >= 0 ? owner + functions : owner === noOwner ? owner : owner - variables;
    }
  }
  return table;
}

function joinComments(text: string, parts: readonly Part[], places: readonly Place[]): Comments {
  const ends = parts.flatMap(({ comments }, i) => comments.map((end) => end + (places[i] as Place).by));
  return {
    text,
    commentCount: ends.length / 2,
    commentStart: Uint32Array.from({ length: ends.length / 2 }, (_, i) => ends[2 * i] as number),
    commentEnd: Uint32Array.from({ length: ends.length / 2 }, (_, i) => ends[2 * i + 1] as number),
  };
}

type Spanned = { readonly span: Span } & Partial<
  Pick<Invocation, 'nameSpan' | 'lines' | 'arguments'> & Pick<FunctionDefinition, 'mark'>
>;

/** The same, with every place moved. */
function moved<T extends Spanned>(item: T, by: number): T {
  const place = ({ start, end }: Span): Span => ({ start: start + by, end: end + by });
  return {
    ...item,
    span: place(item.span),
    ...(item.nameSpan && { nameSpan: place(item.nameSpan) }),
    ...(item.mark && { mark: place(item.mark) }),
    ...(item.lines && { lines: place(item.lines) }),
    ...(item.arguments && {
      arguments: item.arguments.map(({ pieces, span }) => ({
        pieces: pieces.map((piece) => ({ ...piece, span: place(piece.span) })),
        span: place(span),
      })),
    }),
  };
}
