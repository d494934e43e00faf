import { exportMacro } from '../model/exports';
import type { Snapshot } from '../model/snapshot';
import type { Span } from '../text';
import { suggestExports } from './complete-export';
import { suggestLicenses } from './complete-license';
import { suggestNamespaces } from './complete-namespace';
import { placeAt } from './complete-place';
import { suggestSpdx } from './complete-spdx';

/** One thing that could stand at a place. */
export interface Suggestion {
  readonly label: string;
  /** What is replaced: in one line, with the cursor in it. */
  readonly span: Span;
  readonly newText: string;
  /** What the text that is replaced is compared with, if that is not the label. */
  readonly filter?: string;
  readonly kind: 'license' | 'exception' | 'operator' | 'namespace' | 'function' | 'variable';
  /** A few words beside the label. */
  readonly detail: string;
  /** Markdown. */
  readonly documentation?: string;
  /** Shown struck out: understood, but nothing to write today. */
  readonly isOld?: boolean;
}

/**
 * What could stand at an offset of a text, the best first: license strings, SPDX identifiers, namespaces, names to
 * export. Nothing anywhere else, so that other completions stay as they are.
 */
export function complete(snapshot: Snapshot, path: string, text: string, offset: number): readonly Suggestion[] {
  const place = placeAt(path, text, offset);
  if (!place) return [];
  if (place.kind === 'spdx') return suggestSpdx(snapshot, path, place);
  const { macro, index, first } = place;
  const isInfo = macro === 'MODULE_INFO' && index === 1;
  if ((macro === 'MODULE_LICENSE' && index === 0) || (isInfo && first === 'license')) {
    return suggestLicenses(snapshot, path, place);
  }
  if ((macro === 'MODULE_IMPORT_NS' && index === 0) || (isInfo && first === 'import_ns')) {
    return suggestNamespaces(snapshot, path, place, 'import');
  }
  const exported = exportMacro(macro);
  // Names that a macro makes of its argument (a tracepoint's, a static call's) are no names of the file.
  if (exported?.symbols[0] !== '{}') return [];
  if (index === 0) return suggestExports(snapshot, path, place);
  return index === exported.namespace ? suggestNamespaces(snapshot, path, place, 'export') : [];
}
