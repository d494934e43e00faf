import type { CancellationToken } from 'vscode-languageserver/node';
import type { Settings } from '../core/settings';
import { type Progress, Workspace } from '../io/workspace';
import { Cancelled, untilCancelled } from './guard';

/** Larger open texts are not followed while they are typed in: what is on disk counts. */
export const maximumOpenText = 2 * 1024 * 1024;

/**
 * One workspace and what waits to be written to it. An edit is only noted; it is applied when somebody asks for the
 * settled state, so that a burst of keys costs one reading.
 */
export class Folder {
  readonly path: string;
  /** False for the folder of a file that was opened without one. */
  readonly isRecursive: boolean;
  readonly #workspace: Workspace;
  readonly #log: (error: unknown) => void;
  readonly #abort = new AbortController();
  readonly #edits = new Map<string, string | undefined>();
  readonly #running = new Set<Promise<unknown>>();
  #isLoading = false;

  constructor(path: string, isRecursive: boolean, settings: Settings, log: (error: unknown) => void) {
    this.path = path;
    this.isRecursive = isRecursive;
    this.#workspace = new Workspace(path, { settings, isRecursive });
    this.#log = log;
  }

  /** Whether its files are being read. */
  get isLoading(): boolean {
    return this.#isLoading;
  }

  /** The workspace as it is: perhaps half read. */
  get workspace(): Workspace {
    return this.#workspace;
  }

  /** Waits for the settings, then reads everything; who asks for the settled state meanwhile, waits. */
  load(settings: Promise<Settings>, onProgress: (progress: Progress) => void): Promise<void> {
    this.#isLoading = true;
    return this.#run(async () => {
      try {
        const { signal } = this.#abort;
        await this.#workspace.setSettings(await settings, { signal });
        await this.#workspace.load({ signal, onProgress });
      } finally {
        this.#isLoading = false;
      }
    });
  }

  setSettings(settings: Settings): Promise<void> {
    const { signal } = this.#abort;
    return this.#run(() => this.#workspace.setSettings(settings, { signal }));
  }

  filesChanged(paths: readonly string[]): Promise<void> {
    const { signal } = this.#abort;
    return this.#run(() => this.#workspace.filesChanged(paths, { signal }));
  }

  /** Notes an editor's text, or that there is none any more. */
  edit(path: string, text: string | undefined): void {
    this.#edits.set(path, text !== undefined && text.length <= maximumOpenText ? text : undefined);
  }

  /**
   * The workspace with every edit applied and nothing being read. To be used before the next `await`. Rejects as soon as
   * the request that waits for it is cancelled.
   */
  async settled(token?: CancellationToken): Promise<Workspace> {
    if (!token) return this.#settle();
    const workspace = await Promise.race([this.#settle(), untilCancelled(token)]);
    if (!workspace || token.isCancellationRequested) throw new Cancelled();
    return workspace;
  }

  async dispose(): Promise<void> {
    this.#abort.abort();
    await Promise.all(this.#running);
    await this.#workspace.dispose();
  }

  async #settle(): Promise<Workspace> {
    while (this.#edits.size > 0 || this.#running.size > 0) {
      const edits = [...this.#edits];
      this.#edits.clear();
      for (const [path, text] of edits) {
        void this.#run(() =>
          text === undefined ? this.#workspace.closeText(path) : this.#workspace.openText(path, text),
        );
      }
      await Promise.all(this.#running);
    }
    return this.#workspace;
  }

  #run(work: () => Promise<unknown>): Promise<void> {
    const promise = work().then(
      () => undefined,
      (error) => {
        if (!this.#abort.signal.aborted) this.#log(error);
      },
    );
    const tracked = promise.finally(() => this.#running.delete(tracked));
    this.#running.add(tracked);
    return tracked;
  }
}
