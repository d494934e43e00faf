import type { Fix } from '../finding';
import { isAtLeast, type Kernel } from '../kernel/kernel';
import type { FunctionDefinition } from '../syntax/facts';
import { type Exported, exportsOf, removeExport } from './exports';
import { defineRule } from './rule';

interface Data {
  readonly exported: Exported;
  readonly fn: FunctionDefinition;
}

/** modpost's section check: code in .init.text is gone when another module calls it. */
export const exportOfInit = defineRule<Data>({
  id: 'export-of-init',
  severity: 'warning',
  scope: 'module',
  summary: 'A module exports a function that is marked __init or __exit.',

  *check(module, kernel) {
    for (const exported of exportsOf(module)) {
      const { file, tag } = exported;
      const fn = file.facts.functions.find(
        ({ name, section, nameSpan }) =>
          name === tag.name && section !== undefined && file.presence(nameSpan.start) === 'yes',
      );
      // A static one has an error of its own.
      if (!fn?.section || fn.isStatic) continue;
      const related = [
        { message: `'${tag.name}' is marked __${fn.section}`, at: { file: file.path, span: fn.nameSpan } },
      ];
      yield {
        at: tag.at,
        message: message(tag.name, fn.section, module.name, kernel),
        related,
        data: { exported, fn },
      };
    }
  },

  fix({ exported, fn }): readonly Fix[] {
    const unmark = fn.mark && [{ file: exported.file.path, span: fn.mark, newText: '' }];
    const title = `Remove __${fn.section}`;
    return [...(unmark ? [{ title, safe: false, edits: unmark }] : []), ...removeExport(exported)];
  },
});

function message(name: string, section: 'init' | 'exit', module: string, { version }: Kernel): string {
  return isAtLeast(version, 6, 5) === false
    ? `${module}.o: EXPORT_SYMBOL used for init/exit symbol: ${name} (section: .${section}.text)`
    : `${module}: ${name}: EXPORT_SYMBOL used for ${section} symbol. Remove __${section} or EXPORT_SYMBOL.`;
}
