// Times the reading of translation units beside `gcc -E` of the same: from a cold process, and many in one.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { kernelPreprocessor } from './gcc.mjs';

const project = join(import.meta.dirname, '../..');

/**
 * Seconds of `files` (sources below DIR/source) for gcc and for us, in turns and each the least of `runs`: `gcc`, then of
 * the whole process that preprocesses (`preprocess`) and walks (`walk`) them, then of one pass inside such a process,
 * the first and the second (`passes`). Sources that gcc refuses are left out.
 */
export async function timeUnits(dir, files, runs) {
  const folder = mkdtempSync(join(tmpdir(), 'untainted-units-'));
  const bundle = join(folder, 'unit.cjs');
  const entryPoints = [join(project, 'scripts/lib/unit.ts')];
  await build({ entryPoints, outfile: bundle, bundle: true, minify: true, platform: 'node', logLevel: 'error' });
  const timed = (command, list, options) => {
    const start = performance.now();
    const { status, stdout } = spawnSync(command, list, { ...options, encoding: 'utf8' });
    return { isDone: status === 0, stdout, seconds: (performance.now() - start) / 1000 };
  };
  const calls = files.map((file) => kernelPreprocessor(dir, file));
  const gcc = ({ arguments: list, options }) => timed('gcc', [...list, '-o', join(folder, 'out')], options);
  const known = calls.filter((call) => gcc(call).isDone);
  const units = known.map(({ arguments: list }) => ({ path: list.at(-1), arguments: list.slice(1, -1) }));
  const version = spawnSync('gcc', ['-dumpfullversion'], { encoding: 'utf8' }).stdout.trim();
  const ours = (isWalked, passes) => {
    const compilers = join(project, 'server/compilers');
    const request = { units, folder: known[0].options.cwd, compilers, version, isWalked, passes };
    const run = timed(process.execPath, [bundle, JSON.stringify(request)], {});
    if (!run.isDone) throw new Error(`a translation unit cannot be read: ${run.stdout}`);
    return { seconds: run.seconds, passes: JSON.parse(run.stdout) };
  };
  const rounds = Array.from({ length: runs }, () => {
    const passes = ours(true, 2).passes;
    return {
      gcc: known.reduce((sum, call) => sum + gcc(call).seconds, 0),
      preprocess: ours(false, 1).seconds,
      walk: ours(true, 1).seconds,
      first: passes[0],
      second: passes[1],
    };
  });
  rmSync(folder, { recursive: true, force: true });
  const least = (key) => Math.min(...rounds.map((round) => round[key]));
  const [gccSeconds, preprocess, walk, first, second] = ['gcc', 'preprocess', 'walk', 'first', 'second'].map(least);
  return { count: units.length, gcc: gccSeconds, preprocess, walk, passes: [first, second] };
}

/** The sources of one folder of the kernel, not below it. */
export function sourcesIn(dir, folder) {
  const names = readdirSync(join(dir, 'source', folder)).filter((name) => name.endsWith('.c'));
  return names.sort().map((name) => `${folder}/${name}`);
}
