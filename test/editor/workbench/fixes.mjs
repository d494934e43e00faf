// A quick fix chosen from the light bulb's menu, and all safe fixes of a file at once.
import assert from 'node:assert/strict';

export default async function fixes({
  page,
  openFile,
  goTo,
  untilFindings,
  command,
  read,
  eventually,
  screenshot,
  say,
}) {
  await openFile('frost_sim.c');
  await untilFindings();
  await goTo(27, 18);
  await page.keyboard.press('Control+.');
  await page.waitForSelector('.action-widget .monaco-list-row', { timeout: 20_000 });
  const actions = await page.$$eval('.action-widget .monaco-list-row', (all) =>
    all.map((row) => row.textContent ?? ''),
  );
  assert(
    actions.some((action) => action.includes('Change to "GPL"')),
    actions.join(),
  );
  await screenshot('quick-fix');
  await page.waitForSelector('.action-widget .monaco-list-row.focused >> text=Change to "GPL"');
  await page.keyboard.press('Enter');
  const fixed = Date.now();
  await page.waitForFunction(() => !document.querySelector('.squiggly-error'), null, { timeout: 20_000 });
  say(`quick fix: every error of the file gone after ${Date.now() - fixed} ms`);
  await page.keyboard.press('Control+S');
  await eventually(() => read('frost_sim.c').includes('MODULE_LICENSE("GPL");'));
  await screenshot('fixed');

  await openFile('frost_led.c');
  await eventually(async () => {
    await command('Fix All');
    await page.keyboard.press('Control+S');
    await page.waitForTimeout(300);
    return read('frost_led.c').includes('MODULE_LICENSE("GPL");');
  });
  say('Fix All');
}
