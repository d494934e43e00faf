// bench.mjs DIR [--only facts|report|units|check|editor]: times what users wait for, each beside a tool that does comparable work in the same run.
// DIR is a kernel as conformance.mjs leaves it (source/, headers/, common/). Medians; absolute times do not travel.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { createMessageConnection } from 'vscode-languageserver/node';
import { kernelPreprocessor } from './lib/gcc.mjs';
import { importTypeScript, measureNode } from './lib/run.mjs';
import { sourcesIn, timeUnits } from './lib/units.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string' } },
});
const [folder] = positionals;
if (!folder || !existsSync(join(folder, 'headers'))) {
  console.error(
    'usage: bench.mjs DIR [--only facts|report|units|check|editor], DIR a kernel fetched by conformance.mjs',
  );
  process.exit(2);
}
const isWanted = (part) => options.only === undefined || options.only === part;
const dir = resolve(folder);
const project = resolve(import.meta.dirname, '..');
const cli = join(project, 'server/bin/untainted.cjs');
const driver = 'drivers/net/ethernet/realtek/r8169_main.c';
const runs = 5;

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const percentile = (values, part) => [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) * part)];
const seconds = (work) => {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
};
const row = (what, figure, beside) => console.log(`| ${what} | ${figure} | ${beside} |`);

console.log(
  `${cpus().length} × ${cpus()[0].model}, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}\n`,
);
console.log('| what | figure | beside |\n|---|---|---|');

const pattern = 'MODULE_LICENSE|EXPORT_SYMBOL';
const search = () => spawnSync('grep', ['-rlE', pattern, '--include=*.[ch]', join(dir, 'source')]);
const timeGrep = () => {
  search();
  return median(Array.from({ length: 3 }, () => seconds(search)));
};
const grep = isWanted('facts') || isWanted('report') ? timeGrep() : 0;

if (isWanted('facts')) {
  const { countExports } = await importTypeScript(join(project, 'test/conformance/exports.ts'));
  const facts = countExports(join(dir, 'source'));
  row(
    `facts of every C file of a kernel (${facts.files}, ${(facts.bytes / 1e6).toFixed(0)} MB), one core`,
    `${facts.seconds.toFixed(1)} s`,
    `${(facts.seconds / grep).toFixed(0)} × grep -rlE '${pattern}' (${grep.toFixed(1)} s)`,
  );
}

if (isWanted('report')) {
  const report = await measureNode([
    cli,
    'report',
    join(dir, 'source'),
    '--kernel',
    join(dir, 'headers'),
    '--format',
    'json',
  ]);
  const count = JSON.parse(report.stdout).modules.length;
  row(
    `\`untainted report\` of a whole kernel, ${count} modules`,
    `${report.seconds.toFixed(1)} s, CPU ${report.cpuSeconds.toFixed(1)} s, peak ${report.peakMegabytes.toFixed(0)} MB`,
    `${(report.seconds / grep).toFixed(0)} × that grep`,
  );
}

if (isWanted('units')) {
  const small = 'drivers/net/dummy.c';
  for (const file of [small, driver]) {
    const times = await timeUnits(dir, [file], runs);
    for (const [what, time] of [
      ['preprocess', times.preprocess],
      ['preprocess and walk', times.walk],
    ]) {
      row(
        `${what} ${file}, cold process`,
        `${time.toFixed(2)} s`,
        `${(time / times.gcc).toFixed(1)} × gcc -E of it (${times.gcc.toFixed(2)} s)`,
      );
    }
  }
  const { count, gcc, passes } = await timeUnits(dir, sourcesIn(dir, dirname(small)), 3);
  row(
    `preprocess and walk all ${count} units of drivers/net/*.c, one process, one core`,
    `${passes[0].toFixed(1)} s; with the headers lexed ${passes[1].toFixed(1)} s`,
    `${(passes[0] / gcc).toFixed(2)}; ${(passes[1] / gcc).toFixed(2)} × gcc -E of them (${gcc.toFixed(1)} s)`,
  );
}

const gcc = kernelPreprocessor(dir, driver);
execFileSync('gcc', gcc.arguments, gcc.options);
const preprocess = median(
  Array.from({ length: runs }, () => seconds(() => execFileSync('gcc', gcc.arguments, gcc.options))),
);
const lines = readFileSync(join(dir, 'source', driver), 'utf8').split('\n').length;
const work = mkdtempSync(join(tmpdir(), 'untainted-bench-'));
cpSync(join(dir, 'source', dirname(driver)), work, { recursive: true });
const source = join(work, basename(driver));
for (const depth of isWanted('check') ? ['--direct', '--exact'] : []) {
  const checks = [];
  for (let i = 0; i < runs; i++) {
    checks.push(await measureNode([cli, 'check', source, depth, '--kernel', join(dir, 'headers')]));
  }
  const time = median(checks.map((run) => run.seconds));
  row(
    `\`untainted check ${depth}\` of one source of ${lines} lines, cold process`,
    `${time.toFixed(2)} s, peak ${median(checks.map((run) => run.peakMegabytes)).toFixed(0)} MB`,
    `${(time / preprocess).toFixed(1)} × gcc -E of that file (${preprocess.toFixed(2)} s)`,
  );
}

if (isWanted('editor')) {
  const editor = await measureEditor(source);
  row(
    `open that file in an editor: start of the server to findings`,
    `${editor.first.toFixed(0)} ms`,
    `${(editor.first / 1000 / preprocess).toFixed(1)} × gcc -E`,
  );
  const latency = (what, times) =>
    row(
      `an edit in a function's body to ${what}, at the client`,
      `median ${median(times).toFixed(0)} ms, 95 % below ${percentile(times, 0.95).toFixed(0)} ms`,
      `${(median(times) / 1000 / preprocess).toFixed(2)} × gcc -E`,
    );
  latency('the direct findings', editor.edits);
  latency('the exact findings', editor.exact);
}
rmSync(work, { recursive: true, force: true });

/** A server process with the file open as an editor has it, a proprietary license and 40 edits in one body. */
async function measureEditor(file) {
  const uri = pathToFileURL(file).href;
  const text = readFileSync(file, 'utf8').replace(/MODULE_LICENSE\("[^"]*"\)/, 'MODULE_LICENSE("Proprietary")');
  const start = performance.now();
  const server = spawn(process.execPath, [join(project, 'dist/server.cjs'), '--stdio'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const connection = createMessageConnection(server.stdout, server.stdin);
  let published = () => {};
  let last;
  connection.onNotification('textDocument/publishDiagnostics', (params) => {
    if (params.uri !== uri || params.diagnostics.length === 0) return;
    last = params;
    published(params);
  });
  // Of pm_runtime_get_sync(), an inline function of the kernel's headers: only following these gives a finding.
  const exactFindings = ({ diagnostics }) =>
    diagnostics.filter(({ message }) => message.includes('reached through pm_runtime_get_sync()')).length;
  // What was published last may be it already: direct and exact findings come together where the exact ones are soon there.
  const findings = (version, count = 0) =>
    new Promise((done) => {
      published = (params) => params?.version >= version && exactFindings(params) >= count && done(params);
      published(last);
    });
  connection.listen();
  const initializationOptions = { kernel: join(dir, 'headers') };
  const rootUri = pathToFileURL(dirname(file)).href;
  await connection.sendRequest('initialize', { processId: null, rootUri, capabilities: {}, initializationOptions });
  await connection.sendNotification('initialized', {});
  let answer = findings(1);
  connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'c', version: 1, text } });
  await answer;
  const first = performance.now() - start;
  const known = exactFindings(await findings(1, 1));
  const body = text.indexOf('{', text.lastIndexOf('\nstatic int rtl_init_one'));
  const line = text.slice(0, body).split('\n').length;
  const edits = [];
  const exact = [];
  for (let version = 2; version < 42; version++) {
    const at = { line, character: 0 };
    const change = { range: { start: at, end: at }, text: '\tpm_runtime_get_sync(NULL);\n' };
    answer = findings(version);
    const before = performance.now();
    connection.sendNotification('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [change] });
    await answer;
    edits.push(performance.now() - before);
    await findings(version, known + version - 1);
    exact.push(performance.now() - before);
  }
  await connection.sendRequest('shutdown');
  connection.sendNotification('exit');
  connection.dispose();
  return { first, edits, exact };
}
