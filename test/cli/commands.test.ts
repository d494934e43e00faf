import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { version } from '../../package.json';
import { rules } from '../../server/src/core/rules/index';
import { headers, secret } from '../lsp/samples';
import { folderWith, project, untainted } from './run';

const example = join(project, 'examples/frost');

describe('explain', () => {
  it('lists every rule', async () => {
    const { status, out } = await untainted(['explain']);
    expect(status).toBe(0);
    expect(out.trim().split('\n')).toHaveLength(rules.length);
    for (const { id } of rules) expect(out).toContain(id);
  });

  it('prints a page without markup of its own', async () => {
    const { status, out } = await untainted(['explain', 'gpl-only-symbol']);
    expect(status).toBe(0);
    expect(out).toMatch(/^gpl-only-symbol\n/);
    for (const heading of ['What it does', 'Why', 'How to fix']) expect(out).toContain(`\n${heading}\n`);
    expect(out).not.toMatch(/^#|```/m);
  });
});

describe('report', () => {
  it('has the form that is scored', async () => {
    const { status, out, err } = await untainted(['report', example, '--kernel', 'embedded', '--format', 'json']);
    expect({ status, err }).toEqual({ status: 0, err: '' });
    const answer = JSON.parse(out);
    expect(Object.keys(answer)).toEqual(['kernel', 'modules']);
    const frost = answer.modules.find((module: { name: string }) => module.name === 'frost');
    expect(frost).toMatchObject({ path: 'frost', name: 'frost', licenses: ['Proprietary'], namespaces: [] });
    const symbol = (name: string) => frost.symbols.find((one: { name: string }) => one.name === name);
    expect(symbol('dma_buf_get')).toEqual({
      name: 'dma_buf_get',
      gplOnly: true,
      namespace: 'DMA_BUF',
      provider: 'vmlinux',
      uses: [{ file: 'frost_capture.c', line: 11, column: 25, through: [] }],
    });
    expect(symbol('sysfs_emit').uses[0]).toMatchObject({ file: 'frost_main.c', through: ['frost_show'] });
    expect(symbol('i2c_smbus_read_word_data')).toMatchObject({ gplOnly: false });
  });

  it('can leave out the uses, and has a table for people', async () => {
    const sets = await untainted(['report', example, '--kernel', 'embedded', '--format', 'json', '--no-uses']);
    expect(sets.out).not.toContain('"uses"');
    const { out } = await untainted(['report', example, '--kernel', 'embedded']);
    expect(out).toMatch(/^ {2}GPL-only {2}dma_buf_get +vmlinux {2}namespace DMA_BUF {2}frost_capture\.c:11:25$/m);
    expect(out).toMatch(/\n3 modules, 10 GPL-only uses; kernel /);
  });

  it('says of which modules only the direct uses are known', async () => {
    const folder = folderWith({
      Makefile: 'obj-m := secret.o other.o\n',
      'secret.c': secret,
      'other.c': `#include "gone.h"\n${secret}`,
      ...Object.fromEntries(Object.entries(headers).map(([name, text]) => [`kernel/${name}`, text])),
    });
    const report = async (...args: string[]) =>
      (await untainted(['report', folder, '--kernel', join(folder, 'kernel'), ...args])).out;
    const { modules } = JSON.parse(await report('--format', 'json'));
    expect(modules.map(({ name, exact }: { name: string; exact: boolean }) => [name, exact])).toEqual([
      ['secret', true],
      ['other', false],
    ]);
    const text = await report('--no-uses');
    expect(text).toMatch(/^other {2}license .* GPL-only, direct uses only$/m);
    expect(text).toMatch(/^secret {2}license .* GPL-only$/m);
    expect(text).toMatch(/\ndirect uses only of 1 module: not every header or source was found\n$/);
    expect(await report('--direct', '--no-uses')).toMatch(
      /GPL-only\n[\s\S]*\ndirect uses only: --direct asks for no more\n$/,
    );
  });
});

describe('modules', () => {
  it('shows members, flags, conditions and what was not understood', async () => {
    const folder = folderWith({
      Makefile:
        'ccflags-y := -DFAST -Iinc\nobj-m := big.o $(shell date)\nbig-y := a.o b.o\nobj-$(CONFIG_X) += lone.o\n',
      'a.c': 'MODULE_LICENSE("GPL");\n',
      'b.c': '',
      'lone.c': '',
    });
    const { status, out } = await untainted(['modules', '--kernel', 'embedded', '--format', 'json'], { cwd: folder });
    expect(status).toBe(0);
    const answer = JSON.parse(out);
    const big = answer.modules.find((module: { name: string }) => module.name === 'big');
    expect(big.members.map((member: { source: string }) => member.source)).toEqual(['a.c', 'b.c']);
    expect(big.members[0].defines).toMatchObject({ FAST: '1' });
    expect(big).toMatchObject({ path: 'big', verdict: 'compatible', licenses: [{ value: 'GPL', text: '"GPL"' }] });
    expect(answer.problems).toContainEqual(expect.objectContaining({ file: 'Makefile', line: 2 }));
    const text = await untainted(['modules', '--kernel', 'embedded'], { cwd: folder });
    expect(text.out).toMatch(/^big {2}big\.ko {2}\(Makefile:2\)\n {2}license {3}"GPL" \(compatible\)$/m);
    expect(text.out).toContain('Not understood (');
  });
});

describe('lsp', () => {
  it.each([[['lsp', '--stdio']], [['lsp']]])('answers an editor that starts %j', async (args) => {
    const child = spawn(process.execPath, [join(project, 'server/bin/untainted.cjs'), ...args], {
      cwd: project,
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const send = (message: object) => {
      const body = JSON.stringify({ jsonrpc: '2.0', ...message });
      child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    };
    const ended = new Promise((resolve) => child.on('close', resolve));
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (!out.includes('"id":1') && `${out}${text}`.includes('"id":1')) send({ id: 2, method: 'shutdown' });
      if (`${out}${text}`.includes('"id":2')) send({ method: 'exit' });
      out += text;
    });
    send({ id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } });
    expect(await ended).toBe(0);
    expect(out).toContain('"capabilities":{');
  });
});

describe('the rest', () => {
  it('lists kernels that --kernel takes', async () => {
    const { status, out } = await untainted(['kernels']);
    expect(status).toBe(0);
    expect(out).toMatch(/^embedded:\S+ {2}/m);
  });

  it('knows its version and its help', async () => {
    expect((await untainted(['--version'])).out).toBe(`${version}\n`);
    const { status, out } = await untainted(['--help']);
    expect(status).toBe(0);
    for (const name of ['check', 'explain', 'modules', 'report', 'kernels', 'lsp']) expect(out).toContain(`  ${name}`);
  });

  it('ends at once on Ctrl-C', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 6000 }, (_, i) => [`m${i}.c`, `MODULE_LICENSE("GPL");\n${'int x;\n'.repeat(2000)}`]),
    );
    const child = spawn(process.execPath, [join(project, 'server/bin/untainted.cjs'), 'check'], {
      cwd: folderWith(files),
      stdio: 'ignore',
    });
    const ended = new Promise((resolve) => child.on('close', (_, signal) => resolve(signal)));
    await new Promise((resolve) => setTimeout(resolve, 400));
    const asked = Date.now();
    child.kill('SIGINT');
    expect(await ended).toBe('SIGINT');
    expect(Date.now() - asked).toBeLessThan(1000);
  });
});
