import type { LinkFacts } from '../../server/src/core/link/facts';
import { linkFacts } from '../../server/src/core/link/link';
import { Names, preprocessed } from '../link/preprocessed';

const names = new Names();

/** The facts of what `gcc -E` printed, and how long the walk took. */
export function factsOf(text: string, source: string): { facts: LinkFacts; milliseconds: number; tokens: number } {
  const unit = preprocessed(text, source, names);
  const start = performance.now();
  const facts = linkFacts(unit);
  return { facts, milliseconds: performance.now() - start, tokens: unit.count };
}
