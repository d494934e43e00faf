import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

export const project = join(import.meta.dirname, '../..');

export interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly uid?: number;
  /** The bundle, if not the project's. */
  readonly cli?: string;
  /** Closes the reading end of stdout after so many characters, as `head` does. */
  readonly readAtMost?: number;
}

/** Runs the built command line as a process of its own, as a user does. */
export function untainted(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const { NO_COLOR: _, FORCE_COLOR: __, ...env } = process.env;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [options.cli ?? join(project, 'server/bin/untainted.cjs'), ...args], {
      cwd: options.cwd ?? project,
      env: { ...env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 60_000,
      ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }),
    });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      if (options.readAtMost !== undefined && out.length >= options.readAtMost) child.stdout.destroy();
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, out, err }));
  });
}

/** A temporary folder with these files, gone after the test. Names ending in `/` are folders. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'untainted-cli-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(name.endsWith('/') ? path : dirname(path), { recursive: true });
    if (!name.endsWith('/')) writeFileSync(path, content);
  }
  return folder;
}

/** A module that has nothing wrong with it. */
export const cleanModule = `// SPDX-License-Identifier: GPL-2.0-only
#include <linux/module.h>
MODULE_DESCRIPTION("In order");
MODULE_LICENSE("GPL");
`;

/** A module with one error: its license is none that the kernel knows. */
export const brokenModule = `// SPDX-License-Identifier: GPL-2.0-only
#include <linux/module.h>
MODULE_DESCRIPTION("Not in order");
MODULE_LICENSE("GPL v3");
`;

export interface CheckAnswer {
  readonly folders: readonly { readonly folder: string; readonly modules: number; readonly files: number }[];
  readonly summary: Readonly<Record<string, number>>;
  readonly findings: readonly {
    readonly rule: string;
    readonly severity: string;
    readonly message: string;
    readonly file: string;
    readonly line: number;
    readonly column: number;
    readonly endLine: number;
    readonly endColumn: number;
    readonly related: readonly { readonly message: string; readonly file?: string }[];
    readonly fixes: readonly { readonly title: string; readonly edits: readonly { readonly newText: string }[] }[];
  }[];
  readonly problems: readonly { readonly message: string; readonly file?: string }[];
}

/** Runs `check` against the embedded kernel and reads its JSON. */
export async function checkJson(folder: string, ...args: string[]): Promise<Ended & { answer: CheckAnswer }> {
  const ended = await untainted(['check', ...args, '--kernel', 'embedded', '--format', 'json'], { cwd: folder });
  if (ended.out === '') throw new Error(`no answer, status ${ended.status}: ${ended.err}`);
  return { ...ended, answer: JSON.parse(ended.out) as CheckAnswer };
}
