import * as kinds from './kinds';
import type { Tokens } from './lexer';

/** Whether nothing stands before a token in its line, not even blanks. */
export function isFirstColumn(tokens: Tokens, i: number): boolean {
  const at = tokens.start[i] as number;
  return at === 0 || isNewline(tokens.text.charCodeAt(at - 1));
}

/** Where the line of a token ends, its line feed included; `undefined` if anything but blanks stands behind the token. */
export function lineEnd(tokens: Tokens, i: number): number | undefined {
  const { text } = tokens;
  let at = tokens.end[i] as number;
  while (text[at] === ' ' || text[at] === '\t' || text[at] === '\r') at++;
  return text[at] === '\n' ? at + 1 : undefined;
}

/** The kernel's own tags and exports, `MODULE_…(` and `EXPORT_…(`, as the first of a line. */
export function isTagOrExport(tokens: Tokens, i: number): boolean {
  const { text, start, kind } = tokens;
  const at = start[i] as number;
  const c = text.charCodeAt(at);
  if ((c !== 77 && c !== 69) || kind[i + 1] !== kinds.openParen) return false;
  if (!text.startsWith('MODULE_', at) && !text.startsWith('EXPORT_', at)) return false;
  let k = at - 1;
  while (k >= 0 && (text.charCodeAt(k) === 32 || text.charCodeAt(k) === 9)) k--;
  return k < 0 || isNewline(text.charCodeAt(k));
}

/** The tokens of a call from its name to its closing parenthesis, or as far as it can be one. */
export function callAt(tokens: Tokens, i: number): number[] {
  const list: number[] = [];
  let depth = 0;
  let braces = 0;
  for (let at = i; at < tokens.count && list.length < 1000; at++) {
    const kind = tokens.kind[at];
    if (kind === kinds.hash || kind === kinds.semicolon) break;
    if (kind === kinds.openBrace) braces++;
    // The end of what the call stands in: its parenthesis was never closed.
    if (kind === kinds.closeBrace && --braces < 0) break;
    list.push(at);
    if (kind === kinds.openParen) depth++;
    else if (kind === kinds.closeParen && --depth <= 0) break;
  }
  return list;
}

function isNewline(c: number): boolean {
  return c === 10 || c === 13;
}
