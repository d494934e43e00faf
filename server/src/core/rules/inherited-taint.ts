import type { Related } from '../finding';
import { isAtLeast, type Kernel } from '../kernel/kernel';
import type { Module, SymbolUse, UseSite } from '../model/module';
import { exportNote, licenseNotes, stepNotes } from './notes';
import { defineRule } from './rule';

/** The ways to a proprietary license, step by step. */
type Chain = readonly Related[] | undefined;
/** By the path of the module. */
type Known = Map<string, Chain>;

/** The loader's inherit_taint, and its reverse: whichever kind of symbol comes first, the other one is refused. */
export const inheritedTaint = defineRule<undefined>({
  id: 'inherited-taint',
  severity: 'error',
  scope: 'module',
  summary: 'A module uses GPL-only symbols and symbols of a proprietary module.',

  *check(module, kernel) {
    // A proprietary module in the kernel's own source is a mistake of its own.
    if (module.isInTree || module.verdict !== 'compatible' || isAtLeast(kernel.version, 5, 9) === false) return;
    // Most often there is no proprietary module at all, and nobody has to be asked what it builds upon.
    if (!module.siblings().some((sibling) => ownTaint(sibling))) return;
    const gplOnly = module.symbols().find(({ export: from, sites }) => from.isGplOnly && sites.some(isSure));
    if (!gplOnly) return;
    const known: Known = new Map();
    for (const provider of module.providers()) {
      const owner = provider.module();
      const chain = owner && taintOf(owner, known);
      if (!chain) continue;
      for (const { name, sites } of provider.symbols) {
        const start = `${module.name}: module using GPL-only symbols uses symbols ${name}`;
        const message = `${start} from proprietary module ${owner.name}.`;
        for (const site of sites) {
          const related = [...stepNotes(site), ...chain, ...gplOnlyNotes(gplOnly, kernel)];
          const match = { at: site.at, message, related, data: undefined };
          yield site.presence === 'yes' ? match : { ...match, severity: 'warning' };
        }
      }
    }
  },
});

function gplOnlyNotes({ name, export: from, sites }: SymbolUse, kernel: Kernel): Related[] {
  const site = sites.find(isSure);
  return [...(site ? [{ message: `'${name}' is used here`, at: site.at }] : []), exportNote(from, 'GPL-only', kernel)];
}

/** Why the loader takes a module for a proprietary one; `undefined` if it does not surely. */
function taintOf(module: Module, known: Known): Chain {
  if (known.has(module.path)) return known.get(module.path);
  // Modules that use each other say nothing of each other.
  known.set(module.path, undefined);
  const chain = ownTaint(module) ?? inherited(module, known);
  known.set(module.path, chain);
  return chain;
}

/** The loader reads one tag, modpost all: where they disagree nothing is sure. */
function ownTaint(module: Module): Chain {
  const isSurely = module.verdict === 'incompatible' && module.licenses.every((tag) => tag.isCompatible === false);
  return isSurely ? licenseNotes(module) : undefined;
}

function inherited(module: Module, known: Known): Chain {
  if (module.verdict !== 'compatible') return undefined;
  for (const provider of module.providers()) {
    const symbol = provider.symbols.find(({ sites }) => sites.some(isSure));
    const site = symbol?.sites.find(isSure);
    const owner = site && provider.module();
    const chain = owner && taintOf(owner, known);
    if (!chain) continue;
    const message = `${module.name} uses '${symbol?.name}' of ${owner.name} and inherits its taint`;
    return [{ message, at: site.at }, ...chain];
  }
  return undefined;
}

function isSure({ presence }: UseSite): boolean {
  return presence === 'yes';
}
