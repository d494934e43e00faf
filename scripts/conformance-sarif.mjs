// conformance-sarif.mjs SCHEMA [PATH...] : validates what `untainted check --format sarif` says of each path (default: the
// examples and the fixtures of the rules) against the schema of SARIF 2.1.0, a file from OASIS. Needs a build.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { Ajv } from 'ajv';

const root = resolve(import.meta.dirname, '..');
const [schemaFile, ...paths] = process.argv.slice(2);
assert(schemaFile, 'name the file of the schema: https://docs.oasis-open.org/sarif/sarif/v2.1.0/');
// Written for draft 4, of whose own words it uses none but these two.
const { $schema: _, id: __, ...schema } = JSON.parse(readFileSync(schemaFile, 'utf8'));
const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(schema);

const scratch = mkdtempSync(join(tmpdir(), 'untainted-sarif-'));
try {
  let last;
  for (const path of paths.length > 0 ? paths : [join(root, 'examples'), fixtures()]) {
    last = sarifOf(path);
    assert(validate(last), JSON.stringify(validate.errors?.slice(0, 10), null, 2));
    const { results, tool } = last.runs[0];
    const found = new Set(results.map(({ ruleId }) => ruleId));
    console.log(
      `${path}: valid; ${results.length} results of ${found.size} rules, ${tool.driver.rules.length} described`,
    );
  }
  const broken = structuredClone(last);
  broken.runs[0].unheardOf = true;
  assert(!validate(broken), 'the schema refuses nothing');
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function sarifOf(path) {
  const cli = join(root, 'dist/cli.cjs');
  const args = [cli, 'check', path, '--kernel', 'embedded', '--format', 'sarif'];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 30 });
  assert(status === 0 || status === 1, stderr);
  return JSON.parse(stdout);
}

/** The rules' fixtures as modules, each in a folder with a Makefile that is not understood in full. */
function fixtures() {
  const rules = join(root, 'server/src/core/rules');
  for (const name of readdirSync(rules).filter((one) => one.endsWith('.c'))) {
    const folder = join(scratch, basename(name, '.c'));
    mkdirSync(folder);
    cpSync(join(rules, name), join(folder, 'all.c'));
    writeFileSync(join(folder, 'Makefile'), 'obj-m := all.o $(shell cat list)\n');
  }
  return scratch;
}
