import { Command } from 'commander';
import { checkCommand } from './commands/check';
import { explainCommand } from './commands/explain';
import { kernelsCommand } from './commands/kernels';
import { lspCommand } from './commands/lsp';
import { modulesCommand } from './commands/modules';
import { reportCommand } from './commands/report';
import type { Terminal } from './terminal';
import { version } from './version';

/** Every command, in the order of the help page. */
export function createProgram(terminal: Terminal): Command {
  const program = new Command('untainted')
    .description('Says what modpost and the module loader would say about the license of a Linux kernel module.')
    .version(version)
    .option('--no-color', 'plain text (also: NO_COLOR=1; FORCE_COLOR=1 for the opposite)')
    .showSuggestionAfterError()
    .helpCommand(true)
    .addHelpText('after', '\nExit status: 0 nothing of severity error, 1 findings of severity error, 2 could not run.')
    .configureHelp({ showGlobalOptions: true })
    .hook('preAction', () => {
      if (program.opts<{ color: boolean }>().color === false) terminal.useColors(false);
    })
    .exitOverride();
  const commands = [checkCommand, explainCommand, modulesCommand, reportCommand, kernelsCommand, lspCommand];
  for (const create of commands) {
    const command = create(terminal);
    program.addCommand(command.copyInheritedSettings(program));
  }
  return program;
}
