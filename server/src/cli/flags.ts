import type { Command } from 'commander';

/** Adds the options that say what is read; every command that reads a workspace has the same ones. */
export function addWorkspaceFlags(command: Command): Command {
  return command
    .option(
      '--kernel <dir|embedded:name>',
      'kernel to check against: a folder of kernel headers, or an embedded kernel (see `untainted kernels`)',
    )
    .option('--extra-symvers <file>', 'a further Module.symvers; may be repeated', collect)
    .option('--exclude <glob>', 'what is not read, relative to the folder; may be repeated', collect)
    .option('--config <file>', "the project's settings, if not the `untainted.json` of the folder")
    .option('--quiet', 'no progress and no summary');
}

/** Adds the options that say how far symbol uses are followed. */
export function addDepthFlags(command: Command): Command {
  return command
    .option('--direct', "only the uses in the modules' own files, not those that come through the kernel's headers")
    .option('--exact', "follow the headers of a whole kernel's modules too, which takes minutes");
}

/** For options that may be repeated. */
export function collect(value: string, earlier: readonly string[] = []): string[] {
  return [...earlier, value];
}
