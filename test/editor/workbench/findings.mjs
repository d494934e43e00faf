// Squiggles, status item, list of problems, the hover of a finding and the page behind its code.
import assert from 'node:assert/strict';

export default async function findings({ page, openFile, goTo, untilFindings, eventually, screenshot, say }) {
  await openFile('frost_capture.c');
  const opened = Date.now();
  await untilFindings();
  say(`squiggle ${Date.now() - opened} ms after the first file opened (the server starts meanwhile)`);

  await page.waitForFunction(
    () => document.querySelector('[id*="untainted.status"]')?.textContent?.includes('frost'),
    null,
    { timeout: 20_000 },
  );
  const status = await page.$eval('[id*="untainted.status"]', (item) => item.textContent?.trim());
  assert.match(status, /frost: Proprietary · 6\.1/);
  say(`status item: ${status}`);

  await page.keyboard.press('Control+Shift+M');
  await page.waitForSelector('.markers-panel .monaco-list-row', { timeout: 20_000 });
  const problem = page.locator('.markers-panel .monaco-list-row', { hasText: "uses GPL-only symbol 'dma_buf_get'" });
  await problem.first().waitFor({ timeout: 20_000 });
  const rows = await page.$$eval('.markers-panel .monaco-list-row', (all) => all.map((row) => row.textContent ?? ''));
  assert(rows.some((row) => row.includes('gpl-only-symbol')));
  say(`Problems panel: ${rows.length} rows, of files that are not open too`);

  await openFile('frost_main.c');
  await goTo(101, 12);
  await page.keyboard.press('Control+K');
  await page.keyboard.press('Control+I');
  const hover = page.locator('.monaco-hover:visible', { hasText: 'is exported GPL-only by' });
  await hover.waitFor({ timeout: 20_000 });
  const said = await hover.innerText();
  assert.match(said, /uses GPL-only symbol 'devm_hwmon_device_register_with_info'/);
  assert.match(said, /not compatible with the GPL/);
  await screenshot('hover');
  say('hover: the finding, and what the kernel says of the symbol');

  await page.locator('.monaco-hover:visible a', { hasText: 'gpl-only-symbol' }).click();
  await page.waitForSelector('.tab >> text=gpl-only-symbol.md', { timeout: 20_000 });
  await eventually(async () => {
    const texts = await Promise.all(page.frames().map((frame) => frame.innerText('body').catch(() => '')));
    return texts.some((text) => text.includes('What it does'));
  }, 20_000);
  await screenshot('rule');
  say("the finding's code leads to the rule's page");
}
