import type { Location } from '../finding';
import type { LinkFacts, Mention, Trail } from '../link/facts';
import type { Step } from './module';

/** A place in the module's own files where a way to an undefined symbol begins. */
export interface LinkedUse {
  readonly name: string;
  readonly at: Location;
  readonly through: readonly Step[];
}

/** The uses that a unit's object file will have; weak ones aside, as modpost ignores them. */
export function* linkedUses(facts: LinkFacts, isOwn: (path: string) => boolean): Iterable<LinkedUse> {
  for (const { name, weak, uses } of facts.symbols) {
    if (weak) continue;
    for (const trail of uses) yield { name, ...placed(facts, trail, isOwn) };
  }
}

function placed(facts: LinkFacts, trail: Trail, isOwn: (path: string) => boolean): Omit<LinkedUse, 'name'> {
  const place = (mention: Mention): Location => {
    const { offset } = mention;
    return { file: facts.files[mention.file] ?? '', span: { start: offset, end: offset + mention.name.length } };
  };
  const first = trail.findIndex((mention) => isOwn(place(mention).file));
  const [source = ''] = facts.files;
  const begin = trail[Math.max(first, 0)];
  // Each step is shown where it goes on: in the body of the macro or function that was mentioned.
  const through = trail.slice(Math.max(first, 0)).flatMap((mention, index, rest) => {
    const next = rest[index + 1];
    return next ? [{ name: mention.name, at: place(next) }] : [];
  });
  // No own place: a header's own definitions ask for it, whichever the source does.
  const at = first >= 0 && begin ? place(begin) : { file: source, span: { start: 0, end: 0 } };
  return { at, through };
}
