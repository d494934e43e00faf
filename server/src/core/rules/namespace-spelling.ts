import type { Edit, Fix, Location } from '../finding';
import { isAtLeast } from '../kernel/kernel';
import { exportMacro } from '../model/exports';
import type { SourceFile } from '../model/module';
import type { Invocation, MacroDefinition } from '../syntax/facts';
import { definesMacro } from './namespaces';
import { defineRule } from './rule';

/** A namespace as it is written, in a macro's argument or behind `#define DEFAULT_SYMBOL_NAMESPACE`. */
interface Written {
  readonly macro: string;
  readonly namespace: string;
  readonly isString: boolean;
  readonly at: Location;
  /** The call that it is an argument of. */
  readonly call: Invocation | undefined;
}

const defaultNamespace = 'DEFAULT_SYMBOL_NAMESPACE';

/** Since 6.13 the macros take a string; before, they made one of a bare word themselves. */
export const namespaceSpelling = defineRule<Written>({
  id: 'namespace-spelling',
  severity: 'error',
  scope: 'file',
  summary: 'A namespace is written as a bare word where the kernel wants a string, or the other way round.',

  *check({ file, modules }, kernel) {
    const wantsString = isAtLeast(kernel.version, 6, 13);
    if (wantsString === undefined) return;
    for (const written of [...inCalls(file), ...inDefinitions(file)]) {
      const { macro, namespace, isString, at, call } = written;
      if (isString === wantsString || (call && definesMacro(macro, file, modules))) continue;
      const message = wantsString
        ? `${macro} takes a string since Linux 6.13: expected "${namespace}" instead of ${namespace}`
        : `${macro} takes a bare word before Linux 6.13: expected ${namespace} instead of "${namespace}"`;
      yield { at, message, data: written };
    }
  },

  fix(written, { file }) {
    const { namespace, isString, at } = written;
    const other = isString ? namespace : `"${namespace}"`;
    const swap: Fix = { title: `Change to ${other}`, safe: true, edits: [{ ...at, newText: other }] };
    return [swap, ...forBoth(written, file)];
  },
});

function* inCalls(file: SourceFile): Iterable<Written> {
  for (const { invocation, value, presence } of file.imports) {
    if (presence !== 'yes' || invocation.name !== 'MODULE_IMPORT_NS') continue;
    yield* argument(invocation, 0, value, file);
  }
  for (const { invocation, namespace, presence } of file.exports) {
    const index = exportMacro(invocation.name)?.namespace;
    if (presence === 'yes' && typeof index === 'number') yield* argument(invocation, index, namespace, file);
  }
}

/** A name that stands for something else is a macro, whose definition says how it is spelled. */
function* argument(call: Invocation, index: number, value: string | undefined, file: SourceFile): Iterable<Written> {
  const pieces = call.arguments.at(index)?.pieces ?? [];
  const [piece] = pieces;
  if (pieces.length !== 1 || !piece || piece.kind === 'other' || piece.value !== value) return;
  const at = { file: file.path, span: piece.span };
  yield { macro: call.name, namespace: piece.value, isString: piece.kind === 'string', at, call };
}

function* inDefinitions(file: SourceFile): Iterable<Written> {
  for (const macro of file.facts.macros) {
    if (macro.name !== defaultNamespace || file.presence(macro.span.start) !== 'yes') continue;
    const match = /^(?:"(\w+)"|([A-Za-z_]\w*))$/.exec(macro.body);
    const at = match && bodyPlace(macro, file);
    if (!match || !at) continue;
    const namespace = match[1] ?? match[2] ?? '';
    yield { macro: defaultNamespace, namespace, isString: match[1] !== undefined, at, call: undefined };
  }
}

/** Where a body stands that ends its line; `undefined` where the gap may hide a comment. */
function bodyPlace({ span, nameSpan, body }: MacroDefinition, file: SourceFile): Location | undefined {
  const start = span.end - body.length;
  const gap = start - nameSpan.end;
  return gap >= 1 && gap <= 3 ? { file: file.path, span: { start, end: span.end } } : undefined;
}

/** Both spellings with a check of the version, for a call that stands on lines of its own. */
function forBoth({ namespace, at, call }: Written, file: SourceFile): Fix[] {
  if (!call || call.lines.end === call.span.end) return [];
  const others = call.arguments.flatMap((one) => one.pieces).filter((piece) => piece.span.start !== at.span.start);
  if (others.some((piece) => piece.kind !== 'name')) return [];
  const write = (spelled: string) => {
    const args = call.arguments.map((one) =>
      one.span.start <= at.span.start && at.span.end <= one.span.end ? spelled : (one.pieces[0]?.value ?? ''),
    );
    return `${call.name}(${args.join(', ')});`;
  };
  const newText = [
    '#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 13, 0)',
    write(`"${namespace}"`),
    '#else',
    write(namespace),
    '#endif',
    '',
  ].join('\n');
  const edit: Edit = { file: file.path, span: call.lines, newText };
  return [{ title: 'Spell it for both with a version check', safe: false, edits: [...versionHeader(file), edit] }];
}

/** LINUX_VERSION_CODE stands in a header of its own. */
function versionHeader({ path, facts }: SourceFile): Edit[] {
  if (facts.includes.some((include) => include.path === 'linux/version.h')) return [];
  const last = facts.includes.findLast(
    (include) => !facts.branches.some(({ span }) => span.start < include.span.end && include.span.start < span.end),
  );
  const end = last?.span.end ?? 0;
  const newText = last ? '\n#include <linux/version.h>' : '#include <linux/version.h>\n';
  return [{ file: path, span: { start: end, end }, newText }];
}
