// "What breaks under another license?": from the license line by keyboard to the places that would be refused.
import assert from 'node:assert/strict';

export default async function whatIf(user) {
  const { page, openFile, untilFindings, goTo, eventually, screenshot, say } = user;
  await openFile('frost_capture.c');
  await untilFindings();
  await openFile('frost_led.c');
  await goTo(32, 5);
  await page.keyboard.press('Control+.');
  const action = page.locator('.action-widget .monaco-list-row', { hasText: 'What breaks under another license?' });
  await action.waitFor({ timeout: 20_000 });
  await screenshot('what-if-action');
  await eventually(async () => {
    await page.keyboard.press('ArrowDown');
    return (await action.getAttribute('class'))?.includes('focused');
  });
  await page.keyboard.press('Enter');
  await page.waitForSelector('.quick-input-list .monaco-list-row >> text=Dual MPL/GPL', { timeout: 20_000 });
  const choices = await page.$$eval('.quick-input-list .monaco-list-row', (all) => all.map((row) => row.textContent));
  assert(
    choices.some((one) => /GPL v2.*current/.test(one)),
    choices.join('\n'),
  );
  await screenshot('what-if-licenses');
  await page.keyboard.type('Proprietary');
  await user.choose('Proprietary');

  const row = (text) => page.locator('.pane-body .monaco-list-row:visible', { hasText: text }).first();
  await row('that modpost refuses').waitFor({ timeout: 20_000 });
  await row('Loading it taints the kernel').waitFor();
  await row('led_trigger_register_simple').waitFor();
  await downTo('led_trigger_register_simple');
  await page.keyboard.press('ArrowRight');
  const place = page.locator('.pane-body .monaco-list-row:visible', { hasText: /^frost_led\.c:20/ });
  await place.waitFor();
  await page.keyboard.press('ArrowDown');
  await screenshot('what-if');
  say('what modpost would refuse, with the places');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => /Ln 20,/.test(document.querySelector('.statusbar')?.textContent ?? ''));
  say('a place leads to its line');

  /** Goes down the tree by keyboard. */
  async function downTo(text) {
    await eventually(async () => {
      await page.keyboard.press('ArrowDown');
      return (await page.locator('.pane-body .monaco-list-row.focused:visible', { hasText: text }).count()) > 0;
    });
  }
}
