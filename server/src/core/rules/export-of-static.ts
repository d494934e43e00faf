import { isAtLeast, type Kernel } from '../kernel/kernel';
import { type Exported, exportsOf, removeExport } from './exports';
import { defineRule } from './rule';

/** modpost's check for static exports; from 5.19 to 6.4 a script of its own, `scripts/check-local-export`. */
export const exportOfStatic = defineRule<Exported>({
  id: 'export-of-static',
  severity: 'error',
  scope: 'module',
  summary: 'A module exports a function or variable that is static.',

  *check(module, kernel) {
    // Nobody looked before.
    if (isAtLeast(kernel.version, 5, 4) === false) return;
    for (const exported of exportsOf(module)) {
      const { file, tag } = exported;
      const found = definitions(exported);
      const [definition] = found;
      if (!definition || found.some((one) => !one.isStatic)) continue;
      const related = [{ message: `'${tag.name}' is static`, at: { file: file.path, span: definition.nameSpan } }];
      const match = { at: tag.at, message: message(exported, module.name, kernel), related, data: exported };
      yield isAtLeast(kernel.version, 5, 11) === false ? { ...match, severity: 'warning' } : match;
    }
  },

  fix: removeExport,
});

/** What the file itself defines under the name, as far as it may be compiled. */
function definitions({ file, tag }: Exported) {
  return [...file.facts.functions, ...file.facts.variables].filter(
    ({ name, nameSpan }) => name === tag.name && file.presence(nameSpan.start) !== 'no',
  );
}

function message({ tag }: Exported, module: string, { version }: Kernel): string {
  const { name, isGplOnly } = tag;
  if (isAtLeast(version, 5, 19) === false)
    return `"${name}" [${module}] is a static EXPORT_SYMBOL${isGplOnly ? '_GPL' : ''}`;
  if (isAtLeast(version, 6, 5) === false) return `local symbol ${name} was exported`;
  return `${module}: local symbol '${name}' was exported`;
}
