/** A compiler as the preprocessor sees it; made from a real one by `scripts/make-compilers.mjs`. */
export interface Compiler {
  /** As in `gcc-12-x86_64`. */
  readonly name: string;
  /** `name value` or `name(parameters) value` of each predefined macro, one a line. */
  readonly macros: string;
  /** For `__has_attribute` and its kin: what each answers other than 0 for. */
  readonly has: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** A compiler that predefines nothing. */
export const emptyCompiler: Compiler = { name: 'none', macros: '', has: {} };

/** A compiler's file: the names that an operator answers for stand behind each answer, with blanks between. */
interface Written {
  readonly name: unknown;
  readonly macros: unknown;
  readonly has: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Reads the data of a compiler; `undefined` if it is damaged. */
export function readCompiler(json: string): Compiler | undefined {
  try {
    const value = JSON.parse(json) as Partial<Written> | null;
    if (typeof value?.name !== 'string' || typeof value.macros !== 'string') return undefined;
    const has: Record<string, Record<string, number>> = {};
    for (const [operator, answers] of Object.entries(value.has ?? {})) {
      const kept: Record<string, number> = Object.create(null);
      for (const [answer, list] of Object.entries(answers)) {
        if (typeof list === 'string') for (const one of list.split(' ')) kept[one] = Number.parseInt(answer, 10);
      }
      has[operator] = kept;
    }
    return { name: value.name, macros: value.macros, has };
  } catch {
    return undefined;
  }
}
