import type { Fix } from '../finding';
import { exportMacro } from '../model/exports';
import type { ExportTag, Module, SourceFile } from '../model/module';

/** An export that is surely compiled, with the file that it stands in. */
export interface Exported {
  readonly file: SourceFile;
  readonly tag: ExportTag;
}

/**
 * A module's exports of names that stand in the source as they are: what EXPORT_STATIC_CALL and its kin export is made by
 * other macros.
 */
export function* exportsOf({ files }: Module): Iterable<Exported> {
  for (const file of files) {
    for (const tag of file.exports) {
      const { symbols } = exportMacro(tag.invocation.name) ?? {};
      if (tag.presence === 'yes' && (symbols === undefined || symbols[0] === '{}')) yield { file, tag };
    }
  }
}

/** Cuts out the export's line; only offered, since the export may be what was meant. */
export function removeExport({ file, tag }: Exported): Fix[] {
  const { name, lines } = tag.invocation;
  if (!exportMacro(name)) return [];
  const edits = [{ file: file.path, span: lines, newText: '' }];
  return [{ title: `Remove ${name}(${tag.name})`, safe: false, edits }];
}

/** Makes a plain export GPL-only; only offered, since others may rely on it. */
export function exportGplOnly({ at, name, invocation }: ExportTag): Fix[] {
  const newText = `${invocation.name}_GPL`;
  const now = exportMacro(invocation.name);
  if (!now || now.isGplOnly || !exportMacro(newText)?.isGplOnly) return [];
  const edits = [{ file: at.file, span: invocation.nameSpan, newText }];
  return [{ title: `Change to ${newText}(${name})`, safe: false, edits }];
}
