import { distance } from 'fastest-levenshtein';
import type { Edit, Fix } from '../finding';
import type { SourceFile } from '../model/module';
import { basename } from '../path';
import type { SpdxTag } from '../syntax/facts';
import { spdxIds } from '../syntax/spdx';
import { type SpdxError, spdxError } from '../syntax/spdxerror';
import type { Span } from '../text';
import { expressionsFor, readLicenseString } from './licenses';
import { defineRule } from './rule';
import { spdxLine, spdxStyle, spdxTag, withParentheses } from './spdx-lines';

/** How far down scripts/spdxcheck.py looks: what stands below may be meant for a part of the file. */
const readLines = 15;

/** license-rules.rst in the words of checkpatch's SPDX_LICENSE_TAG and of spdxcheck.py. Data makes the fixes. */
export const malformedSpdx = defineRule<() => readonly Fix[]>({
  id: 'malformed-spdx',
  severity: 'warning',
  scope: 'file',
  summary: 'An SPDX license line stands in the wrong place or comment, or is not one that tools can read.',

  *check({ file, modules }, kernel) {
    if (modules.length === 0) return;
    const at = (span: Span) => ({ file: file.path, span });
    const misspelt = file.facts.notices.find(({ kind }) => kind === 'misspelt-spdx');
    if (misspelt) {
      const message = 'Missing or malformed SPDX-License-Identifier tag: it is spelled "SPDX-License-Identifier:"';
      const edit = { ...at(misspelt.span), newText: 'SPDX-License-Identifier:' };
      yield { at: at(misspelt.span), message, data: () => [fix('Correct the spelling of the tag', true, [edit])] };
      return;
    }
    const tag = spdxTag(file);
    if (!tag) return;
    const style = spdxStyle(file.path);
    // A script's first line names its interpreter.
    if (tag.line > (tag.style === '#' ? 1 : 0)) {
      const message = 'Misplaced SPDX-License-Identifier tag - use line 1 instead';
      yield { at: at(tag.span), message, data: () => moved(tag, file) };
    } else if (tag.style !== style) {
      const message = `Improper SPDX comment style for '${basename(file.path)}', please use '${style}' instead`;
      yield { at: at(tag.commentSpan), message, data: () => restyled(tag, file) };
    }
    const error = spdxError(tag.text);
    if (!error) return;
    const start = tag.span.start + error.start;
    yield {
      at: at({ start, end: tag.span.start + error.end }),
      message: error.message,
      data: () => corrected(tag, error, file, kernel.compatibleLicenses),
    };
  },

  fix: (makeFixes) => makeFixes(),
});

function fix(title: string, safe: boolean, edits: readonly Edit[]): Fix {
  return { title, safe, edits };
}

/** The line on top, in place of where it stands now if that can be cut out. */
function moved(tag: SpdxTag, file: SourceFile): Fix[] {
  const line = spdxLine(file.path, tag.text);
  const { ownLine, commentSpan } = tag;
  // Nothing but the comment's marks fits into these few characters.
  const isWhole = ownLine && ownLine.start - commentSpan.start <= 4 && Math.abs(commentSpan.end - ownLine.end) <= 4;
  const edits: Edit[] = [];
  if (isWhole && commentSpan.start === 0) edits.push({ file: file.path, span: commentSpan, newText: line });
  else {
    edits.push({ file: file.path, span: { start: 0, end: 0 }, newText: `${line}\n` });
    if (ownLine) edits.push({ file: file.path, span: ownLine, newText: '' });
  }
  return [fix('Move the SPDX line to line 1', tag.line < readLines, edits)];
}

/** The same line in the other kind of comment; a comment that goes on goes on without it. */
function restyled(tag: SpdxTag, file: SourceFile): Fix[] {
  const line = spdxLine(file.path, tag.text);
  const { start } = tag.commentSpan;
  const title = `Write ${line}`;
  if (tag.style !== '/*' || tag.ownLine) {
    return [fix(title, true, [{ file: file.path, span: tag.commentSpan, newText: line }])];
  }
  if (tag.span.start - start > longestHead) return [];
  const span = { start, end: tag.span.end };
  return [fix(title, true, [{ file: file.path, span, newText: `${line}\n/*` }])];
}

/** Longer than this, and there are words between the comment's begin and the expression. */
const longestHead = '/* SPDX-License-Identifier:    '.length;

function corrected(tag: SpdxTag, error: SpdxError, file: SourceFile, accepted: ReadonlySet<string>): Fix[] {
  const change = (text: string, safe: boolean, span = tag.span) =>
    fix(`Change to ${text}`, safe, [{ file: file.path, span, newText: text }]);
  if (error.unknown === 'license') {
    const asString = accepted.has(tag.text) ? tag.text : readLicenseString(tag.text, accepted).offers[0]?.value;
    // A word that nobody knows is no sign of a proprietary license here.
    const fromWords = asString === undefined || asString === 'Proprietary' ? [] : expressionsFor(asString);
    if (fromWords.length > 0) return fromWords.map((text) => change(text, false));
    const word = tag.text.slice(error.start, error.end);
    const span = { start: tag.span.start + error.start, end: tag.span.start + error.end };
    return nearestIds(word).map((id) => change(id, false, span));
  }
  if (!tag.expression) return [];
  const clear = withParentheses(tag.expression);
  // SPDX says which of AND and OR binds tighter: the parentheses change nothing.
  return spdxError(clear) === undefined ? [change(clear, true)] : [];
}

/** Identifiers of the list that are a slip or two away. */
function nearestIds(word: string): string[] {
  if (word.length < 3 || word.length > 64) return [];
  const wanted = word.toLowerCase();
  return spdxIds.filter((id) => distance(wanted, id.toLowerCase()) <= Math.min(2, id.length / 4)).slice(0, 3);
}
