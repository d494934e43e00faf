/** How one export macro names, classes and places the symbols it exports. */
interface ExportMacro {
  /** `{}` stands for the first argument. */
  readonly symbols: readonly string[];
  readonly isGplOnly: boolean;
  /** Index of the argument that names the namespace (negative: from the end), or the namespace itself. */
  readonly namespace?: number | string;
  /** What stands before the argument that names the namespace. */
  readonly prefix?: string;
}

const plain = (isGplOnly: boolean, namespace?: number | string): ExportMacro =>
  namespace === undefined ? { symbols: ['{}'], isGplOnly } : { symbols: ['{}'], isGplOnly, namespace };
/** The argument is a list of the modules that may use the symbol. */
const forModules: ExportMacro = { ...plain(true, 1), prefix: 'module:' };
const staticCall = (isGplOnly: boolean): ExportMacro => ({ symbols: ['__SCK__{}', '__SCT__{}'], isGplOnly });
const trampoline = (isGplOnly: boolean): ExportMacro => ({ symbols: ['__SCT__{}'], isGplOnly });
const tracepoint = (isGplOnly: boolean): ExportMacro => ({
  symbols: ['__tracepoint_{}', '__traceiter_{}', '__SCK__tp_func_{}', '__SCT__tp_func_{}'],
  isGplOnly,
});

/** Macros of include/linux/export.h, static_call.h, tracepoint.h, kunit/visibility.h and their predecessors. */
const exportMacros: ReadonlyMap<string, ExportMacro> = new Map([
  ['EXPORT_SYMBOL', plain(false)],
  ['EXPORT_SYMBOL_GPL', plain(true)],
  ['EXPORT_SYMBOL_NS', plain(false, 1)],
  ['EXPORT_SYMBOL_NS_GPL', plain(true, 1)],
  ['EXPORT_SYMBOL_GPL_FOR_MODULES', forModules],
  ['EXPORT_SYMBOL_FOR_MODULES', forModules],
  ['EXPORT_SYMBOL_FOR_KVM', plain(true)],
  ['EXPORT_SYMBOL_FOR_KVM_INTERNAL', plain(true)],
  ['EXPORT_SYMBOL_RUST_GPL', plain(true)],
  ['EXPORT_SYMBOL_IF_KUNIT', plain(false, 'EXPORTED_FOR_KUNIT_TESTING')],
  ['EXPORT_SYMBOL_GPL_FUTURE', plain(false)],
  ['EXPORT_UNUSED_SYMBOL', plain(false)],
  ['EXPORT_UNUSED_SYMBOL_GPL', plain(true)],
  ['EXPORT_PER_CPU_SYMBOL', plain(false)],
  ['EXPORT_PER_CPU_SYMBOL_GPL', plain(true)],
  ['EXPORT_INDIRECT_CALLABLE', plain(false)],
  ['EXPORT_STATIC_CALL', staticCall(false)],
  ['EXPORT_STATIC_CALL_GPL', staticCall(true)],
  ['EXPORT_STATIC_CALL_TRAMP', trampoline(false)],
  ['EXPORT_STATIC_CALL_TRAMP_GPL', trampoline(true)],
  ['EXPORT_TRACEPOINT_SYMBOL', tracepoint(false)],
  ['EXPORT_TRACEPOINT_SYMBOL_GPL', tracepoint(true)],
  ['EXPORT_PM_FN_GPL', plain(true)],
  ['EXPORT_PM_FN_NS_GPL', plain(true, 1)],
]);

/** `EXPORT_NS_GPL_SIMPLE_DEV_PM_OPS(name, suspend, resume, ns)` and the like of include/linux/pm.h, pm_runtime.h. */
const powerOperations = /^EXPORT_(NS_)?(GPL_)?(?:[A-Z]+_){1,4}PM_OPS$/;

/** What a macro exports; `undefined` if it is no export macro. */
export function exportMacro(name: string): ExportMacro | undefined {
  if (!name.startsWith('EXPORT_')) return undefined;
  const known = exportMacros.get(name);
  if (known) return known;
  const match = powerOperations.exec(name);
  return match ? plain(match[2] !== undefined, match[1] === undefined ? undefined : -1) : undefined;
}
