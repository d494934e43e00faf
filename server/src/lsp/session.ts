import type { Connection } from 'vscode-languageserver/node';
import type { Client } from './client';
import type { Documents } from './documents';
import type { Folder } from './folder';
import type { Folders } from './folders';
import type { Status } from './protocol';
import type { Views } from './views';

/** Why answers may be others now: a text was edited, exact uses have come for one, something else. */
export type Cause = 'edit' | 'linked' | 'outside';

/** What every handler is given: the open texts, the folders, what the editor can do. One for each connection. */
export interface Session {
  readonly connection: Connection;
  readonly client: Client;
  readonly documents: Documents;
  readonly folders: Folders;
  /** What the last workspace report said; see `workspace-diagnostics.ts`. */
  readonly reported: ReportMemory;
  /** Says that answers given before may be wrong now. */
  changed(cause: Cause): void;
  /** Resolves when `changed` is called, or after the given time. */
  untilChanged(milliseconds: number): Promise<void>;
  /** Reads a folder anew, its settings too. */
  reload(folder: Folder): Promise<void>;
  /** Writes to the editor's log. */
  log(error: unknown): void;
  readonly status: StatusState;
  readonly views: Views;
}

/** The state that the status item shows: which document it is about and what was said last. */
export interface StatusState {
  active: string | undefined;
  /** Whether the editor ever named an active document: only then it hears of the status. */
  isWanted: boolean;
  last: Status | undefined;
}

/** Paces an editor that asks for the whole workspace again and again. */
export interface ReportMemory {
  /** State of all folders at the last finished report; an editor that asks again at the same one waits. */
  state: string | undefined;
}
