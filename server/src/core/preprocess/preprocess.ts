import type { HeaderCache } from './cache';
import type { Compiler } from './compiler';
import { findForced, openSource } from './include';
import { Machine } from './machine';
import { unitOf } from './made';
import type { PreprocessRequest } from './request';
import { run, runDirective } from './run';
import type { SearchPath } from './search';
import type { Source } from './source';
import type { TranslationUnit } from './unit';

/**
 * Preprocesses one source as a compiler would. Nothing makes it throw: what is missing or wrong stands among the unit's
 * problems, and it goes on.
 */
export function preprocess(request: PreprocessRequest, cache: HeaderCache): TranslationUnit {
  const { path, quoteDepth } = searchPathOf(request, cache);
  const machine = new Machine(request, cache, path, quoteDepth, runDirective);
  machine.addFile(request.path);
  predefine(machine, request);
  const text = request.text ?? cache.files.read(request.path);
  if (text === undefined) machine.note(`The source cannot be read (${request.path}).`, 0, 0);
  const source = cache.lex(request.path, text ?? '');
  openMain(machine, source);
  run(machine);
  cache.release(source);
  machine.close();
  return unitOf(machine);
}

function openMain(machine: Machine, source: Source): void {
  openSource(machine, source, 0);
  run(machine);
}

function predefine(machine: Machine, request: PreprocessRequest): void {
  const { cache } = machine;
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
