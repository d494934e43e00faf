import type { Location } from '../finding';
import type { Build, BuildMember, BuildModule } from '../kbuild/build';
import type { Kernel, KernelExport } from '../kernel/kernel';
import { exportMacro } from '../model/exports';
import type { ExportTag, LicenseTag, Module, SourceFile, Step, SymbolUse, UseSite } from '../model/module';
import type { Snapshot } from '../model/snapshot';
import type { Argument, UseTable } from '../syntax/facts';
import type { Span } from '../text';

/** The workspace as the questions of an editor are answered from it. */
export interface Known {
  readonly snapshot: Snapshot;
  readonly build: Build;
}

/** A thing of modules, licenses or exports that is named at a place; `span` is the name's. */
export type Subject = { readonly span: Span } & (
  | { readonly kind: 'use'; readonly name: string; readonly export: KernelExport; readonly site: UseSite | undefined }
  /** A step of some module's trail, at the place where the way goes on. */
  | { readonly kind: 'step'; readonly name: string; readonly next: Step | KernelExport }
  | { readonly kind: 'export'; readonly tag: ExportTag }
  | { readonly kind: 'namespace'; readonly name: string }
  | { readonly kind: 'license'; readonly tag: LicenseTag }
  | { readonly kind: 'module'; readonly module: BuildModule }
  | { readonly kind: 'object'; readonly module: BuildModule; readonly member: BuildMember }
);

/** What is known of the name at an offset: several things of one span where a macro leads to several symbols. */
export function subjectsAt({ snapshot, build }: Known, path: string, offset: number): readonly Subject[] {
  const isHere = (at: Location | undefined) => at?.file === path && contains(at.span, offset);
  const named = buildSubjects(build, isHere);
  const file = snapshot.file(path);
  if (named.length > 0 || !file) return named;
  const modules = snapshot.modulesOf(path);
  const own = ownExport(file, modules, offset);
  if (own) return [own];
  const tag = tagSubject(file, offset);
  if (tag) return [tag];
  const uses = useSubjects(file, modules, snapshot.kernel, offset);
  return uses.length > 0 ? uses : stepsAt(modules, path, offset);
}

/** Where trails of these modules go on at an offset of a file, which may be a header of the kernel. */
export function stepsAt(modules: readonly Module[], path: string, offset: number): Subject[] {
  const found = new Map<string, Subject>();
  for (const symbol of modules.flatMap((module) => module.symbols())) {
    for (const { through } of symbol.sites) {
      const index = through.findIndex(({ at }) => at.file === path && contains(at.span, offset));
      const step = through[index];
      const next = through[index + 1] ?? symbol.export;
      if (!step || found.has(next.name)) continue;
      found.set(next.name, { kind: 'step', span: step.at.span, name: next.name, next });
    }
  }
  return [...found.values()];
}

/** A symbol of a module whose way begins at a place. */
export interface Reached {
  readonly module: Module;
  readonly symbol: SymbolUse;
  readonly site: UseSite;
}

/** Symbols whose way begins at the place; several where a local macro reaches several. */
export function reachedAt(module: Module, path: string, offset: number): Reached[] {
  return module.symbols().flatMap((symbol) => {
    const site = symbol.sites.find(({ at }) => at.file === path && contains(at.span, offset));
    return site ? [{ module, symbol, site }] : [];
  });
}

/** The name in the place of a linker symbol at an offset. */
export function useAt(uses: UseTable, offset: number): { readonly name: string; readonly span: Span } | undefined {
  let low = 0;
  let high = uses.start.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((uses.start[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  const start = uses.start[low];
  const name = uses.names[uses.name[low] ?? -1];
  if (start === undefined || name === undefined || start > offset || offset > start + name.length) return undefined;
  return { name, span: { start, end: start + name.length } };
}

/** Whether the file or its modules define the name, so that the kernel's symbol is not meant. */
export function isOwn(file: SourceFile, modules: readonly Module[], name: string): boolean {
  const defines = ({ facts }: SourceFile, isHere: boolean) =>
    [...facts.functions, ...facts.variables].some((one) => one.name === name && (isHere || !one.isStatic)) ||
    (isHere && facts.macros.some((macro) => macro.name === name));
  return defines(file, true) || modules.some((module) => module.files.some((other) => defines(other, false)));
}

export function contains(span: Span, offset: number): boolean {
  return span.start <= offset && offset <= span.end;
}

/** The argument of an export macro's call that names the namespace. */
export function namespaceArgument(call: {
  readonly name: string;
  readonly arguments: readonly Argument[];
}): Argument | undefined {
  const index = exportMacro(call.name)?.namespace;
  return typeof index === 'number' ? call.arguments.at(index) : undefined;
}

function buildSubjects(build: Build, isHere: (at: Location | undefined) => boolean): Subject[] {
  const found: Subject[] = [];
  for (const module of build.modules) {
    const members = module.members.filter(({ at }) => isHere(at));
    for (const member of members) {
      if (member.at) found.push({ kind: 'object', span: member.at.span, module, member });
    }
    // A module of one object has one word for both.
    if (members.length === 0 && module.at && isHere(module.at)) {
      found.push({ kind: 'module', span: module.at.span, module });
    }
  }
  return found;
}

function useSubjects(file: SourceFile, modules: readonly Module[], kernel: Kernel, offset: number): Subject[] {
  const reached = modules.flatMap((module) => reachedAt(module, file.path, offset));
  if (reached.length > 0) {
    return reached.map(({ symbol, site }) => ({
      kind: 'use',
      span: site.at.span,
      name: symbol.name,
      export: symbol.export,
      site,
    }));
  }
  const use = useAt(file.facts.uses, offset);
  const found = use && !isOwn(file, modules, use.name) ? kernel.exports.get(use.name) : undefined;
  return use && found ? [{ kind: 'use', span: use.span, name: use.name, export: found, site: undefined }] : [];
}

/** The export that is said at the offset, or that of the function or variable that is defined there. */
function ownExport(file: SourceFile, modules: readonly Module[], offset: number): Subject | undefined {
  const said = file.exports.find(({ at }) => at.file === file.path && contains(at.span, offset));
  if (said) return { kind: 'export', span: said.at.span, tag: said };
  const defined = [...file.facts.functions, ...file.facts.variables].find(
    ({ nameSpan, isStatic }) => !isStatic && contains(nameSpan, offset),
  );
  if (!defined) return undefined;
  const tags = [file, ...modules.flatMap((module) => module.files)].flatMap((one) => one.exports);
  const tag = tags.find(({ name }) => name === defined.name);
  return tag && { kind: 'export', span: defined.nameSpan, tag };
}

function tagSubject(file: SourceFile, offset: number): Subject | undefined {
  const isHere = ({ at }: { readonly at: Location }) => at.file === file.path && contains(at.span, offset);
  const imported = file.imports.find(isHere);
  if (imported?.value !== undefined) return { kind: 'namespace', span: imported.at.span, name: imported.value };
  const license = file.licenses.find(isHere);
  if (license) return { kind: 'license', span: license.at.span, tag: license };
  for (const call of file.facts.invocations) {
    const argument = contains(call.span, offset) ? namespaceArgument(call) : undefined;
    if (!argument || !contains(argument.span, offset)) continue;
    const tag = file.exports.find(({ at }) => at.file === file.path && contains(call.span, at.span.start));
    if (tag?.namespace) return { kind: 'namespace', span: argument.span, name: tag.namespace };
  }
  return undefined;
}
