import type { Fix } from '../finding';
import { isAtLeast, type Kernel, type KernelExport } from '../kernel/kernel';
import type { Module } from '../model/module';
import { type Exported, exportsOf, removeExport } from './exports';
import { exportNote } from './notes';
import { defineRule, type Match } from './rule';

interface Data {
  readonly exported: Exported;
  /** The same export stands elsewhere in the module. */
  readonly isRepeated: boolean;
}

/** modpost's sym_add_exported, and the loader's verify_exported_symbols between two modules of one build. */
export const duplicateExport = defineRule<Data>({
  id: 'duplicate-export',
  severity: 'error',
  scope: 'module',
  summary: 'A symbol is exported twice.',

  *check(module, kernel) {
    const first = new Map<string, Exported>();
    for (const exported of exportsOf(module)) {
      const { name } = exported.tag;
      const before = first.get(name);
      if (before) yield* again(exported, before, module, kernel);
      else yield* elsewhere(exported, module, kernel);
      first.set(name, before ?? exported);
    }
  },

  fix({ exported, isRepeated }): readonly Fix[] {
    return removeExport(exported).map((fix) => (isRepeated ? { ...fix, safe: true } : fix));
  },
});

/** modpost only warned before 5.19. */
function weigh(match: Match<Data>, { version }: Kernel): Match<Data> {
  return isAtLeast(version, 5, 19) === false ? { ...match, severity: 'warning' } : match;
}

function* again(exported: Exported, before: Exported, { name }: Module, kernel: Kernel): Iterable<Match<Data>> {
  const { tag } = exported;
  const message = `${name}: '${tag.name}' exported twice. Previous export was in ${name}.ko`;
  const related = [{ message: `'${tag.name}' is exported here already`, at: before.tag.at }];
  const isRepeated = tag.isGplOnly === before.tag.isGplOnly && tag.namespace === before.tag.namespace;
  yield weigh({ at: tag.at, message, related, data: { exported, isRepeated } }, kernel);
}

function* elsewhere(exported: Exported, module: Module, kernel: Kernel): Iterable<Match<Data>> {
  const { tag } = exported;
  const other = module.findExport(tag.name);
  if (!other) return;
  const data = { exported, isRepeated: false };
  const related = [exportNote(other, other.isGplOnly ? 'GPL-only' : 'plainly', kernel)];
  const sibling = module.provider(tag.name);
  if (!sibling) {
    // What the kernel that is open here built itself is this very export.
    if (module.isInTree || other.provider !== 'vmlinux') return;
    const message = `${module.name}: '${tag.name}' exported twice. Previous export was in vmlinux`;
    yield weigh({ at: tag.at, message, related, data }, kernel);
    return;
  }
  if (!areBuiltTogether(module, sibling, other)) return;
  if (module.isInTree) {
    const message = `${module.name}: '${tag.name}' exported twice. Previous export was in ${sibling.name}.ko`;
    yield weigh({ at: tag.at, message, related, data }, kernel);
    return;
  }
  const message = `${module.name}: exports duplicate symbol ${tag.name} (owned by ${sibling.name})`;
  yield { at: tag.at, message, related, data, severity: 'warning' };
}

/** Modules of two Makefiles may be two versions of one driver; a source that is a member of both is in only one. */
function areBuiltTogether(module: Module, sibling: Module, { at }: KernelExport): boolean {
  if (module.dependsOn !== undefined || sibling.dependsOn !== undefined) return false;
  if (module.files.some((file) => file.path === at?.file)) return module.isInTree;
  return module.isInTree || module.at?.file === sibling.at?.file;
}
