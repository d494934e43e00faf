import { join } from '../path';
import { type Piece, plain, type Value } from './make/value';

/** Preprocessor flags of one object, as far as they are known. */
export interface Flags {
  readonly defines: Readonly<Record<string, string | undefined>>;
  readonly includes: readonly string[];
}

/** Stands for a part that is not known: a flag with it in it is left out. */
const hole = '\0';

/** Flags of a value as a shell would hand them on, quotes removed; those not known in full left out. */
export function readFlags(value: Value): string[] {
  const text = plain(value) ?? value.map(visible).join('');
  if (!/['"\\]/.test(text)) return text.split(/\s+/).filter((flag) => flag !== '' && !flag.includes(hole));
  const flags: string[] = [];
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
      if (open !== undefined) flags.push(open);
      open = undefined;
    } else open = (open ?? '') + c;
  }
  if (open !== undefined) flags.push(open);
  return flags.filter((flag) => !flag.includes(hole));
}

function visible(piece: Piece): string {
  if (piece.unknown) return hole;
  // What may not be there is no flag that is known to hold; its blanks still separate others.
  return piece.when ? piece.text.replace(/\S+/g, hole) : piece.text;
}

const folderFlags = ['-I', '-iquote', '-isystem', '-idirafter'];

/** What the flags say to the preprocessor; relative folders are seen from `cwd`, left out if that is not known. */
export function preprocessorFlags(flags: readonly string[], cwd: string | undefined): Flags {
  const defines: Record<string, string | undefined> = {};
  const includes: string[] = [];
  for (let at = 0; at < flags.length; at++) {
    const flag = flags[at] ?? '';
    const option = flag.startsWith('-D') || flag.startsWith('-U') ? flag.slice(0, 2) : folderFlag(flag);
    if (option === undefined) continue;
    const value = flag.length > option.length ? flag.slice(option.length) : (flags[++at] ?? '');
    if (option === '-D' || option === '-U') setDefine(defines, option, value);
    else if (value !== '' && (value.startsWith('/') || cwd !== undefined)) {
      const path = join(cwd ?? '/', value);
      if (!includes.includes(path)) includes.push(path);
    }
  }
  return { defines, includes };
}

function folderFlag(flag: string): string | undefined {
  return folderFlags.find(
    (each) => flag.startsWith(each) && (each === '-I' || flag === each || flag.length > each.length),
  );
}

function setDefine(defines: Record<string, string | undefined>, option: string, value: string): void {
  const equals = value.indexOf('=');
  const name = equals < 0 ? value : value.slice(0, equals);
  if (!/^[A-Za-z_]\w*(\(|$)/.test(name)) return;
  defines[name] = option === '-U' ? undefined : equals < 0 ? '1' : value.slice(equals + 1);
}
