import type { NamedSymbol } from './facts';
import * as kinds from './kinds';
import { spelling, type Tokens } from './lexer';
import * as names from './names';
import { unescaped } from './strings';

/** Functions that find a symbol by its name, and what drivers call their own pointers to them. */
const lookupFunction =
  /(?:^|_)(?:symbol_get|symbol_request|kallsyms_lookup_name|find_symbol)(?:_gpl|_t|_fn|_func|_ptr|_p)?$/;
/** Macros of include/linux/module.h that make a string of their argument. */
const byIdentifier = new Set(['symbol_get', 'symbol_request']);

/** The symbol that an identifier token asks for by name: a function's that is called, or a member's that is set. */
export function lookupAt(tokens: Tokens, i: number): NamedSymbol | undefined {
  const next = tokens.kind[i + 1];
  if (next === kinds.openParen) return called(tokens, i);
  const before = tokens.kind[i - 1];
  return next === kinds.assign && (before === kinds.dot || before === kinds.arrow) ? set(tokens, i) : undefined;
}

/** The only argument has to be a literal, or a name that is made one. */
function called(tokens: Tokens, i: number): NamedSymbol | undefined {
  const kind = tokens.kind[i + 2];
  if (kind !== kinds.string && kind !== kinds.identifier) return undefined;
  if (tokens.kind[i + 3] !== kinds.closeParen) return undefined;
  const by = names.tokenName(tokens, i);
  if (kind === kinds.string ? !lookupFunction.test(by) : !byIdentifier.has(by)) return undefined;
  return named(kind === kinds.string ? literal(tokens, i + 2) : names.tokenName(tokens, i + 2), by, 'call', tokens, i);
}

function set(tokens: Tokens, i: number): NamedSymbol | undefined {
  const by = tokens.kind[i + 2] === kinds.string ? names.tokenName(tokens, i) : '';
  return by === 'symbol_name' ? named(literal(tokens, i + 2), by, 'member', tokens, i + 2) : undefined;
}

function literal(tokens: Tokens, i: number): string {
  return unescaped(spelling(tokens, i));
}

function named(
  name: string,
  by: string,
  kind: NamedSymbol['kind'],
  { start, end }: Tokens,
  at: number,
): NamedSymbol | undefined {
  if (!/^[A-Za-z_]\w{0,510}$/.test(name)) return undefined;
  const span = { start: start[at] as number, end: end[at] as number };
  return { name: names.flat(name, 0, name.length), by, kind, span };
}
