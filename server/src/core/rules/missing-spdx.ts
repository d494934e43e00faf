import type { Fix } from '../finding';
import type { Module, SourceFile } from '../model/module';
import { expressionsFor } from './licenses';
import { defineRule } from './rule';
import { spdxLine, spdxTag } from './spdx-lines';

/** license-rules.rst and checkpatch's SPDX_LICENSE_TAG. A line in the wrong place is malformed-spdx's. */
export const missingSpdx = defineRule<undefined>({
  id: 'missing-spdx',
  severity: 'hint',
  scope: 'file',
  summary: 'A source file or Makefile of a module has no SPDX license line.',

  *check({ file, modules }) {
    const isMeant = spdxTag(file) || file.facts.notices.some(({ kind }) => kind === 'misspelt-spdx');
    if (modules.length === 0 || isMeant) return;
    const message = 'Missing or malformed SPDX-License-Identifier tag in line 1';
    yield { at: { file: file.path, span: { start: 0, end: 0 } }, message, data: undefined };
  },

  fix(_, { file, modules }) {
    // A string says neither "only" nor "or later", so every expression is the author's to choose.
    return fitting(modules).map((text) => insertion(file, text));
  },
});

/** Expressions that fit the strings of every module the file belongs to. */
function fitting(modules: readonly Module[]): readonly string[] {
  const values = new Set(modules.flatMap((module) => module.licenses.map((tag) => tag.value ?? '')));
  const [first = [], ...others] = [...values].map((value) => expressionsFor(value));
  return first.filter((text) => others.every((other) => other.includes(text)));
}

function insertion(file: SourceFile, expression: string): Fix {
  const newText = `${spdxLine(file.path, expression)}\n`;
  return {
    title: `Add SPDX-License-Identifier: ${expression}`,
    safe: false,
    edits: [{ file: file.path, span: { start: 0, end: 0 }, newText }],
  };
}
