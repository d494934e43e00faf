import { type Line, readLines } from './make/lines';
import { parseStatement, type Statement } from './make/statement';

/** Where `scripts/Makefile.build` stands around the file of a folder. */
export interface MakefileBuild {
  /** What comes before it includes anything: the variables that a folder's file finds empty. */
  readonly head: string;
  /** What follows the folder's file and puts its flags together: before 5.4 some of that stands among the rules. */
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
  return { head: text.slice(0, first.line.start), tail: tailOf(text, statements.slice(folders + 1)) };
}

interface Read {
  readonly line: Line;
  readonly is: Statement | undefined;
}

/** All up to the first rule; from there on what still assigns flags, and the conditionals around that. */
function tailOf(text: string, statements: readonly Read[]): string {
  const kept: string[] = [];
  const open: { readonly at: number; isFilled: boolean }[] = [];
  let isAmongRules = false;
  let defines = 0;
  for (const { line, is } of statements) {
    isAmongRules ||= is?.kind === 'rule';
    const isInDefine = defines > 0;
    if (is?.kind === 'define') defines++;
    else if (is?.kind === 'endef') defines--;
    const condition = !isInDefine && is?.kind === 'condition' ? is.word : undefined;
    if (condition === undefined && isAmongRules && (isInDefine || !assignsFlags(text, is))) continue;
    const branch = open.at(-1);
    if (condition === 'endif' && branch) {
      open.pop();
      if (!branch.isFilled) {
        kept.length = branch.at;
        continue;
      }
    }
    if (condition?.startsWith('if')) open.push({ at: kept.length, isFilled: false });
    else if (condition === undefined) for (const each of open) each.isFilled = true;
    kept.push(text.slice(line.start, line.end));
  }
  return `${kept.join('\n')}\n`;
}

function assignsFlags(text: string, is: Statement | undefined): boolean {
  const own = is?.kind === 'rule' ? parseStatement(text, is.rest.start, is.rest.end) : is;
  return own?.kind === 'assignment' && text.slice(own.name.start, own.name.end).endsWith('flags');
}
