// third-party-modules.mjs DIR: the modules that Debian's *-dkms packages promise, beside those read from their Makefiles.
// Packages and headers are fetched into DIR, unless they are there; needs apt-get, dpkg-deb and bash. What is promised is
// what dkms itself learns: dkms.conf run by a shell, for the kernel of the headers. Exit status 0 if all is as expected.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { checks, importTypeScript } from './lib/run.mjs';
import { fetchHeaders, fetchPackages } from './third-party/debian.mjs';

const packages = `acpi-call adv-17v35x apfs bbswitch dahdi ddcci digimend dm-writeboost dpdk-kmods evdi
  falcosecurity-scap gost-crypto iptables-netflow jool langford librem-ec-acpi lime-forensics lttng-modules nat-rtsp
  openafs-modules openrazer-driver openvpn-dco rapiddisk rtpengine-kernel tp-smapi v4l2loopback vpoll west-chamber
  xtables-addons xtrx`
  .split(/\s+/)
  .map((name) => `${name}-dkms`);

/** Packages whose modules no reader of Makefiles can find, and by what mechanism. */
const beyond = new Map([
  ['openafs-modules-dkms', 'its configure script writes the Makefiles, from the list in src/libafs/MakefileProto'],
]);

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error('usage: third-party-modules.mjs DIR');
  process.exit(2);
}
const dir = resolve(folder);
const project = resolve(import.meta.dirname, '..');
const { check, finish } = checks();
const headers = fetchHeaders(dir);
fetchPackages(dir, packages);
const { openHeaders, read } = await importTypeScript(join(project, 'test/conformance/kbuild/tree.ts'));
const kernel = await openHeaders(headers);
const { release } = kernel;

let promisedInAll = 0;
let foundInAll = 0;
for (const name of packages) {
  const sources = join(dir, name, 'usr/src');
  for (const each of readdirSync(sources)) {
    const source = join(sources, each);
    if (existsSync(join(source, 'dkms.conf'))) compare(name, source);
  }
}
console.log(`${foundInAll} of ${promisedInAll} promised modules found, kernel ${release}`);
finish();

function compare(name, source) {
  const build = read(source, kernel);
  const modules = new Map(build.modules.map((module) => [module.name, module]));
  const promised = promises(source);
  const missing = promised.filter((each) => !modules.has(each.replaceAll('-', '_')));
  promisedInAll += promised.length;
  foundInAll += promised.length - missing.length;
  const why = beyond.get(name);
  const members = build.modules.flatMap((module) => module.members);
  const places = new Set(build.problems.filter(({ file, span }) => file && span).map(({ message }) => message));
  const isSaid = (text) => [...places].some((message) => message.includes(text));
  const sourceless = members.filter((member) => member.source === undefined);
  const open = sourceless.filter(({ object, dependsOn }) => {
    if (dependsOn !== undefined || existsSync(object)) return false;
    const stem = object.replace(/\.o$/, '');
    return !['.c_shipped', '.o_shipped', '.S_shipped'].some((suffix) => existsSync(stem + suffix));
  });
  const unsaid = open.filter(({ object }) => !isSaid(`'${object.slice(object.lastIndexOf('/') + 1)}'`));
  const maybe = build.modules.filter((module) => module.dependsOn !== undefined).length;
  const figures = `${promised.length - missing.length} of ${promised.length} promised, ${modules.size} modules (${maybe} depend on what is not known), ${members.length} members, ${sourceless.length} without a source`;
  const isRight = why ? missing.length > 0 && isSaid('promises') : missing.length === 0;
  check(isRight && unsaid.length === 0, `${name}: ${figures}${why ? `; ${why}` : ''}`);
  for (const each of why ? [] : missing) console.log(`     missing: ${each}`);
  for (const { object } of sourceless.slice(0, 6)) console.log(`     no source: ${relative(source, object)}`);
  for (const { object } of unsaid) console.log(`     not said: ${relative(source, object)}`);
}

/** Names in dkms.conf as dkms reads them: the file is run by a shell. */
function promises(source) {
  const script = `kernelver=$1 kernel_source_dir=$2 arch=x86_64 dkms_tree=/var/lib/dkms source_tree=/usr/src
    cd "$3" && . ./dkms.conf >/dev/null 2>&1; for i in "\${!BUILT_MODULE_NAME[@]}"; do echo "\${BUILT_MODULE_NAME[$i]:-$PACKAGE_NAME}"; done`;
  const out = execFileSync('bash', ['-c', script, 'dkms', release, headers, source], { encoding: 'utf8' });
  return [...new Set(out.split('\n').filter(Boolean))];
}
