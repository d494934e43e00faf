// Writes what follows from the registry of rules (the manifest's setting, the schema of `untainted.json`, the README's
// table) and from the client's strings (l10n/bundle.l10n.json, which translations start from).
// `--check` writes nothing and ends with status 1 if something is out of date.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { shownStrings } from './lib/strings.mjs';

const root = join(import.meta.dirname, '..');
const rulesFolder = 'server/src/core/rules';
const rules = await loadRules();
const stale = [manifest(), schema(), readme(), strings()].filter((file) => file && file.before !== file.after);

if (process.argv.includes('--check')) {
  for (const { path } of stale) process.stderr.write(`${path} is out of date: run \`node scripts/generate.mjs\`\n`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  for (const { path, after } of stale) {
    writeFileSync(join(root, path), after);
    process.stdout.write(`${path} written\n`);
  }
}

/** The registry, bundled in memory. */
async function loadRules() {
  const { outputFiles } = await build({
    entryPoints: [join(root, rulesFolder, 'index.ts')],
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    write: false,
    logLevel: 'warning',
  });
  const code = Buffer.from(outputFiles[0].contents).toString('base64');
  return (await import(`data:text/javascript;base64,${code}`)).rules;
}

/** `untainted.rules` in the manifest's first configuration section, or the one that has it already. */
function manifest() {
  const path = 'package.json';
  const before = read(path);
  const content = JSON.parse(before);
  const configuration = content.contributes?.configuration;
  if (!configuration) return undefined;
  const sections = Array.isArray(configuration) ? configuration : [configuration];
  const section = sections.find((one) => one.properties?.['untainted.rules']) ?? sections[0];
  section.properties = { ...section.properties, 'untainted.rules': rulesSetting() };
  return { path, before, after: `${JSON.stringify(content, null, 2)}\n` };
}

function rulesSetting() {
  return {
    type: 'object',
    scope: 'resource',
    markdownDescription: 'Severity of each rule; `off` switches it off, a rule that is not named keeps its own.',
    default: {},
    additionalProperties: false,
    properties: ruleProperties(),
  };
}

function ruleProperties() {
  return Object.fromEntries(
    rules.map(({ id, severity, summary }) => [
      id,
      { enum: ['error', 'warning', 'info', 'hint', 'off'], default: severity, description: summary },
    ]),
  );
}

/** The rules of the JSON schema of a project's own file; the rest of it is written by hand. */
function schema() {
  const path = 'docs/untainted.schema.json';
  const before = read(path);
  const content = JSON.parse(before);
  content.definitions.rules.properties = ruleProperties();
  return { path, before, after: `${JSON.stringify(content, null, 2)}\n` };
}

/** The table between the README's marks. */
function readme() {
  const path = 'README.md';
  if (!existsSync(join(root, path))) return undefined;
  const before = read(path);
  const rows = rules.map(
    ({ id, severity, summary }) =>
      `| [\`${id}\`](${rulesFolder}/${id}.md) | ${severity} | ${summary.replaceAll('|', '\\|')} |`,
  );
  const table = ['| rule | severity | what it finds |', '|---|---|---|', ...rows].join('\n');
  const after = before.replace(
    /(<!-- rules -->\n)[\s\S]*?(<!-- \/rules -->)/,
    (_, open, close) => `${open}${table}\n${close}`,
  );
  return { path, before, after };
}

/** Each string of the client stands for itself. */
function strings() {
  const path = 'l10n/bundle.l10n.json';
  const before = existsSync(join(root, path)) ? read(path) : '';
  const all = shownStrings(join(root, 'client/src')).map((text) => [text, text]);
  return { path, before, after: `${JSON.stringify(Object.fromEntries(all), null, 2)}\n` };
}

function read(path) {
  return readFileSync(join(root, path), 'utf8').replaceAll('\r\n', '\n');
}
