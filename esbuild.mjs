// Bundles the client, the server, the command line and the worker into dist/, and copies what they load at run time.
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { build } from 'esbuild';

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
  legalComments: 'none',
};
// web-tree-sitter's module build asks for import.meta.url, which a CommonJS bundle has not.
const alias = { 'web-tree-sitter': require.resolve('web-tree-sitter').replace(/\.js$/, '.cjs') };

await build({
  ...common,
  alias,
  outExtension: { '.js': '.cjs' },
  outdir: 'dist',
  entryPoints: { server: 'server/src/lsp/main.ts', cli: 'server/src/cli/main.ts', worker: 'server/src/io/worker.ts' },
});
await build({ ...common, outfile: 'dist/client.cjs', entryPoints: ['client/src/extension.ts'], external: ['vscode'] });

cpSync(require.resolve('web-tree-sitter/web-tree-sitter.wasm'), 'dist/web-tree-sitter.wasm');
cpSync(require.resolve('tree-sitter-c/tree-sitter-c.wasm'), 'dist/tree-sitter-c.wasm');
cpSync('server/kernels', 'dist/kernels', { recursive: true });
const isPage = (path) => !/\.[^./\\]+$/.test(path) || path.endsWith('.md');
cpSync('server/src/core/rules', 'dist/rules', { recursive: true, filter: isPage });
