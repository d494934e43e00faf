import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Command } from 'commander';
import type { Terminal } from '../terminal';

/** `untainted lsp --stdio`: the language server, for any editor. */
export function lspCommand(_terminal: Terminal): Command {
  return new Command('lsp')
    .summary('start the language server')
    .description('Speaks the Language Server Protocol on standard input and output; ends when the editor does.')
    .option('--stdio', 'use standard input and output (the only way, and the default)')
    .action(() => {
      // A bundle of its own, so that the other commands need not load it.
      createRequire(__filename)(join(__dirname, 'server.cjs'));
    });
}
