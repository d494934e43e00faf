import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { pool as createPool, type Pool } from 'workerpool';
import type { FileFacts } from '../core/syntax/facts';
import { type LinkRequest, type LinkResult, linkUnit } from './linker';
import { type ReadFile, readFiles } from './reader';

/** Starting threads pays only above this many files. */
const worthThreads = 200;
/** A thread lexes the kernel's headers anew. */
const worthLinkThreads = 6;
const batchSize = 64;
const maximumThreads = 4;

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

/** Reads facts of many files and links units, in threads where that is faster. */
export class ReaderPool {
  #pool: Pool | undefined;

  /** Rejects only with the signal's reason. */
  async read({ paths, root, depth, needle = '', onRead, signal }: ReadRequest): Promise<void> {
    const batches: string[][] = [];
    for (let i = 0; i < paths.length; i += batchSize) batches.push(paths.slice(i, i + batchSize));
    const pool = paths.length >= worthThreads ? this.#threads() : undefined;
    const next = async (): Promise<void> => {
      for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) {
        const files = batch;
        signal?.throwIfAborted();
        const inPlace = () => readFiles(files, root, depth, needle);
        // A thread that dies (out of memory, a fault of the parser) costs speed, not the files.
        onRead(pool ? await pool.exec('readFiles', [files, root, depth, needle]).catch(inPlace) : await inPlace());
        // Lets the editor's questions in between two batches.
        if (!pool) await new Promise((resolve) => setImmediate(resolve));
      }
    };
    // One batch ahead for each thread keeps all of them busy.
    await Promise.all(Array.from({ length: pool ? threads() * 2 : 1 }, next));
  }

  /**
   * Preprocesses and walks units; calls `onLinked` for each as it is done. With one unit, and where there are no threads,
   * in place if `isBlocking` allows it.
   */
  async link(
    requests: readonly LinkRequest[],
    onLinked: (request: LinkRequest, result: LinkResult) => void,
    options: { readonly isBlocking: boolean; readonly signal?: AbortSignal | undefined },
  ): Promise<void> {
    const left = [...requests].reverse();
    const pool = options.isBlocking && requests.length < worthLinkThreads ? undefined : this.#threads();
    const next = async (): Promise<void> => {
      for (let request = left.pop(); request !== undefined; request = left.pop()) {
        options.signal?.throwIfAborted();
        const one = request;
        onLinked(one, pool ? await pool.exec('linkUnit', [one]).catch(() => linkUnit(one)) : linkUnit(one));
      }
    };
    await Promise.all(Array.from({ length: pool ? threads() : 1 }, next));
  }

  #threads(): Pool | undefined {
    const script = join(__dirname, 'worker.cjs');
    if (!this.#pool && existsSync(script)) {
      this.#pool = createPool(script, { maxWorkers: threads(), workerType: 'thread' });
    }
    return this.#pool;
  }

  async dispose(): Promise<void> {
    await this.#pool?.terminate(true);
    this.#pool = undefined;
  }
}

function threads(): number {
  return Math.max(1, Math.min(maximumThreads, availableParallelism()));
}
