import type { Kernel } from '../kernel/kernel';
import type { SourceFile, SymbolUse, UseSite } from '../model/module';
import type { Snapshot } from '../model/snapshot';
import { describeExport, describeKernel, describeLed, describeVerdict, directOnly } from './describe';
import type { Hover } from './hover';
import { code, count } from './markdown';
import { contains, reachedAt, type Subject } from './place';
import { type Reach, reachOf } from './reach';

/** A symbol that is used, or the macro or function whose mention leads to symbols. */
export function hoverUses(
  snapshot: Snapshot,
  path: string,
  offset: number,
  { span, export: found }: Extract<Subject, { kind: 'use' }>,
): Hover {
  const { kernel } = snapshot;
  const modules = snapshot.modulesOf(path);
  const reached = modules.flatMap((module) => reachedAt(module, path, offset));
  const [first] = reached;
  if (!first) return { span, markdown: describeExport(found, kernel) };
  const once = new Map(reached.map((one) => [one.symbol.name, one]));
  const [step] = first.site.through;
  const verdicts = modules.filter((module) =>
    reached.some((one) => one.module === module && one.symbol.export.isGplOnly),
  );
  const what =
    once.size === 1 || !step
      ? [...once.values()].map(({ symbol, site }) => describeUse(symbol, site, kernel)).join('\n\n---\n\n')
      : [
          describeLed(
            step.name,
            [...once.values()].map(({ symbol, site: { through, condition } }) => {
              return { symbol, through: through.slice(1).map(({ name }) => name), condition };
            }),
          ),
          describeKernel(kernel),
        ].join('\n\n');
  const limits = step && modules.some((module) => !module.isExact) ? [directOnly] : [];
  return { span, markdown: [what, ...verdicts.map(describeVerdict), ...limits].join('\n\n') };
}

/** A macro or inline function of the file at the place of its definition. */
export function* hoverDefinition(
  snapshot: Snapshot,
  file: SourceFile,
  offset: number,
): Generator<void, Hover | undefined> {
  const { macros, functions } = file.facts;
  const macro = macros.find(({ nameSpan, isUndef }) => !isUndef && contains(nameSpan, offset));
  const fn = functions.find(({ nameSpan, isInline }) => isInline && contains(nameSpan, offset));
  const defined = macro ?? fn;
  if (!defined) return undefined;
  // Ways may begin in the function itself: an inline function that is not static is an object's own.
  const inside = (symbol: SymbolUse) =>
    symbol.sites
      .filter(({ at }) => fn && at.file === file.path && contains(fn.span, at.span.start))
      .map(({ through }) => through.map(({ name }) => name));
  const reach = yield* reachOf(snapshot, file.path, defined.name, inside);
  return reach && { span: defined.nameSpan, markdown: describeReach(defined.name, reach) };
}

/** A mention in a header of the module's own, or of the kernel's, that trails go through. */
export function* hoverStep(
  snapshot: Snapshot,
  path: string,
  { span, name, next }: Extract<Subject, { kind: 'step' }>,
): Generator<void, Hover | undefined> {
  if ('provider' in next) return { span, markdown: describeExport(next, snapshot.kernel) };
  const reach = yield* reachOf(snapshot, path, name);
  return reach && { span, markdown: describeReach(name, reach) };
}

/** What a macro or function leads to, and in which modules that was seen. */
export function describeReach(name: string, { led, modules }: Reach): string {
  const [only] = modules;
  const where = modules.length === 1 && only ? code(`${only.name}.ko`) : count(modules.length, 'module');
  const limits = modules.every((module) => module.isExact) ? '' : ` ${directOnly}`;
  return `${describeLed(name, led)}\n\nSeen in ${where}.${limits}`;
}

function describeUse({ export: found }: SymbolUse, { through, presence, condition }: UseSite, kernel: Kernel): string {
  const way = through.map((step) => code(`${step.name}()`)).join(' → ');
  const isOpen = presence === 'maybe' && condition !== undefined;
  return describeExport(found, kernel, [
    ...(way === '' ? [] : [`Reached through ${way}.`]),
    ...(isOpen ? [`Used only if ${code(condition)} holds, which is not known.`] : []),
  ]);
}
