import { basename } from '../path';
import { compatibleNotes } from './notes';
import { defineRule } from './rule';

/** Kbuild links such an object without a word [Documentation/kbuild/modules.rst, "Binary Blobs"]. */
export const prebuiltObject = defineRule<undefined>({
  id: 'prebuilt-object',
  severity: 'warning',
  scope: 'module',
  summary: 'An object without source is linked into a module that declares a license compatible with the GPL.',

  *check(module) {
    if (module.verdict !== 'compatible') return;
    for (const { path, at = module.at } of module.prebuilt) {
      if (!at) continue;
      const message = `'${basename(path)}' is linked into ${module.name}.ko without its source, and the module declares a license compatible with the GPL`;
      yield { at, message, related: compatibleNotes(module), data: undefined };
    }
  },
});
