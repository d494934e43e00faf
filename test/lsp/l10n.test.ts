import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { shownStrings } from '../../scripts/lib/strings.mjs';

const root = join(import.meta.dirname, '../..');
const read = (path: string): Record<string, string> => JSON.parse(readFileSync(join(root, path), 'utf8'));
const keys = (text: string) => [...text.matchAll(/%([\w.]+)%/g)].map(([, key]) => key ?? '');
/** What a translation must keep: placeholders, icons, commands. */
const kept = (text: string) => (text.match(/\{\d\}|\$\([\w-]+\)|\(command:[^)]*\)/g) ?? []).sort();

test('each key of the manifest has its string, and back', () => {
  expect([...new Set(keys(JSON.stringify(manifest)))].sort()).toEqual(Object.keys(read('package.nls.json')).sort());
});

test('what the manifest shows of commands, views and steps can be translated', () => {
  const { commands, views, viewsWelcome, walkthroughs } = manifest.contributes;
  const shown = [
    ...commands.map(({ title }) => title),
    ...Object.values(views).flatMap((all) => all.map(({ name }) => name)),
    ...viewsWelcome.map(({ contents }) => contents),
    ...walkthroughs.flatMap(({ title, description, steps }) => [
      title,
      description,
      ...steps.flatMap((step) => [step.title, step.description, step.media.altText]),
    ]),
  ];
  expect(shown.filter((text) => !/^%[\w.]+%$/.test(text))).toEqual([]);
});

test('each string of the client is in the bundle, and back', () => {
  expect(Object.keys(read('l10n/bundle.l10n.json'))).toEqual(shownStrings(join(root, 'client/src')));
});

test.each([
  ['package.nls.json', 'package.nls.de.json'],
  ['l10n/bundle.l10n.json', 'l10n/bundle.l10n.de.json'],
])('%s is translated in full', (from, to) => {
  const original = read(from);
  const translated = read(to);
  expect(Object.keys(translated)).toEqual(Object.keys(original));
  for (const [key, text] of Object.entries(original)) {
    expect([key, translated[key]?.trim() !== '', kept(translated[key] ?? '')]).toEqual([key, true, kept(text)]);
  }
});

test('every step of the walkthrough shows a picture and leads to commands that exist', () => {
  const own = new Set(manifest.contributes.commands.map(({ command }) => command));
  const views = Object.values(manifest.contributes.views).flatMap((all) => all.map(({ id }) => `${id}.focus`));
  for (const [key, text] of Object.entries(read('package.nls.json'))) {
    for (const [, command = ''] of text.matchAll(/\(command:([\w.]+)/g)) {
      if (command.startsWith('untainted.'))
        expect([key, own.has(command) || views.includes(command)]).toEqual([key, true]);
    }
  }
  for (const { media } of manifest.contributes.walkthroughs.flatMap(({ steps }) => steps)) {
    expect([media.image, existsSync(join(root, media.image))]).toEqual([media.image, true]);
  }
});
