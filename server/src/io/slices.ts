/** Milliseconds of work between two looks at the editor's questions. */
const longestPause = 8;

/** Takes all steps, and lets other things be done in between. Rejects only with the signal's reason. */
export async function inSlices(steps: Iterable<void>, signal: AbortSignal | undefined): Promise<void> {
  let start = performance.now();
  for (const _step of steps) {
    if (performance.now() - start < longestPause) continue;
    await new Promise((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
    start = performance.now();
  }
}
