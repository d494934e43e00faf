// Runs an editor without a display on the sample driver, configured with the very lines of docs/editors.md. Its script finds
// these in the file UNTAINTED_CONFIG, the command `untainted` on its path and a source in UNTAINTED_FILE, and says what it saw
// as one JSON object on standard output.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { copySample } from './sample.mjs';

const root = join(import.meta.dirname, '../..');

/** What the editor saw with the first block below a heading of the page; fails where it did not come to its end. */
export function runHeadless(command, args, heading) {
  const work = mkdtempSync(join(tmpdir(), 'untainted-editor-'));
  try {
    const folder = copySample(join(work, 'frost'));
    const config = join(work, 'config');
    writeFileSync(config, configuration(heading));
    const bin = join(work, 'bin');
    mkdirSync(bin);
    symlinkSync(join(root, 'server/bin/untainted.cjs'), join(bin, 'untainted'));
    const run = spawnSync(command, args, {
      encoding: 'utf8',
      timeout: 120_000,
      cwd: folder,
      env: {
        ...process.env,
        HOME: work,
        PATH: `${bin}${delimiter}${process.env.PATH}`,
        UNTAINTED_CONFIG: config,
        UNTAINTED_FILE: join(folder, 'frost_sim.c'),
        XDG_CACHE_HOME: join(work, 'cache'),
        XDG_STATE_HOME: join(work, 'state'),
      },
    });
    if (run.error) throw run.error;
    const line = run.stdout.split('\n').find((one) => one.startsWith('{'));
    assert(line, `${command} said nothing:\n${run.stdout}${run.stderr}`);
    const result = JSON.parse(line);
    assert.equal(result.problem, undefined);
    assert.equal(run.status, 0);
    return result;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function configuration(heading) {
  const page = readFileSync(join(root, 'docs/editors.md'), 'utf8');
  const [, below] = page.split(`\n## ${heading}\n`);
  const block = /^```\w+\n([\s\S]*?)^```$/m.exec(below ?? '')?.[1];
  assert(block, `docs/editors.md has no block below '${heading}'`);
  return block;
}
