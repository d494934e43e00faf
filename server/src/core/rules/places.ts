import type { Edit, Location } from '../finding';
import type { LicenseTag, Module, SourceFile } from '../model/module';
import type { Invocation } from '../syntax/facts';
import type { Span } from '../text';

/** Tags that describe the module as a whole and stand together; MODULE_DEVICE_TABLE and the like follow their data. */
const descriptive =
  /^MODULE_(?:LICENSE|AUTHOR|DESCRIPTION|VERSION|ALIAS\w*|SOFTDEP|FIRMWARE|INFO|IMPORT_NS|SUPPORTED_DEVICE)$/;

/** The member in which an author looks for the module's tags: where such tags are, else where its init function is. */
export function mainMember(module: Module): SourceFile | undefined {
  return (
    module.members.find((member) => member.facts.invocations.some(isDescriptive)) ??
    module.members.find((member) => member.facts.invocations.some(isEntry)) ??
    module.members[0]
  );
}

/** Where to say that something is missing in a file: its last tag, else its init line, else its start. */
export function tagPlace(file: SourceFile): Location {
  const { invocations, functions } = file.facts;
  const span = invocations.findLast(isDescriptive)?.span ??
    invocations.findLast(isEntry)?.span ??
    functions.at(-1)?.nameSpan ?? { start: 0, end: 0 };
  return { file: file.path, span };
}

/**
 * The edit that adds a line to a member's tags: after its last MODULE_LICENSE, else its last tag, else its last
 * invocation or function. Nothing inside `#if`, where the line would hold only sometimes.
 */
export function insertTag(file: SourceFile, line: string): Edit | undefined {
  const calls = file.facts.invocations.filter((call) => isUnconditional(file, call.span));
  const ends = [...calls, ...file.facts.functions.filter((fn) => isUnconditional(file, fn.span))].map(
    ({ span }) => span.end,
  );
  const end =
    calls.findLast((call) => call.name === 'MODULE_LICENSE')?.span.end ??
    calls.findLast(isDescriptive)?.span.end ??
    (ends.length > 0 ? Math.max(...ends) : undefined);
  return end === undefined ? undefined : { file: file.path, span: { start: end, end }, newText: `\n${line}` };
}

/** The edit that makes a tag's value another string, where the value is written in one known place. */
export function replaceValue(tag: LicenseTag, file: SourceFile, value: string): Edit | undefined {
  const newText = `"${value}"`;
  const pieces = tag.invocation.arguments.find(({ span }) => isSame(span, tag.at.span))?.pieces ?? [];
  if (pieces.length === 0) return undefined;
  if (pieces.every((piece) => piece.kind === 'string')) {
    // A wrapper macro may add to its argument.
    return pieces.map((piece) => piece.value).join('') === tag.value ? { ...tag.at, newText } : undefined;
  }
  if (pieces.length > 1 || pieces[0]?.kind !== 'name') return undefined;
  return replaceMacro(tag, file, newText) ?? { ...tag.at, newText };
}

/** Changes the `#define` if it stands in the same file and nothing but blanks stands before its only literal. */
function replaceMacro(tag: LicenseTag, file: SourceFile, newText: string): Edit | undefined {
  if (tag.valueAt.file !== file.path) return undefined;
  const macro = file.facts.macros.find(({ nameSpan }) => isSame(nameSpan, tag.valueAt.span));
  if (!macro || macro.body !== `"${tag.value}"`) return undefined;
  const end = macro.span.end;
  const start = end - macro.body.length;
  // A larger gap may hide a comment before or behind the literal.
  const gap = start - macro.nameSpan.end;
  return gap >= 1 && gap <= 3 ? { file: file.path, span: { start, end }, newText } : undefined;
}

function isDescriptive(call: Invocation): boolean {
  return descriptive.test(call.name);
}

function isEntry(call: Invocation): boolean {
  return /^module_\w+$|_initcall$/.test(call.name) && !/^module_param/.test(call.name);
}

function isUnconditional(file: SourceFile, span: Span): boolean {
  return !file.facts.branches.some((branch) => branch.span.start < span.end && span.start < branch.span.end);
}

function isSame(a: Span, b: Span): boolean {
  return a.start === b.start && a.end === b.end;
}
