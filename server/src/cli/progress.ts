import type { Progress } from '../io/options';
import { printable } from './format/printable';
import type { Terminal } from './terminal';

/** Says on stderr what long work is at: one rewritten line on a screen, a plain line now and then elsewhere. */
export interface ProgressLine {
  report(progress: Progress): void;
  /** Wipes the line, so that answers do not run into it. */
  clear(): void;
}

const quietFor = 400;
const screenEvery = 100;
const plainEvery = 5000;

export function createProgress(terminal: Terminal, isQuiet: boolean, now: () => number = Date.now): ProgressLine {
  const started = now();
  let last = started;
  let isShown = false;
  return {
    report(progress) {
      const time = now();
      const pause = terminal.isInteractive ? (isShown ? screenEvery : quietFor) : plainEvery;
      if (isQuiet || time - last < pause) return;
      last = time;
      const text = describe(progress);
      if (terminal.isInteractive) {
        terminal.note(`\r\x1b[K${text.slice(0, terminal.columns - 1)}`);
        isShown = true;
      } else {
        terminal.note(`untainted: ${text}\n`);
      }
    },
    clear() {
      if (isShown) terminal.note('\r\x1b[K');
      isShown = false;
    },
  };
}

function describe({ message, fraction }: Progress): string {
  const text = printable(message);
  return fraction === undefined ? text : `${String(Math.floor(fraction * 100)).padStart(3)} % ${text}`;
}
