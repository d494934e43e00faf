// node test/editor/workbench.mjs [SETUP_SCRIPT DIR] [SCENARIO...] : installs untainted.vsix in a real VS Code workbench
// and runs the scenarios of workbench/ in it, each as a user would, on a fresh copy of the sample driver; fails where
// something is not seen. SCENARIO (a file's name without suffix) runs only these. DIR holds the workbench (else the
// variable WORKBENCH names it); where it holds none, SETUP_SCRIPT DIR makes one. Screenshots go to DIR/untainted-shots,
// or to the folder in UNTAINTED_SHOTS.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { copySample } from './sample.mjs';
import { createUser } from './user.mjs';

const root = join(import.meta.dirname, '../..');
const scenarios = join(import.meta.dirname, 'workbench');
const start = Date.now();

const given = process.argv.slice(2);
const isNamed = Boolean(process.env.WORKBENCH);
const [setup, folder] = isNamed ? [undefined, process.env.WORKBENCH] : given.splice(0, 2);
assert(folder, 'name the folder of the workbench: workbench.mjs SETUP_SCRIPT DIR, or WORKBENCH=DIR');
const workbench = resolve(folder);
if (!existsSync(join(workbench, '.done'))) {
  assert(setup, `${workbench} holds no workbench, and no script is named that makes one`);
  run('bash', [setup, workbench], 900_000);
}
const shots = resolve(process.env.UNTAINTED_SHOTS ?? join(workbench, 'untainted-shots'));
mkdirSync(shots, { recursive: true });

const known = readdirSync(scenarios).flatMap((name) => (name.endsWith('.mjs') ? [name.slice(0, -4)] : []));
for (const name of given) assert(known.includes(name), `no scenario '${name}': ${known.join(', ')}`);

const work = mkdtempSync(join(tmpdir(), 'untainted-workbench-'));
const own = ['--user-data-dir', join(work, 'user-data'), '--extensions-dir', join(work, 'extensions')];
prepareSettings();
run(join(workbench, 'workbench'), [...own, '--install-extension', join(root, 'untainted.vsix'), '--force'], 60_000);
const server = spawn(join(workbench, 'workbench'), [...own, '--bind-addr', '127.0.0.1:0'], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
let browser;
try {
  const url = await listening();
  browser = await launchBrowser();
  for (const name of given.length > 0 ? given : known.sort()) await runScenario(name, url);
} finally {
  await browser?.close();
  server.kill('SIGTERM');
  rmSync(work, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

/** A scenario is the file's default export; `settings` adds to the workspace's, `prepare` changes the project first. */
async function runScenario(name, url) {
  const scenario = await import(join(scenarios, `${name}.mjs`));
  const project = copySample(join(work, name, 'frost'));
  await scenario.prepare?.(project);
  if (scenario.settings) {
    mkdirSync(join(project, '.vscode'), { recursive: true });
    writeFileSync(join(project, '.vscode/settings.json'), JSON.stringify(scenario.settings));
  }
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
  const page = await context.newPage();
  const user = createUser({ page, project, shots, say: (text) => say(`${name}: ${text}`) });
  try {
    await page.goto(`${url}?folder=${encodeURIComponent(project)}`, { waitUntil: 'domcontentloaded' });
    await page.waitForSelector('.explorer-folders-view .monaco-list-row', { timeout: 60_000 });
    await scenario.default(user);
    say(`${name}: all seen and used`);
  } catch (error) {
    await page.screenshot({ path: join(shots, `${name}-failed.png`) });
    throw error;
  } finally {
    await context.close();
  }
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

function say(text) {
  process.stdout.write(`${((Date.now() - start) / 1000).toFixed(1).padStart(5)} s  ${text}\n`);
}
