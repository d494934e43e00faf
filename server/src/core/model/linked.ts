import type { Location } from '../finding';
import type { LinkFacts, LinkSymbol, Mention, Trail } from '../link/facts';
import type { UseSite } from './module';

/** The places where ways to one symbol begin. */
export function linkedUses(facts: LinkFacts, { uses }: LinkSymbol, isOwn: (path: string) => boolean): UseSite[] {
  return uses.map((trail) => placed(facts, trail, isOwn));
}

/** Where a way begins in the module's own files, and how it goes on. */
export function placed(facts: LinkFacts, trail: Trail, isOwn: (path: string) => boolean): UseSite {
  const place = (mention: Mention): Location => {
    const { offset } = mention;
    return { file: facts.files[mention.file] ?? '', span: { start: offset, end: offset + mention.name.length } };
  };
  const isHere = (mention: Mention) => isOwn(facts.files[mention.file] ?? '');
  const first = trail.findIndex(isHere);
  const [source = ''] = facts.files;
  const begin = trail[Math.max(first, 0)];
  // Each step is shown where it goes on: in the body of the macro or function that was mentioned.
  const through = trail.slice(Math.max(first, 0)).flatMap((mention, index, rest) => {
    const next = rest[index + 1];
    return next ? [{ name: mention.name, at: place(next) }] : [];
  });
  // No own place: a header's own definitions ask for it, whichever the source does.
  const at = first >= 0 && begin ? place(begin) : { file: source, span: { start: 0, end: 0 } };
  const last = trail.findLastIndex(isHere);
  return { at, through, ownSteps: first < 0 ? 0 : last - first, presence: 'yes', condition: undefined };
}
