import { groupOf, pieces } from './switches';
import { type Target, targetOf, usualTarget } from './target';

/** A compiler as the preprocessor sees it; made from a real one by `scripts/make-compilers.mjs`. */
export interface Compiler {
  /** Equal for equal answers, as in `gcc 12.2.0 x86_64 -std=gnu11`. */
  readonly name: string;
  /** `name value` or `name(parameters) value` of each predefined macro, one a line. */
  readonly macros: string;
  /** For `__has_attribute` and its kin: what each answers other than 0 for. */
  readonly has: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** What it makes of C's types. */
  readonly target: Target;
}

/** A compiler that predefines nothing. */
export const emptyCompiler: Compiler = { name: 'none', macros: '', has: {}, target: usualTarget };

/** Changes to what a compiler answers; a minus in front removes. */
export interface Changes {
  /** `name value` or `name(parameters) value`; `-name`. */
  readonly macros?: readonly string[];
  /** Names an operator answers 1 for, with blanks between; `name=2`, `-name`. A lone minus: the operator is not known. */
  readonly has?: Readonly<Record<string, string>>;
  /** How scalars lie in structs, see `targetOf`: `align double 4`, `-align double`. */
  readonly layout?: readonly string[];
}

/** A file of compiler data: what all targets of gcc or clang share, or what one has besides. */
export interface CompilerData {
  /** In ascending order, each on top of the one before. */
  readonly versions: readonly (Changes & { readonly version: string })[];
  /** By flag, on top of the flags with which every kernel is built. */
  readonly switches: Readonly<Record<string, Changes>>;
}

/** Which compiler a kernel is built with. */
export interface CompilerChoice {
  readonly family: 'gcc' | 'clang';
  /** As in `x86_64`. */
  readonly target: string;
  /** As in `12.2.0`; the oldest one measured if it is not known. */
  readonly version: string | undefined;
  /** Flags that the configuration alone gives, in front of those of the Makefiles. */
  readonly flags: readonly string[];
}

/** Reads a file of compiler data; `undefined` if it is damaged. */
export function readCompilerData(json: string): CompilerData | undefined {
  try {
    const { versions, switches } = JSON.parse(json) as Partial<CompilerData>;
    if (!Array.isArray(versions) || typeof switches !== 'object' || switches === null) return undefined;
    return versions.every((one) => typeof one?.version === 'string') ? { versions, switches } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * A compiler's answers under `flags`: those of the newest version measured that is not newer than the chosen one, with the
 * chosen one's number. Of flags that exclude each other the last counts.
 */
export function compilerOf(
  choice: CompilerChoice,
  flags: readonly string[],
  shared: CompilerData,
  own: CompilerData,
): Compiler {
  const answers = new Answers();
  const versions = [...new Set([...shared.versions, ...own.versions].map(({ version }) => version))].sort(byNumber);
  const version = choice.version ?? versions[0] ?? '';
  const oldest = own.versions[0]?.version ?? versions[0] ?? '';
  const reached = byNumber(major(version), major(oldest)) < 0 ? oldest : version;
  for (const data of [shared, own]) {
    for (const changes of data.versions)
      if (byNumber(major(changes.version), major(reached)) <= 0) answers.apply(changes);
  }
  const last = new Map<string, string>();
  for (const flag of [...choice.flags, ...flags]) {
    const group = groupOf(flag);
    last.delete(group);
    last.set(group, flag);
  }
  const known = (flag: string) => own.switches[flag] ?? shared.switches[flag];
  for (const flag of last.values()) {
    for (const piece of known(flag) ? [flag] : pieces(flag)) answers.apply(known(piece) ?? {});
  }
  for (const [name, value] of versionMacros(choice.family, version)) answers.macros.set(name, ` ${value}`);
  const name = [choice.family, version, choice.target, ...last.values()].join(' ');
  return answers.compiler(name);
}

class Answers {
  /** Parameters and value by name. */
  readonly macros = new Map<string, string>();
  readonly #has = new Map<string, Record<string, number>>();
  readonly #layout = new Map<string, string>();

  apply({ macros = [], has = {}, layout = [] }: Changes): void {
    for (const line of macros) {
      const end = line.search(/[ (]|$/);
      if (line.startsWith('-')) this.macros.delete(line.slice(1));
      else this.macros.set(line.slice(0, end), line.slice(end));
    }
    for (const line of layout) {
      const end = line.lastIndexOf(' ');
      if (line.startsWith('-')) this.#layout.delete(line.slice(1));
      else this.#layout.set(line.slice(0, end), line.slice(end));
    }
    for (const [operator, list] of Object.entries(has)) {
      const answers: Record<string, number> = this.#has.get(operator) ?? Object.create(null);
      this.#has.set(operator, answers);
      for (const word of list.split(' ')) {
        const equals = word.indexOf('=');
        if (word === '-') this.#has.delete(operator);
        else if (word.startsWith('-')) delete answers[word.slice(1)];
        else if (equals < 0) answers[word] = 1;
        else answers[word.slice(0, equals)] = Number.parseInt(word.slice(equals + 1), 10);
      }
    }
  }

  compiler(name: string): Compiler {
    const macros = [...this.macros].map(([name, rest]) => name + rest).join('\n');
    const layout = [...this.#layout].map(([name, rest]) => name + rest);
    return { name, macros, has: Object.fromEntries(this.#has), target: targetOf(macros, layout) };
  }
}

function versionMacros(family: CompilerChoice['family'], version: string): [name: string, value: string][] {
  const [first = '0', second = '0', third = '0'] = version.split('.');
  if (family === 'gcc') {
    const numbers: [string, string][] = [
      ['__GNUC__', first],
      ['__GNUC_MINOR__', second],
      ['__GNUC_PATCHLEVEL__', third],
    ];
    return [...numbers, ['__VERSION__', `"${version}"`]];
  }
  return [
    ['__clang_major__', first],
    ['__clang_minor__', second],
    ['__clang_patchlevel__', third],
    ['__clang_version__', `"${version} "`],
    ['__VERSION__', `"Clang ${version}"`],
  ];
}

function major(version: string): string {
  return version.split('.')[0] ?? '';
}

function byNumber(a: string, b: string): number {
  return Number.parseInt(a, 10) - Number.parseInt(b, 10);
}
