import { reportFolder } from './diagnostics';
import { reportFile } from './findings';
import type { Session } from './session';
import { toUri } from './uris';

const afterEdit = 40;
const latestAfterEdit = 300;
/** Files that nobody looks at wait for a pause. */
const beforeSweep = 400;
/** Findings of more closed files than this are not pushed: no list of problems that long is read. */
const maximumClosedFiles = 1000;

interface Published {
  readonly uri: string;
  readonly resultId: string;
  readonly version: number | undefined;
}

/**
 * Pushes diagnostics to an editor that does not ask for them: of the open documents soon after an edit, of the other
 * files when there is a pause.
 */
export class Publisher {
  readonly #session: Session;
  readonly #published = new Map<string, Published>();
  #timer: NodeJS.Timeout | undefined;
  #sweepTimer: NodeJS.Timeout | undefined;
  #oldestEdit: number | undefined;
  #sweep = 0;
  #lastSweepTook = 0;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Something changed: what was pushed may be wrong. */
  schedule(): void {
    const now = performance.now();
    this.#oldestEdit ??= now;
    clearTimeout(this.#timer);
    const delay = Math.max(0, Math.min(afterEdit, this.#oldestEdit + latestAfterEdit - now));
    this.#timer = setTimeout(() => this.#run(() => this.#publishOpen()), delay);
  }

  /** A document was closed: what was said of it in a folder of its own is taken back. */
  closed(path: string): void {
    const known = this.#published.get(path);
    if (known && !this.#session.folders.of(path)?.isRecursive) void this.#take(path, known);
    this.schedule();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#sweepTimer);
    this.#sweep++;
  }

  async #publishOpen(): Promise<void> {
    this.#oldestEdit = undefined;
    clearTimeout(this.#sweepTimer);
    this.#sweep++;
    for (const path of [...this.#session.documents.paths()]) {
      const workspace = await this.#session.folders.of(path)?.settled();
      const open = this.#session.documents.get(path);
      if (!workspace || !open) continue;
      const report = reportFile(this.#session, workspace, path);
      await this.#publish(path, open.uri, open.document.version, report.resultId, [...report.items]);
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
        await this.#publish(path, toUri(path), undefined, report.resultId, [...report.items]);
      }
    }
    for (const [path, known] of [...this.#published]) {
      if (!seen.has(path) && !this.#session.documents.get(path)) await this.#take(path, known);
    }
    this.#lastSweepTook = performance.now() - start;
  }

  async #publish(
    path: string,
    uri: string,
    version: number | undefined,
    resultId: string,
    diagnostics: Parameters<Session['connection']['sendDiagnostics']>[0]['diagnostics'],
  ): Promise<void> {
    const known = this.#published.get(path);
    if (known?.resultId === resultId && known.version === version && known.uri === uri) return;
    this.#published.set(path, { uri, resultId, version });
    await this.#session.connection.sendDiagnostics({
      uri,
      diagnostics,
      ...(version !== undefined && { version }),
    });
  }

  async #take(path: string, { uri, resultId }: Published): Promise<void> {
    this.#published.delete(path);
    if (resultId !== 'none') await this.#session.connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  #run(work: () => Promise<void>): void {
    work().catch((error) => this.#session.log(error));
  }
}
