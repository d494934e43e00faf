// What a person does in the workbench with keyboard and mouse; scenarios are written in these words.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** `page` is the browser's, for whatever has no word here; `project` the folder that is open in the workbench. */
export function createUser({ page, project, shots, say }) {
  const input = '.quick-input-widget:visible input';

  /** Takes the entry of a quick pick that typing has brought to the top. */
  async function choose(text) {
    await page.locator('.quick-input-list .monaco-list-row.focused:visible', { hasText: text }).waitFor();
    await page.keyboard.press('Enter');
  }

  return {
    page,
    project,
    shots,
    say,
    choose,

    async openFile(name) {
      await page.waitForSelector('.quick-input-widget', { state: 'hidden' });
      await page.keyboard.press('Control+P');
      await page.waitForSelector(input);
      await page.keyboard.type(name);
      await choose(name);
      await page.waitForSelector(`.tab.active >> text=${name}`);
      await page.waitForSelector('.monaco-editor .view-line');
    },

    /** Lines and columns from 1. */
    async goTo(line, column) {
      await page.keyboard.press('Control+1');
      await page.keyboard.press('Control+G');
      await page.waitForSelector(input);
      await page.keyboard.type(`${line}:${column}`);
      await page.keyboard.press('Enter');
      await page.waitForSelector('.quick-input-widget', { state: 'hidden' });
    },

    async command(title) {
      await page.keyboard.press('F1');
      await page.waitForSelector(input);
      await page.keyboard.type(title);
      await choose(title);
    },

    /** Waits until the server has answered for the open file for the first time. */
    async untilFindings(selector = '.squiggly-error') {
      await page.waitForSelector(selector, { timeout: 60_000, state: 'attached' });
    },

    /** The text of a file of the project, as it is on disk. */
    read(name) {
      return readFileSync(join(project, name), 'utf8');
    },

    async screenshot(name) {
      await page.screenshot({ path: join(shots, `${name}.png`) });
    },

    async eventually(holds, milliseconds = 10_000) {
      const end = Date.now() + milliseconds;
      while (!(await holds())) {
        assert(Date.now() < end, 'it did not come about in time');
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
  };
}
