import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { folderWith, untainted } from './run';

const bad = '<img src=x onerror=alert(1)>';

test('the report as a page of its own, which nothing in it can break out of', async () => {
  const source = `MODULE_LICENSE("</script>${bad}");\nMODULE_DESCRIPTION("x");\n`;
  const folder = folderWith({ 't.c': source, Makefile: 'obj-m := t.o\n' });
  const { status, out } = await untainted(['report', '.', '--kernel', 'embedded', '--format', 'html'], { cwd: folder });
  expect(status).toBe(0);
  expect(out).toMatch(/^<!DOCTYPE html>/);
  expect(out).not.toContain(bad);
  const data = JSON.parse(/<script type="application\/json" id="data">([^<]*)<\/script>/.exec(out)?.[1] ?? '');
  expect(data.modules).toMatchObject([{ name: 't', licenses: [`</script>${bad}`], verdict: 'incompatible' }]);
  expect(out).not.toContain(folder);
});

test('its policy allows its own style and script and nothing else', async () => {
  const folder = folderWith({ 't.c': 'MODULE_LICENSE("GPL");\n' });
  const { out } = await untainted(['report', '.', '--kernel', 'embedded', '--format', 'html'], { cwd: folder });
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(out)?.[1];
  const digest = (pattern: RegExp) =>
    createHash('sha256')
      .update(pattern.exec(out)?.[1] ?? '')
      .digest('base64');
  expect(policy?.split('; ')).toEqual([
    "default-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    `style-src 'sha256-${digest(/<style>([\s\S]*?)<\/style>/)}'`,
    `script-src 'sha256-${digest(/<script>([\s\S]*?)<\/script>/)}'`,
  ]);
  const markup = out.replace(/<script>[\s\S]*?<\/script>/, '');
  expect(markup).not.toMatch(/\b(?:src|href)=|@import|url\(|\son\w+=/);
});
