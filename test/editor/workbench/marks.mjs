// Hints behind names that ask for GPL-only symbols, and their own style.
export const settings = { 'untainted.inlayHints': true };

export default async function marks({ page, openFile, untilFindings, screenshot, say }) {
  await openFile('frost_capture.c');
  await untilFindings();
  const line = page.locator('.view-line', { hasText: 'dma_buf_put' });
  const hint = line.locator('span', { hasText: /^GPL$/ });
  await hint.first().waitFor({ timeout: 20_000 });
  say('a hint behind the name');

  // The theme's own color stays; the manifest only makes the name italic.
  await page.waitForFunction(
    () =>
      [...document.querySelectorAll('.view-line span')].some(
        (span) => span.textContent === 'dma_buf_put' && getComputedStyle(span).fontStyle === 'italic',
      ),
    null,
    { timeout: 20_000 },
  );
  await screenshot('marks');
  say('the name is set off');

  await hint.first().hover();
  await page
    .locator('.monaco-hover:visible', { hasText: "'dma_buf_put' is exported GPL-only" })
    .waitFor({ timeout: 10_000 });
  await screenshot('hint');
  say('what the hint says');
}
