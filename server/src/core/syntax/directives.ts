import type { BodyReader } from './body';
import type { Branch, Include, MacroDefinition } from './facts';
import * as kinds from './kinds';
import type { Tokens } from './lexer';
import { spelling } from './lexer';
import * as names from './names';

const longestBody = 4096;

/** One directive: its name, and its tokens without `#` and name. */
export interface Directive {
  readonly name: string;
  /** Token of the `#`. */
  readonly hash: number;
  readonly from: number;
  /** The token that ends the directive. */
  readonly to: number;
}

export function directiveAt(tokens: Tokens, hash: number): Directive {
  let to = hash + 1;
  while (to < tokens.count && tokens.kind[to] !== kinds.directiveEnd) to++;
  const hasName = tokens.kind[hash + 1] === kinds.identifier;
  return { name: hasName ? names.tokenName(tokens, hash + 1) : '', hash, from: hasName ? hash + 2 : hash + 1, to };
}

/** `#define` or `#undef`; `undefined` without a name. The reader is one for macro bodies alone. */
export function readMacro(tokens: Tokens, directive: Directive, reader: BodyReader): MacroDefinition | undefined {
  const { from, to } = directive;
  if (from >= to || tokens.kind[from] !== kinds.identifier) return undefined;
  const name = names.tokenName(tokens, from);
  const nameSpan = { start: tokens.start[from] as number, end: tokens.end[from] as number };
  const span = { start: tokens.start[directive.hash] as number, end: tokens.end[to - 1] as number };
  if (directive.name === 'undef')
    return { name, nameSpan, span, parameters: undefined, body: '', uses: [], isUndef: true };
  let bodyFrom = from + 1;
  let parameters: string[] | undefined;
  // Only a parenthesis that touches the name begins parameters.
  if (tokens.kind[bodyFrom] === kinds.openParen && tokens.start[bodyFrom] === nameSpan.end) {
    parameters = [];
    for (bodyFrom++; bodyFrom < to && tokens.kind[bodyFrom] !== kinds.closeParen; bodyFrom++) {
      const kind = tokens.kind[bodyFrom];
      if (kind === kinds.identifier) parameters.push(names.tokenName(tokens, bodyFrom));
      else if (kind === kinds.ellipsis) parameters.push('...');
    }
    bodyFrom = Math.min(bodyFrom + 1, to);
  }
  const body = joined(tokens, bodyFrom, to);
  return { name, nameSpan, span, parameters, body, uses: macroUses(tokens, bodyFrom, to, parameters ?? [], reader) };
}

export function readInclude(tokens: Tokens, directive: Directive): Include | undefined {
  const { from, to, hash } = directive;
  const kind = from < to ? tokens.kind[from] : kinds.none;
  if (kind !== kinds.string && kind !== kinds.headerName) return undefined;
  const written = spelling(tokens, from);
  const close = kind === kinds.string ? '"' : '>';
  const path = written.slice(
    written.search(/["<]/) + 1,
    written.length > 1 && written.endsWith(close) ? -1 : undefined,
  );
  return {
    path: names.flat(path, 0, path.length),
    isLocal: kind === kinds.string,
    span: { start: tokens.start[hash] as number, end: tokens.end[from] as number },
  };
}

/** How a conditional directive is called among branches; `undefined` for other directives. */
export function branchKind(name: string): Branch['directive'] | 'endif' | undefined {
  switch (name) {
    case 'if':
    case 'ifdef':
    case 'ifndef':
    case 'elif':
    case 'else':
    case 'endif':
      return name;
    case 'elifdef':
    case 'elifndef':
      return 'elif';
    default:
      return undefined;
  }
}

export function readCondition(tokens: Tokens, directive: Directive): string {
  const { from, to, name } = directive;
  if (name === 'else') return '';
  if (name === 'ifdef' || name === 'ifndef') return from < to ? spelling(tokens, from) : '';
  const condition = joined(tokens, from, to);
  if (name === 'elifdef') return `defined(${condition})`;
  return name === 'elifndef' ? `!defined(${condition})` : condition;
}

/** Tokens as text, one blank where there was anything between them. */
function joined(tokens: Tokens, from: number, to: number): string {
  if (to - from <= 1 && !tokens.hasSplices) {
    return from < to
      ? names.flat(
          tokens.text,
          tokens.start[from] as number,
          Math.min(tokens.end[from] as number, (tokens.start[from] as number) + longestBody),
        )
      : '';
  }
  let out = '';
  for (let i = from; i < to && out.length <= longestBody; i++) {
    if (i > from && tokens.start[i] !== tokens.end[i - 1]) out += ' ';
    out += spelling(tokens, i);
  }
  return names.flat(out, 0, Math.min(out.length, longestBody));
}

function macroUses(
  tokens: Tokens,
  from: number,
  to: number,
  parameters: readonly string[],
  reader: BodyReader,
): string[] {
  let hasNames = false;
  for (let i = from; i < to && !hasNames; i++) {
    hasNames = tokens.kind[i] === kinds.identifier && names.roleAt(tokens, i) === names.plain;
  }
  if (!hasNames) return [];
  reader.restart();
  let isPasted = false;
  for (let i = from; i < to; i++) {
    const kind = tokens.kind[i];
    const isOperand =
      isPasted || (tokens.kind[i + 1] === kinds.paste && i + 1 < to) || tokens.kind[i - 1] === kinds.stringize;
    isPasted = kind === kinds.paste;
    if (kind === kinds.paste || kind === kinds.stringize) continue;
    if (kind === kinds.identifier && isOperand) continue;
    reader.read(i);
  }
  return reader.uses.names.filter((name) => !parameters.includes(name));
}
