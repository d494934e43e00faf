import type { CancellationToken } from 'vscode-languageserver/node';
import type { Location } from '../core/finding';
import type { KernelExport } from '../core/kernel/kernel';
import type { Settings } from '../core/settings';
import { ExportSources } from '../io/exportsources';
import type { LinkOptions } from '../io/links';
import type { Progress } from '../io/options';
import { Workspace } from '../io/workspace';
import { Cancelled, untilCancelled } from './guard';

/** Larger open texts are not followed while they are typed in: what is on disk counts. */
export const maximumOpenText = 2 * 1024 * 1024;

/** Sources that nobody types in are followed when hands have rested, and what they typed is answered, so many milliseconds. */
const beforeOthers = 300;

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
  readonly #openPaths = new Set<string>();
  readonly #running = new Set<Promise<unknown>>();
  readonly #exportSources = new ExportSources();
  /** Called when exact symbol uses have replaced the direct ones of some module. */
  readonly #onLinked: () => void;
  readonly #near = new Following(this, () => this.#linkOpen());
  readonly #far = new Following(this, () => this.#linkOthers());
  #lastEdit = Number.NEGATIVE_INFINITY;
  #lastNear = Number.NEGATIVE_INFINITY;
  #isLoading = false;

  constructor(
    path: string,
    isRecursive: boolean,
    settings: Settings,
    log: (error: unknown) => void,
    onLinked: () => void,
  ) {
    this.#onLinked = onLinked;
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
    if (text === undefined) this.#openPaths.delete(path);
    else this.#openPaths.add(path);
    this.#lastEdit = performance.now();
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

  /** The definition and the line of a kernel's export, where its source is on disk; see `ExportSources`. */
  exportPlaces(wanted: KernelExport, signal: AbortSignal): Promise<readonly Location[]> {
    const { build, snapshot } = this.#workspace;
    const { folder, sourceFolder, config } = snapshot.kernel;
    const roots = [build.isKernelTree ? this.path : undefined, sourceFolder, folder].filter(
      (root) => root !== undefined,
    );
    return this.#exportSources.find({ wanted, roots, config, signal });
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
      // The texts are there: what they ask the linker for is found while their facts are read.
      if (edits.length > 0) this.#scheduleLink();
      await Promise.all(this.#running);
    }
    this.#scheduleLink();
    return this.#workspace;
  }

  /** Exact symbol uses come behind the answers: nobody waits for them. */
  #scheduleLink(): void {
    if (this.#abort.signal.aborted || this.#workspace.linkObstacle !== undefined) return;
    this.#near.start();
    this.#far.start();
  }

  async #linkOpen(): Promise<void> {
    await this.#bring({ among: this.#openPaths, isNear: true });
    this.#lastNear = performance.now();
  }

  /** The rest of the modules of open files first; of a kernel's own source only these, since all of them take minutes. */
  async #linkOthers(): Promise<void> {
    await this.#pause();
    const except = this.#openPaths;
    const among = new Set([...except].flatMap((path) => this.#workspace.sourcesBeside(path)));
    const turn = () => this.#pause();
    await this.#bring({ among, except, turn });
    if (!this.#workspace.build.isKernelTree) await this.#bring({ except, turn });
  }

  /** Until nothing is typed and what was typed is followed: two cores are few. */
  async #pause(): Promise<void> {
    while (!this.#abort.signal.aborted) {
      await this.#near.rest();
      const left = Math.max(this.#lastEdit, this.#lastNear) + beforeOthers - performance.now();
      if (left <= 0) return;
      await new Promise((resolve) => setTimeout(resolve, left).unref());
    }
  }

  async #bring(options: LinkOptions): Promise<void> {
    const { signal } = this.#abort;
    try {
      if (await this.#workspace.link({ ...options, signal })) this.#onLinked();
    } catch (error) {
      if (!signal.aborted) this.#log(error);
    }
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

/** Work that is done once for what the workspace is at its start: again if that changes while it runs. */
class Following {
  readonly #folder: Folder;
  readonly #work: () => Promise<void>;
  /** What the work was last begun for. */
  #changes: number | undefined;
  #isWanted = false;
  #running: Promise<void> | undefined;

  constructor(folder: Folder, work: () => Promise<void>) {
    this.#folder = folder;
    this.#work = work;
  }

  start(): void {
    if (this.#changes === this.#folder.workspace.snapshot.changes) return;
    this.#isWanted = true;
    this.#running ??= this.#run();
  }

  /** Until it is done. */
  async rest(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#isWanted) {
      this.#isWanted = false;
      this.#changes = this.#folder.workspace.snapshot.changes;
      await this.#work();
    }
    this.#running = undefined;
  }
}
