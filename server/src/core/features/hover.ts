import type { SourceFile } from '../model/module';
import type { Snapshot } from '../model/snapshot';
import type { Span } from '../text';
import { describeExport } from './describe';
import { hoverBuild } from './hover-build';
import { hoverSpdx } from './hover-spdx';
import { describeReach, hoverDefinition, hoverStep, hoverUses } from './hover-symbol';
import { hoverExport, hoverLicense, hoverNamespace } from './hover-tags';
import { contains, type Known, type Subject, subjectsAt } from './place';
import { reachOf } from './reach';

/** What is known of the thing at a place. */
export interface Hover {
  readonly span: Span;
  /** Markdown; nothing in it comes from outside without being quoted as code. */
  readonly markdown: string;
}

/**
 * What the kernel makes of the thing at an offset: a symbol, a macro or inline function, a license, an SPDX identifier,
 * an export, a namespace, an object of a Makefile. Yields between two modules.
 */
export function* hover(known: Known, path: string, offset: number): Generator<void, Hover | undefined> {
  const { snapshot } = known;
  const file = snapshot.file(path);
  const spdx = file && hoverSpdx(file, offset);
  if (spdx) return spdx;
  const [subject] = subjectsAt(known, path, offset);
  const said = subject ?? (file && saidBy(known, file, offset));
  switch (said?.kind) {
    case 'use':
      return hoverUses(snapshot, path, offset, said);
    case 'export':
      return yield* hoverExport(snapshot, said);
    case 'namespace':
      return hoverNamespace(snapshot, path, said);
    case 'license':
      return hoverLicense(snapshot, path, said);
    case 'module':
    case 'object':
      return hoverBuild(known, said);
    default: {
      const defined = file && (yield* hoverDefinition(snapshot, file, offset));
      return defined ?? (said && (yield* hoverStep(snapshot, path, said)));
    }
  }
}

/** What a name in one of the kernel's own headers leads to, as far as the modules here were followed through it. */
export function* hoverHeader(
  snapshot: Snapshot,
  path: string,
  name: string,
  span: Span,
): Generator<void, Hover | undefined> {
  const reach = yield* reachOf(snapshot, path, name);
  const found = snapshot.kernel.exports.get(name);
  const parts = [
    ...(reach ? [describeReach(name, reach)] : []),
    ...(found ? [describeExport(found, snapshot.kernel)] : []),
  ];
  return parts.length === 0 ? undefined : { span, markdown: parts.join('\n\n---\n\n') };
}

/** The name of MODULE_LICENSE or EXPORT_SYMBOL stands for what it says. */
function saidBy(known: Known, { path, facts }: SourceFile, offset: number): Subject | undefined {
  const call = facts.invocations.find(({ nameSpan }) => contains(nameSpan, offset));
  const start = call?.arguments[0]?.span.start;
  if (!call || start === undefined) return undefined;
  const [said] = subjectsAt(known, path, start);
  const isTag = said?.kind === 'license' || said?.kind === 'export' || said?.kind === 'namespace';
  return isTag ? { ...said, span: call.nameSpan } : undefined;
}
