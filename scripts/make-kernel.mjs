// Makes server/kernels/NAME.bin, the data of an embedded kernel, and its line in server/kernels/index.json.
//   node scripts/make-kernel.mjs [NAME]                  from Debian's current linux-headers-amd64 packages
//   node scripts/make-kernel.mjs NAME --headers FOLDER   from unpacked headers
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { brotliCompressSync, constants } from 'node:zlib';
import { build } from 'esbuild';

const flavor = 'amd64';
const { values, positionals } = parseArgs({ options: { headers: { type: 'string' } }, allowPositionals: true });
const name = positionals[0] ?? `6.1-${flavor}`;
if (!/^[\w.+-]{1,100}$/.test(name)) throw new Error(`'${name}' is not a name of letters, digits, '.', '+', '-', '_'`);

const root = resolve(import.meta.dirname, '..');
const temporary = mkdtempSync(join(tmpdir(), 'untainted-kernel-'));
try {
  await make(values.headers ? resolve(values.headers) : fetchHeaders());
} finally {
  rmSync(temporary, { recursive: true, force: true });
}

/** Downloads and unpacks the headers package that `linux-headers-FLAVOR` stands for, with its common part. */
function fetchHeaders() {
  const run = (command, ...args) => execFileSync(command, args, { cwd: temporary, encoding: 'utf8' });
  const headers = /Depends: (linux-headers-\S+)/.exec(run('apt-cache', 'depends', `linux-headers-${flavor}`))?.[1];
  if (!headers) throw new Error(`no package is known for linux-headers-${flavor}: run 'apt-get update'`);
  run('apt-get', 'download', headers, headers.replace(new RegExp(`${flavor}$`), 'common'));
  for (const file of readdirSync(temporary)) if (file.endsWith('.deb')) run('dpkg-deb', '-x', file, 'tree');
  return join(temporary, 'tree/usr/src', headers);
}

async function make(folder) {
  const { readHeaders, InputFiles, writeEmbedded } = await load();
  const inputs = new InputFiles();
  const headers = await readHeaders(folder, inputs);
  for (const { message } of inputs.problems) process.stderr.write(`${message}\n`);
  if (!headers?.exports || !headers.options || !headers.version)
    throw new Error(`'${folder}' does not have all of a kernel`);

  // UTS_VERSION is what `uname -v` says: '#1 SMP PREEMPT_DYNAMIC Debian 6.1.192-2 (2026-11-02)'.
  const generated = (file) => {
    const path = join(folder, 'include/generated', file);
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  };
  const uts = /UTS_VERSION\s+"([^"]*)"/.exec(generated('utsversion.h') + generated('compile.h'))?.[1] ?? '';
  const [, distribution = '', date = ''] = /(\w+ \S+) \((\d{4}-\d\d-\d\d)\)/.exec(uts) ?? [];
  const architecture = /UTS_MACHINE\s+"([^"]*)"/.exec(generated('compile.h'))?.[1] ?? '';

  const bytes = writeEmbedded({ ...headers, architecture, distribution });
  const packed = brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
  const kernels = join(root, 'server/kernels');
  mkdirSync(kernels, { recursive: true });
  writeFileSync(join(kernels, `${name}.bin`), packed);

  const index = join(kernels, 'index.json');
  const entry = { name, release: headers.release, architecture, distribution, exports: headers.exports.length, date };
  const others = existsSync(index) ? JSON.parse(readFileSync(index, 'utf8')).filter((one) => one.name !== name) : [];
  // The first one is the default: the kernel that the script makes without arguments.
  const list = positionals[0] ? [...others, entry] : [entry, ...others];
  writeFileSync(index, `${JSON.stringify(list, null, 2)}\n`);
  process.stdout.write(
    `${name}: ${headers.release}, ${headers.exports.length} exports, ${headers.options.size} options, `,
  );
  process.stdout.write(`${bytes.length} bytes, packed ${packed.length}\n`);
}

/** The product's own readers and writer, which are TypeScript. */
async function load() {
  const contents = `
    export { readHeaders, InputFiles } from './server/src/io/headers';
    export { writeEmbedded } from './server/src/core/kernel/embedded';`;
  const outfile = join(temporary, 'readers.mjs');
  const stdin = { contents, resolveDir: root, loader: 'ts' };
  await build({ stdin, outfile, bundle: true, platform: 'node', format: 'esm' });
  return import(pathToFileURL(outfile).href);
}
