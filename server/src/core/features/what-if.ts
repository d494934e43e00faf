import { isAtLeast, type Kernel } from '../kernel/kernel';
import { verdict } from '../model/build';
import type { LicenseTag, Module, SymbolUse } from '../model/module';
import type { Snapshot } from '../model/snapshot';

/** What would become of a module if it declared another license. */
export interface WhatIf {
  readonly module: Module;
  /** modpost's verdict on the tags as they would be: all of them count. */
  readonly verdict: Module['verdict'];
  /** Whether the loader, which reads the first tag only, would call the module proprietary; `undefined` if not known. */
  readonly isTainting: boolean | undefined;
  /** Tags that would stay, elsewhere in the module, and are not compatible themselves. */
  readonly remaining: readonly LicenseTag[];
  /** GPL-only symbols that modpost would refuse. */
  readonly refused: readonly SymbolUse[];
  /** Pairs of modules that the loader would not let work together. */
  readonly inherited: readonly InheritedTaint[];
  /** Namespaces that the module's symbols are in: no license changes that they must be imported. */
  readonly namespaces: readonly string[];
}

/** A module that uses GPL-only symbols and symbols of a proprietary one: the loader refuses these from 5.9 on. */
export interface InheritedTaint {
  readonly user: Module;
  readonly provider: Module;
  /** The provider's symbols. */
  readonly symbols: readonly SymbolUse[];
}

/**
 * Judges a module as if it declared `license`. The tags of `file` are the ones that change, as on a license line; all of
 * the module's where `file` has none or is not given.
 */
export function whatIf(snapshot: Snapshot, module: Module, license: string, file?: string): WhatIf {
  const { kernel } = snapshot;
  const tags = tagsUnder(module, license, kernel, file);
  const then = verdict(tags, module.unreadMembers);
  const [first] = tags;
  const isTainting =
    first?.presence !== 'yes' || first.isCompatible === undefined ? undefined : first.isCompatible === false;
  const symbols = module.symbols();
  return {
    module,
    verdict: then,
    isTainting,
    remaining: tags.flatMap((tag) => (tag.isCompatible === false && 'at' in tag ? [tag] : [])),
    refused: then === 'incompatible' ? symbols.filter((use) => use.export.isGplOnly) : [],
    inherited: isAtLeast(kernel.version, 5, 9) === true ? inherited(snapshot, module, isTainting) : [],
    namespaces: [...new Set(symbols.map((use) => use.export.namespace))].filter((name) => name !== '').sort(),
  };
}

type Judged = LicenseTag | Pick<LicenseTag, 'presence' | 'isCompatible'>;

/** The changed tags count as one, which is sure, also where `#if` chose between them. */
function tagsUnder(module: Module, license: string, kernel: Kernel, file: string | undefined): Judged[] {
  const isSaidThere = file !== undefined && module.licenses.some((tag) => tag.at.file === file);
  const changed: Judged = { presence: 'yes', isCompatible: kernel.compatibleLicenses.has(license) };
  const tags: Judged[] = [];
  for (const tag of module.licenses) {
    if (isSaidThere && tag.at.file !== file) tags.push(tag);
    else if (!tags.includes(changed)) tags.push(changed);
  }
  return tags.length > 0 ? tags : [changed];
}

/** The kernel's inherit_taint(): as the user of a proprietary module, and as the proprietary module itself. */
function inherited(snapshot: Snapshot, module: Module, isTainting: boolean | undefined): InheritedTaint[] {
  if (isTainting === undefined) return [];
  if (!isTainting) {
    const from = new Map<Module, SymbolUse[]>();
    for (const use of usesGplOnly(module) ? module.symbols() : []) {
      const provider = providerOf(snapshot, use);
      if (!provider || provider === module || !isProprietary(provider)) continue;
      from.set(provider, [...(from.get(provider) ?? []), use]);
    }
    return [...from].map(([provider, symbols]) => ({ user: module, provider, symbols }));
  }
  if (module.files.every((file) => file.exports.length === 0)) return [];
  return snapshot.modules.flatMap((user) => {
    if (user === module || isProprietary(user)) return [];
    const symbols = user.symbols().filter((use) => providerOf(snapshot, use) === module);
    return symbols.length > 0 && usesGplOnly(user) ? [{ user, provider: module, symbols }] : [];
  });
}

/** The module of the workspace that exports a symbol; `undefined` for the kernel's. */
function providerOf(snapshot: Snapshot, { name, export: { at } }: SymbolUse): Module | undefined {
  return at && snapshot.modulesOf(at.file).find((module) => exportsIt(module, name));
}

function exportsIt(module: Module, name: string): boolean {
  return module.files.some((file) => file.exports.some((tag) => tag.name === name));
}

function usesGplOnly(module: Module): boolean {
  return module.symbols().some((use) => use.export.isGplOnly && use.sites.some((site) => site.presence === 'yes'));
}

/** What the loader says, by the first tag. */
function isProprietary({ licenses: [first] }: Module): boolean {
  return first?.presence === 'yes' && first.isCompatible === false;
}
