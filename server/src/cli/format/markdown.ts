import type { Colors } from '../terminal';
import { printable } from './printable';

/** A rule's page for a terminal: headings and code set apart, paragraphs filled to `width`, links with their address. */
export function markdownToText(page: string, colors: Colors, width: number): string {
  const out: string[] = [];
  let paragraph: string[] = [];
  let isCode = false;
  const flush = () => {
    if (paragraph.length > 0) out.push(...fill(paragraph, width).map((line) => inline(line, colors)));
    paragraph = [];
  };
  for (const raw of page.split(/\r?\n/)) {
    const line = printable(raw.replaceAll('\t', '        '));
    if (/^\s*```/.test(line)) {
      flush();
      isCode = !isCode;
    } else if (isCode) {
      out.push(colors.cyan(`    ${line}`.trimEnd()));
    } else if (/^#{1,6} /.test(line)) {
      flush();
      out.push(colors.bold(line.replace(/^#+ /, '')));
    } else if (line.trim() === '') {
      flush();
      out.push('');
    } else if (line.startsWith('|')) {
      flush();
      out.push(inline(line, colors));
    } else {
      if (/^\s*([-*]|\d+\.) /.test(line)) flush();
      paragraph.push(line);
    }
  }
  flush();
  return `${out
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;
}

/** Fills lines to `width`; those after the first of a list item are set in as far as its text. */
function fill(lines: readonly string[], width: number): string[] {
  const indent = /^\s*(?:(?:[-*]|\d+\.) )?/.exec(lines[0] ?? '')?.[0] ?? '';
  const words = lines.join(' ').slice(indent.length).split(/\s+/).filter(Boolean);
  const filled: string[] = [];
  let line = indent;
  for (const word of words) {
    if (line.trim() !== indent.trim() && line.length + word.length + 1 > width) {
      filled.push(line.trimEnd());
      line = ' '.repeat(indent.length);
    }
    line += `${line.endsWith(' ') || line === '' ? '' : ' '}${word}`;
  }
  return [...filled, line.trimEnd()];
}

function inline(line: string, colors: Colors): string {
  return line
    .replace(/\[([^\]]{1,200})\]\(([^)\s]{1,500})\)/g, (_, text: string, address: string) =>
      // A link to another rule's page: its name is all that `explain` needs.
      address.endsWith('.md') ? text : `${text} (${address})`,
    )
    .replace(/\*\*([^*]{1,200})\*\*/g, (_, text: string) => colors.bold(text))
    .replace(/`([^`]{1,200})`/g, (all, code: string) => (colors.isColorSupported ? colors.cyan(code) : all));
}
