import type { SourceFile } from '../model/module';
import { basename, extname } from '../path';
import type { SpdxExpression, SpdxTag } from '../syntax/facts';

/** How license-rules.rst wants the comment of an SPDX line to begin in this type of file. */
export function spdxStyle(path: string): SpdxTag['style'] {
  if (['.c', '.rs'].includes(extname(path))) return '//';
  if (/^(?:Makefile|Kbuild|Kconfig)/.test(basename(path)) || ['.sh', '.py', '.mk'].includes(extname(path))) return '#';
  return '/*';
}

/** An SPDX line for this type of file, without the line's end. */
export function spdxLine(path: string, expression: string): string {
  const style = spdxStyle(path);
  const text = `${style} SPDX-License-Identifier: ${expression}`;
  return style === '/*' ? `${text} */` : text;
}

/** The tag that says what a file is under: the first, wherever it stands. */
export function spdxTag(file: SourceFile): SpdxTag | undefined {
  return file.spdx ?? file.facts.spdx[0];
}

/** An expression with parentheses wherever AND and OR meet, and round an exception that is not alone. */
export function withParentheses(expression: SpdxExpression, outer?: 'and' | 'or'): string {
  if ('license' in expression) {
    const license = `${expression.license}${expression.plus ? '+' : ''}`;
    if (expression.exception === undefined) return license;
    return outer ? `(${license} WITH ${expression.exception})` : `${license} WITH ${expression.exception}`;
  }
  const { conjunction, left, right } = expression;
  const text = [left, right]
    .map((side) => withParentheses(side, conjunction))
    .join(conjunction === 'and' ? ' AND ' : ' OR ');
  return outer && outer !== conjunction ? `(${text})` : text;
}
