import type { Fix } from '../finding';
import { isAtLeast } from '../kernel/kernel';
import type { Invocation } from '../syntax/facts';
import { definesMacro } from './namespaces';
import { defineRule } from './rule';

interface Removal {
  readonly since: readonly [major: number, minor: number];
  /** What to write instead, the nearest first. */
  readonly instead: readonly string[];
  /** Whether the first one says the same. */
  readonly isSame: boolean;
}

/** Macros that include/linux/export.h had once. */
const removed: ReadonlyMap<string, Removal> = new Map<string, Removal>([
  ['EXPORT_UNUSED_SYMBOL', { since: [5, 12], instead: ['EXPORT_SYMBOL'], isSame: true }],
  ['EXPORT_UNUSED_SYMBOL_GPL', { since: [5, 12], instead: ['EXPORT_SYMBOL_GPL'], isSame: true }],
  ['EXPORT_SYMBOL_GPL_FUTURE', { since: [5, 12], instead: ['EXPORT_SYMBOL_GPL', 'EXPORT_SYMBOL'], isSame: false }],
  ['EXPORT_SYMBOL_GPL_FOR_MODULES', { since: [6, 17], instead: ['EXPORT_SYMBOL_FOR_MODULES'], isSame: true }],
]);

interface Data {
  readonly call: Invocation;
  readonly removal: Removal;
}

/** To the compiler the line is a declaration without a type. */
export const removedExportMacro = defineRule<Data>({
  id: 'removed-export-macro',
  severity: 'error',
  scope: 'file',
  summary: 'An export macro is used that the kernel no longer has.',

  *check({ file, modules }, kernel) {
    for (const call of file.facts.invocations) {
      const removal = removed.get(call.name);
      if (!removal || isAtLeast(kernel.version, ...removal.since) !== true) continue;
      if (file.presence(call.span.start) !== 'yes' || definesMacro(call.name, file, modules)) continue;
      const message = `${call.name} is gone since Linux ${removal.since.join('.')}; use ${removal.instead[0]}`;
      yield { at: { file: file.path, span: call.nameSpan }, message, data: { call, removal } };
    }
  },

  fix({ call, removal }, { file }): Fix[] {
    return removal.instead.map((newText, index) => ({
      title: `Change to ${newText}`,
      safe: removal.isSame && index === 0,
      edits: [{ file: file.path, span: call.nameSpan, newText }],
    }));
  },
});
