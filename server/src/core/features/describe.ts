import type { Kernel, KernelExport } from '../kernel/kernel';
import { licenseStrings } from '../kernel/license';
import type { LicenseTag, Module, SymbolUse, UseSite } from '../model/module';
import { gplOnlySymbols } from './gplonly';
import { code, count } from './markdown';

/** Sentences in Markdown that several hovers say. */

export function describeKernel({ release, origin, folder }: Kernel): string {
  const from = origin === 'headers' && folder !== undefined ? `headers in ${code(folder)}` : 'embedded';
  return `Kernel ${code(release)} (${from})`;
}

export function describeExport(found: KernelExport, kernel: Kernel, use: readonly string[] = []): string {
  const { name, isGplOnly, namespace, provider } = found;
  const lines = [
    `${code(name)} is exported ${isGplOnly ? '**GPL-only**' : 'to modules of **any license**'} by ${code(provider)}.`,
    ...(namespace === '' ? [] : [`Namespace: ${code(namespace)}`]),
    ...use,
    describeKernel(kernel),
  ];
  return lines.join('\n\n');
}

/** Whether a module may use GPL-only symbols, and why. */
export function describeVerdict({ name, verdict, licenses }: Module): string {
  const values = licenses.map(({ value, text }) => code(value === undefined ? text : `"${value}"`)).join(', ');
  const said = values === '' ? '' : ` (${values})`;
  const module = code(`${name}.ko`);
  if (verdict === 'compatible') return `${module} may use it: its license${said} is compatible with the GPL.`;
  if (verdict === 'incompatible') return `${module} may not use it: its license${said} is not compatible with the GPL.`;
  if (verdict === 'missing') return `${module} declares no license.`;
  return `Whether ${module} may use it is not known: its license${said} is not resolved.`;
}

/** How many GPL-only symbols a module uses, as far as that is known. */
export function describeSymbols(module: Module): string {
  const symbols = gplOnlySymbols(module);
  const limits = module.isExact ? '' : ` ${directOnly}`;
  return `${code(`${module.name}.ko`)} uses ${count(symbols.length, 'GPL-only symbol')}.${limits}`;
}

/** Said wherever the kernel's headers may bring in more. */
export const directOnly = "Direct uses only: what comes through the kernel's headers is not known.";

export function describeLicense({ value, text, isCompatible }: LicenseTag): string {
  if (value === undefined || isCompatible === undefined) return `What ${code(text)} stands for is not known.`;
  const meaning = licenseStrings.find((one) => one.value === value)?.meaning;
  const judged = isCompatible
    ? `${code(`"${value}"`)} is compatible with the GPL: GPL-only symbols may be used.`
    : `${code(`"${value}"`)} is not compatible with the GPL: no GPL-only symbol may be used, and loading the module taints the kernel.`;
  return meaning === undefined ? judged : `${judged}\n\n${meaning}`;
}

/** A symbol that something leads to, with the names on the way. */
export interface Led {
  readonly symbol: Pick<SymbolUse, 'name' | 'export'>;
  readonly through: readonly string[];
  readonly condition?: UseSite['condition'];
}

const mostListed = 8;

/** What a macro or function leads to: GPL-only symbols one by one, the others as a number. */
export function describeLed(name: string, led: readonly Led[]): string {
  const gplOnly = led.filter(({ symbol }) => symbol.export.isGplOnly);
  const others = led.length - gplOnly.length;
  const rest = others === 0 ? '' : `${count(others, 'symbol')} for modules of any license`;
  if (gplOnly.length === 0) return `${code(`${name}()`)} leads to no GPL-only symbol, but to ${rest}.`;
  const which = gplOnly.length === 1 ? 'a **GPL-only** symbol' : `${gplOnly.length} **GPL-only** symbols`;
  const head = `${code(`${name}()`)} leads to ${which}${rest === '' ? '' : `, and to ${rest}`}:`;
  const lines = gplOnly.slice(0, mostListed).map(describeOne);
  if (gplOnly.length > mostListed) lines.push(`- and ${gplOnly.length - mostListed} more`);
  return [head, lines.join('\n')].join('\n\n');
}

function describeOne({ symbol, through, condition }: Led): string {
  const { name, export: from } = symbol;
  const way = through.length === 0 ? '' : `, through ${through.map((step) => code(`${step}()`)).join(' → ')}`;
  const namespace = from.namespace === '' ? '' : `, namespace ${code(from.namespace)}`;
  const open = condition === undefined ? '' : `, if ${code(condition)} holds`;
  return `- ${code(name)} of ${code(from.provider)}${namespace}${way}${open}`;
}
