import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { WorkerOptions } from 'node:worker_threads';
import { pool as createPool, type Pool } from 'workerpool';
import type { FileFacts } from '../core/syntax/facts';
import { checkHeaders, type HeaderFault, type LinkRequest, type LinkResult, linkUnit } from './linker';
import { type ReadFile, readFiles } from './reader';

/** Starting threads pays only above this many files. */
const worthThreads = 200;
/** A thread lexes the kernel's headers anew. */
const worthLinkThreads = 6;
/** Megabytes for what one unit makes and leaves behind, so that it is not tidied away in the middle of it. */
const nearYoung = 96;
/** Megabytes of objects in a thread, twice what is in use after many units: else three times as much is let pile up. */
const mostOld = 512;
const batchSize = 64;
const maximumThreads = 4;
/** Milliseconds until a thread in the middle of a unit is ended: it has nothing to put in order. */
const endTimeout = 50;

export interface ReadRequest {
  readonly paths: readonly string[];
  /** Links that lead out of this folder are not followed. */
  readonly root: string;
  readonly depth: FileFacts['depth'];
  /** Only files that contain this text are read; empty for all. */
  readonly needle?: string;
  /** Called for each batch as it is done, in no order. */
  readonly onRead: (files: readonly ReadFile[]) => void;
  readonly signal?: AbortSignal | undefined;
}

/** How units are linked. */
export interface LinkPlan {
  /** Whether a few may be linked in the calling thread. */
  readonly isBlocking?: boolean | undefined;
  /** In the one thread that remembers open texts, and that nothing else keeps busy. */
  readonly isNear?: boolean | undefined;
  /** Waited for before each unit: somebody else may come first. */
  readonly turn?: (() => Promise<void>) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Reads facts of many files and links units, in threads where that is faster. */
export class ReaderPool {
  #pool: Pool | undefined;
  #near: Pool | undefined;
  /** How often the near thread was asked for something, and for what the first time. */
  #asked = 0;
  #first: LinkRequest | undefined;

  /** Rejects only with the signal's reason. */
  async read({ paths, root, depth, needle = '', onRead, signal }: ReadRequest): Promise<void> {
    const batches: string[][] = [];
    for (let i = 0; i < paths.length; i += batchSize) batches.push(paths.slice(i, i + batchSize));
    const pool = paths.length >= worthThreads ? this.#threads() : undefined;
    const next = async (): Promise<void> => {
      for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) {
        const files = batch;
        signal?.throwIfAborted();
        const inPlace = () => {
          signal?.throwIfAborted();
          return readFiles(files, root, depth, needle);
        };
        // A thread that dies (out of memory, a fault of the parser) costs speed, not the files.
        onRead(pool ? await pool.exec('readFiles', [files, root, depth, needle]).catch(inPlace) : await inPlace());
        // Lets the editor's questions in between two batches.
        if (!pool) await new Promise((resolve) => setImmediate(resolve));
      }
    };
    // One batch ahead for each thread keeps all of them busy.
    await Promise.all(Array.from({ length: pool ? threads() * 2 : 1 }, next));
  }

  /** Preprocesses and walks units; calls `onLinked` for each as it is done. Where there are no threads, in place. */
  async link(
    requests: readonly LinkRequest[],
    onLinked: (request: LinkRequest, result: LinkResult) => void,
    { isBlocking, isNear, turn, signal }: LinkPlan,
  ): Promise<void> {
    if (turn) await turn().then(() => this.#warm());
    if (requests.length === 0) return;
    if (isNear && this.#asked++ === 0) this.#first = requests[0];
    const left = [...requests].reverse();
    const isInPlace = isBlocking && requests.length < worthLinkThreads;
    const pool = isInPlace ? undefined : isNear ? this.#nearThread() : this.#threads();
    const method = isNear || isBlocking ? 'linkUnit' : 'linkUnitBehind';
    const next = async (): Promise<void> => {
      for (;;) {
        // What is near is on its way before anything else is done.
        if (turn) await turn();
        signal?.throwIfAborted();
        const one = left.pop();
        if (one === undefined) return;
        const inPlace = () => {
          // The threads were ended with the work.
          signal?.throwIfAborted();
          return linkUnit(one);
        };
        onLinked(one, pool ? await pool.exec(method, [one]).catch(inPlace) : inPlace());
      }
    };
    // Where somebody waits at an editor one core is left to what is open.
    const lanes = pool === undefined || isNear ? 1 : isBlocking ? threads() : Math.max(1, threads() - 1);
    await Promise.all(Array.from({ length: lanes }, next));
  }

  /** Whether a kernel's headers can be preprocessed, away from the calling thread where there are others. */
  async check(request: LinkRequest, { isBlocking, isNear }: LinkPlan): Promise<HeaderFault | undefined> {
    const pool = isBlocking ? undefined : isNear ? this.#nearThread() : this.#threads();
    const inPlace = () => checkHeaders(request);
    return pool ? pool.exec('checkHeaders', [request]).catch(inPlace) : inPlace();
  }

  /**
   * Reads the first unit that was opened as if it were typed in, if nobody has done so yet: the first edit shall find the
   * code that follows edits compiled.
   */
  async #warm(): Promise<void> {
    const request = this.#first;
    this.#first = undefined;
    const text = request?.open[request.path] ?? '';
    const inBody = text.lastIndexOf('\n}');
    if (!request || inBody < 0) return;
    for (const typed of [`${text.slice(0, inBody)}\n${text.slice(inBody)}`, text]) {
      if (this.#asked > 1) return;
      const again = { ...request, open: { ...request.open, [request.path]: typed } };
      await this.#near?.exec('linkUnit', [again]).catch(() => undefined);
    }
  }

  #threads(): Pool | undefined {
    this.#pool ??= startPool(threads(), { resourceLimits: { maxOldGenerationSizeMb: mostOld } });
    return this.#pool;
  }

  #nearThread(): Pool | undefined {
    this.#near ??= startPool(1, { resourceLimits: { maxYoungGenerationSizeMb: nearYoung } });
    return this.#near;
  }

  async dispose(): Promise<void> {
    await Promise.all([this.#pool?.terminate(true), this.#near?.terminate(true)]);
    this.#pool = undefined;
    this.#near = undefined;
    this.#first = undefined;
  }
}

function startPool(maxWorkers: number, workerThreadOpts: WorkerOptions = {}): Pool | undefined {
  const script = join(__dirname, 'worker.cjs');
  if (!existsSync(script)) return undefined;
  return createPool(script, { maxWorkers, workerType: 'thread', workerThreadOpts, workerTerminateTimeout: endTimeout });
}

function threads(): number {
  return Math.max(1, Math.min(maximumThreads, availableParallelism()));
}
