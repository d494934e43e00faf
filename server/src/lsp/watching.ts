import { DidChangeWatchedFilesNotification, type FileEvent } from 'vscode-languageserver/node';
import { isInside } from '../core/path';
import type { Folder } from './folder';
import type { Session } from './session';
import { toPath } from './uris';

/** What findings depend on: sources, build files, what a kernel or a build leaves behind, settings. */
const globs = [
  '**/*.{c,h,S,mk}',
  '**/{Makefile,GNUmakefile,Kbuild,dkms.conf,Module.symvers,.config}',
  '**/{Makefile,Kbuild}.*',
  '**/untainted*.json',
];
/** A checkout changes thousands of files at once. */
const pause = 100;

/** Asks to be told of files changed outside the editor, where it can be asked. */
export async function registerWatchers(session: Session): Promise<void> {
  if (!session.client.registersWatchers) return;
  const watchers = globs.map((globPattern) => ({ globPattern }));
  await session.connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
}

/** Collects changes outside and hands them to the folders they concern. */
export class Watching {
  readonly #session: Session;
  readonly #changed = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(session: Session) {
    this.#session = session;
  }

  changed(events: readonly FileEvent[]): void {
    for (const { uri } of events) {
      const path = toPath(uri);
      if (path !== undefined) this.#changed.add(path);
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#apply().catch((error) => this.#session.log(error));
    }, pause);
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  async #apply(): Promise<void> {
    const changed = [...this.#changed];
    this.#changed.clear();
    await Promise.all(this.#session.folders.all().map((folder) => tell(folder, changed)));
    this.#session.changed('outside');
  }
}

async function tell(folder: Folder, changed: readonly string[]): Promise<void> {
  const inputs = new Set(folder.workspace.snapshot.kernel.inputs);
  const own = changed.filter((path) => isInside(path, folder.path) || inputs.has(path));
  if (own.length > 0) await folder.filesChanged(own);
}
