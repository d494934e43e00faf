import type { Location } from '../finding';
import type { KernelExport } from '../kernel/kernel';
import type { Snapshot } from '../model/snapshot';
import type { Span } from '../text';
import { type Known, type Subject, stepsAt, subjectsAt } from './place';

/** Where the things named at a place are defined. */
export interface Definition {
  /** Of the name that was asked about. */
  readonly span: Span;
  readonly places: readonly Location[];
  /** Further targets: exports of the kernel, whose source the disk may have; else their line in `Module.symvers`. */
  readonly exports: readonly KernelExport[];
}

/**
 * Where exports, namespaces, license macros, objects of Makefiles and the steps of a trail are defined. Nothing for other
 * names: those are for a C language server, which may answer beside this one.
 */
export function definition(known: Known, path: string, offset: number): Definition | undefined {
  return gather(known.snapshot, subjectsAt(known, path, offset));
}

/** The same for a file that is not the workspace's: a header of the kernel that some trail leads through. */
export function stepDefinition(snapshot: Snapshot, path: string, offset: number): Definition | undefined {
  return gather(snapshot, stepsAt(snapshot.modules, path, offset));
}

/** The definition of an exported symbol of the workspace, and the line that exports it. */
export function exportPlaces(snapshot: Snapshot, name: string, at: Location): Location[] {
  const own = snapshot.file(at.file);
  const files = new Set([...(own ? [own] : []), ...snapshot.modulesOf(at.file).flatMap((module) => module.files)]);
  const defined = [...files].flatMap(({ path, facts }) =>
    [...facts.functions, ...facts.variables]
      .filter((one) => one.name === name && (!one.isStatic || path === at.file))
      .map(({ nameSpan }) => ({ file: path, span: nameSpan })),
  );
  return [...defined, at];
}

/** Each place once. */
export function distinct(places: readonly Location[]): Location[] {
  return [...new Map(places.map((place) => [`${place.file}:${place.span.start}`, place])).values()];
}

function gather(snapshot: Snapshot, subjects: readonly Subject[]): Definition | undefined {
  const [first] = subjects;
  if (!first) return undefined;
  const targets = subjects.map((subject) => targetOf(snapshot, subject));
  const places = distinct(targets.flatMap((target) => target.places ?? []));
  const exports = new Map(targets.flatMap((target) => (target.exports ?? []).map((one) => [one.name, one])));
  return { span: first.span, places, exports: [...exports.values()] };
}

interface Target {
  readonly places?: readonly Location[];
  readonly exports?: readonly KernelExport[];
}

function targetOf(snapshot: Snapshot, subject: Subject): Target {
  switch (subject.kind) {
    case 'use': {
      const step = subject.site?.through[0];
      return step ? { places: [step.at] } : exportTarget(snapshot, subject.export);
    }
    case 'step':
      return 'provider' in subject.next ? exportTarget(snapshot, subject.next) : { places: [subject.next.at] };
    case 'export':
      return { places: exportPlaces(snapshot, subject.tag.name, subject.tag.at) };
    case 'namespace':
      return namespaceTarget(snapshot, subject.name);
    case 'license': {
      const { at, valueAt } = subject.tag;
      return at.file === valueAt.file && at.span.start === valueAt.span.start ? {} : { places: [valueAt] };
    }
    case 'module':
      return { places: subject.module.members.flatMap(({ source }) => startOf(source)) };
    case 'object':
      return { places: startOf(subject.member.source) };
  }
}

function exportTarget(snapshot: Snapshot, found: KernelExport): Target {
  const isOurs = found.at && snapshot.file(found.at.file) !== undefined;
  return isOurs && found.at ? { places: exportPlaces(snapshot, found.name, found.at) } : { exports: [found] };
}

/** The workspace's exports into a namespace; without any, the kernel's. */
function namespaceTarget(snapshot: Snapshot, namespace: string): Target {
  const places = namespaceExports(snapshot, namespace);
  if (places.length > 0) return { places };
  return { exports: [...snapshot.kernel.exports].filter((one) => one.namespace === namespace) };
}

/** Where the workspace's modules export symbols into a namespace. */
export function namespaceExports(snapshot: Snapshot, namespace: string): Location[] {
  const tags = snapshot.modules.flatMap((module) => module.files).flatMap((file) => file.exports);
  return distinct(tags.filter((tag) => tag.namespace === namespace).map((tag) => tag.at));
}

function startOf(source: string | undefined): Location[] {
  return source === undefined ? [] : [{ file: source, span: { start: 0, end: 0 } }];
}
