import { DidChangeConfigurationNotification, type DidChangeConfigurationParams } from 'vscode-languageserver/node';
import type { Settings } from '../core/settings';
import type { Folder } from './folder';
import type { Session } from './session';
import { readSettings } from './settings';
import { toUri } from './uris';

/** Where settings come from: asked for where the editor answers, else what it sent last. */
export class Configuration {
  #sent: unknown;

  constructor(initializationOptions: unknown) {
    this.#sent = section(initializationOptions);
  }

  /** `workspace/didChangeConfiguration`: true if what was sent says anything. */
  take({ settings }: DidChangeConfigurationParams): void {
    if (settings !== undefined && settings !== null) this.#sent = section(settings);
  }

  /** The settings of a folder; never rejects. */
  async of(session: Session, folder: Folder): Promise<Settings> {
    const report = (problem: string) => session.connection.console.warn(problem);
    return readSettings(await this.#read(session, folder), folder.path, report);
  }

  async #read(session: Session, folder: Folder): Promise<unknown> {
    if (!session.client.hasConfiguration) return this.#sent;
    try {
      const scopeUri = toUri(folder.path);
      const answer: unknown = await session.connection.workspace.getConfiguration({ scopeUri, section: 'untainted' });
      return answer ?? this.#sent;
    } catch (error) {
      session.log(error);
      return this.#sent;
    }
  }
}

/** Asks to be told of changes, where the editor wants to be asked. */
export async function registerConfiguration(session: Session): Promise<void> {
  if (!session.client.registersConfiguration) return;
  await session.connection.client.register(DidChangeConfigurationNotification.type, { section: 'untainted' });
}

/** Settings stand below `untainted`, or bare. */
function section(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'untainted' in value ? value.untainted : value;
}
