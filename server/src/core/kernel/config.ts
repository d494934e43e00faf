import type { Problem } from '../finding';
import type { KernelConfig } from './kernel';

/** No configuration was found: nothing is claimed. */
export const unknownConfig: KernelConfig = { isKnown: false, get: () => undefined };

/** A configuration from its set options: names with `CONFIG_`, strings without quotes. */
export function configOf(options: ReadonlyMap<string, string>): KernelConfig {
  return { isKnown: true, get: (name) => options.get(name) };
}

/** What a configuration file says. */
export interface ConfigFile {
  /** Set options in the order of the file: `y`, `m`, a number or a string's content. */
  readonly options: ReadonlyMap<string, string>;
  /** Of the comment on top, as in `Linux/x86 6.1.192 Kernel Configuration`. */
  readonly version: string | undefined;
  readonly problems: readonly Problem[];
}

/**
 * Reads a `.config` or an `include/config/auto.conf`. As in Kconfig a later line wins, and `n` is the same as not set.
 * Lines that are not understood are left out and reported once.
 */
export function parseConfig(text: string, file: string): ConfigFile {
  const options = new Map<string, string>();
  // Since 5.17 auto.conf has its strings as make reads them: without quotes.
  const isBare = file.endsWith('auto.conf');
  let bad = 0;
  let firstBad = { line: 0, start: 0, end: 0 };
  let line = 0;
  for (let start = 0; start < text.length; line++) {
    const newline = text.indexOf('\n', start);
    const next = newline < 0 ? text.length : newline + 1;
    let end = newline < 0 ? next : newline;
    if (end > start && text.charCodeAt(end - 1) === 13) end--;
    const isUnderstood =
      end - start <= longestLine && readLine(text.slice(start, end), { isEnded: newline >= 0, isBare }, options);
    if (!isUnderstood && bad++ === 0) firstBad = { line, start, end };
    start = next;
  }
  const version = /^# [^\n]{0,80}?(\d+\.\d+\.\d+\S*) Kernel Configuration/m.exec(text.slice(0, 2000))?.[1];
  if (bad === 0) return { options, version, problems: [] };
  const lines = bad === 1 ? `Line ${firstBad.line + 1}` : `Line ${firstBad.line + 1} and ${bad - 1} more`;
  const message = `${lines} of '${file}' cannot be read as a kernel configuration: these options are taken as not set.`;
  return { options, version, problems: [{ message, file, span: { start: firstBad.start, end: firstBad.end } }] };
}

/** Strings of options are short; this only bounds the work on a file that is none. */
const longestLine = 65536;

interface LineKind {
  readonly isEnded: boolean;
  readonly isBare: boolean;
}

/** Whether the line is understood. One that is not ended may be cut: only a whole value of it is believed. */
function readLine(line: string, kind: LineKind, options: Map<string, string>): boolean {
  const text = line.trim();
  if (text === '') return true;
  if (text.startsWith('#')) {
    const unset = /^# (CONFIG_\w+) is not set$/.exec(text)?.[1];
    if (unset) options.delete(unset);
    return true;
  }
  const assignment = /^(CONFIG_\w+)=(.*)$/.exec(text);
  const name = assignment?.[1];
  const value = parseValue(assignment?.[2] ?? '', kind);
  if (name === undefined || value === undefined) return false;
  if (value.isUnset) options.delete(name);
  else options.set(name, value.text);
  return true;
}

function parseValue(text: string, { isEnded, isBare }: LineKind): { text: string; isUnset: boolean } | undefined {
  if (text === 'n') return { text: '', isUnset: true };
  if (text === 'y' || text === 'm') return { text, isUnset: false };
  if (/^-?(?:\d+|0[xX][0-9a-fA-F]+)$/.test(text)) return isEnded ? { text, isUnset: false } : undefined;
  const string = /^"((?:[^"\\]|\\.)*)"$/.exec(text)?.[1];
  if (string !== undefined) return { text: string.replace(/\\(.)/g, '$1'), isUnset: false };
  return isBare && isEnded && !text.startsWith('"') ? { text, isUnset: false } : undefined;
}
