import pc from 'picocolors';
import { printable } from './format/printable';

export type Colors = ReturnType<typeof pc.createColors>;

/** Where a command writes: answers to stdout, everything about the work itself to stderr. */
export interface Terminal {
  readonly columns: number;
  /** Whether stderr is a screen that a line can be rewritten on. */
  readonly isInteractive: boolean;
  readonly colors: Colors;
  useColors(wanted: boolean): void;
  /** Resolves once the reader keeps up, so that large answers do not pile up in memory. */
  write(text: string): Promise<void>;
  note(text: string): void;
  fail(message: string): void;
}

/** Wraps the process's streams; a reader that goes away (`| head`) ends the program without a word. */
export function createTerminal(owner: NodeJS.Process): Terminal {
  for (const stream of [owner.stdout, owner.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      // Nobody reads any more: what is left to say has no addressee.
      owner.exit(error.code === 'EPIPE' ? (owner.exitCode ?? 0) : 2);
    });
  }
  let colors = pc.createColors(wantsColor(owner));
  return {
    columns: Math.max(60, Math.min(owner.stdout.columns ?? 100, 200)),
    isInteractive: owner.stderr.isTTY === true,
    get colors() {
      return colors;
    },
    useColors: (wanted) => {
      colors = pc.createColors(wanted);
    },
    write: (text) =>
      new Promise((resolve) => {
        if (owner.stdout.write(text)) resolve();
        else owner.stdout.once('drain', resolve);
      }),
    note: (text) => {
      owner.stderr.write(text);
    },
    fail: (message) => {
      owner.stderr.write(`untainted: ${printable(message, true)}\n`);
    },
  };
}

function wantsColor(owner: NodeJS.Process): boolean {
  if (owner.env.NO_COLOR) return false;
  if (owner.env.FORCE_COLOR) return owner.env.FORCE_COLOR !== '0';
  return owner.stdout.isTTY === true && owner.env.TERM !== 'dumb';
}
