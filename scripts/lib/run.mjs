// What the measuring scripts share: running a child with its time and peak memory, running TypeScript, counting checks.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/**
 * Runs a Node program to its end: output text, exit status, seconds of wall and CPU time, peak memory in MB of the whole
 * process (worker threads included).
 */
export async function measureNode(args, options = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'untainted-'));
  const usage = join(folder, 'usage.json');
  const hook = join(folder, 'hook.cjs');
  writeFileSync(
    hook,
    `process.on('exit',()=>{if(require('worker_threads').isMainThread)require('fs').writeFileSync(${JSON.stringify(usage)},JSON.stringify(process.resourceUsage()))});`,
  );
  const start = performance.now();
  const child = spawn(process.execPath, ['--require', hook, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options,
  });
  const output = [];
  const errors = [];
  child.stdout.on('data', (chunk) => output.push(chunk));
  child.stderr.on('data', (chunk) => errors.push(chunk));
  const status = await new Promise((resolve) => child.on('close', resolve));
  const seconds = (performance.now() - start) / 1000;
  let figures = {};
  try {
    figures = JSON.parse(readFileSync(usage, 'utf8'));
  } catch {
    // Killed before its end: no figures.
  }
  rmSync(folder, { recursive: true, force: true });
  return {
    status,
    stdout: Buffer.concat(output).toString(),
    stderr: Buffer.concat(errors).toString(),
    seconds,
    cpuSeconds: ((figures.userCPUTime ?? 0) + (figures.systemCPUTime ?? 0)) / 1e6,
    peakMegabytes: (figures.maxRSS ?? 0) / 1024,
  };
}

/** Bundles a TypeScript module with esbuild and imports it. */
export async function importTypeScript(path) {
  const folder = mkdtempSync(join(tmpdir(), 'untainted-'));
  const file = join(folder, 'module.mjs');
  try {
    await build({
      entryPoints: [path],
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile: file,
      logLevel: 'error',
    });
    return await import(pathToFileURL(file).href);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Counts checks and prints one line for each; `finish` prints the sum and sets the exit status. */
export function checks() {
  let passed = 0;
  let failed = 0;
  return {
    check(isRight, text) {
      if (isRight) passed++;
      else failed++;
      console.log(`${isRight ? 'ok  ' : 'FAIL'} ${text}`);
    },
    finish() {
      console.log(`${passed} passed, ${failed} failed`);
      if (failed > 0) process.exitCode = 1;
    },
  };
}

/** A generator of numbers below 1 that a seed decides. */
export function random(seed) {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
