#!/usr/bin/env node
// The launcher npm links as `untainted`; the program itself is the bundle that `npm run build` makes.
const { existsSync } = require('node:fs');
const { join } = require('node:path');
const bundle = join(__dirname, '..', '..', 'dist', 'cli.cjs');
if (existsSync(bundle)) {
  require(bundle);
} else {
  process.stderr.write(`untainted: ${bundle} is missing; run 'npm run build' first\n`);
  process.exitCode = 2;
}
