import type { Items } from './declared';
import { type Argument, type Invocation, noOwner, type UseTable, useIsCall } from './facts';
import * as kinds from './kinds';
import { spelling, type Tokens } from './lexer';
import { unescaped } from './strings';

/** What the fields of the kernel's `module!` are called in C. */
const fields: ReadonlyMap<string, string> = new Map([
  ['license', 'MODULE_LICENSE'],
  ['description', 'MODULE_DESCRIPTION'],
]);

/**
 * What a Rust source says of its module: the fields of `module! { … }` and of the macros that end in it
 * (`module_phy_driver!`), as the macros of C that mean the same.
 */
export function readRust(tokens: Tokens): Items['invocations'] {
  const { kind, count } = tokens;
  const found: Invocation[] = [];
  for (let i = 0; i + 2 < count; i++) {
    const isMacro = kind[i] === kinds.identifier && kind[i + 1] === 0x21 && kind[i + 2] === kinds.openBrace;
    if (!isMacro || !spelling(tokens, i).startsWith('module')) continue;
    let depth = 1;
    for (i += 3; i < count && depth > 0; i++) {
      const k = kind[i] as number;
      if (k === kinds.openBrace || k === kinds.openBracket || k === kinds.openParen) depth++;
      else if (k === kinds.closeBrace || k === kinds.closeBracket || k === kinds.closeParen) depth--;
      else if (depth === 1 && kind[i + 1] === kinds.colon && kind[i + 2] === kinds.string) {
        const name = fields.get(spelling(tokens, i));
        if (name !== undefined) found.push(fieldAt(tokens, i, name));
      }
    }
  }
  return found;
}

function fieldAt(tokens: Tokens, i: number, name: string): Invocation {
  const at = (k: number) => ({ start: tokens.start[k] as number, end: tokens.end[k] as number });
  const [word, string] = [at(i), at(i + 2)];
  const span = { start: word.start, end: string.end };
  const argument: Argument = {
    pieces: [{ kind: 'string', value: unescaped(spelling(tokens, i + 2)), span: string }],
    span: string,
  };
  return { name, nameSpan: word, span, lines: span, arguments: [argument] };
}

/** Every identifier, and whether it is called: `name(` or `name::<T>(`. */
export function rustNames(tokens: Tokens): UseTable {
  const { kind, start, count } = tokens;
  const numbers = new Map<string, number>();
  const [name, starts, flags]: [number[], number[], number[]] = [[], [], []];
  for (let i = 0; i < count; i++) {
    if (kind[i] !== kinds.identifier) continue;
    const text = spelling(tokens, i);
    const number = numbers.get(text) ?? numbers.size;
    numbers.set(text, number);
    const isGeneric = kind[i + 1] === kinds.colon && kind[i + 2] === kinds.colon && kind[i + 3] === 0x3c;
    name.push(number);
    starts.push(start[i] as number);
    flags.push(isGeneric || kind[i + 1] === kinds.openParen ? useIsCall : 0);
  }
  return {
    names: [...numbers.keys()],
    name: Uint32Array.from(name),
    start: Uint32Array.from(starts),
    within: new Int32Array(name.length).fill(noOwner),
    flags: Uint8Array.from(flags),
  };
}
