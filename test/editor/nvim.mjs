// node test/editor/nvim.mjs : opens the sample driver in Neovim, sees findings and hover, applies a quick fix.
// Needs `nvim` and a build. NVIM names another Neovim.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copySample } from './sample.mjs';

const root = join(import.meta.dirname, '../..');
const work = mkdtempSync(join(tmpdir(), 'untainted-nvim-'));
try {
  const folder = copySample(join(work, 'frost'));
  const server = [process.execPath, join(root, 'server/bin/untainted.cjs'), 'lsp', '--stdio'];
  const script = join(import.meta.dirname, 'nvim.lua');
  const run = spawnSync(
    process.env.NVIM ?? 'nvim',
    ['--headless', '--clean', '-n', '-i', 'NONE', '-c', `luafile ${script}`],
    {
      encoding: 'utf8',
      timeout: 90_000,
      env: {
        ...process.env,
        UNTAINTED_FILE: join(folder, 'frost_sim.c'),
        UNTAINTED_SERVER: JSON.stringify(server),
        XDG_CACHE_HOME: join(work, 'cache'),
        XDG_STATE_HOME: join(work, 'state'),
      },
    },
  );
  if (run.error) throw run.error;
  const line = run.stdout.split('\n').find((one) => one.startsWith('{'));
  assert(line, `Neovim said nothing:\n${run.stdout}${run.stderr}`);
  const result = JSON.parse(line);
  assert.equal(result.problem, undefined);
  const codes = result.diagnostics.map(({ code }) => code);
  assert(codes.includes('gpl-only-symbol') && codes.includes('unknown-license-string'), codes.join());
  assert(
    result.diagnostics.every(({ source }) => source === 'untainted'),
    'every diagnostic names its source',
  );
  assert.match(result.hover, /exported .*GPL-only/);
  assert.match(result.fixed, /^MODULE_LICENSE\("GPL"\);$/);
  assert(result.is_gone, 'the finding goes when it is fixed');
  assert.deepEqual(
    result.after.map(({ code }) => code).filter((code) => code === 'gpl-only-symbol'),
    [],
  );
  assert.equal(result.exit_code, 0);
  process.stdout.write(
    `Neovim ${result.version}: ${codes.length} findings after ${result.milliseconds} ms; fixed by '${result.actions[0]}'\n`,
  );
} finally {
  rmSync(work, { recursive: true, force: true });
}
