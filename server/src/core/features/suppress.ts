import type { Edit, Finding, Fix } from '../finding';
import { languageOf } from '../syntax/extract';
import type { FileFacts } from '../syntax/facts';
import { lex, type Tokens } from '../syntax/lexer';

const placeholder = '<reason>';

/**
 * Comments that hold a finding back, as fixes that are only offered: over its line and for its whole file. `text` is that
 * of the finding's file, which is read once for all of its findings.
 */
export function suppressor(path: string, text: string, facts: FileFacts): (finding: Finding) => Fix[] {
  const isHash = languageOf(path) === 'hash';
  const tokens = isHash ? undefined : lex(text);
  const comment = isHash ? hashComment : prefersLines(text, tokens) ? lineComment : blockComment;
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  const head = headEnd(text, facts);
  const insertion = (at: number, indent: string, body: string): Edit => {
    const isBehindText = at > 0 && !'\r\n'.includes(text.charAt(at - 1));
    const newText = `${isBehindText ? lineBreak : ''}${indent}${comment(body)}${isBehindText ? '' : lineBreak}`;
    return { file: path, span: { start: at, end: at }, newText };
  };
  return ({ rule, at }) => {
    const forFile = insertion(head, '', `untainted-ignore-file ${rule}: ${placeholder}`);
    const fixes: Fix[] = [{ title: `Suppress '${rule}' in this file`, safe: false, edits: [forFile] }];
    const start = logicalLine(text, at.span.start);
    if (start < head || (at.span.end === 0 && at.span.start === 0) || isInComment(tokens, start)) return fixes;
    const indent = /^[ \t]*/.exec(text.slice(start, start + 200))?.[0] ?? '';
    // A tab at the start of a Makefile's line makes it a command.
    const edit = insertion(
      start,
      isHash ? indent.replaceAll('\t', '') : indent,
      `untainted-ignore-next-line ${rule}: ${placeholder}`,
    );
    return [{ title: `Suppress '${rule}' on this line`, safe: false, edits: [edit] }, ...fixes];
  };
}

function hashComment(body: string): string {
  return `# ${body}`;
}

function lineComment(body: string): string {
  return `// ${body}`;
}

function blockComment(body: string): string {
  return `/* ${body} */`;
}

/** Whether the file's own comments, the SPDX line aside, are rather `//` ones. */
function prefersLines(text: string, tokens: Tokens | undefined): boolean {
  let lines = 0;
  let blocks = 0;
  for (let i = 0; tokens && i < tokens.commentCount; i++) {
    const start = tokens.commentStart[i] as number;
    if (text.startsWith('SPDX', start + 3)) continue;
    if (text[start + 1] === '/') lines++;
    else blocks++;
  }
  return lines > blocks;
}

/** Where a comment about the whole file may begin: behind the SPDX comment that counts, or a script's first line. */
function headEnd(text: string, { spdx }: FileFacts): number {
  const tag = spdx.findLast(({ line }) => line <= 1);
  const from = tag ? tag.commentSpan.end : text.startsWith('#!') ? 1 : 0;
  if (from === 0) return 0;
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end + 1;
}

/** Where the line of an offset begins; lines joined by a backslash are one. */
function logicalLine(text: string, at: number): number {
  let start = at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
  while (start > 1 && /\\\r?\n$/.test(text.slice(Math.max(0, start - 3), start))) {
    start = text.lastIndexOf('\n', start - 2) + 1;
  }
  return start;
}

function isInComment(tokens: Tokens | undefined, at: number): boolean {
  for (let i = 0; tokens && i < tokens.commentCount; i++) {
    if ((tokens.commentStart[i] as number) < at && at < (tokens.commentEnd[i] as number)) return true;
  }
  return false;
}
