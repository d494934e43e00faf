/** What tells symbols from other words in the assembler's text of one architecture (GNU as, "Machine Dependencies"). */
export interface Dialect {
  /** Begins a comment up to the end of the line, besides `//` and what C has. */
  readonly comment: '#' | '@' | undefined;
  /** Registers that are written as bare words. */
  readonly register: RegExp | undefined;
  /** Whether `$name` is a register; else it is a value. */
  readonly isDollarRegister: boolean;
}

const percent: Dialect = { comment: '#', register: undefined, isDollarRegister: false };
const dollar: Dialect = { comment: '#', register: undefined, isDollarRegister: true };

const dialects: Readonly<Record<string, Dialect>> = {
  x86_64: percent,
  i386: percent,
  s390x: percent,
  aarch64: {
    ...percent,
    comment: undefined,
    register: /^(?:[xwbhsdqvzp]\d{1,2}|w?sp|[xw]zr|lr|fp|ip[01]|pc|za|ffr)$/i,
  },
  arm: {
    ...percent,
    comment: '@',
    register:
      /^(?:[rsdqcp]\d{1,2}|a[1-4]|v[1-8]|sb|sl|fp|ip|sp|lr|pc|[as]?[cs]psr(?:_\w+)?|fpscr|fpexc|fpsid|mvfr\d)$/i,
  },
  riscv: { ...percent, register: /^(?:[xfv]\d{1,2}|zero|ra|sp|gp|tp|fp|f?[ast]\d{1,2})$/ },
  powerpc: { ...percent, register: /^(?:(?:r|f|v|vs|cr)\d{1,2}|sp|lr|ctr|xer)$/ },
  mips: dollar,
  loongarch: dollar,
};

/** The dialect of a compiler's target, as in `powerpc64le`; `undefined` for one that is not known. */
export function dialectOf(target: string): Dialect | undefined {
  return dialects[target] ?? dialects[target.replace(/(?:64|32)?(?:el|le)?$/, '')];
}
