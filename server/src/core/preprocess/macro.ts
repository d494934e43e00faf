import * as kinds from '../syntax/kinds';
import { padShift, pasteLeft, stringized, white } from './columns';
import { known } from './names';
import type { Source } from './source';

/** Macros that compute their value. */
export const builtins = [
  '__LINE__',
  '__FILE__',
  '__BASE_FILE__',
  '__INCLUDE_LEVEL__',
  '__COUNTER__',
  '__DATE__',
  '__TIME__',
  '__TIMESTAMP__',
  '__FILE_NAME__',
  '_Pragma',
  '__has_attribute',
  '__has_cpp_attribute',
  '__has_c_attribute',
  '__has_builtin',
  '__has_feature',
  '__has_extension',
  '__has_declspec_attribute',
  '__has_warning',
  '__is_identifier',
  '__has_include',
  '__has_include_next',
] as const;
export type Builtin = (typeof builtins)[number];

/** A macro's definition, shared by all units that meet it. */
export interface Macro {
  /** Where it stands in the cache's list; macro tables hold this number. */
  id: number;
  readonly name: number;
  readonly builtin: Builtin | undefined;
  readonly isFunction: boolean;
  readonly parameters: readonly number[];
  readonly isVariadic: boolean;
  /** Where it is defined, its name's offset; `undefined` for a builtin. */
  readonly source: Source | undefined;
  offset: number;
  /** Its body in the source's tokens. */
  readonly from: number;
  readonly to: number;
  /** The body made ready, three numbers a token: name, meta as in columns.ts, offset. */
  body: Int32Array | undefined;
  /** The body has `__VA_OPT__`. */
  hasOptional: boolean;
}

export function builtinMacro(name: number, builtin: Builtin): Macro {
  return {
    id: 0,
    name,
    builtin,
    isFunction: builtin.startsWith('__has') || builtin.startsWith('__is'),
    parameters: noParameters,
    isVariadic: false,
    source: undefined,
    offset: 0,
    from: 0,
    to: 0,
    body: emptyBody,
    hasOptional: false,
  };
}

const emptyBody = new Int32Array(0);
const vaArgs = known('__VA_ARGS__');
const vaOpt = known('__VA_OPT__');
const defined = known('defined');

/** Reads the tokens behind `#define`; `null` if they define nothing. */
export function readMacro(source: Source, from: number, to: number): Macro | null {
  const { name, kind, white: isWhite } = source;
  if (from >= to || kind[from] !== kinds.identifier || name[from] === defined || name[from] === vaArgs) return null;
  let at = from + 1;
  if (at >= to || kind[at] !== kinds.openParen || isWhite[at] === 1) {
    return define(source, from, to, at, false, noParameters, false);
  }
  const parameters: number[] = [];
  let isVariadic = false;
  at++;
  while (at < to && kind[at] !== kinds.closeParen) {
    if (kind[at] === kinds.ellipsis) {
      parameters.push(vaArgs);
      isVariadic = true;
      at++;
      break;
    }
    if (kind[at] !== kinds.identifier) return null;
    parameters.push(name[at++] as number);
    if (kind[at] === kinds.ellipsis) {
      isVariadic = true;
      at++;
      break;
    }
    if (kind[at] === kinds.comma) {
      at++;
      if (kind[at] === kinds.closeParen) return null;
    } else if (kind[at] !== kinds.closeParen) return null;
  }
  if (at >= to || kind[at] !== kinds.closeParen) return null;
  return define(source, from, to, at + 1, true, parameters, isVariadic);
}

const noParameters: readonly number[] = [];

function define(
  source: Source,
  at: number,
  to: number,
  from: number,
  isFunction: boolean,
  parameters: readonly number[],
  isVariadic: boolean,
): Macro {
  return {
    id: 0,
    name: source.name[at] as number,
    builtin: undefined,
    isFunction,
    parameters,
    isVariadic,
    source,
    offset: source.offset[at] as number,
    from,
    to,
    body: undefined,
    hasOptional: false,
  };
}

/** The body of a macro, operators turned into bits of their operands. */
export function bodyOf(macro: Macro): Int32Array {
  if (macro.body !== undefined) return macro.body;
  const source = macro.source as Source;
  const { name, kind, offset, white: isWhite } = source;
  const out: number[] = [];
  let last = -1;
  let isStringized = false;
  let blank = 0;
  for (let i = macro.from; i < macro.to; i++) {
    const one = name[i] as number;
    const k = kind[i] as number;
    if (k === kinds.paste && last >= 0 && i + 1 < macro.to) {
      out[last] = (out[last] as number) | pasteLeft;
      continue;
    }
    if (isWhite[i] === 1 && i > macro.from && !isStringized) blank = white;
    const isParameter = macro.isFunction && k === kinds.identifier;
    if (k === kinds.stringize && macro.isFunction && !isStringized && isOperand(macro, name[i + 1] as number, i)) {
      isStringized = true;
      continue;
    }
    let meta = k | blank | (isStringized ? stringized : 0);
    if (isParameter) meta |= (macro.parameters.lastIndexOf(one) + 1) << padShift;
    if (isParameter && macro.isVariadic && one === vaOpt) macro.hasOptional = true;
    last = out.length + 1;
    out.push(one, meta, offset[i] as number);
    isStringized = false;
    blank = 0;
  }
  macro.body = Int32Array.from(out);
  return macro.body;
}

function isOperand(macro: Macro, name: number, i: number): boolean {
  return i + 1 < macro.to && (macro.parameters.includes(name) || (macro.isVariadic && name === vaOpt));
}
