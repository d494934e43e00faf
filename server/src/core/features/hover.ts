import type { Kernel, KernelExport } from '../kernel/kernel';
import type { LicenseTag, Module, SourceFile, SymbolUse, UseSite } from '../model/module';
import type { Snapshot } from '../model/snapshot';
import type { Span } from '../text';
import { code } from './markdown';
import { contains, isOwn, reachedAt, useAt } from './place';

/** What is known of the thing at a place. */
export interface Hover {
  readonly span: Span;
  /** Markdown; nothing in it comes from outside without being quoted as code. */
  readonly markdown: string;
}

/** Says of an exported symbol or a license tag at an offset what the kernel makes of it. */
export function hover(snapshot: Snapshot, path: string, offset: number): Hover | undefined {
  const file = snapshot.file(path);
  if (!file) return undefined;
  const modules = snapshot.modulesOf(path);
  return (
    hoverSymbol(file, modules, snapshot.kernel, offset) ??
    hoverOwnExport(file, offset) ??
    hoverLicense(file, snapshot.kernel, offset)
  );
}

function hoverSymbol(file: SourceFile, modules: readonly Module[], kernel: Kernel, offset: number): Hover | undefined {
  const reached = modules.flatMap((module) => reachedAt(module, file.path, offset));
  const first = reached[0];
  if (first) {
    const markdown = [...new Set(reached.map(({ symbol, site }) => describeUse(symbol, site, kernel)))].join(
      '\n\n---\n\n',
    );
    const verdicts = modules.filter((module) =>
      reached.some((one) => one.module === module && one.symbol.export.isGplOnly),
    );
    return { span: first.site.at.span, markdown: [markdown, ...verdicts.map(describeVerdict)].join('\n\n') };
  }
  const use = useAt(file.facts.uses, offset);
  if (!use || isOwn(file, modules, use.name)) return undefined;
  const found = kernel.exports.get(use.name);
  return found && { span: use.span, markdown: describeExport(found, kernel) };
}

function describeUse({ export: found }: SymbolUse, { through, presence, condition }: UseSite, kernel: Kernel): string {
  const way = through.map((step) => `\`${step.name}()\``).join(' → ');
  const isOpen = presence === 'maybe' && condition !== undefined;
  return describeExport(found, kernel, [
    ...(way === '' ? [] : [`Reached through ${way}.`]),
    ...(isOpen ? [`Used only if ${code(condition)} holds, which is not known.`] : []),
  ]);
}

function describeExport(found: KernelExport, kernel: Kernel, use: readonly string[] = []): string {
  const { name, isGplOnly, namespace, provider } = found;
  const lines = [
    `${code(name)} is exported ${isGplOnly ? '**GPL-only**' : 'to modules of **any license**'} by ${code(provider)}.`,
    ...(namespace === '' ? [] : [`Namespace: ${code(namespace)}`]),
    ...use,
    describeKernel(kernel),
  ];
  return lines.join('\n\n');
}

function describeKernel({ release, origin, folder }: Kernel): string {
  const from = origin === 'headers' && folder !== undefined ? `headers in ${code(folder)}` : 'embedded';
  return `Kernel ${code(release)} (${from})`;
}

function describeVerdict({ name, verdict, licenses }: Module): string {
  const values = licenses.map(({ value, text }) => code(value === undefined ? text : `"${value}"`)).join(', ');
  const said = values === '' ? '' : ` (${values})`;
  const module = code(`${name}.ko`);
  if (verdict === 'compatible') return `${module} may use it: its license${said} is compatible with the GPL.`;
  if (verdict === 'incompatible') return `${module} may not use it: its license${said} is not compatible with the GPL.`;
  if (verdict === 'missing') return `${module} declares no license.`;
  return `Whether ${module} may use it is not known: its license${said} is not resolved.`;
}

function hoverOwnExport(file: SourceFile, offset: number): Hover | undefined {
  const own = file.exports.find(({ at }) => at.file === file.path && contains(at.span, offset));
  if (!own) return undefined;
  const namespace = own.namespace === '' ? '' : ` in the namespace ${code(own.namespace)}`;
  const whom = own.isGplOnly ? 'modules with a GPL-compatible license only' : 'modules of any license';
  return { span: own.at.span, markdown: `${code(own.name)} is exported to ${whom}${namespace}.` };
}

function hoverLicense(file: SourceFile, kernel: Kernel, offset: number): Hover | undefined {
  const tag = file.licenses.find(({ at }) => at.file === file.path && contains(at.span, offset));
  return tag && { span: tag.at.span, markdown: `${describeLicense(tag)}\n\n${describeKernel(kernel)}` };
}

function describeLicense({ value, text, isCompatible }: LicenseTag): string {
  if (value === undefined || isCompatible === undefined) return `What ${code(text)} stands for is not known.`;
  return isCompatible
    ? `${code(`"${value}"`)} is compatible with the GPL: GPL-only symbols may be used.`
    : `${code(`"${value}"`)} is not compatible with the GPL: no GPL-only symbol may be used, and loading the module taints the kernel.`;
}
