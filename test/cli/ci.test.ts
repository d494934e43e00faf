import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { brokenModule, cleanModule, folderWith, project } from './run';

/** A repository with one module, an elsewhere for what a runner keeps, and `untainted` on the path. */
function repository(source: string) {
  const folder = folderWith({
    'repo/m.c': source,
    'repo/untainted.json': '{ "kernel": "embedded" }',
    'temp/': '',
    'bin/untainted': `#!/bin/sh\nexec "${process.execPath}" "${project}/server/bin/untainted.cjs" "$@"\n`,
  });
  execFileSync('chmod', ['+x', join(folder, 'bin/untainted')]);
  symlinkSync(project, join(folder, 'temp/untainted'));
  const env = { ...process.env, RUNNER_TEMP: join(folder, 'temp'), PATH: `${join(folder, 'bin')}:${process.env.PATH}` };
  return { cwd: join(folder, 'repo'), env };
}

/** The value of a key in YAML as simple as that of the examples: of one line, or the block behind `|`. */
function yamlValue(text: string, key: string): string {
  const [, indent = '', rest = ''] = new RegExp(`^( *)(?:- )?${key}: (.*(?:\\n(?:\\1 +.*)?)*)`, 'm').exec(text) ?? [];
  if (!rest.startsWith('|')) return rest.split('\n')[0]?.replace(/^'(.*)'$/, '$1') ?? '';
  const lines = rest.split('\n').slice(1);
  const margin = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
  expect(margin).toBeGreaterThan(indent.length);
  return lines.map((line) => line.slice(margin)).join('\n');
}

describe.skipIf(process.platform === 'win32')('the sample workflow', () => {
  const workflow = readFileSync(join(project, 'examples/ci/github-workflow.yml'), 'utf8');
  const steps = workflow.split(/^ {6}- /m).slice(1);
  const check = yamlValue(steps.find((step) => step.startsWith('name: Check')) ?? '', 'run');

  /** As a runner does: bash that stops at the first failure. */
  function runCheck(source: string) {
    const { cwd, env } = repository(source);
    const { status, stdout } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', check], {
      cwd,
      env,
      encoding: 'utf8',
    });
    const sarif = join(cwd, 'untainted.sarif');
    return { status, stdout, sarif: existsSync(sarif) ? JSON.parse(readFileSync(sarif, 'utf8')) : undefined };
  }

  it('uploads what it found and fails for errors only', () => {
    const broken = runCheck(brokenModule);
    expect(broken.status).toBe(1);
    expect(broken.stdout).toContain('error[unknown-license-string]');
    expect(broken.sarif.runs[0].results).toHaveLength(1);
    expect(broken.sarif.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri).toBe('m.c');
    const clean = runCheck(cleanModule);
    expect([clean.status, clean.sarif.runs[0].results]).toEqual([0, []]);
  });

  it('uploads nothing where there is no answer', () => {
    const { status, sarif } = runCheck('int nothing;\n');
    expect([status, sarif]).toEqual([2, undefined]);
    expect(yamlValue(workflow, 'sarif_file')).toBe('untainted.sarif');
    expect(workflow).toContain("hashFiles('untainted.sarif') != ''");
  });

  it('builds Untainted where it looks for it', () => {
    const build = yamlValue(steps.find((step) => step.startsWith('name: Build')) ?? '', 'run');
    expect(build.split('\n')[0]).toBe(`mv ${yamlValue(workflow, 'path')} "$RUNNER_TEMP/untainted"`);
    expect(build).toContain('npm ci\nnpm run build');
  });
});

describe.skipIf(process.platform === 'win32')('the hook for pre-commit', () => {
  const hook = readFileSync(join(project, '.pre-commit-hooks.yaml'), 'utf8');
  const sample = readFileSync(join(project, 'examples/ci/pre-commit-config.yaml'), 'utf8');

  it('is the same in the sample', () => {
    for (const key of ['id', 'name', 'language', 'entry', 'pass_filenames', 'files']) {
      expect(yamlValue(sample, key)).toBe(yamlValue(hook, key));
      expect(yamlValue(hook, key)).not.toBe('');
    }
  });

  it('runs for what findings depend on', () => {
    const files = new RegExp(yamlValue(hook, 'files'));
    for (const name of ['m.c', 'a/m.h', 'e.S', 'Makefile', 'a/Kbuild', 'Makefile.in', 'dkms.conf', 'untainted.json']) {
      expect([name, files.test(name)]).toEqual([name, true]);
    }
    for (const name of ['README.md', 'm.cpp', 'package.json', 'a/make'])
      expect([name, files.test(name)]).toEqual([name, false]);
  });

  it('passes and fails as pre-commit runs it: its words, no file names, in the root of the repository', () => {
    const run = (source: string) => {
      const [command = '', ...args] = yamlValue(hook, 'entry').split(' ');
      return spawnSync(command, args, { ...repository(source), encoding: 'utf8' });
    };
    expect(run(cleanModule)).toMatchObject({ status: 0, stdout: '' });
    expect(run(brokenModule)).toMatchObject({ status: 1, stdout: expect.stringContaining('m.c:4:16') });
  });
});
