import { Command } from 'commander';
import { listKernels } from '../../io/kernels';
import { printable } from '../format/printable';
import type { Terminal } from '../terminal';

/** `untainted kernels`: what `--kernel` can name on this machine. */
export function kernelsCommand(terminal: Terminal): Command {
  return new Command('kernels')
    .summary('list kernels to check against')
    .description(
      'Lists the kernel headers found on this machine and the embedded kernels; --kernel takes the first column.',
    )
    .action(async () => {
      const choices = listKernels();
      const width = Math.max(0, ...choices.map((choice) => choice.setting.length));
      for (const { setting, label, description } of choices) {
        const text = [label, description].filter((part) => part !== '' && part !== setting).join(': ');
        await terminal.write(`${terminal.colors.bold(printable(setting.padEnd(width)))}  ${printable(text)}\n`);
      }
    });
}
