import type { Snapshot } from '../model/snapshot';
import type { Suggestion } from './complete';
import type { ArgumentPlace } from './complete-place';

/** Functions and variables of the file that are not exported yet: what may be exported first, the nearest one above. */
export function suggestExports(snapshot: Snapshot, path: string, place: ArgumentPlace): Suggestion[] {
  const file = snapshot.file(path);
  if (!file) return [];
  const exported = new Set(file.exports.map(({ name }) => name));
  const functions = file.facts.functions.map((one) => ({ ...one, kind: 'function' as const }));
  const variables = file.facts.variables.map((one) => ({ ...one, kind: 'variable' as const }));
  const names = new Map<string, Suggestion & { readonly rank: number }>();
  for (const one of [...functions, ...variables]) {
    if (exported.has(one.name) || names.has(one.name)) continue;
    const { kind } = one;
    const section = 'section' in one ? one.section : undefined;
    const isBelow = one.nameSpan.start > place.content.start;
    const reason = one.isStatic ? 'static: cannot be exported' : section && `__${section}: gone when others need it`;
    const distance = Math.abs(place.content.start - one.nameSpan.start);
    names.set(one.name, {
      label: one.name,
      span: place.content,
      newText: `${one.name}${place.closing}`,
      kind,
      detail: reason ?? kind,
      rank: (reason ? 2 : isBelow ? 1 : 0) * 1e9 + distance,
    });
  }
  return [...names.values()].sort((a, b) => a.rank - b.rank).map(({ rank: _, ...suggestion }) => suggestion);
}
