import { readArguments } from '../../server/src/core/preprocess/arguments';
import { HeaderCache } from '../../server/src/core/preprocess/cache';
import { type Compiler, emptyCompiler } from '../../server/src/core/preprocess/compiler';
import { preprocess } from '../../server/src/core/preprocess/preprocess';
import type { PreprocessRequest } from '../../server/src/core/preprocess/request';
import type { TranslationUnit } from '../../server/src/core/preprocess/unit';
import * as kinds from '../../server/src/core/syntax/kinds';

/** Files in memory; `/t` is the folder of the source. */
export class Files extends Map<string, string> {
  read(path: string): string | undefined {
    return this.get(path);
  }

  exists(path: string): boolean {
    return this.has(path) || [...this.keys()].some((one) => one.startsWith(`${path}/`));
  }
}

/** Answers that the tests rely on. */
export const compiler: Compiler = {
  ...emptyCompiler,
  name: 'test',
  macros: '__STDC__ 1\n__GNUC__ 12',
  has: { __has_attribute: { unused: 1 }, __has_builtin: { __builtin_expect: 1 } },
};

/** A request for `text` as `/t/a.c`. */
export function request(text: string, args: readonly string[] = []): PreprocessRequest {
  return { path: '/t/a.c', text, compiler, ...readArguments(args, '/t') };
}

export function cacheOf(files: Readonly<Record<string, string>> = {}): HeaderCache {
  return new HeaderCache(new Files(Object.entries(files)));
}

export function unitOf(text: string, files: Readonly<Record<string, string>> = {}, args: readonly string[] = []) {
  return preprocess(request(text, args), cacheOf(files));
}

/** A unit as text: one blank between tokens, a line for each pragma. */
export function printed(unit: TranslationUnit): string {
  let text = '';
  for (let i = 0; i < unit.count; i++) {
    const kind = unit.kind[i];
    if (kind === kinds.hash && text !== '') text = `${text.trimEnd()}\n`;
    text += kind === kinds.directiveEnd ? '\n' : `${unit.names.text(unit.name[i] as number)} `;
  }
  return text.replace(/ $/gm, '').trim();
}

/** What `text` gives, blanks as in `printed`. */
export function expand(
  text: string,
  files: Readonly<Record<string, string>> = {},
  args: readonly string[] = [],
): string {
  return printed(unitOf(text, files, args));
}

export function messages(unit: TranslationUnit): string[] {
  return unit.problems.map((problem) => problem.message);
}

/** Everything that a unit says, names as texts. */
export function columns(unit: TranslationUnit) {
  const { count, names } = unit;
  return {
    tokens: Array.from({ length: count }, (_, i) => [
      names.text(unit.name[i] as number),
      unit.kind[i],
      unit.files[unit.file[i] as number],
      unit.offset[i],
      unit.expansion[i],
    ]),
    expansions: Array.from({ length: unit.expansions.length }, (_, i) => {
      const one = unit.expansions.at(i);
      return { ...one, name: names.text(one?.name ?? 0) };
    }),
    files: unit.files,
    problems: unit.problems,
    missing: unit.missingHeaders,
  };
}
