// conformance-top.mjs WORK SOURCE... [--only ARCH,...]: the flags that the product reads from a kernel's top Makefile and
// the Makefile of an architecture for a module outside of the tree, beside those that make itself hands to the compiler:
// those of the preprocessor one by one in their order, those for the target by the macros that the compiler defines for
// them. Each SOURCE is a clean kernel source, WORK a folder for one configured build folder for each (those there are taken
// again). A row is made for each architecture that the source has and a cross compiler is installed for. Needs make,
// flex and bison; of the kernel nothing but its configuration is built. Exit status 0 if all flags agree.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { preprocessorWords, shellWords } from './lib/commands.mjs';
import { checks, importTypeScript } from './lib/run.mjs';

const { positionals, values: options } = parseArgs({ allowPositionals: true, options: { only: { type: 'string' } } });
const [work, ...sources] = positionals.map((path) => resolve(path));
if (sources.length === 0) {
  console.error('usage: conformance-top.mjs WORK SOURCE... [--only NAME,NAME]');
  process.exit(2);
}

/** Name of a row, make's ARCH, the folder below `arch`, what the cross tools begin with, and a configuration. */
const targets = [
  ['x86_64', 'x86_64', 'x86', 'x86_64-linux-gnu-', 'x86_64_defconfig'],
  ['i386', 'i386', 'x86', 'i686-linux-gnu-', 'i386_defconfig'],
  ['arm64', 'arm64', 'arm64', 'aarch64-linux-gnu-', 'defconfig'],
  ['arm', 'arm', 'arm', 'arm-linux-gnueabi-', 'multi_v7_defconfig'],
  ['riscv', 'riscv', 'riscv', 'riscv64-linux-gnu-', 'defconfig'],
  ['powerpc64le', 'powerpc', 'powerpc', 'powerpc64le-linux-gnu-', 'ppc64le_defconfig'],
  ['powerpc64', 'powerpc', 'powerpc', 'powerpc64-linux-gnu-', 'ppc64_defconfig'],
  ['powerpc32', 'powerpc', 'powerpc', 'powerpc-linux-gnu-', 'pmac32_defconfig'],
  ['s390', 's390', 's390', 's390x-linux-gnu-', 'defconfig'],
  ['mips', 'mips', 'mips', 'mipsel-linux-gnu-', 'malta_defconfig'],
  ['mips64', 'mips', 'mips', 'mips64el-linux-gnuabi64-', 'fuloong2e_defconfig'],
  ['loongarch', 'loongarch', 'loongarch', 'loongarch64-linux-gnu-', 'defconfig'],
];
/**
 * Defines that say what this assembler or compiler can do (`as-instr`, `try-run`), which the product answers with yes or
 * leaves open, and one that a rule adds once a file is made. Headers choose instructions by them, no symbols.
 */
const asked = /^-D (?:CONFIG_AS_|HAVE_AS_|CONFIG_CC_HAS_K_CONSTRAINT=|_TASK_CPU=)/;
const project = resolve(import.meta.dirname, '..');
const tree = await importTypeScript(join(project, 'test/conformance/kbuild/tree.ts'));
const { isAtLeast } = await importTypeScript(join(project, 'server/src/core/kernel/kernel.ts'));
const { check, finish } = checks();
const only = options.only?.split(',');
for (const source of sources.map((path) => realpathSync(path))) {
  for (const target of targets) {
    const [name, , folder, prefix] = target;
    if (only && !only.includes(name)) continue;
    if (!existsSync(join(source, 'arch', folder)) || run('which', [`${prefix}gcc`]).status !== 0) continue;
    await compare(source, target);
  }
}
finish();

async function compare(source, [name, arch, , prefix, configuration]) {
  const version = run('make', ['-s', '-C', source, 'kernelversion']).stdout.trim();
  const out = join(work, `${version}-${name}`);
  const title = `${version} ${name}`;
  const make = (...goals) =>
    run('make', ['-s', '-C', source, `O=${out}`, `ARCH=${arch}`, `CROSS_COMPILE=${prefix}`, ...goals]);
  if (!existsSync(join(out, 'include/generated/autoconf.h'))) {
    mkdirSync(out, { recursive: true });
    const configured = make(configuration);
    // `silentoldconfig` before 4.19.
    if (configured.status === 0 && make('syncconfig').status !== 0) make('silentoldconfig');
    if (!existsSync(join(out, 'include/generated/autoconf.h'))) {
      console.log(`     ${title}: not configured: ${configured.stderr.trim().split('\n').at(-1)}`);
      return;
    }
  }
  const module = join(out, 'module');
  writeModule(module);
  const built = make('-k', `M=${module}`, 'modules');
  // The Makefiles alone are compared: what this build left would be believed.
  rmSync(module, { recursive: true });
  writeModule(module);
  const kernel = await tree.openHeaders(out);
  const read = tree.read(module, kernel);
  for (const problem of read.problems) console.log(`     ${title}: ${problem.message}`);
  for (const [file, object] of [
    ['one.c', 'one.o'],
    ['two.S', 'two.o'],
  ]) {
    const [, line] = new RegExp(`^FLAGS ${object}:(.*)$`, 'm').exec(built.stdout) ?? [];
    if (line === undefined) {
      check(false, `${title} ${file}: make tells no flags: ${built.stderr.trim().split('\n').slice(-2).join(' | ')}`);
      continue;
    }
    const theirs = shellWords(line);
    const member = read.modules.flatMap(({ members }) => members).find((each) => each.object.endsWith(`/${object}`));
    const flags = [...(member?.flags ?? []), ...(member?.names ?? [])];
    const isTarget = ({ option }) => option === 'target';
    const ownFolder = run(`${prefix}gcc`, ['-print-file-name=include']).stdout.trim();
    // Up to 5.15 the compiler's own folder is looked into: the product brings its headers along.
    const isCompared = (flag) => flag !== `-isystem ${ownFolder}` && !asked.test(flag);
    const mine = flags
      .filter((flag) => !isTarget(flag))
      .map(({ option, value }) => `${option} ${value}`.trim())
      .filter(isCompared);
    const isInModule = isAtLeast(kernel.version, 6, 13);
    const wanted = preprocessorWords(theirs, isInModule ? module : out).filter(isCompared);
    check(
      isEqual(mine, wanted),
      `${title} ${file}: ${wanted.length} flags of the preprocessor${difference(mine, wanted)}`,
    );
    const targets = theirs.filter(isForTarget);
    const mineTargets = flags
      .filter(isTarget)
      .map(({ value }) => value)
      .filter(isForTarget);
    const macros = (flags) => run(`${prefix}gcc`, [...flags, '-dM', '-E', '-x', 'c', '/dev/null']).stdout;
    // Questions to the compiler are answered with yes: what this one refuses, a build would not have.
    const accepted = mineTargets.filter((flag) => targets.includes(flag) || macros([...targets, flag]) !== '');
    const defined = macros(targets);
    const same = isEqual(mineTargets, targets) || (defined !== '' && macros(accepted) === defined);
    const seen = same ? '' : difference(accepted, targets);
    check(same, `${title} ${file}: macros by ${targets.length} flags for the target${seen}`);
  }
}

/** Flags that may define macros, apart from those that a rule adds once a file is made; these define none. */
function isForTarget(flag) {
  return /^-(?:m|std=|O|E[BL]$)/.test(flag) && !flag.startsWith('-mstack-protector-guard');
}

function isEqual(mine, theirs) {
  return mine.join('\n') === theirs.join('\n');
}

function difference(mine, theirs) {
  if (isEqual(mine, theirs)) return '';
  const here = mine.filter((flag) => !theirs.includes(flag));
  const there = theirs.filter((flag) => !mine.includes(flag));
  if (here.length + there.length === 0) return '\n       in another order';
  return `\n       only here: ${here.join(' | ')}\n       only there: ${there.join(' | ')}`;
}

/** A module outside of the tree, whose Makefile prints what the compiler would be called with. */
function writeModule(folder) {
  mkdirSync(folder, { recursive: true });
  const lines = [
    'obj-m := one.o two.o',
    'always := one.flags two.flags',
    'always-y := one.flags two.flags',
    '$(obj)/one.flags $(obj)/two.flags: part-of-module := y',
    // As Kbuild has it for assembler sources of a module before 5.4.
    '$(obj)/two.flags: modkern_aflags := $(KBUILD_AFLAGS_MODULE) $(AFLAGS_MODULE)',
    '$(obj)/one.flags: FORCE',
    '\t@: $(info FLAGS one.o:$(c_flags))',
    '$(obj)/two.flags: FORCE',
    '\t@: $(info FLAGS two.o:$(a_flags))',
  ];
  writeFileSync(join(folder, 'Makefile'), `${lines.join('\n')}\n`);
  for (const name of ['one.c', 'two.S']) writeFileSync(join(folder, name), '');
}

function run(program, args) {
  return spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 26 });
}
