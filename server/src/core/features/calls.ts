import type { Location } from '../finding';
import type { KernelExport } from '../kernel/kernel';
import type { Module, SourceFile, Step } from '../model/module';
import type { Snapshot } from '../model/snapshot';
import { basename } from '../path';
import { noOwner, useIsUncertain } from '../syntax/facts';
import type { Span } from '../text';
import { exportPlaces } from './definition';
import { contains, type Known, type Subject, subjectsAt, useAt } from './place';

/** A function, a step of a trail (macro or inline function) or an exported symbol: what calls, what is called. */
export interface CallNode {
  readonly kind: 'function' | 'step' | 'symbol';
  readonly name: string;
  /** Where a function or a step is defined. */
  readonly file: string;
}

export interface CallItem {
  readonly node: CallNode;
  readonly detail: string;
  readonly at: Location;
  /** The whole definition, where it is known; else the place. */
  readonly span: Span;
}

/** A call with its places, which lie in the caller's file. */
export interface Call {
  readonly item: CallItem;
  readonly places: readonly Location[];
}

/** The functions, steps and exported symbols named at a place. */
export function callItems(known: Known, path: string, offset: number): CallItem[] {
  const { snapshot } = known;
  const file = snapshot.file(path);
  const items = new Map<string, CallItem>();
  for (const subject of subjectsAt(known, path, offset)) {
    const item = itemOf(snapshot, subject, { file: path, span: subject.span });
    if (item) items.set(item.node.name, item);
  }
  if (items.size > 0 || !file) return [...items.values()];
  const name =
    file.facts.functions.find(({ nameSpan }) => contains(nameSpan, offset))?.name ??
    useAt(file.facts.uses, offset)?.name;
  const files = [file, ...snapshot.modulesOf(path).flatMap((module) => module.files)];
  const owner = files.find(({ path: other, facts }) =>
    facts.functions.some((fn) => fn.name === name && (other === path || !fn.isStatic)),
  );
  const found = owner && name !== undefined ? functionItem(owner, name) : undefined;
  return found ? [found] : [];
}

/** Who calls it: up along the trails to the functions of the workspace, and from these on by their names. */
export function* incomingCalls({ snapshot }: Known, node: CallNode): Generator<void, Call[]> {
  const calls = new Calls();
  if (node.kind === 'function') addCallers(snapshot, node.name, node.file, calls);
  for (const module of node.kind === 'function' ? [] : snapshot.modules) {
    for (const { name, sites, export: found } of module.symbols()) {
      for (const { at, through } of sites) {
        for (const index of positions(node, name, through)) {
          const caller = through[index - 1];
          if (caller) calls.add(stepItem(caller), caller.at);
          else calls.add(enclosing(snapshot, at), at);
        }
      }
      if (name === node.name && found.at && snapshot.file(found.at.file)) {
        addCallers(snapshot, name, found.at.file, calls);
      }
    }
    yield;
    // Throws where a text has changed meanwhile.
    snapshot.file(module.path);
  }
  return calls.all();
}

/** What a function or a step leads to, in the order of the calls: the next step of each trail, or its symbol. */
export function* outgoingCalls({ snapshot }: Known, node: CallNode): Generator<void, Call[]> {
  const calls = new Calls();
  const file = snapshot.file(node.file);
  const body = file?.facts.functions.find((fn) => fn.name === node.name)?.span;
  const isBody = (at: Location) => at.file === node.file && body !== undefined && contains(body, at.span.start);
  for (const module of file ? snapshot.modulesOf(node.file) : snapshot.modules) {
    for (const { export: found, sites } of module.symbols()) {
      for (const { at, through } of sites) {
        const target = (index: number) => {
          const next = through[index];
          return next ? stepItem(next) : symbolItem(snapshot, found, at);
        };
        if (node.kind !== 'step') {
          if (isBody(at)) calls.add(target(0), at);
          continue;
        }
        for (const [index, step] of through.entries()) {
          if (step.name === node.name && step.at.file === node.file) calls.add(target(index + 1), step.at);
        }
      }
    }
    yield;
    snapshot.file(module.path);
  }
  const start = ({ places }: Call) => places[0]?.span.start ?? 0;
  return calls.all().sort((a, b) => start(a) - start(b));
}

/** Collects calls, one for each other end. */
class Calls {
  readonly #calls = new Map<string, { item: CallItem; places: Map<string, Location> }>();

  add(item: CallItem, place: Location): void {
    const { kind, name, file } = item.node;
    const key = `${kind} ${name} ${file}`;
    const known = this.#calls.get(key) ?? { item, places: new Map() };
    known.places.set(`${place.file}:${place.span.start}`, place);
    this.#calls.set(key, known);
  }

  all(): Call[] {
    return [...this.#calls.values()].map(({ item, places }) => ({ item, places: [...places.values()] }));
  }
}

/** Indexes of a node on a trail; the symbol itself stands behind the last step. */
function positions(node: CallNode, symbol: string, through: readonly Step[]): number[] {
  if (node.kind === 'symbol') return symbol === node.name ? [through.length] : [];
  return through.flatMap((step, index) => (step.name === node.name && step.at.file === node.file ? [index] : []));
}

/** Functions and variables that name one of the module's own. */
function addCallers(snapshot: Snapshot, name: string, file: string, calls: Calls): void {
  const own = snapshot.file(file);
  const files = new Set([...(own ? [own] : []), ...snapshot.modulesOf(file).flatMap((module) => module.files)]);
  const isLocal = own?.facts.functions.some((fn) => fn.name === name && fn.isStatic && !fn.isInline) === true;
  for (const { path, facts } of files) {
    const wanted = facts.uses.names.indexOf(name);
    if (wanted < 0 || (isLocal && path !== file)) continue;
    const { start, name: names, flags, within } = facts.uses;
    for (let i = 0; i < start.length; i++) {
      if (names[i] !== wanted || within[i] === noOwner || (flags[i] ?? 0) & useIsUncertain) continue;
      const offset = start[i] ?? 0;
      const at = { file: path, span: { start: offset, end: offset + name.length } };
      calls.add(enclosing(snapshot, at), at);
    }
  }
}

function itemOf(snapshot: Snapshot, subject: Subject, here: Location): CallItem | undefined {
  switch (subject.kind) {
    case 'use': {
      const step = subject.site?.through[0];
      return step ? stepItem(step) : symbolItem(snapshot, subject.export, here);
    }
    case 'step':
      return 'provider' in subject.next ? symbolItem(snapshot, subject.next, here) : stepItem(subject.next);
    case 'export': {
      const { tag } = subject;
      return symbolItem(snapshot, { ...tag, provider: basename(tag.at.file) }, tag.at);
    }
    default:
      return undefined;
  }
}

/** `here` stands for a symbol without a place: one of an embedded kernel. */
function symbolItem(snapshot: Snapshot, found: KernelExport, here: Location): CallItem {
  const { name, provider, isGplOnly } = found;
  const own = found.at && snapshot.file(found.at.file) ? exportPlaces(snapshot, name, found.at)[0] : found.at;
  const at = own ?? here;
  const detail = isGplOnly ? `GPL-only, ${provider}` : provider;
  return { node: { kind: 'symbol', name, file: at.file }, detail, at, span: at.span };
}

function stepItem({ name, at }: Step): CallItem {
  return { node: { kind: 'step', name, file: at.file }, detail: basename(at.file), at, span: at.span };
}

/** The function or variable that a place lies in, else its file. */
function enclosing(snapshot: Snapshot, at: Location): CallItem {
  const file = snapshot.file(at.file);
  const owners = [...(file?.facts.functions ?? []), ...(file?.facts.variables ?? [])];
  const owner = owners.find(({ span }) => contains(span, at.span.start));
  const item = file && owner ? ownerItem(file, owner, snapshot.modulesOf(at.file)) : undefined;
  const name = basename(at.file);
  return item ?? { node: { kind: 'function', name, file: at.file }, detail: '', at, span: at.span };
}

function functionItem(file: SourceFile, name: string): CallItem | undefined {
  const owner = file.facts.functions.find((fn) => fn.name === name);
  return owner && ownerItem(file, owner, []);
}

function ownerItem(
  { path }: SourceFile,
  { name, nameSpan, span }: { readonly name: string; readonly nameSpan: Span; readonly span: Span },
  modules: readonly Module[],
): CallItem {
  const detail = [basename(path), ...modules.map((module) => `${module.name}.ko`)].join(', ');
  return { node: { kind: 'function', name, file: path }, detail, at: { file: path, span: nameSpan }, span };
}
