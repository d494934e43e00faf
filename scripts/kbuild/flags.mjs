// Real builds of third-party packages and of folders of the kernel, whose `.cmd` files say what the compiler got.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { commandFiles, preprocessorWords } from '../lib/commands.mjs';
import { fetchHeaders, fetchPackages } from '../third-party/debian.mjs';

const packages = ['tp-smapi-dkms', 'jool-dkms', 'openvpn-dco-dkms', 'evdi-dkms', 'apfs-dkms'];
/** Folders that can be built outside of the tree: their includes lie in the headers or in themselves. */
const folders = ['net/batman-adv', 'fs/gfs2', 'drivers/net/wireless/ath/wil6210', 'drivers/md/bcache'];

/** So many of the kernel's own objects are preprocessed. */
const preprocessed = 150;

/** Builds each against the distribution's headers and compares every object's flags, in order. */
export async function compareFlags(dir, { openHeaders, readFlags, compilerCalls }, check) {
  await preprocess();
  const work = join(dir, 'built');
  mkdirSync(work, { recursive: true });
  const headers = fetchHeaders(work);
  fetchPackages(work, packages);
  const kernel = await openHeaders(headers);
  for (const name of packages) {
    const sources = join(work, name, 'usr/src');
    const original = readdirSync(sources).find((each) => existsSync(join(sources, each, 'dkms.conf')));
    const built = buildPackage(work, join(sources, original), headers, kernel.release);
    compare(name, built);
  }
  for (const name of folders) {
    const copy = join(work, 'source', name);
    rmSync(copy, { recursive: true, force: true });
    cpSync(join(dir, 'source', name), copy, { recursive: true });
    run('make', ['-s', '-k', '-j2', '-C', headers, `M=${copy}`, 'modules']);
    compare(name, copy);
  }

  /** Members of the kernel's own modules, which cannot be built here, through the compiler's preprocessor. */
  async function preprocess() {
    const own = await openHeaders(realpathSync(join(dir, 'headers')));
    const calls = compilerCalls(realpathSync(join(dir, 'source')), own);
    const step = Math.ceil(calls.length / preprocessed);
    const tried = calls.filter((_, at) => at % step === 0);
    const failed = tried.filter(([source, args]) => {
      const done = spawnSync('gcc', ['-E', '-o', '/dev/null', ...args], { encoding: 'utf8' });
      if (done.status !== 0) console.log(`     ${source}: ${done.stderr.split('\n')[0]}`);
      return done.status !== 0;
    });
    const right = tried.length - failed.length;
    check(
      right === tried.length,
      `flags: ${right} of ${tried.length} of the kernel's own objects are preprocessed (of ${calls.length})`,
    );
  }

  function compare(name, folder) {
    compareObjects(name, folder, readFlags(folder, kernel, true));
    compareObjects(`${name}, from what the build left`, folder, readFlags(folder, kernel, false));
  }

  function compareObjects(name, folder, flags) {
    let objects = 0;
    const wrong = [];
    const compilers = new Set();
    for (const { object, words } of commandFiles(folder)) {
      if (/\.mod\.o$/.test(object)) continue;
      objects++;
      const mine = flags[object];
      const theirs = preprocessorWords(words, headers);
      if (!mine || mine.preprocessor.join('\n') !== theirs.join('\n')) wrong.push({ object, mine, theirs });
      for (const flag of mine?.target ?? []) if (!words.includes(flag)) compilers.add(flag);
    }
    check(
      objects > 0 && wrong.length === 0,
      `flags: ${name}: ${objects - wrong.length} of ${objects} objects the same`,
    );
    for (const { object, mine, theirs } of wrong.slice(0, 2)) {
      console.log(`     ${relative(folder, object)}`);
      const list = mine?.preprocessor ?? [];
      console.log(`       only here: ${list.filter((flag) => !theirs.includes(flag)).join(' | ')}`);
      console.log(`       only there: ${theirs.filter((flag) => !list.includes(flag)).join(' | ')}`);
    }
    check(compilers.size === 0, `flags: ${name}: those that change the compiler's macros ${[...compilers].join(' ')}`);
  }
}

/** Runs the MAKE lines of dkms.conf in a copy, at the place where dkms would have it. */
function buildPackage(work, source, headers, release) {
  const conf = readFileSync(join(source, 'dkms.conf'), 'utf8');
  const value = (name) => new RegExp(`^${name}="?([^"\\n]*)`, 'm').exec(conf)?.[1];
  const built = join(work, 'dkms', value('PACKAGE_NAME'), value('PACKAGE_VERSION'), 'build');
  rmSync(built, { recursive: true, force: true });
  cpSync(source, built, { recursive: true });
  const script = `kernelver=$1 kernel_source_dir=$2 arch=x86_64 dkms_tree=$3 source_tree=/usr/src
    cd "$4" && . ./dkms.conf; for make in "\${MAKE[@]:-make -C $kernel_source_dir M=$4}"; do (eval "$make"); done`;
  run('bash', ['-c', script, 'dkms', release, headers, join(work, 'dkms'), built], { KERNELRELEASE: release });
  return built;
}

function run(program, args, environment = {}) {
  const done = spawnSync(program, args, {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    env: { ...process.env, ...environment },
  });
  if (done.status !== 0)
    console.log(`     ${(done.stdout + done.stderr).trim().split('\n').slice(-3).join('\n     ')}`);
}
