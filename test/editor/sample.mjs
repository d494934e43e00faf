// A module with mistakes, on which the editor tests work: a GPL-only symbol in a proprietary module, an old spelling.
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** A fresh copy of the sample driver in `folder`. */
export function copySample(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(join(root, 'examples/frost'), folder, { recursive: true });
  return folder;
}
