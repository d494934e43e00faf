// The walkthrough of the first start, and the list of kernels with a folder that is browsed for.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Headers to browse for. */
export function prepare(project) {
  const headers = join(project, 'headers');
  mkdirSync(join(headers, 'include/config'), { recursive: true });
  writeFileSync(join(headers, 'Makefile'), 'VERSION = 6\nPATCHLEVEL = 9\nSUBLEVEL = 1\n');
  writeFileSync(join(headers, 'include/config/kernel.release'), '6.9.1-own\n');
  writeFileSync(join(headers, 'Module.symvers'), '0x00000000\tdma_buf_get\tvmlinux\tEXPORT_SYMBOL_GPL\tDMA_BUF\n');
}

export default async function firstStart({
  page,
  project,
  openFile,
  untilFindings,
  command,
  eventually,
  screenshot,
  say,
}) {
  await openFile('frost_capture.c');
  await untilFindings();
  // The pictures need room.
  await command('View: Toggle Primary Side Bar Visibility');
  await command('Untainted: Get Started');
  const step = (text) => page.locator('.getting-started-step:visible', { hasText: text });
  await step('Choose the Kernel').waitFor({ timeout: 20_000 });
  await step('Ask What Another License Would Break').click();
  await page.waitForSelector('.getting-started-media img[alt*="would be refused"]', { timeout: 20_000 });
  await page.waitForTimeout(500);
  await screenshot('walkthrough');
  assert.equal(await page.locator('.getting-started-step').count(), 6);
  say('six steps, each with a picture');

  await openFile('frost_capture.c');
  await command('Untainted: Choose Kernel');
  const item = (text) => page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first();
  await item('(embedded)').waitFor({ timeout: 20_000 });
  assert.match(await item('Find One').innerText(), /Makefile/);
  await screenshot('kernels');
  await page.keyboard.type('Browse');
  await item('Browse Folder…').waitFor();
  await page.keyboard.press('Enter');
  await page.waitForSelector('.quick-input-widget:visible >> text=A folder of kernel headers', { timeout: 20_000 });
  // The dialog writes its first folder into the field once it has read it.
  const field = page.locator('.quick-input-widget:visible input').first();
  await eventually(async () => (await field.inputValue()).startsWith('/'));
  await eventually(async () => {
    await field.fill(`${join(project, 'headers')}/`);
    await page.waitForTimeout(500);
    return (await page.locator('.quick-input-list .monaco-list-row', { hasText: 'include' }).count()) > 0;
  });
  await page.locator('.quick-input-widget:visible').getByText('Use as Kernel').click();
  await page.waitForSelector('[id*="untainted.status"] >> text=6.9.1-own', { timeout: 20_000 });
  say('a folder that was browsed for is the kernel now');

  await command('Untainted: Choose Kernel');
  await item('6.9.1-own').waitFor({ timeout: 20_000 });
  assert.match(await item('6.9.1-own').innerText(), /current/);
  await screenshot('kernel-current');
  await page.keyboard.press('Escape');
}
