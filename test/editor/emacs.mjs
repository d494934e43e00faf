// node test/editor/emacs.mjs : opens the sample driver in Emacs with eglot, sees findings and hover, completes a license,
// applies a quick fix, goes to a definition. Needs `emacs` (28 with elpa-eglot, or 29) and a build. EMACS names another.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { runHeadless } from './headless.mjs';

const script = join(import.meta.dirname, 'emacs.el');
const result = runHeadless(process.env.EMACS ?? 'emacs', ['--batch', '-Q', '-l', script], 'Emacs');
const has = (list, text) => list.some((one) => one.includes(text));
assert(has(result.diagnostics, 'untainted'), result.diagnostics.join('\n'));
assert(has(result.diagnostics, 'gpl-only-symbol') && has(result.diagnostics, 'unknown-license-string'));
assert.match(result.hover, /exported .*GPL-only[\s\S]*\(embedded\)/);
assert(result.completions.includes('GPL') && result.completions.includes('GPL v2'), result.completions.join());
assert.equal(result.fixed, 'MODULE_LICENSE("GPL");');
assert(!has(result.after, 'gpl-only-symbol'), result.after.join('\n'));
assert.deepEqual(result.definitions, ['frost.h:21']);
process.stdout.write(
  `Emacs ${result.version}: ${result.diagnostics.length} findings after ${result.milliseconds} ms; ` +
    `${result.completions.length} completions; fixed by '${result.actions[0]}'\n`,
);
