import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { defaultSettings } from '../../server/src/core/settings';
import { tokensLegend } from '../../server/src/lsp/tokens';

const root = join(import.meta.dirname, '../..');
const settings: Readonly<Record<string, { readonly default: unknown; readonly scope: string }>> =
  manifest.contributes.configuration.properties;

/** What only the extension reads. */
const clientSettings = ['untainted.semanticTokens', 'untainted.trace.server'];

test('each setting of the manifest is one of the settings, and back', () => {
  const own = Object.keys(defaultSettings).map((key) => `untainted.${key}`);
  expect(Object.keys(settings).sort()).toEqual([...own, ...clientSettings].sort());
  for (const [key, value] of Object.entries(defaultSettings)) {
    expect([key, settings[`untainted.${key}`]]).toMatchObject([key, { default: value, scope: 'resource' }]);
  }
});

test('each command of the manifest is registered, and back', () => {
  const source = readFileSync(join(root, 'client/src/extension.ts'), 'utf8');
  const registered = [...source.matchAll(/registerCommand\('([^']+)'/g)].map(([, id]) => id);
  expect(manifest.contributes.commands.map(({ command }) => command).sort()).toEqual(registered.sort());
});

test('what names a file to read is not taken from an untrusted workspace', () => {
  expect(manifest.capabilities.untrustedWorkspaces).toMatchObject({
    supported: 'limited',
    restrictedConfigurations: ['untainted.kernel', 'untainted.extraSymvers'],
  });
});

test("the token types of the manifest are the server's", () => {
  const { semanticTokenTypes, semanticTokenModifiers } = manifest.contributes;
  expect(semanticTokenTypes.map(({ id }) => id)).toEqual(tokensLegend.tokenTypes);
  expect(semanticTokenModifiers.map(({ id }) => id)).toEqual(tokensLegend.tokenModifiers);
});

test('what the manifest points to is there', () => {
  for (const path of [manifest.main, manifest.icon]) expect([path, existsSync(join(root, path))]).toEqual([path, true]);
});

test('the schema of untainted.json is registered, with comments, and shipped', () => {
  const [{ fileMatch, url } = { fileMatch: '', url: '' }] = manifest.contributes.jsonValidation;
  expect(fileMatch).toBe('untainted.json');
  expect(existsSync(join(root, url))).toBe(true);
  expect(readFileSync(join(root, '.vscodeignore'), 'utf8')).toContain(`\n!${url.replace('./', '')}\n`);
  expect(manifest.contributes.languages).toContainEqual({ id: 'jsonc', filenames: ['untainted.json'] });
});
