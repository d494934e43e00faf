import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { pool as createPool, type Pool } from 'workerpool';
import type { FileFacts } from '../core/syntax/facts';
import { type ReadFile, readFiles } from './reader';

/** Starting threads pays only above this many files. */
const worthThreads = 200;
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

/** Reads facts of many files, in threads where that is faster. */
export class ReaderPool {
  #pool: Pool | undefined;

  /** Rejects only with the signal's reason. */
  async read({ paths, root, depth, needle = '', onRead, signal }: ReadRequest): Promise<void> {
    const batches: string[][] = [];
    for (let i = 0; i < paths.length; i += batchSize) batches.push(paths.slice(i, i + batchSize));
    const script = join(__dirname, 'worker.cjs');
    const isThreaded = paths.length >= worthThreads && existsSync(script);
    if (isThreaded) this.#pool ??= createPool(script, { maxWorkers: threads(), workerType: 'thread' });
    const pool = isThreaded ? this.#pool : undefined;
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

  async dispose(): Promise<void> {
    await this.#pool?.terminate(true);
    this.#pool = undefined;
  }
}

function threads(): number {
  return Math.max(1, Math.min(maximumThreads, availableParallelism()));
}
