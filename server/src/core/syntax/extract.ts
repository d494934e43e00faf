import { basename, extname } from '../path';
import { readAssembly } from './assembly';
import type { Items } from './declared';
import type { FileFacts, SpdxTag, UseTable } from './facts';
import { readItems } from './items';
import { type Comments, lex, Scratch, type Tokens } from './lexer';
import { licenseNotices, misspeltTags } from './notices';
import { readRust, rustNames } from './rust';
import { shapeOf } from './shape';
import { spdxOfComments, spdxOfHashLines } from './spdx';
import { suppressionsOfComments, suppressionsOfHashLines } from './suppressions';
import type { Uses } from './uses';

const scratch = new Scratch();

/** How a file's text is written, told by its name. */
export type Language = 'c' | 'assembly' | 'rust' | 'hash';

/** C unless the name says that lines beginning with `#` are comments (Makefile, Kconfig, scripts) or that it is assembly. */
export function languageOf(path: string): Language {
  const name = basename(path);
  const extension = extname(path);
  if (extension === '.S' || extension === '.s') return 'assembly';
  if (extension === '.rs') return 'rust';
  if (/^(?:Makefile|makefile|GNUmakefile|Kbuild|Kconfig)(?:[._-].*)?$/.test(name)) return 'hash';
  return /^\.(?:mk|sh|py|pl|conf|ya?ml|rb)$/.test(extension) || name.endsWith('.mak') ? 'hash' : 'c';
}

/** What a file says on its face, from its tokens alone. Any text will do. */
export function extractFacts(path: string, text: string): FileFacts {
  const language = languageOf(path);
  if (language === 'hash') {
    const spdx = spdxOfHashLines(text);
    const notices = spdx.length > 0 ? [] : misspeltTags(text);
    return factsOf(emptyItems(), { spdx, notices, suppressions: suppressionsOfHashLines(text), uses: emptyUses });
  }
  const tokens = lex(text, scratch);
  if (language === 'assembly') {
    const found = commentFacts(tokens, spdxOfHashLines);
    const suppressions = found.suppressions.length > 0 ? found.suppressions : suppressionsOfHashLines(text);
    return factsOf(readAssembly(tokens), { ...found, suppressions, uses: emptyUses });
  }
  if (language === 'rust') {
    const items = { ...emptyItems(), invocations: readRust(tokens) };
    return factsOf(items, { ...commentFacts(tokens), uses: rustNames(tokens) });
  }
  const items = itemsOf(tokens);
  return factsOf(items, { ...commentFacts(tokens), uses: useTable(items.uses) });
}

/** What comments say; `otherwise` is asked for SPDX tags where none has any. */
export function commentFacts(
  tokens: Comments,
  otherwise: (text: string) => SpdxTag[] = () => [],
): Pick<FileFacts, 'spdx' | 'notices' | 'suppressions'> {
  const inComments = spdxOfComments(tokens);
  const spdx = inComments.length > 0 ? inComments : otherwise(tokens.text);
  const notices = licenseNotices(tokens);
  return {
    spdx,
    notices: spdx.length > 0 ? notices : [...misspeltTags(tokens.text), ...notices],
    suppressions: suppressionsOfComments(tokens),
  };
}

/**
 * The items of C tokens, read by columns as well where the brackets do not match: then a closing brace in the first
 * column ends whatever is open.
 */
export function itemsOf(tokens: Tokens): Items {
  const items = readItems(tokens, false);
  if (!items.isUnbalanced) return items;
  const byColumns = readItems(tokens, true);
  return byColumns.functions.length >= items.functions.length ? byColumns : items;
}

/** Facts out of what was read of a file. */
export function factsOf(
  items: Omit<Items, 'uses' | 'bodies' | 'isUnbalanced'>,
  more: Pick<FileFacts, 'spdx' | 'notices' | 'suppressions' | 'uses'> & Partial<Pick<FileFacts, 'depth' | 'problems'>>,
): FileFacts {
  const { invocations, functions, variables, macros, includes, branches, lookups } = items;
  const facts = {
    depth: 'tokens',
    problems: [],
    ...more,
    invocations,
    functions,
    variables,
    macros,
    includes,
    branches,
    lookups,
  } as const;
  return { ...facts, shape: shapeOf(facts) };
}

/** Uses in columns, in order of their start. */
export function useTable(uses: Uses): UseTable {
  const start = Uint32Array.from(uses.start.values());
  const table = {
    names: uses.names,
    name: Uint32Array.from(uses.name.values()),
    start,
    within: Int32Array.from(uses.within.values()),
    flags: Uint8Array.from(uses.flags.values()),
  };
  for (let i = 1; i < start.length; i++) {
    if ((start[i] as number) < (start[i - 1] as number)) return sorted(table);
  }
  return table;
}

function sorted(table: UseTable): UseTable {
  const order = Uint32Array.from(table.start, (_, i) => i).sort(
    (a, b) => (table.start[a] as number) - (table.start[b] as number),
  );
  return {
    names: table.names,
    name: order.map((i) => table.name[i] as number),
    start: order.map((i) => table.start[i] as number),
    within: Int32Array.from(order, (i) => table.within[i] as number),
    flags: Uint8Array.from(order, (i) => table.flags[i] as number),
  };
}

export const emptyUses: UseTable = {
  names: [],
  name: new Uint32Array(0),
  start: new Uint32Array(0),
  within: new Int32Array(0),
  flags: new Uint8Array(0),
};

function emptyItems(): Omit<Items, 'uses'> {
  return {
    invocations: [],
    functions: [],
    variables: [],
    macros: [],
    includes: [],
    branches: [],
    lookups: [],
    bodies: [],
    isUnbalanced: false,
  };
}
