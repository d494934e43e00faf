import type { SymbolLookup } from '../model/module';

/** Whether a look-up is the kernel's own symbol_get, or symbol_request that is made of it. */
export function isSymbolGet({ kind, by }: SymbolLookup): boolean {
  return kind === 'call' && /^(?:__)?symbol_(?:get|request)$/.test(by);
}
