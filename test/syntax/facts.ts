import { extractFacts } from '../../server/src/core/syntax/extract';
import { type FileFacts, noOwner, useIsCall, useIsUncertain } from '../../server/src/core/syntax/facts';

/** Uses as readable words by their owner: `call()`, `doubtful?`. */
export function usesOf(facts: FileFacts): Record<string, string> {
  const { uses } = facts;
  const out: Record<string, string> = {};
  uses.start.forEach((_, i) => {
    const within = uses.within[i] ?? noOwner;
    const owner =
      within === noOwner
        ? 'file'
        : ((within >= 0 ? facts.functions[within] : facts.variables[-1 - within])?.name ?? 'nobody');
    const flags = uses.flags[i] ?? 0;
    const word = `${uses.names[uses.name[i] ?? 0]}${flags & useIsCall ? '()' : ''}${flags & useIsUncertain ? '?' : ''}`;
    out[owner] = out[owner] === undefined ? word : `${out[owner]} ${word}`;
  });
  return out;
}

/** Invocations as they might be written, strings in quotes. */
export function invocationsOf(facts: FileFacts): string[] {
  return facts.invocations.map((invocation) => {
    const args = invocation.arguments.map((argument) =>
      argument.pieces.map((piece) => (piece.kind === 'string' ? JSON.stringify(piece.value) : piece.value)).join(' '),
    );
    return `${invocation.name}(${args.join(', ')})`;
  });
}

export const read = (text: string): FileFacts => extractFacts('/drivers/t/t.c', text);
export const functionsOf = (text: string): string[] => read(text).functions.map((f) => f.name);
