// node test/editor/workbench.mjs [SETUP_SCRIPT DIR] : installs untainted.vsix in a real VS Code workbench, works on the
// sample driver in it as a user would, and fails where something is not seen. DIR holds the workbench (else the variable
// WORKBENCH names it); where it holds none, SETUP_SCRIPT DIR makes one. Screenshots go to DIR/untainted-shots, or to the
// folder in UNTAINTED_SHOTS.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { copySample } from './sample.mjs';

const root = join(import.meta.dirname, '../..');
const [setup, folder = process.env.WORKBENCH] = process.argv.slice(2);
assert(folder, 'name the folder of the workbench: workbench.mjs SETUP_SCRIPT DIR, or WORKBENCH=DIR');
const workbench = resolve(folder);
if (!existsSync(join(workbench, '.done'))) {
  assert(setup, `${workbench} holds no workbench, and no script is named that makes one`);
  run('bash', [setup, workbench], 900_000);
}
const shots = resolve(process.env.UNTAINTED_SHOTS ?? join(workbench, 'untainted-shots'));
mkdirSync(shots, { recursive: true });

const start = Date.now();
const work = mkdtempSync(join(tmpdir(), 'untainted-workbench-'));
const own = ['--user-data-dir', join(work, 'user-data'), '--extensions-dir', join(work, 'extensions')];
const project = copySample(join(work, 'frost'));
prepareSettings();
run(join(workbench, 'workbench'), [...own, '--install-extension', join(root, 'untainted.vsix'), '--force'], 60_000);
const server = spawn(join(workbench, 'workbench'), [...own, '--bind-addr', '127.0.0.1:0'], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
let browser;
try {
  const url = await listening();
  browser = await launchBrowser();
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  try {
    await useIt(page, url);
    say('all seen and used');
  } catch (error) {
    await page.screenshot({ path: join(shots, 'failed.png') });
    throw error;
  }
} finally {
  await browser?.close();
  server.kill('SIGTERM');
  rmSync(work, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

async function useIt(page, url) {
  await page.goto(`${url}?folder=${encodeURIComponent(project)}`, { waitUntil: 'domcontentloaded' });
  await page.waitForSelector('.explorer-folders-view .monaco-list-row', { timeout: 60_000 });
  say('workbench painted');

  await openFile(page, 'frost_capture.c');
  const opened = Date.now();
  await page.waitForSelector('.squiggly-error', { timeout: 60_000, state: 'attached' });
  say(`squiggle ${Date.now() - opened} ms after the first file opened (the server starts meanwhile)`);

  await page.waitForFunction(
    () =>
      document
        .querySelector('[id="untainted.untainted.status"], [id*="untainted.status"]')
        ?.textContent?.includes('frost'),
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

  await openFile(page, 'frost_main.c');
  await goTo(page, 101, 12);
  await page.keyboard.press('Control+K');
  await page.keyboard.press('Control+I');
  const hover = page.locator('.monaco-hover:visible', { hasText: 'is exported GPL-only by' });
  await hover.waitFor({ timeout: 20_000 });
  const said = await hover.innerText();
  assert.match(said, /uses GPL-only symbol 'devm_hwmon_device_register_with_info'/);
  assert.match(said, /not compatible with the GPL/);
  await page.screenshot({ path: join(shots, 'hover.png') });
  say('hover: the finding, and what the kernel says of the symbol');

  await page.locator('.monaco-hover:visible a', { hasText: 'gpl-only-symbol' }).click();
  await page.waitForSelector('.tab >> text=gpl-only-symbol.md', { timeout: 20_000 });
  await page.waitForTimeout(1500);
  await page.screenshot({ path: join(shots, 'rule.png') });
  say("the finding's code leads to the rule's page");

  await openFile(page, 'frost_sim.c');
  await page.waitForSelector('.squiggly-error', { timeout: 20_000, state: 'attached' });
  await goTo(page, 27, 18);
  await page.keyboard.press('Control+.');
  await page.waitForSelector('.action-widget .monaco-list-row', { timeout: 20_000 });
  const actions = await page.$$eval('.action-widget .monaco-list-row', (all) =>
    all.map((row) => row.textContent ?? ''),
  );
  assert(
    actions.some((action) => action.includes('Change to "GPL"')),
    actions.join(),
  );
  await page.screenshot({ path: join(shots, 'quick-fix.png') });
  await page.waitForSelector('.action-widget .monaco-list-row.focused >> text=Change to "GPL"');
  await page.keyboard.press('Enter');
  const fixed = Date.now();
  await page.waitForFunction(() => !document.querySelector('.squiggly-error'), null, { timeout: 20_000 });
  say(`quick fix: every error of the file gone after ${Date.now() - fixed} ms`);
  await page.keyboard.press('Control+S');
  const file = join(project, 'frost_sim.c');
  await eventually(() => readFileSync(file, 'utf8').includes('MODULE_LICENSE("GPL");'));
  await page.screenshot({ path: join(shots, 'fixed.png') });

  await openFile(page, 'frost_led.c');
  await eventually(async () => {
    await command(page, 'Fix All');
    await page.keyboard.press('Control+S');
    await page.waitForTimeout(300);
    return readFileSync(join(project, 'frost_led.c'), 'utf8').includes('MODULE_LICENSE("GPL");');
  });
  say('Fix All');

  await command(page, 'Untainted: Check Workspace');
  await page.waitForSelector('.statusbar >> text=/Untainted: \\d+ errors?/', { timeout: 20_000 });
  say('command: Check Workspace');
  await command(page, 'Untainted: Choose Kernel');
  await page.waitForSelector('.quick-input-list .monaco-list-row >> text=(embedded)', { timeout: 20_000 });
  await page.screenshot({ path: join(shots, 'kernels.png') });
  await page.keyboard.press('Escape');
  say('command: Choose Kernel');
  await command(page, 'Untainted: Restart Server');
  await page.waitForSelector('.statusbar >> text=Untainted was restarted', { timeout: 20_000 });
  await openFile(page, 'frost_capture.c');
  await page.waitForSelector('.squiggly-error', { timeout: 20_000, state: 'attached' });
  say('command: Restart Server');
}

async function openFile(page, name) {
  await page.waitForSelector('.quick-input-widget', { state: 'hidden' });
  await page.keyboard.press('Control+P');
  await page.waitForSelector('.quick-input-widget:visible input');
  await page.keyboard.type(name);
  await choose(page, name);
  await page.waitForSelector(`.tab.active >> text=${name}`);
  await page.waitForSelector('.monaco-editor .view-line');
}

async function goTo(page, line, column) {
  await page.keyboard.press('Control+1');
  await page.keyboard.press('Control+G');
  await page.waitForSelector('.quick-input-widget:visible input');
  await page.keyboard.type(`${line}:${column}`);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.quick-input-widget', { state: 'hidden' });
}

async function command(page, title) {
  await page.keyboard.press('F1');
  await page.waitForSelector('.quick-input-widget:visible input');
  await page.keyboard.type(title);
  await choose(page, title);
}

/** Takes the entry of a quick pick that typing has brought to the top. */
async function choose(page, text) {
  await page.locator('.quick-input-list .monaco-list-row.focused:visible', { hasText: text }).waitFor();
  await page.keyboard.press('Enter');
}

/** The workbench's own settings, with the kernel that is the same on every machine. */
function prepareSettings() {
  const settings = JSON.parse(readFileSync(join(workbench, 'user-data/User/settings.json'), 'utf8'));
  mkdirSync(join(work, 'user-data/User'), { recursive: true });
  const all = { ...settings, 'untainted.kernel': 'embedded', 'editor.minimap.enabled': false };
  writeFileSync(join(work, 'user-data/User/settings.json'), JSON.stringify(all));
}

function listening() {
  return new Promise((resolve, reject) => {
    let text = '';
    const timer = setTimeout(() => reject(new Error('the workbench does not start')), 60_000);
    server.stdout.on('data', (data) => {
      text += data;
      const url = /listening on (http:\/\/\S+)/.exec(text)?.[1];
      if (!url) return;
      clearTimeout(timer);
      resolve(url);
    });
    server.once('exit', (code) => reject(new Error(`the workbench ended with status ${code}`)));
  });
}

function launchBrowser() {
  const { chromium } = createRequire(`${workbench}/`)('playwright-core');
  const quiet = [
    '--no-sandbox',
    '--disable-gpu',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-sync',
  ];
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: [...quiet, '--disable-component-update', '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1'],
  });
}

function run(file, args, timeout) {
  const { status, error, stdout, stderr } = spawnSync(file, args, { encoding: 'utf8', timeout });
  if (error) throw error;
  assert.equal(status, 0, `${file} ${args.join(' ')}\n${stdout}${stderr}`);
}

async function eventually(holds) {
  const end = Date.now() + 10_000;
  while (!(await holds())) {
    assert(Date.now() < end, 'it did not come about in time');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function say(text) {
  process.stdout.write(`${((Date.now() - start) / 1000).toFixed(1).padStart(5)} s  ${text}\n`);
}
