import { join } from '../path';
import type { Flag, FlagOption } from './build';
import { type Piece, plain, type Value } from './make/value';

/** Stands for a part that is not known: a flag with it in it is left out. */
const hole = '\0';

/** Words of a value as a shell would hand them on, quotes removed; with `\0` in those that are not known in full. */
export function shellWords(value: Value): string[] {
  return splitWords(plain(value) ?? value.map(visible).join(''));
}

/** Words of a command line, quotes removed. */
export function splitWords(text: string): string[] {
  if (!/['"\\]/.test(text)) return text.split(/\s+/).filter((word) => word !== '');
  const found: string[] = [];
  let open: string | undefined;
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const c = text[at] ?? '';
    if (quote !== '') {
      if (c === quote) quote = '';
      else if (c === '\\' && quote === '"' && at + 1 < text.length) open += text[++at] ?? '';
      else open += c;
    } else if (c === '"' || c === "'") {
      quote = c;
      open ??= '';
    } else if (c === '\\' && at + 1 < text.length) {
      open = (open ?? '') + text[++at];
    } else if (/\s/.test(c)) {
      if (open !== undefined) found.push(open);
      open = undefined;
    } else open = (open ?? '') + c;
  }
  if (open !== undefined) found.push(open);
  return found;
}

function visible(piece: Piece): string {
  if (!piece.unknown && !piece.when) return piece.text;
  // What may not be there is no flag that is known to hold; its blanks still separate others, and a quote that opens in
  // one word may close in the next.
  const text = piece.text.replace(/(?:\\.|[^\s\\"'])+/gs, hole);
  return piece.unknown ? `${text}${hole}` : text;
}

/** Options with a value, which may stand in the same word or the next; longer ones first. */
const valued = ['-isystem', '-idirafter', '-iquote', '-include', '-imacros', '-D', '-U', '-I'] as const;
const lone = new Set<string>(['-nostdinc', '-undef']);
/** Options whose value is a folder to look for headers in. */
export const folders: ReadonlySet<FlagOption> = new Set<FlagOption>(['-I', '-iquote', '-isystem', '-idirafter']);
const files = new Set<FlagOption>(['-include', '-imacros']);
/** Flags by which gcc and clang define other macros than without them. */
const target =
  /^-(?:std=|ansi$|m|O|E[BL]$|pthread$|f(?:no-)?(?:pic|pie|PIC|PIE|stack-protector|cf-protection|short-wchar|short-enums|unsigned-char|signed-char|sanitize|freestanding|hosted|openmp|exceptions|asynchronous-unwind-tables|gnu89-inline|fast-math|ms-extensions|builtin$|hardened|lto|branch-target-enforcement|profile|instrument))/;

/**
 * The flags that concern the preprocessor, in order; those that are not known in full are left out. Relative folders are
 * seen from `cwd` and left out where that is not known. A file to include that is not below `cwd` is left as a name:
 * the compiler looks for it in its folders.
 */
export function preprocessorFlags(
  written: readonly string[],
  cwd: string | undefined,
  exists: (path: string) => boolean,
): Flag[] {
  const flags: Flag[] = [];
  const words = written.flatMap((word) => (word.startsWith('-Wp,') ? word.slice(4).split(',') : word));
  const add = (option: FlagOption, value: string): void => {
    flags.push({ option, value, isKernels: false });
  };
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    const option = lone.has(word) ? undefined : valued.find((each) => word.startsWith(each));
    if (option === undefined) {
      if (word === '-nostdinc' || word === '-undef') add(word, '');
      else if (target.test(word) && !word.includes(hole)) add('target', word);
      continue;
    }
    const value = word.length > option.length ? word.slice(option.length) : (words[++at] ?? '');
    if (value === '' || value.includes(hole)) continue;
    if (folders.has(option)) {
      if (value.startsWith('/') || cwd !== undefined) add(option, join(cwd ?? '/', value));
    } else if (files.has(option)) {
      const path = value.startsWith('/') || cwd === undefined ? value : join(cwd, value);
      add(option, value.startsWith('/') || exists(path) ? join('/', path) : value);
    } else if (/^[A-Za-z_]\w*(?:[(=]|$)/.test(value)) add(option, value);
  }
  return flags;
}

/** A text that is equal for equal flags. */
export function flagKey(flag: Flag): string {
  return `${flag.option} ${flag.value}`;
}

/** What the flags say besides the kernel's own ones. */
export interface FlagViews {
  readonly defines: Readonly<Record<string, string | undefined>>;
  readonly includes: readonly string[];
}

export function viewFlags(flags: readonly Flag[]): FlagViews {
  const defines: Record<string, string | undefined> = {};
  const includes = new Set<string>();
  for (const { option, value, isKernels } of flags) {
    if (isKernels) continue;
    if (option === '-D') {
      const [name, text] = splitDefine(value);
      defines[name] = text;
    } else if (option === '-U') defines[value] = undefined;
    else if (folders.has(option)) includes.add(value);
  }
  return { defines, includes: [...includes] };
}

/** Name (with its parameters, if it has any) and value of what stands behind `-D`. */
export function splitDefine(value: string): [string, string] {
  const equals = value.indexOf('=');
  return equals < 0 ? [value, '1'] : [value.slice(0, equals), value.slice(equals + 1)];
}
