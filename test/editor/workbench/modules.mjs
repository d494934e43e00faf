// The view of modules: how they stand, what is in them, filters, the way to a file, and that it follows an edit.
import assert from 'node:assert/strict';

export default async function modules(user) {
  const { page, openFile, untilFindings, command, goTo, eventually, screenshot, say } = user;
  await openFile('frost_capture.c');
  await untilFindings();
  await command('Untainted: Focus on Modules View');
  const row = (text) => page.locator('.pane-body .monaco-list-row:visible', { hasText: text }).first();
  await row('frost_sim').waitFor({ timeout: 20_000 });
  const spoken = await row('Proprietary').getAttribute('aria-label');
  assert.match(spoken, /frost.*Proprietary.*errors: \d+.*GPL-only.*may not use GPL-only symbols/s);
  say(`rows that are spoken in full: ${spoken.replaceAll('\n', ', ')}`);

  await row('Proprietary').click();
  await page.waitForSelector('.tab.active >> text=frost_main.c');
  await eventually(async () => /Ln 12\d/.test((await page.textContent('.statusbar')) ?? ''));
  say('a click leads to the license line');

  await command('Untainted: Focus on Modules View');
  await row('Proprietary').locator('.monaco-tl-twistie').click();
  await row('vmlinux').waitFor({ timeout: 20_000 });
  await row('Members').click();
  await row('frost_capture.c').waitFor();
  await row('vmlinux').click();
  await row('dma_buf_get').waitFor();
  await screenshot('modules');
  say('members and providers unfold');

  await row('dma_buf_get').click();
  await page.waitForSelector('.tab.active >> text=frost_capture.c', { timeout: 20_000 });
  say('a symbol leads to its use');

  await command('Untainted: Filter Modules…');
  await page.waitForSelector('.quick-input-list .monaco-list-row >> text=By Name');
  await page.keyboard.type('By Name');
  await user.choose('By Name');
  await page.waitForSelector('.quick-input-widget:visible >> text=Part of a name');
  await page.keyboard.type('led');
  await page.keyboard.press('Enter');
  await page.waitForSelector(".pane-body >> text=1 of 3 modules: containing 'led'", { timeout: 20_000 });
  await row('frost_sim').waitFor({ state: 'detached' });
  await screenshot('modules-filtered');
  await command('Untainted: Show All Modules');
  await row('frost_sim').waitFor({ timeout: 20_000 });
  await row('Proprietary').locator('.monaco-tl-twistie').click();
  await row('Members').waitFor();
  say('filter by name');

  await openFile('frost_sim.c');
  await goTo(27, 20);
  await page.keyboard.press('Delete');
  await page.keyboard.press('Delete');
  await row('frost_sim').waitFor();
  await page
    .locator('.pane-body .monaco-list-row:visible', { hasText: /frost_sim"?GPL ·/ })
    .waitFor({ timeout: 20_000 });
  await row('Members').waitFor();
  say('an edit shows in the view, and what was unfolded stays so');
}
