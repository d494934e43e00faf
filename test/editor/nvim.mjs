// node test/editor/nvim.mjs : opens the sample driver in Neovim, sees findings and hover, completes a license, applies a quick
// fix, goes to a definition. Needs `nvim` and a build. NVIM names another Neovim.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { runHeadless } from './headless.mjs';

const script = join(import.meta.dirname, 'nvim.lua');
const result = runHeadless(
  process.env.NVIM ?? 'nvim',
  ['--headless', '--clean', '-n', '-i', 'NONE', '-c', `luafile ${script}`],
  'Neovim 0.7 to 0.10',
);
const codes = result.diagnostics.map(({ code }) => code);
assert(codes.includes('gpl-only-symbol') && codes.includes('unknown-license-string'), codes.join());
assert(
  result.diagnostics.every(({ source }) => source === 'untainted'),
  'every diagnostic names its source',
);
assert.match(result.hover, /exported .*GPL-only[\s\S]*\(embedded\)/);
assert(result.completions.includes('GPL') && result.completions.includes('GPL v2'), result.completions.join());
assert.match(result.fixed, /^MODULE_LICENSE\("GPL"\);$/);
assert(result.is_gone, 'the finding goes when it is fixed');
assert.deepEqual(
  result.after.map(({ code }) => code).filter((code) => code === 'gpl-only-symbol'),
  [],
);
assert.equal(result.definition, 'frost_capture.c');
assert.equal(result.exit_code, 0);
process.stdout.write(
  `Neovim ${result.version}: ${codes.length} findings after ${result.milliseconds} ms; ` +
    `${result.completions.length} completions; fixed by '${result.actions[0]}'\n`,
);
