// What is said of a license, an SPDX identifier, a local macro and an object in a Makefile.
import assert from 'node:assert/strict';

export default async function hovers({ page, openFile, goTo, untilFindings, screenshot, say }) {
  const shown = async (text) => {
    const hover = page.locator('.monaco-hover:visible', { hasText: text });
    await hover.waitFor({ timeout: 20_000 });
    // It fades in.
    await page.waitForTimeout(300);
    return hover.innerText();
  };
  const byKeyboard = async (line, column, text) => {
    await goTo(line, column);
    await page.keyboard.press('Control+K');
    await page.keyboard.press('Control+I');
    const said = await shown(text);
    return said;
  };

  await openFile('frost_sim.c');
  await untilFindings();
  const spdx = await byKeyboard(1, 32, 'GNU General Public License v2.0 only');
  assert.match(spdx, /OSI-approved; one of the licenses that the kernel prefers/);
  await screenshot('hover-spdx');
  await page.keyboard.press('Escape');
  say('an SPDX identifier');

  await openFile('frost_main.c');
  const license = await byKeyboard(128, 5, 'A proprietary license');
  assert.match(license, /frost\.ko uses \d GPL-only symbols\. Direct uses only/);
  await screenshot('hover-license');
  await page.keyboard.press('Escape');
  say('a license');

  await openFile('frost.h');
  await page
    .locator('.view-line span', { hasText: /frost_show$/ })
    .last()
    .hover();
  assert.match(await shown('leads to a GPL-only symbol'), /sysfs_emit of vmlinux/);
  await screenshot('hover-macro');
  say('a local macro, with the mouse');

  await openFile('Makefile');
  await page.locator('.view-line span', { hasText: 'frost_capture.o' }).last().hover();
  const object = await shown('is part of frost.ko');
  assert.match(object, /its license \("Proprietary"\) is not compatible with the GPL/);
  await screenshot('hover-object');
  say('an object in a Makefile, with the mouse');
}
