/** The command line: the only place where arguments, the terminal and the process's end are wired together. */
import { CommanderError } from 'commander';
import { CannotRun } from './failure';
import { createProgram } from './program';
import { createTerminal } from './terminal';

async function main(): Promise<void> {
  const terminal = createTerminal(process);
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
      terminal.fail(error instanceof Error ? (error.stack ?? error.message) : String(error));
      process.exitCode = 2;
    }
  }
}

void main();
