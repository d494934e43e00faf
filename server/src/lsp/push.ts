import type { Workspace } from '../io/workspace';
import { reportFolder } from './diagnostics';
import { type FileReport, reportFile } from './findings';
import { breathe } from './guard';
import type { Cause, Session } from './session';
import { toUri } from './uris';

/**
 * An edit that comes so soon after another belongs to a burst, which is followed when it pauses so long: quicker than
 * hands type, or than the edit before it was followed.
 */
const inBurst = 10;
const longestInBurst = 40;
const latestInBurst = 300;
/** Files that nobody looks at wait for a pause. */
const beforeSweep = 400;
/** Findings of more closed files than this are not pushed: no list of problems that long is read. */
const maximumClosedFiles = 1000;

interface Published {
  readonly uri: string;
  readonly resultId: string;
  readonly version: number | undefined;
  /** What it was derived from, of an open document. */
  readonly snapshot?: Workspace['snapshot'];
  readonly project?: Workspace['project'];
}

/**
 * Pushes diagnostics to an editor that does not ask for them: of the open documents at once, in a burst of edits now and
 * then, of the other files when there is a pause.
 */
export class Publisher {
  readonly #session: Session;
  readonly #published = new Map<string, Published>();
  #cancel: () => void = () => {};
  #sweepTimer: NodeJS.Timeout | undefined;
  #lastEdit = Number.NEGATIVE_INFINITY;
  #oldestEdit: number | undefined;
  #sweep = 0;
  /** Milliseconds from an edit to what is said of the open documents. */
  #lastTook = 0;
  #lastSweepTook = 0;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Something changed: what was pushed may be wrong. */
  schedule(cause: Cause): void {
    const now = performance.now();
    const pause = Math.min(longestInBurst, Math.max(inBurst, this.#lastTook));
    const isBurst = cause === 'edit' && now < this.#lastEdit + pause;
    if (cause === 'edit') this.#lastEdit = now;
    this.#oldestEdit ??= now;
    const delay = isBurst ? Math.max(0, Math.min(pause, this.#oldestEdit + latestInBurst - now)) : 0;
    this.#cancel();
    this.#cancel = after(delay, () => this.#run(() => this.#publishOpen()));
  }

  /** A document was closed: what was said of it in a folder of its own is taken back. */
  closed(path: string): void {
    const known = this.#published.get(path);
    if (known && !this.#session.folders.of(path)?.isRecursive) void this.#take(path, known);
    this.schedule('edit');
  }

  dispose(): void {
    this.#cancel();
    clearTimeout(this.#sweepTimer);
    this.#sweep++;
  }

  async #publishOpen(): Promise<void> {
    const start = this.#oldestEdit ?? performance.now();
    this.#oldestEdit = undefined;
    clearTimeout(this.#sweepTimer);
    this.#sweep++;
    // What is typed in comes first, and what came in meanwhile between two documents.
    for (const path of [...this.#session.documents.paths()].reverse()) {
      await this.#session.folders.of(path)?.settled();
      // The linker's answer may be there by now, and something typed: then one publication says it all.
      await breathe(undefined);
      const workspace = await this.#session.folders.of(path)?.settled();
      const open = this.#session.documents.get(path);
      if (!workspace || !open) continue;
      const { snapshot, project } = workspace;
      const { version } = open.document;
      const known = this.#published.get(path);
      if (known?.version === version && known.snapshot === snapshot && known.project === project) continue;
      const report = reportFile(this.#session, workspace, path);
      await this.#publish(path, { uri: open.uri, resultId: report.resultId, version, snapshot, project }, report.items);
      this.#lastTook = performance.now() - start;
    }
    const pause = Math.max(beforeSweep, 2 * this.#lastSweepTook);
    this.#sweepTimer = setTimeout(() => this.#run(() => this.#publishClosed()), pause);
  }

  async #publishClosed(): Promise<void> {
    const own = ++this.#sweep;
    const start = performance.now();
    const seen = new Set<string>();
    for (const folder of this.#session.folders.roots()) {
      for await (const { path, report } of reportFolder(this.#session, folder, undefined)) {
        if (this.#sweep !== own) return;
        if (report.items.length === 0 || this.#session.documents.get(path)) continue;
        if (seen.size >= maximumClosedFiles) break;
        seen.add(path);
        await this.#publish(path, { uri: toUri(path), resultId: report.resultId, version: undefined }, report.items);
      }
    }
    for (const [path, known] of [...this.#published]) {
      if (!seen.has(path) && !this.#session.documents.get(path)) await this.#take(path, known);
    }
    this.#lastSweepTook = performance.now() - start;
  }

  async #publish(path: string, next: Published, items: FileReport['items']): Promise<void> {
    const { uri, resultId, version } = next;
    const known = this.#published.get(path);
    this.#published.set(path, next);
    if (known?.resultId === resultId && known.version === version && known.uri === uri) return;
    const diagnostics = [...items];
    await this.#session.connection.sendDiagnostics({ uri, diagnostics, ...(version !== undefined && { version }) });
  }

  async #take(path: string, { uri, resultId }: Published): Promise<void> {
    this.#published.delete(path);
    if (resultId !== 'none') await this.#session.connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  #run(work: () => Promise<void>): void {
    work().catch((error) => this.#session.log(error));
  }
}

/** Does work in so many milliseconds; in none, once what came in before was seen. Gives what stops it. */
function after(milliseconds: number, work: () => void): () => void {
  if (milliseconds > 0) {
    const timer = setTimeout(work, milliseconds);
    return () => clearTimeout(timer);
  }
  const immediate = setImmediate(work);
  return () => clearImmediate(immediate);
}
