import type { Fix } from '../finding';
import type { Module, SourceFile } from '../model/module';
import { basename, extname } from '../path';
import type { SpdxTag } from '../syntax/facts';
import { expressionsFor } from './licenses';
import { defineRule } from './rule';

/** license-rules.rst and checkpatch's SPDX_LICENSE_TAG. Data is a tag further down, where no tool looks for it. */
export const missingSpdx = defineRule<SpdxTag | undefined>({
  id: 'missing-spdx',
  severity: 'hint',
  scope: 'file',
  summary: 'A source file or Makefile of a module has no SPDX license line.',

  *check({ file, modules }) {
    if (modules.length === 0 || file.spdx) return;
    const misplaced = file.facts.spdx[0];
    if (misplaced && misplaced.line > 1) {
      const message = 'Misplaced SPDX-License-Identifier tag - use line 1 instead';
      yield { at: { file: file.path, span: misplaced.span }, message, data: misplaced };
    } else {
      const message = 'Missing or malformed SPDX-License-Identifier tag in line 1';
      yield { at: { file: file.path, span: { start: 0, end: 0 } }, message, data: undefined };
    }
  },

  fix(misplaced, { file, modules }) {
    if (misplaced) return misplaced.expression ? [insertion(file, misplaced.text, true)] : [];
    // A string says neither "only" nor "or later", so every expression is the author's to choose.
    return fitting(modules).map((text) => insertion(file, text, false));
  },
});

/** Expressions that fit the strings of every module the file belongs to. */
function fitting(modules: readonly Module[]): readonly string[] {
  const values = new Set(modules.flatMap((module) => module.licenses.map((tag) => tag.value ?? '')));
  const [first = [], ...others] = [...values].map((value) => expressionsFor(value));
  return first.filter((text) => others.every((other) => other.includes(text)));
}

function insertion(file: SourceFile, expression: string, safe: boolean): Fix {
  const newText = `${comment(file.path, `SPDX-License-Identifier: ${expression}`)}\n`;
  return {
    title: `Add SPDX-License-Identifier: ${expression}`,
    safe,
    edits: [{ file: file.path, span: { start: 0, end: 0 }, newText }],
  };
}

/** The comment that license-rules.rst asks for in this type of file. */
function comment(path: string, text: string): string {
  if (['.c', '.rs'].includes(extname(path))) return `// ${text}`;
  if (/^(?:Makefile|Kbuild|Kconfig)/.test(basename(path)) || ['.sh', '.py', '.mk'].includes(extname(path))) {
    return `# ${text}`;
  }
  return `/* ${text} */`;
}
