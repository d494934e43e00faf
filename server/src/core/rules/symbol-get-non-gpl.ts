import { isAtLeast, type Kernel, type KernelVersion } from '../kernel/kernel';
import type { ExportTag, Module } from '../model/module';
import { exportGplOnly } from './exports';
import { isSymbolGet } from './lookups';
import { exportNote } from './notes';
import { defineRule } from './rule';

/** Stable series that took the check over from 6.6, with the first release that has it. */
const backports: readonly (readonly [major: number, minor: number, patch: number])[] = [
  [6, 5, 2],
  [6, 4, 15],
  [6, 1, 52],
  [5, 15, 131],
  [5, 10, 195],
];

/** __symbol_get gives NULL for a plain export, whatever the license of who asks. */
export const symbolGetNonGpl = defineRule<ExportTag | undefined>({
  id: 'symbol-get-non-gpl',
  severity: 'error',
  scope: 'module',
  summary: 'symbol_get asks for a symbol that is not exported GPL-only, and gets nothing.',

  *check(module, kernel) {
    if (!isChecked(kernel)) return;
    for (const lookup of module.lookups()) {
      const from = isSymbolGet(lookup) ? module.findExport(lookup.name) : undefined;
      if (!from || from.isGplOnly) continue;
      const message = `failing symbol_get of non-GPLONLY symbol ${lookup.name}.`;
      const related = [exportNote(from, 'plainly', kernel)];
      const match = { at: lookup.at, message, related, data: exportTag(lookup.name, module) };
      yield lookup.presence === 'yes' ? match : { ...match, severity: 'warning' };
    }
  },

  fix: (tag) => (tag ? exportGplOnly(tag) : []),
});

/** The export itself, where another module of the workspace makes it. */
function exportTag(name: string, module: Module): ExportTag | undefined {
  return module
    .provider(name)
    ?.files.flatMap((file) => file.exports)
    .find((tag) => tag.name === name);
}

function isChecked({ version }: Kernel): boolean {
  if (!version) return false;
  return isAtLeast(version, 6, 6) === true || backports.some((series) => isLater(version, series));
}

function isLater(version: KernelVersion, [major, minor, patch]: (typeof backports)[number]): boolean {
  return version.major === major && version.minor === minor && version.patch >= patch;
}
