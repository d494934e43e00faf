// The lines above a license and an export, and the places behind them.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A proprietary module that uses what the light exports. */
export function prepare(project) {
  writeFileSync(
    join(project, 'frost_user.c'),
    `// SPDX-License-Identifier: LicenseRef-Frost-Proprietary
#include <linux/module.h>

void frost_led_blink(void);

static int __init frost_user_init(void)
{
	frost_led_blink();
	return 0;
}
module_init(frost_user_init);

MODULE_DESCRIPTION("Blinks");
MODULE_LICENSE("Proprietary");
`,
  );
  writeFileSync(join(project, 'Makefile'), 'obj-m := frost_led.o frost_user.o\n');
}

export default async function lenses({ page, openFile, goTo, screenshot, say }) {
  const lens = (text) => page.locator('.codelens-decoration a', { hasText: text });
  const line = (text) => page.locator('.codelens-decoration', { hasText: text });

  await openFile('frost_user.c');
  await line('frost_user: 1 GPL-only symbol, direct uses only, Proprietary').waitFor({ timeout: 60_000 });
  say('above the license');
  await lens('frost_user: 1 GPL-only symbol').click();
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Dual MIT/GPL' }).waitFor({ timeout: 20_000 });
  await screenshot('lens-what-if');
  await page.keyboard.press('Escape');
  say('a click on it asks for another license');

  await openFile('frost_led.c');
  await line('used by 1 module, which is proprietary').waitFor({ timeout: 20_000 });
  await goTo(17, 1);
  await screenshot('lenses');
  await lens('used by 1 module').click();
  const peek = page.locator('.reference-zone-widget');
  await peek.waitFor({ timeout: 20_000 });
  await peek.locator('.view-line', { hasText: 'frost_led_blink();' }).first().waitFor({ timeout: 20_000 });
  await screenshot('lens-places');
  assert.match(await peek.innerText(), /frost_user\.c/);
  say('a click on it shows the places');
}
