import { modulesChanged } from './protocol';
import type { Session } from './session';

/** Milliseconds from a change to the word of it, so that a burst of keys is one. */
const pause = 300;

/** Tells an editor that shows modules when what it shows may be wrong; once, until it asks again. */
export class Views {
  readonly #session: Session;
  #isAsked = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(session: Session) {
    this.#session = session;
  }

  /** The editor is told something of modules. */
  asked(): void {
    this.#isAsked = true;
  }

  changed(): void {
    if (!this.#isAsked) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#isAsked = false;
      this.#session.connection.sendNotification(modulesChanged).catch((error) => this.#session.log(error));
    }, pause);
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }
}
