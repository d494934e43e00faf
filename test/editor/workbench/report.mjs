// The report: a web view with a table and a graph that lead to the modules, and the same page from a file.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const cli = join(import.meta.dirname, '../../../server/bin/untainted.cjs');

export default async function report(user) {
  const { page, project, openFile, untilFindings, command, eventually, screenshot, say } = user;
  const refused = [];
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text()) && /untainted|modules/i.test(message.text()))
      refused.push(message.text());
  });
  await openFile('frost_capture.c');
  await untilFindings();
  await command('Untainted: Open Report');
  await page.waitForSelector('.tab.active >> text=Modules and Licenses', { timeout: 20_000 });
  const view = page.frameLocator('iframe.webview').frameLocator('iframe#active-frame');
  await view.locator('tbody tr', { hasText: 'frost_sim' }).waitFor({ timeout: 20_000 });
  assert.equal(await view.locator('tbody tr').count(), 3);
  await use(view, 'web view');
  await view.locator('#graph svg path.refused').first().waitFor({ state: 'attached' });
  await screenshot('report');

  await view.getByRole('button', { name: 'Save the graph (SVG)' }).click();
  await page.waitForSelector('.quick-input-widget:visible input', { timeout: 20_000 });
  await page.keyboard.press('Enter');
  await eventually(() => readIfThere(join(project, 'modules.svg')).startsWith('<svg'));
  say('the graph is saved as SVG');

  await view.getByRole('button', { name: 'frost', exact: true }).click();
  await page.waitForSelector('.tab.active >> text=frost_main.c', { timeout: 20_000 });
  say('a row leads to its module');
  assert.deepEqual(refused, []);

  const { status, stdout } = spawnSync(
    process.execPath,
    [cli, 'report', project, '--kernel', 'embedded', '--format', 'html'],
    { encoding: 'utf8' },
  );
  assert.equal(status, 0);
  const file = join(project, 'report.html');
  writeFileSync(file, stdout);
  const alone = await page.context().newPage();
  const complaints = [];
  alone.on('console', (message) => complaints.push(message.text()));
  alone.on('pageerror', (error) => complaints.push(error.message));
  await alone.goto(pathToFileURL(file).href);
  await use(alone, 'file');
  await alone.screenshot({ path: join(user.shots, 'report-file.png') });
  await alone.emulateMedia({ colorScheme: 'dark' });
  await alone.screenshot({ path: join(user.shots, 'report-dark.png') });
  await alone.emulateMedia({ colorScheme: 'light', forcedColors: 'active' });
  await alone.screenshot({ path: join(user.shots, 'report-contrast.png') });
  const [download] = await Promise.all([
    alone.waitForEvent('download'),
    alone.getByRole('button', { name: 'Save the graph (SVG)' }).click(),
  ]);
  assert.match(readFileSync(await download.path(), 'utf8'), /^<svg .*frost_sim/s);
  assert.deepEqual(complaints, []);
  await alone.close();
  say('the page from a file: light, dark, high contrast, nothing refused by its policy');

  /** Filters and sorts the table, as in both places. */
  async function use(place, name) {
    await place.getByRole('button', { name: 'GPL-only', exact: true }).click();
    assert.equal(await place.locator('th[aria-sort="descending"]').innerText(), 'GPL-only');
    assert.match(await place.locator('tbody tr').first().innerText(), /^frost\b.*Proprietary/s);
    await place.getByRole('searchbox').fill('led');
    await place.getByText('1 of 3 modules').waitFor();
    await place.getByRole('searchbox').fill('');
    await place.getByLabel('State').selectOption('incompatible');
    await place.getByText('2 of 3 modules').waitFor();
    await place.getByLabel('State').selectOption('all');
    await place.getByText('3 of 3 modules').waitFor();
    say(`${name}: sorted and filtered`);
  }
}

function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
