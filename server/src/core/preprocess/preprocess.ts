import type { HeaderCache } from './cache';
import type { Compiler } from './compiler';
import { findForced, openSource } from './include';
import { Machine } from './machine';
import { unitOf } from './made';
import { patch } from './patch';
import { dropTail, findPrefix, keepPrefix, leadingEnd, type Prefix, restorePrefix } from './prefix';
import type { PreprocessRequest } from './request';
import { run, runDirective } from './run';
import type { SearchPath } from './search';
import { readSegments } from './segments';
import type { Source } from './source';
import { tailOf } from './tail';
import type { TranslationUnit } from './unit';

/**
 * Preprocesses one source as a compiler would. Nothing makes it throw: what is missing or wrong stands among the unit's
 * problems, and it goes on.
 */
export function preprocess(request: PreprocessRequest, cache: HeaderCache): TranslationUnit {
  cache.trim();
  const text = request.text ?? cache.files.read(request.path);
  const isKept = request.remember === true && text !== undefined;
  const found = isKept ? findPrefix(request, text, cache) : undefined;
  const edited = found && text !== undefined ? patched(request, cache, found, text) : undefined;
  if (edited !== undefined) return edited;
  const { path, quoteDepth } = searchPathOf(request, cache);
  const machine = new Machine(request, cache, path, quoteDepth, runDirective);
  if (found !== undefined) restorePrefix(machine, found);
  const prefix = found ?? (isKept ? makePrefix(machine, text) : undefined);
  if (prefix !== undefined) readBehind(machine, prefix, text ?? '');
  else readWhole(machine, text);
  machine.close();
  return unitOf(machine, prefix?.leading);
}

/** The unit made of the one before; `undefined` if an edit changed too much. */
function patched(
  request: PreprocessRequest,
  cache: HeaderCache,
  prefix: Prefix,
  text: string,
): TranslationUnit | undefined {
  const { tail, leading } = prefix;
  if (tail === undefined) return undefined;
  // Nothing is included on the way, so nothing is searched.
  const machine = new Machine(request, cache, cache.searchRoot, 0, runDirective);
  const isDone = patch(machine, prefix, tail, text);
  machine.close();
  if (isDone) return unitOf(machine, leading);
  cache.spare.give(machine.out, machine.expansions);
  dropTail(cache, prefix);
  return undefined;
}

function readWhole(machine: Machine, text: string | undefined): void {
  const { cache, request } = machine;
  machine.addFile(request.path);
  predefine(machine);
  if (text === undefined) machine.note(`The source cannot be read (${request.path}).`, 0, 0);
  const source = cache.lex(request.path, text ?? '');
  openMain(machine, source);
  cache.release(source);
}

/** Reads the leading directives of a source and keeps the machine's state behind them; `undefined` if there are none. */
function makePrefix(machine: Machine, text: string): Prefix | undefined {
  const { cache, request } = machine;
  const whole = cache.lex(request.path, text);
  const end = leadingEnd(whole);
  if (end === 0) return undefined;
  const sources: Source[] = [];
  machine.sources = sources;
  machine.addFile(request.path);
  predefine(machine);
  const source = cache.lex(request.path, text.slice(0, end));
  openMain(machine, source);
  machine.sources = undefined;
  const others = sources.filter((one) => one !== source);
  return keepPrefix(machine, source, [...new Set(others)], text.slice(0, end));
}

/** Reads what stands behind a prefix, and keeps what it gives for the next edit. */
function readBehind(machine: Machine, prefix: Prefix, text: string): void {
  const { cache, request } = machine;
  const base = prefix.text.length;
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < base; at = text.indexOf('\n', at + 1)) line++;
  const source = cache.lex(request.path, text.slice(base), base, line);
  machine.sources = [];
  machine.defined = [];
  const segments = readSegments(machine, source, source.count);
  dropTail(cache, prefix);
  prefix.tail = tailOf(machine, prefix, text, source, segments);
  if (prefix.tail === undefined) cache.release(source);
}

function openMain(machine: Machine, source: Source): void {
  openSource(machine, source, 0);
  run(machine);
}

function predefine(machine: Machine): void {
  machine.out.beginning = undefined;
  machine.expansions.beginning = undefined;
  const { cache, request } = machine;
  for (const macro of cache.builtins.values()) {
    const isAnswered = macro.isFunction && !macro.builtin?.startsWith('__has_include');
    if (isAnswered && request.compiler.has[macro.builtin ?? ''] === undefined) continue;
    machine.macroOf[macro.name] = macro.id;
  }
  openMain(machine, cache.virtual('<built-in>', definitionsOf(request.compiler)));
  openMain(machine, cache.virtual('<command-line>', `${request.definitions.join('\n')}\n`));
  for (const path of request.includes) {
    const found = findForced(machine, path);
    const source = found === null ? undefined : cache.header(found.path);
    if (found !== null && source !== undefined) openMain(machine, source);
    else {
      machine.note(`The header '${path}', which the compiler is told to include, is not found.`, 0, 0);
      machine.missing.push(path);
    }
  }
}

const texts = new WeakMap<Compiler, string>();

function definitionsOf(compiler: Compiler): string {
  let text = texts.get(compiler);
  if (text === undefined) {
    text = compiler.macros.replace(/^(?=.)/gm, '#define ');
    texts.set(compiler, text);
  }
  return text;
}

function searchPathOf(request: PreprocessRequest, cache: HeaderCache): { path: SearchPath; quoteDepth: number } {
  let path = cache.searchRoot;
  const system = new Set(request.systemFolders);
  const seen = new Set<string>();
  const add = (folder: string): void => {
    if (seen.has(folder) || !cache.exists(folder)) return;
    seen.add(folder);
    path = path.step(cache.folder(folder));
  };
  for (const folder of request.quoteFolders) add(folder);
  const quoteDepth = path.depth;
  seen.clear();
  for (const folder of request.folders) if (!system.has(folder)) add(folder);
  for (const folder of request.systemFolders) add(folder);
  return { path, quoteDepth };
}
