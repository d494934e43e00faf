// The commands of the palette.
export default async function commands({ page, openFile, untilFindings, command, screenshot, say }) {
  await openFile('frost_capture.c');
  await untilFindings();
  await command('Untainted: Check Workspace');
  await page.waitForSelector('.statusbar >> text=/Untainted: \\d+ errors?/', { timeout: 20_000 });
  say('Check Workspace');
  await command('Untainted: Choose Kernel');
  await page.waitForSelector('.quick-input-list .monaco-list-row >> text=(embedded)', { timeout: 20_000 });
  await screenshot('kernels');
  await page.keyboard.press('Escape');
  say('Choose Kernel');
  await command('Untainted: Restart Server');
  await page.waitForSelector('.statusbar >> text=Untainted was restarted', { timeout: 20_000 });
  await openFile('frost_capture.c');
  await untilFindings();
  say('Restart Server');
}
