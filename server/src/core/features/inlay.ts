import type { Snapshot } from '../model/snapshot';
import type { Span } from '../text';
import { gplOnlyPlaces } from './gplonly';

/** A few letters behind a name. */
export interface InlayHint {
  readonly offset: number;
  readonly label: string;
  readonly tooltip: string;
}

const mostNamed = 8;

/** Marks the names in a part of a file that ask for GPL-only symbols. */
export function inlayHints(snapshot: Snapshot, path: string, part: Span): InlayHint[] {
  return gplOnlyPlaces(snapshot, path, part).map(({ span, symbols }) => {
    const lines = symbols.slice(0, mostNamed).map(({ symbol: { name }, site: { through } }) => {
      const way = through.map((step) => `${step.name}()`).join(', ');
      return `'${name}' is exported GPL-only${way === '' ? '' : `; reached through ${way}`}`;
    });
    const further = symbols.length - lines.length;
    if (further > 0) lines.push(`and ${further} more`);
    return { offset: span.end, label: 'GPL', tooltip: lines.join('\n') };
  });
}
