// Checks real third-party modules of Debian against Untainted and modpost: `npm run third-party [FOLDER [PACKAGE…]]`.
// Needs Debian or Ubuntu with apt-get and dpkg-deb, and gcc and make for the builds. Nothing is installed: the kernel's
// headers are unpacked into FOLDER (by default in the temporary folder) and made to work from there.
// `--chroot DIR` (root only) does it all in another suite: DIR is what `debootstrap --variant=minbase
// --components=main,contrib,non-free SUITE DIR` made, headers and compiler are installed there, FOLDER lies below it.
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { membersOf, modpostErrors, readModinfo } from './third-party/modules.mjs';
import { chrooted, here } from './third-party/place.mjs';
import { directNames, makeProprietary } from './third-party/sources.mjs';
import { createTally } from './third-party/tally.mjs';

const standard = ['v4l2loopback-dkms', 'acpi-call-dkms', 'tp-smapi-dkms', 'evdi-dkms'];
const { values, positionals } = parseArgs({ allowPositionals: true, options: { chroot: { type: 'string' } } });
const packages = positionals.length > 1 ? positionals.slice(1) : standard;

const project = dirname(dirname(fileURLToPath(import.meta.url)));
const root = values.chroot && resolve(values.chroot);
const folder = positionals[0] ?? join(tmpdir(), 'untainted-third-party');
const cache = root ? join(root, folder) : resolve(folder);
const tally = createTally();

mkdirSync(cache, { recursive: true });
const place = root ? chrooted(root, cache, project) : here(cache, project);
place.fetch(packages);

const rows = packages.flatMap((name) => compare(name));
tally.table(['module', 'license', 'modpost', 'missed', 'extra', 'direct', 'named direct'], rows);
process.exitCode = tally.finish();

/** One package: as it is, then with its licenses turned proprietary; a row for each of its modules. */
function compare(name) {
  const work = join(cache, 'work', name);
  const source = join(work, 'source');
  rmSync(work, { recursive: true, force: true });
  cpSync(findSource(join(cache, name)), source, { recursive: true });
  place.prepare?.(source);

  const built = join(work, 'built');
  cpSync(source, built, { recursive: true });
  const original = place.build(built);
  tally.expect(original.status === 0, `${name}: builds against these headers`, original.log);
  checkOriginal(name, source, built);

  const proprietary = join(work, 'proprietary');
  cpSync(source, proprietary, { recursive: true });
  tally.expect(makeProprietary(proprietary) > 0, `${name}: has a MODULE_LICENSE to change`);
  const check = (...args) => untainted(['check', proprietary, '--format', 'json', ...args]).answer?.findings ?? [];
  const findings = { exact: check(), direct: check('--direct') };
  const beside = join(work, 'proprietary-built');
  cpSync(proprietary, beside, { recursive: true });
  const named = modpostErrors(place.build(beside).log);
  return modulesIn(built).map((file) => checkProprietary(name, file, built, findings, named));
}

/** Module names, licenses and silence, against dkms.conf and the modules that were built. */
function checkOriginal(name, source, built) {
  const { status, answer, error } = untainted(['check', source, '--format', 'json']);
  const errors = answer?.findings.filter((finding) => finding.severity === 'error') ?? [];
  tally.expect(status === 0 && answer !== undefined, `${name}: check ends with status 0`, error);
  const lines = errors.map(({ file, line, message }) => `${file}:${line}: ${message}`);
  tally.expect(errors.length === 0, `${name}: no finding of severity error`, lines.join('\n'));

  const reported = new Map(untainted(['report', source, '--format', 'json']).answer?.modules.map((m) => [m.name, m]));
  for (const file of modulesIn(built)) {
    const info = readModinfo(file);
    const module = reported.get(info.name);
    const path = relative(built, file).replace(/\.ko$/, '');
    tally.expect(module?.path === path, `${name}: module ${info.name} is found at ${path}`, module?.path);
    tally.same(module?.licenses ?? [], info.licenses, `${name}: licenses of ${info.name}`);
    tally.same(module?.namespaces ?? [], info.namespaces, `${name}: namespaces of ${info.name}`);
  }
  const names = place.promised(source).map((each) => each.replaceAll('-', '_'));
  tally.same([...reported.keys()].sort(), names.sort(), `${name}: modules as in dkms.conf`);
}

/** What modpost names must be named, and nothing else; without headers what of it stands in the module's own text. */
function checkProprietary(name, file, built, findings, named) {
  const info = readModinfo(file);
  const truth = named.get(info.name) ?? new Set();
  const texts = directNames(built, membersOf(file, place.inside(built)));
  const direct = [...truth].filter((symbol) => texts.has(symbol)).sort();
  const exact = symbolsNamed(findings.exact, info.name);
  const own = symbolsNamed(findings.direct, info.name);
  const missed = [...truth].filter((symbol) => !exact.has(symbol));
  const extra = [...exact, ...own].filter((symbol) => !truth.has(symbol));
  const missedDirect = direct.filter((symbol) => !own.has(symbol));
  tally.expect(missed.length === 0, `${name}: ${info.name} names every GPL-only use`, missed.join(' '));
  tally.expect(
    missedDirect.length === 0,
    `${name}: ${info.name} names direct uses with --direct`,
    missedDirect.join(' '),
  );
  tally.expect(extra.length === 0, `${name}: ${info.name} names nothing that modpost does not`, extra.join(' '));
  const licenses = [...new Set(info.licenses)].join(', ');
  return [info.name, licenses, truth.size, missed.length, extra.length, direct.length, own.size];
}

function symbolsNamed(findings, module) {
  const symbols = new Set();
  for (const { rule, message } of findings) {
    const match = /module '?([\w-]+?)(?:\.ko)?'? uses GPL-only symbol '([^']+)'/.exec(message);
    if (rule === 'gpl-only-symbol' && match?.[1] === module) symbols.add(match[2]);
  }
  return symbols;
}

function untainted(args) {
  const { status, out, err } = place.untainted([...args, '--kernel', place.headers]);
  try {
    return { status, answer: JSON.parse(out), error: err };
  } catch {
    return { status, answer: undefined, error: err || out.slice(0, 1000) };
  }
}

function modulesIn(folder) {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.name.endsWith('.ko'))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

/** The folder below usr/src that has the dkms.conf. */
function findSource(root) {
  const sources = join(root, 'usr', 'src');
  const folder = readdirSync(sources).find((entry) => existsSync(join(sources, entry, 'dkms.conf')));
  if (!folder) throw new Error(`no dkms.conf below ${sources}`);
  return join(sources, folder);
}
