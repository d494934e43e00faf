import { readLines } from './make/lines';
import { parseStatement } from './make/statement';

/** Where `scripts/Makefile.build` stands around the file of a folder. */
export interface MakefileBuild {
  /** What comes before it includes anything: the variables that a folder's file finds empty. */
  readonly head: string;
  /** What follows the folder's file, up to the first rule: its flags are put together there. */
  readonly tail: string;
}

/** Splits the text of a kernel's `scripts/Makefile.build`; `undefined` if it includes no folder's file. */
export function splitMakefileBuild(text: string): MakefileBuild | undefined {
  const statements = readLines(text).map((line) => ({
    line,
    is: line.isTabbed ? undefined : parseStatement(text, line.start, line.end),
  }));
  const first = statements.find(({ is }) => is?.kind === 'include');
  const folders = statements.findIndex(
    ({ is }) =>
      is?.kind === 'include' && !is.isOptional && !text.slice(is.paths.start, is.paths.end).includes('scripts/'),
  );
  if (!first || folders < 0) return undefined;
  const after = statements.slice(folders + 1);
  const rule = after.find(({ is }) => is?.kind === 'rule');
  return {
    head: text.slice(0, first.line.start),
    tail: text.slice(after[0]?.line.start ?? text.length, rule?.line.start),
  };
}
