// Definition, references, both symbol searches and the call hierarchy, by their keys.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** One module of the sample driver uses what another one exports. */
export function prepare(project) {
  const file = join(project, 'frost_sim.c');
  const text = readFileSync(file, 'utf8');
  writeFileSync(
    file,
    text.replace('\treturn platform_device_add', '\tfrost_led_blink();\n\treturn platform_device_add'),
  );
}

export default async function navigation(user) {
  const { openFile, untilFindings } = user;
  await openFile('frost_sim.c');
  await untilFindings();
  await definition(user);
  await references(user);
  await documentSymbols(user);
  await workspaceSymbols(user);
  await callHierarchy(user);
}

async function definition({ page, openFile, goTo, screenshot, say }) {
  await goTo(16, 4);
  await page.keyboard.press('F12');
  const peek = page.locator('.peekview-widget');
  await peek.waitFor({ timeout: 20_000 });
  await peek.locator('.ref-tree .monaco-list-row', { hasText: 'EXPORT_SYMBOL_GPL(frost_led_blink)' }).waitFor();
  await peek.locator('.ref-tree .monaco-list-row', { hasText: 'void frost_led_blink(void)' }).waitFor();
  await screenshot('definition');
  await page.keyboard.press('Escape');
  say('F12 on a use: the function and the line that exports it');

  await openFile('Makefile');
  await goTo(6, 30);
  await page.keyboard.press('F12');
  await page.waitForSelector('.tab.active >> text=frost_capture.c', { timeout: 20_000 });
  say('F12 on an object of the Makefile: its source');
}

async function references({ page, openFile, goTo, screenshot, say }) {
  await openFile('frost_led.c');
  await goTo(16, 22);
  await page.keyboard.press('Shift+F12');
  const peek = page.locator('.peekview-widget');
  await peek.waitFor({ timeout: 20_000 });
  await peek.locator('.ref-tree .monaco-list-row', { hasText: 'frost_sim.c' }).waitFor();
  await screenshot('references');
  await page.keyboard.press('Escape');
  await peek.waitFor({ state: 'hidden' });
  say('Shift+F12 on an export: its users in other modules');
}

async function documentSymbols({ page, openFile, screenshot, say }) {
  await openFile('frost_led.c');
  await page.keyboard.press('Control+Shift+O');
  const row = page.locator('.quick-input-list .monaco-list-row');
  await row.filter({ hasText: 'frost_led_blink' }).waitFor({ timeout: 20_000 });
  await row.filter({ hasText: 'MODULE_LICENSE' }).waitFor();
  await screenshot('document-symbols');
  await page.keyboard.press('Escape');
  say('Ctrl+Shift+O: exports and tags');
}

async function workspaceSymbols({ page, openFile, choose, screenshot, say }) {
  await openFile('frost_main.c');
  await page.keyboard.press('Control+T');
  await page.waitForSelector('.quick-input-widget:visible input');
  await page.keyboard.type('frostblink');
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'frost_led_blink' }).waitFor({ timeout: 20_000 });
  await screenshot('workspace-symbols');
  await choose('frost_led_blink');
  await page.waitForSelector('.tab.active >> text=frost_led.c', { timeout: 20_000 });
  say('Ctrl+T: an export by some of its letters');
}

async function callHierarchy({ page, openFile, goTo, screenshot, say }) {
  await openFile('frost_main.c');
  await goTo(57, 12);
  await page.keyboard.press('Shift+Alt+H');
  const rows = page.locator('.sidebar .monaco-list-row');
  await rows.filter({ hasText: 'offset_show' }).filter({ hasText: 'frost.ko' }).waitFor({ timeout: 20_000 });
  await rows.filter({ hasText: 'frost_show' }).filter({ hasText: 'frost.h' }).waitFor();
  await screenshot('call-hierarchy');
  say('Shift+Alt+H on a macro: the functions whose way to a GPL-only symbol goes through it');
}
