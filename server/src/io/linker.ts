import { statSync } from 'node:fs';
import type { Location, Problem } from '../core/finding';
import type { MadeHeader } from '../core/kbuild/build';
import type { PreprocessorArguments } from '../core/kbuild/kernelflags';
import { makerOf } from '../core/kbuild/madeheaders';
import { dialectOf } from '../core/link/assembler/dialect';
import { assemblerFacts } from '../core/link/assembler/source';
import type { LinkFacts, Mention, Trail } from '../core/link/facts';
import { linkFacts } from '../core/link/link';
import { unclosedBracket } from '../core/link/unclosed';
import { wordsOf } from '../core/link/words';
import type { UnitLink } from '../core/model/links';
import { dirname, isInside } from '../core/path';
import { HeaderCache } from '../core/preprocess/cache';
import { type CompilerChoice, emptyCompiler } from '../core/preprocess/compiler';
import { recycle } from '../core/preprocess/made';
import { preprocess } from '../core/preprocess/preprocess';
import type { TranslationUnit } from '../core/preprocess/unit';
import { compilerHeaders, loadCompiler } from './compilers';
import { readText } from './disk';

/** One translation unit to be preprocessed and walked. */
export interface LinkRequest {
  readonly path: string;
  readonly arguments: PreprocessorArguments;
  /** The kernel's compiler; nothing is predefined without one. */
  readonly compiler: CompilerChoice | undefined;
  /** Folders in which files may be read: what the user opened, then the kernel's. */
  readonly roots: readonly string[];
  /** Open texts by path. */
  readonly open: Readonly<Record<string, string>>;
  /** Changes when nothing that was read before counts any more. */
  readonly generation: number;
  /** Files that changed on disk since then, in order: they are read again. Only ever gets longer. */
  readonly changed: readonly string[];
  /** Headers that the build makes, of those that the unit may look for. */
  readonly made: readonly MadeHeader[];
  /** Only which symbols are asked for, not where, nor what was read on the way: a fiftieth of the memory. */
  readonly isBrief: boolean;
}

/**
 * What a unit asks the linker for; where nothing exact is known, why: the headers that are missing, a bracket that
 * nothing closes, or a target whose assembler is not known.
 */
export type LinkResult =
  | UnitLink
  | { readonly missingHeaders: readonly string[] }
  | { readonly unclosed: Location }
  | { readonly unknownAssembler: string };

interface State {
  readonly key: string;
  readonly cache: HeaderCache;
  open: Readonly<Record<string, string>>;
  /** How many of the changed files were told. */
  told: number;
}

/** Names are never forgotten, at some sixty bytes each: with more than this, everything is begun anew. */
const mostNames = 1 << 20;

let state: State | undefined;

/** Preprocesses and walks one unit. Headers stay lexed between calls. Runs in a worker or in place. */
export function linkUnit(request: LinkRequest): LinkResult {
  const { cache } = stateFor(request);
  const { includes } = request.arguments;
  const isAssembler = request.path.endsWith('.S');
  const unit = preprocessed(request, cache);
  const searched = [dirname(request.path), ...includes.map(({ path }) => path)];
  const makers = unit.missingHeaders.map((header) => makerOf(header, searched, request.made));
  const unmade = makers.filter((maker) => maker !== undefined);
  if (unmade.length < makers.length) return { missingHeaders: unit.missingHeaders };
  if (isAssembler) {
    const target = request.compiler?.target ?? 'no compiler';
    const dialect = dialectOf(target);
    if (dialect === undefined) return { unknownAssembler: target };
    const facts = assemblerFacts(unit, dialect, (path) => request.open[path] ?? read(path, request.roots));
    recycle(unit, cache);
    return finished(facts, unit.files, unmade, request);
  }
  const unclosed = unclosedBracket(unit);
  if (unclosed) {
    recycle(unit, cache);
    return { unclosed };
  }
  const all = linkFacts(unit);
  // Nothing reads the tokens any more: the next unit gets their memory.
  recycle(unit, cache);
  return finished(all, unit.files, unmade, request);
}

/**
 * Why the kernel's headers cannot be preprocessed from `<linux/module.h>` on, at its place; `undefined` if they can. The
 * request's own source is only where it would be.
 */
export function checkHeaders(request: LinkRequest): HeaderFault | undefined {
  const open = { ...request.open, [request.path]: '#include <linux/module.h>\n' };
  const { cache } = stateFor({ ...request, open });
  const unit = preprocessed({ ...request, open }, cache);
  const error = unit.problems.find(({ message }) => message.startsWith('#error'));
  const unclosed = error ? undefined : unclosedBracket(unit);
  const fault = { missing: unit.missingHeaders, error, unclosed };
  recycle(unit, cache);
  return error || unclosed || fault.missing.length > 0 ? fault : undefined;
}

/** What is wrong with a kernel's headers. */
export interface HeaderFault {
  readonly missing: readonly string[];
  readonly error: Problem | undefined;
  readonly unclosed: Location | undefined;
}

function preprocessed(request: LinkRequest, cache: HeaderCache): TranslationUnit {
  const { includes, defines, preIncludes, preMacros, target } = request.arguments;
  const compiler = (request.compiler && loadCompiler(request.compiler, target)) ?? emptyCompiler;
  const isAssembler = request.path.endsWith('.S');
  const folders = (kind: string) => includes.filter((folder) => folder.kind === kind).map(({ path }) => path);
  return preprocess(
    {
      path: request.path,
      compiler,
      // What is typed in comes again and again behind the same includes.
      remember: Object.hasOwn(request.open, request.path),
      definitions: [
        // What compilers predefine for assembler sources.
        ...(isAssembler ? ['#define __ASSEMBLER__ 1'] : []),
        ...defines.map(([name, value]) => (value === undefined ? `#undef ${name}` : `#define ${name} ${value}`)),
      ],
      includes: [...preMacros, ...preIncludes],
      quoteFolders: folders('quote'),
      folders: folders('plain'),
      systemFolders: [...folders('system'), ...folders('after'), compilerHeaders()],
    },
    cache,
  );
}

function finished(
  facts: LinkFacts,
  files: readonly string[],
  unmade: readonly MadeHeader[],
  { isBrief }: LinkRequest,
): UnitLink {
  if (isBrief) return { facts: withoutWays(facts), reads: [], unmade };
  return { facts: withoutSilentFiles(facts), reads: files.filter((path) => path.startsWith('/')), unmade };
}

function withoutWays({ files, symbols, defines, info, doubts }: LinkFacts): LinkFacts {
  const names = symbols.map(({ name, weak }) => ({ name, weak, uses: [], more: 0, declared: undefined }));
  return { files: files.slice(0, 1), symbols: names, defines, lookups: [], info, doubts };
}

/** Leaves out the hundreds of headers that no trail goes through; what several trails share is one object. */
function withoutSilentFiles(facts: LinkFacts): LinkFacts {
  const numbers = new Map<number, number>([[0, 0]]);
  const number = (file: number): number => {
    const known = numbers.get(file) ?? numbers.size;
    numbers.set(file, known);
    return known;
  };
  const known = new Map<string, Mention>();
  const shared = (mention: Mention): Mention => {
    const key = `${mention.file}:${mention.offset}:${mention.kind}:${mention.name}`;
    const made = known.get(key) ?? { ...mention, file: number(mention.file) };
    known.set(key, made);
    return made;
  };
  const renumber = (trail: Trail): Trail => trail.map(shared);
  const symbols = facts.symbols.map((symbol) => ({
    ...symbol,
    uses: symbol.uses.map(renumber),
    declared: symbol.declared && { ...symbol.declared, file: number(symbol.declared.file) },
  }));
  const lookups = facts.lookups.map((lookup) => ({ ...lookup, trail: renumber(lookup.trail) }));
  return { ...facts, symbols, lookups, files: [...numbers.keys()].map((file) => facts.files[file] ?? '') };
}

function stateFor({ compiler, roots, open, generation, changed }: LinkRequest): State {
  const readable = [...roots, compilerHeaders()];
  const key = [JSON.stringify(compiler), generation, ...roots].join('\0');
  if (state?.key !== key || state.cache.names.count > mostNames) {
    const made: State = {
      key,
      told: changed.length,
      open,
      cache: new HeaderCache({
        exists,
        read: (path) => made.open[path] ?? read(path, readable),
      }),
    };
    // Keywords first: with small numbers their table is a small one, which every token is looked up in.
    wordsOf(made.cache.names);
    state = made;
  }
  for (; state.told < changed.length; state.told++) state.cache.drop(changed[state.told] ?? '');
  const { cache, open: before } = state;
  const edited = [...new Set([...Object.keys(before), ...Object.keys(open)])].filter(
    (path) => before[path] !== open[path],
  );
  const wereThere = edited.map((path) => cache.exists(path));
  state.open = open;
  for (const [i, path] of edited.entries()) cache.drop(path, wereThere[i]);
  return state;

  function exists(path: string): boolean {
    if (state !== undefined && Object.hasOwn(state.open, path)) return true;
    return readable.some((root) => isInside(path, root)) && statSync(path, { throwIfNoEntry: false }) !== undefined;
  }
}

function read(path: string, roots: readonly string[]): string | undefined {
  const root = roots.find((folder) => isInside(path, folder));
  if (root === undefined) return undefined;
  const result = readText(path, root);
  return 'text' in result ? result.text : undefined;
}
