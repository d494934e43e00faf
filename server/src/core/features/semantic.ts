import type { Snapshot } from '../model/snapshot';
import type { Span } from '../text';
import { gplOnlyPlaces } from './gplonly';

/** A name to be set off from others. */
export interface SemanticToken {
  readonly span: Span;
  /** The name is no symbol itself: it leads to one through macros or functions. */
  readonly isIndirect: boolean;
}

/** The names in a file, or a part of it, that ask for GPL-only symbols, in their order. */
export function semanticTokens(snapshot: Snapshot, path: string, part?: Span): SemanticToken[] {
  return gplOnlyPlaces(snapshot, path, part).map(({ span, isDirect }) => ({ span, isIndirect: !isDirect }));
}
