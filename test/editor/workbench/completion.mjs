// The list of suggestions, in what a person types: a license, an SPDX line, a namespace, a name to export.
import assert from 'node:assert/strict';

export default async function completion({ page, openFile, goTo, untilFindings, read, eventually, screenshot, say }) {
  const rows = page.locator('.suggest-widget.visible .monaco-list-row');
  const focused = page.locator('.suggest-widget.visible .monaco-list-row.focused');
  const save = async (holds) => {
    await page.keyboard.press('Control+S');
    await eventually(() => holds(read('frost_sim.c')));
  };

  await openFile('frost_sim.c');
  await untilFindings();
  await goTo(27, 1);
  await page.keyboard.press('Shift+End');
  await page.keyboard.type('MODULE_LICENSE("');
  await rows.filter({ hasText: 'Dual BSD/GPL' }).waitFor({ timeout: 20_000 });
  await page.waitForTimeout(500);
  await screenshot('completion-license');
  const offered = await rows.allInnerTexts();
  assert(
    offered.some((row) => row.includes('Proprietary')),
    offered.join(),
  );
  await page.keyboard.type('bsd');
  await focused.filter({ hasText: 'Dual BSD/GPL' }).waitFor({ timeout: 5000 });
  await page.keyboard.press('Enter');
  await page.keyboard.press('End');
  await page.keyboard.type(';');
  await save((text) => text.endsWith('MODULE_LICENSE("Dual BSD/GPL");\n'));
  say('a license string');

  await goTo(1, 1);
  await page.keyboard.press('Shift+End');
  await page.keyboard.type('// SPDX-License-Identifier: ');
  await rows.filter({ hasText: 'GPL-2.0-only OR BSD-3-Clause' }).first().waitFor({ timeout: 20_000 });
  await screenshot('completion-spdx');
  await page.keyboard.press('Enter');
  await save((text) => text.startsWith('// SPDX-License-Identifier: GPL-2.0-only OR BSD-3-Clause\n'));
  say('an SPDX line that says the same');

  await page.keyboard.press('Control+End');
  await page.keyboard.type('MODULE_IMPORT_NS(');
  await page.keyboard.press('Control+Space');
  await rows.filter({ hasText: 'DMA_BUF' }).first().waitFor({ timeout: 20_000 });
  await page.keyboard.type('DMA_B');
  await focused.filter({ hasText: 'DMA_BUF' }).waitFor({ timeout: 5000 });
  await page.keyboard.press('Enter');
  await page.keyboard.press('End');
  await page.keyboard.type(';\nEXPORT_SYMBOL_GPL(');
  await rows.filter({ hasText: 'frost_sim' }).first().waitFor({ timeout: 20_000 });
  await screenshot('completion-export');
  await page.keyboard.press('Enter');
  await save((text) => /MODULE_IMPORT_NS\(DMA_BUF\);\nEXPORT_SYMBOL_GPL\(frost_sim\w*\)/.test(text));
  say('a namespace, and a name to export');
}
