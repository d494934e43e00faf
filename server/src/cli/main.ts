/** The command line: the only place where arguments, the terminal and the process's end are wired together. */
import { CommanderError } from 'commander';
import { CannotRun } from './failure';
import { createProgram } from './program';
import { createTerminal, type Terminal } from './terminal';

async function main(): Promise<void> {
  const terminal = createTerminal(process);
  process.on('uncaughtException', (error) => crash(terminal, error));
  const program = createProgram(terminal);
  try {
    await program.parseAsync(process.argv);
  } catch (error) {
    if (error instanceof CommanderError) {
      // Commander has printed its message; asking for help or the version is no failure.
      process.exitCode = error.exitCode === 0 ? 0 : 2;
    } else if (error instanceof CannotRun) {
      terminal.fail(error.message);
      process.exitCode = 2;
    } else {
      crash(terminal, error);
    }
  }
}

/** A mistake of the program itself must not end with the status that means findings. */
function crash(terminal: Terminal, error: unknown): never {
  terminal.fail(`stopped by a mistake of its own: ${error instanceof Error ? error.stack : String(error)}`);
  process.exit(2);
}

void main();
