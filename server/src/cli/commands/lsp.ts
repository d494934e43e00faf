import { Command } from 'commander';
import { startServer } from '../../lsp/server';
import type { Terminal } from '../terminal';

/** `untainted lsp --stdio`: the language server, for any editor. */
export function lspCommand(_terminal: Terminal): Command {
  return new Command('lsp')
    .summary('start the language server')
    .description('Speaks the Language Server Protocol on standard input and output; ends when the editor does.')
    .option('--stdio', 'use standard input and output (the only way, and the default)')
    .action(() => {
      startServer();
    });
}
