// Bundles the client, the server, the command line and the worker into dist/, and copies what they load at run time.
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { build } from 'esbuild';
import { thirdPartyNotices } from './scripts/lib/notices.mjs';

const require = createRequire(import.meta.url);
rmSync('dist', { recursive: true, force: true });
mkdirSync('dist', { recursive: true });

const common = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minify: true,
  sourcemap: false,
  logLevel: 'warning',
  // The texts that must be kept are in THIRD_PARTY_NOTICES.txt.
  legalComments: 'none',
  metafile: true,
};
// web-tree-sitter's module build asks for import.meta.url, which a CommonJS bundle has not.
const alias = {
  'web-tree-sitter': require.resolve('web-tree-sitter').replace(/\.js$/, '.cjs'),
  // Its CommonJS build loads its parts in a way that a bundle cannot follow.
  'jsonc-parser': require.resolve('jsonc-parser').replace('umd', 'esm'),
};

const node = await build({
  ...common,
  alias,
  outExtension: { '.js': '.cjs' },
  outdir: 'dist',
  entryPoints: { server: 'server/src/lsp/main.ts', cli: 'server/src/cli/main.ts', worker: 'server/src/io/worker.ts' },
});
const client = await build({
  ...common,
  outfile: 'dist/client.cjs',
  entryPoints: ['client/src/extension.ts'],
  external: ['vscode'],
});

// What runs in the page of the report, in whatever browser opens it.
await build({
  ...common,
  platform: 'browser',
  format: 'iife',
  target: 'es2022',
  outdir: 'dist',
  entryPoints: { report: 'server/src/page/main.ts' },
});
await build({ ...common, outfile: 'dist/report.css', entryPoints: ['server/src/page/style.css'] });

const runtime = require.resolve('web-tree-sitter/web-tree-sitter.wasm');
const grammar = require.resolve('tree-sitter-c/tree-sitter-c.wasm');
cpSync(runtime, 'dist/web-tree-sitter.wasm');
cpSync(grammar, 'dist/tree-sitter-c.wasm');
cpSync('server/kernels', 'dist/kernels', { recursive: true });
cpSync('server/compilers', 'dist/compilers', { recursive: true });
const isPage = (path) => !/\.[^./\\]+$/.test(path) || path.endsWith('.md');
cpSync('server/src/core/rules', 'dist/rules', { recursive: true, filter: isPage });

const inputs = [...Object.keys(node.metafile.inputs), ...Object.keys(client.metafile.inputs), runtime, grammar];
writeFileSync('dist/THIRD_PARTY_NOTICES.txt', thirdPartyNotices(inputs));
