import { DidChangeConfigurationNotification, type DidChangeConfigurationParams } from 'vscode-languageserver/node';
import type { Settings } from '../core/settings';
import type { Folder } from './folder';
import type { Session } from './session';
import { readSettings } from './settings';
import { toUri } from './uris';

const patience = 5000;

/** Where settings come from: asked for where the editor answers, else what it sent last. */
export class Configuration {
  readonly #first: unknown;
  #sent: unknown;
  /** An editor that does not know of trust opens only what its user trusts. */
  isTrusted: boolean;

  constructor(initializationOptions: unknown) {
    this.#first = section(initializationOptions);
    this.#sent = this.#first;
    this.isTrusted = !(
      typeof initializationOptions === 'object' &&
      initializationOptions !== null &&
      'isTrusted' in initializationOptions &&
      initializationOptions.isTrusted === false
    );
  }

  /** `workspace/didChangeConfiguration`; what says nothing, as eglot's first one, leaves what `initialize` said. */
  take({ settings }: DidChangeConfigurationParams): void {
    if (settings === undefined || settings === null) return;
    const isEmpty = typeof settings === 'object' && Object.keys(settings).length === 0;
    this.#sent = isEmpty ? this.#first : section(settings);
  }

  /** The settings of a folder; never rejects. */
  async of(session: Session, folder: Folder): Promise<Settings> {
    const report = (problem: string) => session.connection.console.warn(problem);
    const settings = readSettings(await this.#read(session, folder), folder.path, report);
    return this.isTrusted ? settings : { ...settings, isUntrusted: true };
  }

  async #read(session: Session, folder: Folder): Promise<unknown> {
    if (!session.client.hasConfiguration) return this.#sent;
    try {
      const scopeUri = toUri(folder.path);
      const asked = session.connection.workspace.getConfiguration({ scopeUri, section: 'untainted' });
      const answer: unknown = await Promise.race([asked, noAnswer()]);
      return answer ?? this.#sent;
    } catch (error) {
      session.log(error);
      return this.#sent;
    }
  }
}

function noAnswer(): Promise<never> {
  return new Promise((_, reject) => {
    const message = `The editor did not answer workspace/configuration within ${patience / 1000} s: the settings it sent first, or the defaults, are used.`;
    setTimeout(() => reject(new Error(message)), patience).unref();
  });
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
