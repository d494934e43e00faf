// Shows the main job on the sample driver: `npm run demo`. Needs no kernel, no compiler and no network.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = dirname(dirname(fileURLToPath(import.meta.url)));
const args = ['check', join('examples', 'frost'), '--kernel', 'embedded'];

process.stdout.write(`$ untainted ${args.join(' ')}\n\n`);
const { status, error } = spawnSync(process.execPath, [join('server', 'bin', 'untainted.cjs'), ...args], {
  cwd: project,
  stdio: 'inherit',
});
if (error) throw error;
if (status === 1) {
  process.stdout.write(
    '\nThe findings are what the demo is about: the sample driver has license mistakes on purpose (examples/README.md).\n' +
      'On its own the command ends with status 1, since there are errors; the demo itself went well.\n',
  );
} else {
  process.stdout.write(`\nThe demo expected findings and status 1, not status ${status}.\n`);
  process.exitCode = 2;
}
