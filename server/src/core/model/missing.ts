import type { LinkFacts, LinkSymbol } from '../link/facts';
import { linkedUses } from './linked';
import type { MissingSymbol, UseSite } from './module';
import { globalNames, type SymbolContext } from './symbols';
import type { Unit } from './unit';

/**
 * Names that nobody has to export: modpost's ignore_undef_symbol, what the linker gives for a section (`__start_x`), and
 * what it links into every module of some architectures.
 */
const provided =
  /^(?:__this_module|_GLOBAL_OFFSET_TABLE_|\.TOC\.|__(?:start|stop)_\w+|_(?:rest|save)(?:32)?(?:gpr|fpr|vr)[01]?_\w+|__s390_indirect_jump_r\w*)$/;

interface Found {
  declaredAt: MissingSymbol['declaredAt'];
  readonly sites: UseSite[];
}

/** Undefined symbols of a module that nobody is known to export. Each unit's link has to be known. */
export function missingSymbols(units: readonly Unit[], context: SymbolContext): MissingSymbol[] {
  const own = globalNames(units, context);
  const found = new Map<string, Found>();
  for (const unit of units) {
    const link = context.link(unit.source);
    if (!link) continue;
    const files = new Set(unit.files);
    for (const symbol of link.symbols) {
      const { name, weak } = symbol;
      // modpost ignores weak ones.
      if (weak || own.has(name) || provided.test(name) || context.findExport(name)) continue;
      const entry = found.get(name) ?? { declaredAt: undefined, sites: [] };
      found.set(name, entry);
      entry.declaredAt ??= declaration(link, symbol);
      entry.sites.push(...linkedUses(link, symbol, (path) => files.has(path)));
    }
  }
  return [...found].map(([name, entry]) => ({ name, ...entry }));
}

function declaration({ files }: LinkFacts, { name, declared }: LinkSymbol): MissingSymbol['declaredAt'] {
  const file = declared && files[declared.file];
  return declared === undefined || file === undefined
    ? undefined
    : { file, span: { start: declared.offset, end: declared.offset + name.length } };
}
